"""A sheet of the tracker as the merge takes it: its columns found by heading, its rows, the cells nobody may write.

Which column is which when its heading no longer says it is left to `core.merge`; what helps there comes along: the
headings as they stand, the numbers by which Excel knows a table's columns, the columns whose heading is none of ours.
"""

import re
from collections import Counter
from collections.abc import Mapping

from pipeline.adapters.workbook.reading import Grid, Layout
from pipeline.adapters.workbook.writing.fixed import fixed_cells, silent_cells
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.tables import Table, table_around, tables_of
from pipeline.core.columns import Sheet, folded_heading
from pipeline.core.merge import CellValue, Place, SheetReading, SheetRow, Stray

Cells = frozenset[tuple[int, int]]  # by row and column
HEADER_ROWS = 30  # staff may put lines above the table, not more
APPLICATION = re.compile(rb"<Application>\s*Microsoft Excel")  # also of the files that we create
APP_PART = "docProps/app.xml"


def sheet_reading(package: Package, name: str, grid: Grid, sheet: Sheet) -> SheetReading | None:
    """The sheet of that name; None when our headings are nowhere."""
    layout = layout_of(grid, sheet)
    if layout is None:
        return None
    table = table_around(tables_of(package, package.sheet_part(name)), layout)
    marks = _marks(package, table)
    headings = {column: str(value) for column, value in enumerate(grid[layout.header_row - 1], 1) if value}
    places = {key: Place(column, headings[column], marks.get(column, "")) for key, column in layout.columns.items()}
    by_column = {column: key for key, column in layout.columns.items()}
    silent, fixed = _set_apart(package, name)
    rows, notes = _apart_from_notes(_rows(grid, layout, sheet, silent), table)
    return SheetReading(
        places,
        rows,
        layout.header_row,
        _strays(grid, layout, headings, marks) if len(places) < len(sheet.columns) else (),
        frozenset((row, by_column[column]) for row, column in fixed if column in by_column),
        _doubled(sheet, headings),
        notes,
    )


def _set_apart(package: Package, name: str) -> tuple[Cells, Cells]:
    """The cells that say nothing, and those that are never written; the sheet is unpacked once for both."""
    there = SheetBytes(package.part(package.sheet_part(name)), name)
    return silent_cells(there), fixed_cells(there)


def layout_of(grid: Grid, sheet: Sheet) -> Layout | None:
    """The row that holds most of the headings, a third of them at least; a heading twice counts once."""
    wanted = {folded_heading(column.heading): column.key for column in sheet.columns}
    best = Layout(0, {})
    for position, row in enumerate(grid[:HEADER_ROWS], 1):
        columns: dict[str, int] = {}
        for rank, value in enumerate(row, 1):
            key = wanted.get(folded_heading(value)) if isinstance(value, str) else None
            if key:
                columns.setdefault(key, rank)
        if len(columns) > len(best.columns):
            best = Layout(position, columns)
    return best if len(best.columns) * 3 >= len(sheet.columns) else None


def layout_seen(reading: SheetReading) -> Layout:
    """Where the columns of a reading stand, renamed ones too."""
    return Layout(reading.header_row, {key: place.column for key, place in reading.places.items()})


def likeness(grid: Grid, sheet: Sheet) -> int:
    """How many of our headings a sheet of another name holds; 0 for fewer than half of them."""
    layout = layout_of(grid, sheet)
    found = len(layout.columns) if layout else 0
    return found if 2 * found >= len(sheet.columns) else 0


def _rows(grid: Grid, layout: Layout, sheet: Sheet, silent: Cells) -> tuple[SheetRow, ...]:
    """The rows that are not empty; the cells that say nothing are left out."""
    rows, head = [], sheet.column(sheet.row_key).heading
    for position in range(layout.header_row + 1, len(grid) + 1):
        values = {
            key: _cell(grid, position, column)
            for key, column in layout.columns.items()
            if (position, column) not in silent
        }
        key = str(values.get(sheet.row_key) or "").strip()
        # The headings once more, for who scrolls or prints, are no row.
        if key != head and any(value not in (None, "") for value in values.values()):
            rows.append(SheetRow(position, key, values))
    return tuple(rows)


def _doubled(sheet: Sheet, headings: Mapping[int, str]) -> tuple[str, ...]:
    """The headings of ours that stand over more than one column; the first of them is read."""
    counts = Counter(folded_heading(heading) for heading in headings.values())
    return tuple(column.heading for column in sheet.columns if counts[folded_heading(column.heading)] > 1)


def _strays(grid: Grid, layout: Layout, headings: Mapping[int, str], marks: Mapping[int, str]) -> tuple[Stray, ...]:
    """The columns that have a heading which is none of ours."""
    ours = set(layout.columns.values())
    rows = range(layout.header_row + 1, len(grid) + 1)
    return tuple(
        Stray(Place(column, heading, marks.get(column, "")), {row: _cell(grid, row, column) for row in rows})
        for column, heading in headings.items()
        if column not in ours
    )


def _apart_from_notes(
    rows: tuple[SheetRow, ...], table: Table | None
) -> tuple[tuple[SheetRow, ...], tuple[SheetRow, ...]]:
    """The rows but the table's totals, and what staff wrote under it with an empty row between: no candidature.

    Where there is no table, it ends with the last row that has a key. A row with a key counts wherever it stands.
    """
    end = table.last if table else max((row.position for row in rows if row.key), default=0)
    totals = range(end + 1, end + 1 + (table.totals if table else 0))
    kept, notes = [], []
    for row in rows:
        if row.position in totals:
            continue
        if row.key or row.position <= end + 1:
            kept.append(row)
            end = max(end, row.position)
        else:
            notes.append(row)
    return tuple(kept), tuple(notes)


def _marks(package: Package, table: Table | None) -> dict[int, str]:
    """The number of each column of the table: Excel keeps it when a column is renamed or moved, others count anew."""
    if table is None or not package.has(APP_PART) or not APPLICATION.search(package.part(APP_PART)):
        return {}
    columns = package.tree(table.part).iterfind("{*}tableColumns/{*}tableColumn")
    return {table.area.left + rank: str(column.get("id") or "") for rank, column in enumerate(columns)}


def _cell(grid: Grid, row: int, column: int) -> CellValue:
    values = grid[row - 1]
    return values[column - 1] if column <= len(values) else None
