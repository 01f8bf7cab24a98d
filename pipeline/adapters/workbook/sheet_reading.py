"""A sheet of the tracker as the merge takes it: its columns found by heading, its rows, the cells nobody may write.

Which column is which when its heading no longer says it is left to `core.merge`; what helps there comes along: the
headings as they stand, the numbers by which Excel knows a table's columns, the columns whose heading is none of ours.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from pipeline.adapters.workbook.reading import Cells, Layout
from pipeline.adapters.workbook.writing.fixed import fixed_cells, silent_cells
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.tables import Table, table_around, tables_of
from pipeline.core.columns import Sheet, folded_heading
from pipeline.core.merge import CellValue, FoldedCells, Place, SheetReading, SheetRow, Stray, unfolded

Places = frozenset[tuple[int, int]]  # of cells, by row and column
HEADER_ROWS = 30  # staff may put lines above the table, not more
APPLICATION = re.compile(rb"<Application>\s*Microsoft Excel")  # also of the files that we create
APP_PART = "docProps/app.xml"


def sheet_reading(package: Package, name: str, rows: Iterator[Cells], sheet: Sheet) -> SheetReading | None:
    """The sheet of that name; None when our headings are nowhere. Its `rows` are gone through once."""
    head = list(islice(rows, HEADER_ROWS))
    layout = layout_of(head, sheet)
    if layout is None:
        return None
    table = table_around(tables_of(package, package.sheet_part(name)), layout)
    marks = _marks(package, table)
    headings = {column: str(value) for column, value in enumerate(head[layout.header_row - 1], 1) if value}
    places = {key: Place(column, headings[column], marks.get(column, "")) for key, column in layout.columns.items()}
    by_column = {column: key for key, column in layout.columns.items()}
    is_whole = len(places) == len(sheet.columns)
    strays: dict[int, dict[int, CellValue]] = {one: {} for one in headings if one not in by_column and not is_whole}
    found = list(_rows(chain(head[layout.header_row :], rows), layout, sheet, strays))
    silent, fixed = _set_apart(package, name)
    kept, notes = _apart_from_notes(tuple(_without_silent(found, layout, sheet, silent)), table)
    return SheetReading(
        places,
        kept,
        layout.header_row,
        tuple(Stray(Place(one, headings[one], marks.get(one, "")), cells) for one, cells in strays.items()),
        frozenset((row, by_column[column]) for row, column in fixed if column in by_column),
        _doubled(sheet, headings),
        notes,
    )


def _set_apart(package: Package, name: str) -> tuple[Places, Places]:
    """The cells that say nothing, and those that are never written; the sheet is unpacked once for both."""
    there = SheetBytes(package.part(package.sheet_part(name)), name)
    return silent_cells(there), fixed_cells(there)


def layout_of(rows: Sequence[Cells], sheet: Sheet) -> Layout | None:
    """The row that holds most of the headings, a third of them at least; a heading twice counts once."""
    wanted = {folded_heading(column.heading): column.key for column in sheet.columns}
    best = Layout(0, {})
    for position, row in enumerate(rows[:HEADER_ROWS], 1):
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


def likeness(rows: Sequence[Cells], sheet: Sheet) -> int:
    """How many of our headings a sheet of another name holds; 0 for fewer than half of them."""
    layout = layout_of(rows, sheet)
    found = len(layout.columns) if layout else 0
    return found if 2 * found >= len(sheet.columns) else 0


def _rows(
    rows: Iterable[Cells], layout: Layout, sheet: Sheet, strays: Mapping[int, dict[int, CellValue]]
) -> Iterator[SheetRow]:
    """The rows under the headings that are not empty; `strays`, by column, get the cells of every row."""
    columns = {key: place for place, key in enumerate(layout.columns)}
    for position, cells in enumerate(rows, layout.header_row + 1):
        for column, stray in strays.items():
            stray[position] = _cell(cells, column)
        values = [_cell(cells, column) for column in layout.columns.values()]
        key = _key_in(values[columns[sheet.row_key]] if sheet.row_key in columns else None)
        if _is_row(key, values, sheet):
            yield SheetRow(position, key, FoldedCells(columns, values))


def _without_silent(rows: Iterable[SheetRow], layout: Layout, sheet: Sheet, silent: Places) -> Iterator[SheetRow]:
    """The rows without the cells that say nothing; those that say nothing but these are no rows."""
    silent_rows = {position for position, _ in silent}
    for row in rows:
        if row.position not in silent_rows:
            yield row
            continue
        said = {k: v for k, v in unfolded(row.values).items() if (row.position, layout.columns[k]) not in silent}
        key = _key_in(said.get(sheet.row_key))
        if _is_row(key, said.values(), sheet):
            yield SheetRow(row.position, key, said)


def _key_in(cell: CellValue) -> str:
    return str(cell or "").strip()


def _is_row(key: str, values: Collection[CellValue], sheet: Sheet) -> bool:
    """The headings once more, for who scrolls or prints, are none."""
    return key != sheet.column(sheet.row_key).heading and any(value not in (None, "") for value in values)


def _doubled(sheet: Sheet, headings: Mapping[int, str]) -> tuple[str, ...]:
    """The headings of ours that stand over more than one column; the first of them is read."""
    counts = Counter(folded_heading(heading) for heading in headings.values())
    return tuple(column.heading for column in sheet.columns if counts[folded_heading(column.heading)] > 1)


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


def _cell(cells: Cells, column: int) -> CellValue:
    return cells[column - 1] if column <= len(cells) else None
