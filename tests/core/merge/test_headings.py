from dataclasses import replace

import pytest

from pipeline.core.merge import Memory, Place, absent_headings, places_seen, with_renamed_columns
from tests.core.merge.sheets import COLUMNS, SHEET, a_sheet, memory, rows, without

FILLED = rows(**{f"V{rank}": {"notes": f"note {rank}"} for rank in range(1, 9)})


def test_a_column_is_known_again_by_what_it_holds():
    seen = a_sheet(*without("phone", FILLED), strays={"Tél. direct": [row["phone"] for row in FILLED.values()]})
    found = with_renamed_columns(SHEET, seen, Memory(FILLED), {})
    assert found.places["phone"] == Place(20, "Tél. direct")
    assert [row.values["phone"] for row in found.rows] == [row["phone"] for row in FILLED.values()]
    assert [row.key for row in found.rows] == [*FILLED]
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


def test_a_copy_that_staff_made_of_a_column_does_not_take_its_place():
    phones = [row["phone"] for row in rows().values()]
    seen = a_sheet(*without("notes", rows()), strays={"Tél. (copie)": phones})
    found = with_renamed_columns(SHEET, seen, memory(), {"phone": {"heading": "Tél. (copie)", "mark": ""}})
    assert (found.places["phone"], len(found.strays)) == (seen.places["phone"], 1)


@pytest.mark.parametrize(
    ("known", "held", "is_ours"),
    [
        (("a", "b", "c"), ("a", "b", "c"), True),
        (("a", "b", "b"), ("a", "b", "b"), False),
        (("a", "b", "c", "d", "e"), ("a", "b", "c", "d", "z"), True),
        (("a", "b", "c", "d"), ("a", "b", "c", "z"), False),
        (("a", "b", "c"), ("a", "b", None), False),
    ],
    ids=["three values", "two values", "four in five", "three in four", "empty cells are no proof"],
)
def test_a_column_is_known_by_three_different_values_and_four_cells_in_five(
    known: tuple[str, ...], held: tuple[str | None, ...], is_ours: bool
):
    ours = rows(**{f"V{rank}": {"notes": word} for rank, word in enumerate(known, 1)})
    seen = a_sheet(*without("notes", ours), strays={"Suivi": [*held, *[None] * (8 - len(held))]})
    assert ("notes" in with_renamed_columns(SHEET, seen, Memory(ours), {}).places) is is_ours


def test_a_column_with_too_few_values_proves_nothing():
    known = rows(V1={"decision": "Retenu"}, V2={"decision": "Retenu"})
    seen = a_sheet(*without("decision", known), strays={"Avis": [row["decision"] for row in known.values()]})
    assert "decision" not in with_renamed_columns(SHEET, seen, Memory(known), {}).places


def test_the_column_of_the_numbers_is_known_again_and_names_the_rows():
    seen = a_sheet(*without("number", rows()), strays={"Réf.": [*rows()]})
    found = with_renamed_columns(SHEET, seen, memory(), {})
    assert [row.key for row in found.rows] == [*rows()]


@pytest.mark.parametrize(
    ("stray", "found"),
    [
        ([f" V21-{rank:03}\u00a0" for rank in range(1, 9)], [*rows()]),
        ([*list(rows())[:7], "?"], [*list(rows())[:7], "?"]),
        ([*list(rows())[:6], "?", "!"], [""] * 8),
        ([*range(1, 9)], [""] * 8),
    ],
    ids=["with blanks", "seven of eight", "six of eight", "other numbers"],
)
def test_a_column_is_that_of_the_numbers_when_it_holds_four_in_five_of_them(stray: list, found: list[str]):
    seen = a_sheet(*without("number", rows()), strays={"Réf.": stray})
    assert [row.key for row in with_renamed_columns(SHEET, seen, memory(), {}).rows] == found


def test_four_numbers_in_five_are_enough_for_a_column_to_be_that_of_the_numbers():
    five = dict(list(rows().items())[:5])
    seen = a_sheet(*without("number", five), strays={"Réf.": [*list(five)[:4], None]})
    found = with_renamed_columns(SHEET, seen, Memory(five), {})
    assert [row.key for row in found.rows] == [*list(five)[:4], ""]


def test_in_a_tracker_that_held_no_row_no_column_is_taken_for_the_numbers():
    seen = a_sheet(*without("number", rows()), strays={"Réf.": [*rows()]})
    assert "number" not in with_renamed_columns(SHEET, seen, Memory({}), {}).places


def test_the_headings_of_deleted_columns_are_told():
    absent = absent_headings(SHEET, a_sheet(*without("phone", rows())))
    assert "Téléphone" in absent
    assert not {SHEET.column(key).heading for key in COLUMNS if key != "phone"} & set(absent)


def test_where_the_columns_were_seen_is_remembered():
    seen = a_sheet(*rows().values())
    assert places_seen(seen)["phone"] == {"heading": "Téléphone", "mark": ""}
