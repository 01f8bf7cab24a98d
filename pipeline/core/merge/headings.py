"""Which column of the sheet is which of ours, when its heading no longer says it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.core.columns import Column, Sheet, folded_heading
from pipeline.core.merge.folded import unfolded
from pipeline.core.merge.memory import Memory
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import CellValue, Place, SheetReading, SheetRow, Stray

KnownPlaces = Mapping[str, Mapping[str, CellValue]]  # column key → {"heading": …, "mark": …} as last seen
ALIKE = 0.8  # the part of the known rows that must hold what we know
DISTINCT = 3  # different values that a column must have for its content to prove anything


def with_renamed_columns(sheet: Sheet, reading: SheetReading, memory: Memory, known: KnownPlaces) -> SheetReading:
    """The reading with the columns found that staff renamed.

    A column is known again by the heading it was last seen under, by its number in the table, or by what it holds; two
    that could be it are none. A column that is not found was deleted, and stays so (see `absent_headings`).
    """
    for column in sheet.columns:
        if column.key not in reading.places:
            stray = _found(column, sheet, reading, memory, known)
            if stray is not None:
                reading = _adopted(sheet, reading, column.key, stray)
    return reading


def absent_headings(sheet: Sheet, reading: SheetReading) -> tuple[str, ...]:
    """The headings of the columns that staff deleted."""
    return tuple(column.heading for column in sheet.columns if column.key not in reading.places)


def without_keys(sheet: Sheet) -> str:
    """What is said of a sheet whose rows cannot be known, in English."""
    return (
        f"sheet {sheet.name}: the column « {sheet.column(sheet.row_key).heading} », by which rows are known, is "
        "missing; undo its removal, or put back a copy from the backups folder."
    )


def places_seen(reading: SheetReading) -> dict[str, dict[str, CellValue]]:
    """What to remember of the columns, so that they are known again."""
    return {key: {"heading": place.heading, "mark": place.mark} for key, place in reading.places.items()}


def _found(column: Column, sheet: Sheet, reading: SheetReading, memory: Memory, known: KnownPlaces) -> Stray | None:
    last = known.get(column.key, {})
    heading, mark = folded_heading(plain(last.get("heading"))), plain(last.get("mark"))
    for matches in (
        (stray for stray in reading.strays if heading and folded_heading(stray.place.heading) == heading),
        (stray for stray in reading.strays if mark and stray.place.mark == mark),
        (stray for stray in reading.strays if _holds(column.key, sheet, reading, stray, memory)),
    ):
        one = _only(matches)
        if one is not None:
            return one
    return None


def _only(matches: Iterable[Stray]) -> Stray | None:
    found = list(matches)
    return found[0] if len(found) == 1 else None


def _holds(column: str, sheet: Sheet, reading: SheetReading, stray: Stray, memory: Memory) -> bool:
    """Whether the stray column holds what we know of this one."""
    if column == sheet.row_key:
        keys = {plain(value) for value in stray.values.values()}
        return bool(memory.now) and len(keys & set(memory.now)) >= ALIKE * len(memory.now)
    pairs = [
        (stray.values.get(row.position), memory.last(row.key).get(column))
        for row in reading.rows
        if plain(memory.last(row.key).get(column))
    ]
    if len({plain(value) for _, value in pairs}) < DISTINCT:
        return False
    return sum(same(there, ours) for there, ours in pairs) >= ALIKE * len(pairs)


def _adopted(sheet: Sheet, reading: SheetReading, column: str, stray: Stray) -> SheetReading:
    """The reading with a stray column taken for one of ours."""
    rows = tuple(_with_value(sheet, row, column, stray.values.get(row.position)) for row in reading.rows)
    places: dict[str, Place] = {**reading.places, column: stray.place}
    return replace(reading, places=places, rows=rows, strays=tuple(one for one in reading.strays if one is not stray))


def _with_value(sheet: Sheet, row: SheetRow, column: str, value: CellValue) -> SheetRow:
    key = str(value or "").strip() if column == sheet.row_key else row.key
    return replace(row, key=key, values={**unfolded(row.values), column: value})
