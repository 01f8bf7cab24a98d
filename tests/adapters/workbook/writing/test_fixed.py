"""Which cells of a sheet are never written, and which say nothing."""

import pytest

from pipeline.adapters.workbook.writing.fixed import fixed_cells, silent_cells
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes


def a_sheet(cells: str, merged: str = "") -> SheetBytes:
    """Two rows; `cells` are in the second."""
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{cells}</row>'
    tail = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return SheetBytes(f"<worksheet><sheetData>{rows}</sheetData>{tail}</worksheet>".encode(), "F")


VALUE = '<c r="B2"><v>7</v></c>'


@pytest.mark.parametrize(
    ("merged", "cells"),
    [
        ("A1:B2", {(1, 2), (2, 1), (2, 2)}),  # all but the one that shows
        ("B2:C2", {(2, 3)}),
        ("B1:B1048576", {(2, 2)}),  # a whole column, cut at the last row
    ],
)
def test_of_merged_cells_all_but_the_first_are_left_alone_and_say_nothing(merged: str, cells: set) -> None:
    there = a_sheet(VALUE, merged)
    assert (fixed_cells(there), silent_cells(there)) == (cells, cells)


@pytest.mark.parametrize(
    ("cell", "fixed", "silent"),
    [
        (VALUE, set(), set()),
        ('<c r="B2"><f>A1+1</f><v>2</v></c>', {(2, 2)}, set()),
        ('<c r="B2"><f>A1+1</f></c>', {(2, 2)}, {(2, 2)}),
        ('<c r="B2" t="e"><v>#N/A</v></c>', set(), {(2, 2)}),
        ('<c r="B2"><f t="array" ref="B2:C2">A1:B1</f><v>2</v></c>', {(2, 2), (2, 3)}, set()),
        ('<c r="B2"><f t="array" ref="?">A1:B1</f><v>2</v></c>', {(2, 2)}, set()),
    ],
    ids=["a value", "a formula", "one without result", "an error", "one that fills a range", "a range that is none"],
)
def test_a_formula_and_what_it_fills_are_left_alone_and_what_has_no_result_says_nothing(
    cell: str, fixed: set, silent: set
) -> None:
    assert (fixed_cells(a_sheet(cell)), silent_cells(a_sheet(cell))) == (fixed, silent)
