import pytest

from pipeline.core.merge import Memory, edits_in, known_rows, reidentified, rows_by_key, without_borrowed_keys
from tests.core.merge.sheets import SHEET, Row, a_row, a_sheet, memory, rows


def keys(*found: Row, known: Memory | None = None) -> list[str]:
    return [row.key for row in reidentified(SHEET, a_sheet(*found), known or memory()).rows]


def but(rank: int, **changes: object) -> list[Row]:
    return list(rows(**{f"V{rank}": changes}).values())  # type: ignore[arg-type]


def test_a_row_whose_number_was_emptied_is_known_by_its_cells():
    assert keys(*but(3, number=None)) == list(rows())


def test_a_row_whose_number_was_typed_over_is_known_by_its_cells():
    assert keys(*but(3, number="3", notes="revu")) == list(rows())


def test_a_row_that_was_retyped_altogether_is_another_one():
    other = {"number": None, "collectivite": "Ruitz", "phone": None, "population": None}
    assert keys(*but(3, **other))[2] == ""


def test_of_two_rows_that_could_be_it_neither_is():
    assert keys(*but(3, number=None), a_row(3, number=None)) == [key if key != "V21-003" else "" for key in rows()] + [
        ""
    ]


def test_a_copy_of_a_row_that_is_still_there_is_a_new_row():
    assert keys(*rows().values(), a_row(3, number=None)) == [*rows(), ""]


def test_too_few_known_cells_prove_nothing():
    known = Memory({"V21-001": {"number": "V21-001", "collectivite": "Ruitz", "phone": ""}})
    assert keys({"number": None, "collectivite": "Ruitz", "phone": None}, known=known) == [""]


def test_a_row_that_has_its_number_is_not_taken_for_one_that_was_deleted_beside_it():
    alike = a_row(1) | {"number": "V21-002"}
    known = Memory({"V21-001": a_row(1), "V21-002": alike})
    assert keys(a_row(1), known=known) == ["V21-001"]


def test_of_two_absent_rows_that_it_could_be_it_is_neither():
    alike = a_row(1) | {"number": "V21-002"}
    known = Memory({"V21-001": a_row(1), "V21-002": alike})
    assert keys(a_row(1, number=None), known=known) == [""]


def test_a_copy_of_a_row_that_stands_in_another_sheet_is_a_new_row():
    known = Memory(rows(), elsewhere={"V21-003": "Archives"})
    assert keys(*but(3, number=None), known=known)[2] == ""


@pytest.mark.parametrize(("kept", "is_known"), [(3, False), (4, True)])
def test_a_row_is_known_by_four_in_five_of_its_filled_cells(kept: int, is_known: bool):
    words = {"collectivite": "Ruitz", "phone": "03", "population": 5, "decision": "Retenu", "notes": "vu"}
    known = Memory({"V21-001": {"number": "V21-001", "to_check": "", **words}})
    seen = {column: value if place < kept else "autre" for place, (column, value) in enumerate(words.items())}
    assert keys({"number": None, "to_check": None, **seen}, known=known) == ["V21-001" if is_known else ""]


@pytest.mark.parametrize(
    ("known", "newest"),
    [(memory(), True), (Memory(rows(), marked=False), False), (Memory(rows(), copy={}), False)],
    ids=["as last written", "without its stamp", "an older copy"],
)
def test_only_a_file_that_carries_the_last_stamp_is_the_newest(known: Memory, newest: bool):
    assert known.is_newest is newest


def test_rows_as_they_were_left_are_held_once_and_those_that_differ_by_a_type_are_not():
    known = Memory(rows(V4={"notes": True}))
    seen = a_sheet(*rows(V2={"notes": "typed"}, V3={"number": ""}, V4={"notes": 1}).values())
    found = Memory(known_rows(seen, known.now.items()))
    assert found == known
    assert [row.values is found.now.get(row.key) for row in seen.rows] == [True, False, False, False, *[True] * 4]
    assert edits_in(SHEET, seen, found) == edits_in(SHEET, seen, known)


@pytest.mark.parametrize(
    ("changes", "is_borrowed"),
    [
        ({"collectivite": "Loos", "phone": "0320"}, True),
        ({"collectivite": "Loos", "phone": None}, True),
        ({"collectivite": "Loos"}, False),  # the telephone says that it is the same
        ({"collectivite": None, "phone": None}, False),  # it says nothing of who it is about
        ({}, False),
    ],
)
def test_a_row_under_the_key_of_one_taken_out_is_another_when_it_says_so_in_every_word(changes, is_borrowed):
    gone = {"V21-008": a_row(8)}
    known = Memory({key: row for key, row in rows().items() if key not in gone}, gone)
    seen = without_borrowed_keys(a_sheet(a_row(1), a_row(8, **changes)), known, ("collectivite", "phone"))
    assert [row.key for row in seen.rows] == ["V21-001", "" if is_borrowed else "V21-008"]


def test_a_row_that_is_there_keeps_its_key_whoever_it_is_said_to_be_about():
    seen = without_borrowed_keys(a_sheet(a_row(8, collectivite="Loos", phone="0320")), memory(), ("collectivite",))
    assert [row.key for row in seen.rows] == ["V21-008"]


def test_of_copies_the_nearest_is_ours_then_the_first_and_the_others_are_told_in_the_order_of_the_sheet():
    far, near = a_row(3, notes="essai", phone="0"), a_row(3, notes="essai")
    chosen, doubled = rows_by_key(a_sheet(far, near, a_row(3), near), memory())
    assert (chosen["V21-003"].position, doubled) == (4, {"V21-003": (2, 3, 5)})
    chosen, doubled = rows_by_key(a_sheet(far, near, near), memory())
    assert (chosen["V21-003"].position, doubled) == (3, {"V21-003": (2, 4)})
