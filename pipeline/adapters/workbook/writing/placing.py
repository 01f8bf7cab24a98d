"""Where new rows go in a sheet: into its table or under its used rows, and what keeps them from going there."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import takewhile

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.writing.ranges import Area
from pipeline.adapters.workbook.writing.sheet_bytes import MOST_ROWS, Row, SheetBytes
from pipeline.adapters.workbook.writing.tables import Table
from pipeline.failures import Unavailable


@dataclass(frozen=True)
class Place:
    """Rows `first` to `last` are the body before anything is added; `free` is where the first new row goes."""

    first: int
    last: int
    free: int
    columns: range  # the body's, with those that staff added
    table: Table | None

    @property
    def totals(self) -> int:
        return self.table.totals if self.table else 0


def place_of(sheet: SheetBytes, layout: Layout, table: Table | None, named: Collection[int]) -> Place:
    """`named` are rows typed by hand that just got their key: where a table does not grow by itself (LibreOffice)
    they stand under it."""
    first, ours = layout.header_row + 1, frozenset(layout.columns.values())
    if table is None:
        used = max([first - 1, _last_used(sheet, first, sheet.last_row, ours), *named])
        before = next((row for row in range(used, first, -1) if row not in named), first)
        return Place(first, before, used + 1, range(min(ours), max(ours) + 1), None)
    joining = [row for row in named if not table.totals]
    used = max([first - 1, _last_used(sheet, first, table.last, ours), *joining])
    return Place(first, table.last, used + 1, table.columns, table)


def refuse_what_is_in_the_way(sheet: SheetBytes, place: Place, rows: int, merged: list[Area]) -> None:
    """Raises Unavailable, saying how to mend it, where so many new rows would meet something of staff's."""
    last = place.free + rows - 1
    if last + place.totals > MOST_ROWS:
        raise Unavailable(f"sheet {sheet.name}: it has no row left; move old rows to another sheet.")
    if any(_meet(area, place, last) for area in merged):
        raise Unavailable(f"sheet {sheet.name}: merged cells stand where rows are to be added; unmerge them.")
    # One row more than is needed stays empty: what would touch the table would be taken for a row of it.
    met = range(max(place.free, place.last + 1) + place.totals, last + place.totals + 2)
    columns = frozenset(place.columns)
    below = sheet.rows_from(sheet.place(met.start)) if place.table and met else ()
    if any(_is_filled(sheet, row, columns) for row in takewhile(lambda row: row.number in met, below)):
        raise Unavailable(f"sheet {sheet.name}: something stands under its table; move it to another place.")


def _meet(area: Area, place: Place, last: int) -> bool:
    """Whether merged cells reach into the rows to be added."""
    beside = area.right < place.columns.start or area.left >= place.columns.stop
    return not beside and area.top <= last and area.bottom >= place.free


def _last_used(sheet: SheetBytes, first: int, last: int, columns: frozenset[int]) -> int:
    """The last of these rows with something in one of the columns; 0 when there is none."""
    below = sheet.place(last + 1)
    for row in sheet.rows_up(below):
        if row.number < first:
            break
        if _is_filled(sheet, row, columns):
            return row.number
    return 0


def _is_filled(sheet: SheetBytes, row: Row, columns: frozenset[int]) -> bool:
    if not sheet.holds_something(row):
        return False
    return any(cell.column in columns and sheet.is_filled(cell) for cell in sheet.cells(row))
