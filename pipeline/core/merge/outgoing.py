"""A sheet as read + what is remembered of it + what it should show → the cells and rows to write."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.core.columns import Sheet
from pipeline.core.merge.fitting import fitting
from pipeline.core.merge.folded import FoldedRows, unfolded
from pipeline.core.merge.matching import rows_by_key
from pipeline.core.merge.memory import Memory, Row, Rows
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import CellOut, CellValue, RowOut, SheetChanges, SheetReading, SheetRow

Links = Mapping[tuple[str, str], str]
NO_LINKS: Links = {}
NO_ROWS: Rows = {}


def cells_out(
    sheet: Sheet, reading: SheetReading, memory: Memory, wanted: Iterable[tuple[str, Row]], links: Links = NO_LINKS
) -> SheetChanges:
    """What to write so that the sheet shows the rows `wanted` (row key, {column: value}); they are gone through once.

    A cell is written only while it still holds what we know of it, so nothing typed meanwhile is lost; a row's key is
    given back whatever was typed over it. A row that staff took out does not come back; one that the file never held,
    or may have lost with its stamp, does.
    """
    rows, _ = rows_by_key(reading, memory)
    has = set(reading.columns)
    cells, new = list[CellOut](), FoldedRows()
    for key, values in wanted:
        if key in rows:
            changed = _changed(sheet, rows[key], memory, values)
            here = ((column, value) for column, value in changed if (rows[key].position, column) not in reading.fixed)
            position = rows[key].position
            cells += [CellOut(position, column, value, links.get((key, column), "")) for column, value in here]
        elif _is_to_append(key, memory):
            linked = {column: links[key, column] for column in reading.columns if (key, column) in links}
            new.add(RowOut(key, _row(sheet, key, values, has), linked))
    return SheetChanges(tuple(cells), new)


def _changed(sheet: Sheet, row: SheetRow, memory: Memory, values: Row) -> Iterator[tuple[str, CellValue]]:
    """The cells of a row that is there and is to show something else."""
    there = unfolded(row.values)
    for column, value in values.items():
        if (
            column in there
            and not _shows(there[column], value)
            and (column == sheet.row_key or _is_untouched(row, column, memory))
        ):
            yield column, fitting(value)


def _shows(cell: CellValue, value: CellValue) -> bool:
    """Whether a cell says the value already; nearly all do, to the letter."""
    return (cell == value and type(cell) is type(value)) or same(fitting(value), cell)


def remembered(
    reading: SheetReading, changes: SheetChanges, memory: Memory, claimed: Rows = NO_ROWS
) -> Iterator[tuple[str, Row]]:
    """(row key, {column: value}) as the sheet stands once the changes are written, each row under its key.

    Of several rows with one key the one that the changes went to: `memory` is what told them apart. `claimed` are rows
    that staff typed before we showed them, and what we would show: what differs there is news, and remembered as empty.
    """
    ours = {row.position for row in rows_by_key(reading, memory)[0].values()}
    by_position = {row.position: row for row in reading.rows}
    for cell in changes.cells:
        row = by_position[cell.position]
        by_position[cell.position] = replace(row, values={**unfolded(row.values), cell.column: cell.value})
    for row in by_position.values():
        if row.position in ours:
            values = _shown_in(row, claimed[row.key]) if row.key in claimed else row.values
            covered = _covered(reading, row, memory)
            yield row.key, {**covered, **unfolded(values)} if covered else values
    for new in changes.rows:  # an empty cell is read as a text without letters
        cells = ((column, new.values.get(column)) for column in reading.columns)
        yield new.key, {column: "" if value is None else value for column, value in cells}


def _shown_in(row: SheetRow, wanted: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """The cells of a row that hold what we show there, the others empty."""
    return {column: value if _shows(value, wanted.get(column)) else None for column, value in row.values.items()}


def _covered(reading: SheetReading, row: SheetRow, memory: Memory) -> dict[str, CellValue]:
    """The cells under merged ones: they keep what was last known."""
    if len(row.values) == len(reading.places):
        return {}
    return {column: memory.last(row.key).get(column) for column in reading.columns if column not in row.values}


def _is_untouched(row: SheetRow, column: str, memory: Memory) -> bool:
    """Whether the cell holds something that we know to have stood there, or nothing and never did."""
    now = row.values.get(column)
    states = (*memory.before(row.key), memory.last(row.key))
    if any(column in state and same(now, state[column]) for state in states):
        return True
    return not plain(now) and all(state.get(column) is None for state in states)


def _is_to_append(key: str, memory: Memory) -> bool:
    if key in memory.gone or key in memory.elsewhere:
        return False
    return key not in memory.now or not memory.untouched(key) or not memory.marked


def _row(sheet: Sheet, key: str, values: Mapping[str, CellValue], has: set[str]) -> dict[str, CellValue]:
    return {column: fitting(value) for column, value in {**values, sheet.row_key: key}.items() if column in has}
