from dataclasses import replace

from pipeline.core.merge import Memory, Place, absent_headings, places_seen, with_renamed_columns
from tests.core.merge.sheets import COLUMNS, SHEET, a_sheet, memory, rows, without

FILLED = rows(**{f"V{rank}": {"notes": f"note {rank}"} for rank in range(1, 9)})


def test_a_column_is_known_again_by_what_it_holds():
    seen = a_sheet(*without("phone", FILLED), strays={"Tél. direct": [row["phone"] for row in FILLED.values()]})
    found = with_renamed_columns(SHEET, seen, Memory(FILLED), {})
    assert found.places["phone"] == Place(20, "Tél. direct")
    assert [row.values["phone"] for row in found.rows] == [row["phone"] for row in FILLED.values()]
    assert found.strays == ()


def test_a_column_is_known_again_by_the_heading_it_was_last_seen_under():
    seen = a_sheet(*without("notes", rows()), strays={"Observations": [None] * 8, "Autre": [None] * 8})
    known = {"notes": {"heading": "observations", "mark": ""}}
    assert with_renamed_columns(SHEET, seen, memory(), known).places["notes"] == Place(20, "Observations")


def test_a_column_is_known_again_by_its_number_in_the_table():
    seen = a_sheet(*without("notes", rows()), strays={"Observations": [None] * 8, "Autre": [None] * 8})
    seen = replace(
        seen, strays=tuple(replace(s, place=replace(s.place, mark=str(s.place.column))) for s in seen.strays)
    )
    known = {"notes": {"heading": "Notes", "mark": "21"}}
    assert with_renamed_columns(SHEET, seen, memory(), known).places["notes"].heading == "Autre"


def test_an_emptied_column_of_another_name_is_not_taken_for_ours():
    seen = a_sheet(*without("phone", rows()), strays={"Observations": [None] * 8})
    assert "phone" not in with_renamed_columns(SHEET, seen, memory(), {}).places


def test_of_two_columns_that_hold_the_same_neither_is_ours():
    phones = [row["phone"] for row in rows().values()]
    seen = a_sheet(*without("phone", rows()), strays={"Tél.": phones, "Copie": phones})
    assert "phone" not in with_renamed_columns(SHEET, seen, memory(), {}).places


def test_a_column_with_too_few_values_proves_nothing():
    known = rows(V1={"decision": "Retenu"}, V2={"decision": "Retenu"})
    seen = a_sheet(*without("decision", known), strays={"Avis": [row["decision"] for row in known.values()]})
    assert "decision" not in with_renamed_columns(SHEET, seen, Memory(known), {}).places


def test_the_column_of_the_numbers_is_known_again_and_names_the_rows():
    seen = a_sheet(*without("number", rows()), strays={"Réf.": [*rows()]})
    found = with_renamed_columns(SHEET, seen, memory(), {})
    assert [row.key for row in found.rows] == [*rows()]


def test_the_headings_of_deleted_columns_are_told():
    absent = absent_headings(SHEET, a_sheet(*without("phone", rows())))
    assert "Téléphone" in absent
    assert not {SHEET.column(key).heading for key in COLUMNS if key != "phone"} & set(absent)


def test_where_the_columns_were_seen_is_remembered():
    seen = a_sheet(*rows().values())
    assert places_seen(seen)["phone"] == {"heading": "Téléphone", "mark": ""}
