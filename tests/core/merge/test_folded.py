"""Rows folded: the same cells and rows, in their order, as often as they are asked for."""

from datetime import date, datetime, time

import pytest

from pipeline.core.merge import RowOut, SheetChanges
from pipeline.core.merge.folded import WINDOW, FoldedCells, FoldedRows, unfolded

VALUES = {"a": "é\ud83d\x00", "b": 1, "c": 1.0, "d": True, "e": None, "f": date(2017, 2, 28), "g": time(14, 30)}


def a_row(number: int) -> RowOut:
    return RowOut(f"V21-{number}", VALUES | {"h": datetime(2017, 2, 28, 10, number % 60)}, {"a": f"pieces/{number}"})


@pytest.mark.parametrize("count", [0, 1, WINDOW, WINDOW + 1, 2 * WINDOW + 7])
def test_rows_come_back_in_their_order_with_their_types(count: int) -> None:
    rows = FoldedRows()
    for number in range(count):
        rows.add(a_row(number))
    assert len(rows) == count
    assert [*map(repr, rows)] == [*map(repr, rows)] == [repr(a_row(number)) for number in range(count)]
    assert bool(SheetChanges(rows=rows)) is bool(count)


def test_they_are_equal_to_the_same_rows_kept_otherwise() -> None:
    rows = FoldedRows()
    assert SheetChanges(rows=rows) == SheetChanges()
    rows.add(a_row(1))
    assert SheetChanges(rows=rows) == SheetChanges(rows=(a_row(1),))
    assert SheetChanges(rows=rows) != SheetChanges(rows=(a_row(2),))
    rows.add(a_row(2))
    assert (a_row(1) in rows, a_row(2) in rows, a_row(3) in rows) == (True, True, False)
    assert rows != len(rows)


def test_the_cells_of_a_row_are_those_that_were_folded() -> None:
    places = {column: place for place, column in enumerate(VALUES)}
    cells = FoldedCells(places, [*VALUES.values()])
    assert [*map(repr, cells.items())] == [*map(repr, VALUES.items())] == [*map(repr, unfolded(cells).items())]
    assert [repr(cells[column]) for column in VALUES] == [repr(value) for value in VALUES.values()]
    assert (cells == VALUES, dict(VALUES) == cells, cells == VALUES | {"b": 2}) == (True, True, False)
    assert ("e" in cells, "none" in cells, cells.get("none"), len(cells)) == (True, False, None, len(VALUES))
    assert {**cells, "b": 2} == VALUES | {"b": 2}


def test_cells_that_are_not_folded_are_looked_at_as_they_are() -> None:
    assert unfolded(VALUES) is VALUES
