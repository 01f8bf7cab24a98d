"""How far a sheet is from what a version of it held: what tells the version of a file that lost its number."""

import pytest

from pipeline.core.merge import differences
from tests.core.merge.sheets import SHEET, Row, a_row, a_sheet, as_written, rows


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"V3": {"collectivite": "Commune ancienne"}}, 1),
        ({"V3": {"collectivite": "Commune ancienne", "population": 12}, "V5": {"phone": "03 20 00 00 00"}}, 3),
        ({"V3": {"phone": "0321000003"}}, 0),  # retyped alike
        ({"V3": {"decision": "Retenu", "notes": "Vu"}}, 0),  # staff's own columns say nothing
    ],
)
def test_each_cell_of_the_worker_that_held_something_else_is_a_difference(changes: dict[str, Row], count: int) -> None:
    stood = {key: (row,) for key, row in rows().items()}
    assert differences(SHEET, as_written(**changes), stood) == count


def test_any_state_that_a_row_had_in_that_version_is_none() -> None:
    then, now = rows(V3={"collectivite": "Commune ancienne"}), rows()
    stood = {key: (then[key], now[key]) for key in now}
    assert differences(SHEET, as_written(V3={"collectivite": "Commune ancienne"}), stood) == 0


def test_a_row_that_is_gone_is_one_difference_and_one_that_was_not_there_yet_is_all_its_cells() -> None:
    found = list(rows().values())
    stood = {key: (row,) for key, row in rows().items()}
    assert differences(SHEET, a_sheet(*found[:-1]), stood) == 1
    stood.pop("V21-008")
    assert differences(SHEET, a_sheet(*found), stood) == 4  # collectivité, telephone, population, À vérifier


def test_a_row_that_staff_typed_without_a_number_is_no_difference() -> None:
    stood = {key: (row,) for key, row in rows().items()}
    assert differences(SHEET, a_sheet(*rows().values(), a_row(0, number=None)), stood) == 0
