from pipeline.core.merge import Memory, reidentified
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
