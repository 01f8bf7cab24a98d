"""Ledger rows + sheet rows + what was last written → the cells and rows to write."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.core.columns import Owner, Sheet
from pipeline.core.merge.fitting import fitting
from pipeline.core.merge.incoming import Memory, chosen_rows
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import CellOut, CellValue, RowOut, SheetChanges, SheetReading

Links = Mapping[tuple[str, str], str]
NO_LINKS: Links = {}
NOTHING: Memory = {}


def cells_out(
    sheet: Sheet, reading: SheetReading, memory: Memory, wanted: Memory, links: Links = NO_LINKS
) -> SheetChanges:
    """What to write so that the sheet shows `wanted` ({row key: {column: value}}).

    A cell is written only while it still holds what was last known to stand there, so nothing typed meanwhile is lost.
    A row that is in the memory and no longer in the sheet was deleted by staff: it does not come back, unless
    the whole sheet is an older copy; tell it by forgetting such rows in `memory`.
    """
    rows = chosen_rows(reading, memory)
    has = set(reading.columns)
    cells = tuple(
        CellOut(rows[key].position, column, fitting(value), links.get((key, column), ""))
        for key, values in wanted.items()
        if key in rows
        for column, value in values.items()
        if column in has
        and not same(fitting(value), rows[key].values.get(column))
        and _is_untouched(rows[key].values.get(column), memory.get(key, {}).get(column))
    )
    appended = tuple(
        RowOut(key, _row(sheet, key, values, has), {c: link for (k, c), link in links.items() if k == key and c in has})
        for key, values in wanted.items()
        if key not in rows and key not in memory
    )
    return SheetChanges(cells, appended)


def remembered(
    reading: SheetReading, changes: SheetChanges, sheet: Sheet, memory: Memory = NOTHING
) -> dict[str, dict[str, CellValue]]:
    """{row key: {column: value}} as the sheet stands once the changes are written.

    Of several rows with one key the one that the changes went to: `memory` is what told them apart.
    """
    ours = {row.position for row in chosen_rows(reading, memory).values()}
    by_position = {row.position: row for row in reading.rows}
    for cell in changes.cells:
        row = by_position[cell.position]
        by_position[cell.position] = replace(row, values={**row.values, cell.column: cell.value})
    after: dict[str, dict[str, CellValue]] = {}
    for row in by_position.values():
        if row.position in ours:
            after[row.key] = {column: row.values.get(column) for column in reading.columns}
    for new in changes.rows:
        after[new.key] = {column: new.values.get(column) for column in reading.columns}
    return after


def _is_untouched(now: CellValue, before: CellValue) -> bool:
    return same(now, before) or not plain(now) and before is None


def _row(sheet: Sheet, key: str, values: Mapping[str, CellValue], has: set[str]) -> dict[str, CellValue]:
    return {column: fitting(value) for column, value in {**values, sheet.row_key: key}.items() if column in has}


def old_copy(sheet: Sheet, reading: SheetReading, memory: Memory) -> dict[str, dict[str, CellValue]]:
    """The memory to merge with when the sheet is an older copy than what we wrote: the rows it lacks are to come back,
    its cells of ours hold what we once wrote, and where staff's are empty what they typed since is to come back."""
    ours = {column.key for column in sheet.columns if column.owner is Owner.WORKER}
    return {
        key: {
            column: row.values[column] if column in ours and column in row.values else value
            for column, value in {**dict.fromkeys(row.values), **memory[key]}.items()
            if column in ours or column not in row.values or plain(row.values[column])
        }
        for key, row in chosen_rows(reading, memory).items()
        if key in memory
    }
