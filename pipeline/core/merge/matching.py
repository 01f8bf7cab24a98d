"""Which row of the sheet is which row of the memory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.core.columns import Sheet
from pipeline.core.merge.folded import unfolded
from pipeline.core.merge.memory import Memory, Row
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import SheetReading, SheetRow

T = TypeVar("T")
ENOUGH = 3  # cells that must be alike for a row to be known again without its key
ALIKE = 0.8  # the part of the known cells that must be alike


def rows_by_key(reading: SheetReading, memory: Memory) -> tuple[dict[str, SheetRow], dict[str, tuple[int, ...]]]:
    """The row that is ours for each key, and the row numbers of the others where staff copied it.

    Of several, ours is the nearest to what was last known.
    """
    keyed = [row for row in reading.rows if row.key]
    chosen = {row.key: row for row in keyed}
    doubled: dict[str, tuple[int, ...]] = {}
    if len(chosen) == len(keyed):  # nearly always: none was copied
        return chosen, doubled
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for row in keyed:
        found[row.key].append(row)
    for key, rows in found.items():
        if len(rows) > 1:
            known = memory.last(key)
            rows.sort(key=lambda row: -_shared(row, known))  # of those as near the first
            doubled[key] = tuple(sorted(row.position for row in rows[1:]))
        chosen[key] = rows[0]
    return chosen, doubled


def reidentified(sheet: Sheet, reading: SheetReading, memory: Memory) -> SheetReading:
    """The reading with their keys given back to rows that lost theirs: emptied, retyped or pasted over.

    A row without a key that we know is the absent row whose last known cells it holds nearly all, if there is one only.
    """
    present = {row.key for row in reading.rows}
    known = [*memory.now, *memory.gone]  # a row that was taken out may be typed, or pasted, again
    absent = [key for key in known if key not in present and key not in memory.elsewhere]
    nameless = [row for row in reading.rows if not memory.last(row.key)]
    if not absent or not nameless:
        return reading
    names = _names(sheet, nameless, {key: memory.last(key) for key in absent})
    rows = tuple(replace(row, key=names.get(row.position, row.key)) for row in reading.rows)
    return replace(reading, rows=rows)


def without_borrowed_keys(reading: SheetReading, memory: Memory, who: Sequence[str]) -> SheetReading:
    """The reading in which a row that staff typed under the key of one they took out is not taken for that one back:
    in the columns that say `who` a row is about it says somebody else."""
    return replace(
        reading, rows=tuple(replace(row, key="") if _is_borrowed(row, memory, who) else row for row in reading.rows)
    )


def known_rows(reading: SheetReading, remembered: Iterable[tuple[str, Row]]) -> dict[str, Row]:
    """What is remembered of a sheet, by row key. The cells of a row that stands just so in the sheet are held once, as
    they were read, and it is soon told from others."""
    rows = {row.key: row for row in reading.rows}
    return {key: rows[key].values if key in rows and is_just(rows[key], cells) else cells for key, cells in remembered}


def is_just(row: SheetRow, state: Row) -> bool:
    """Whether a row stands as it is known to the letter, as nearly all do; True and 1 are equal, and not the same."""
    if row.values is state:
        return True
    values = unfolded(row.values)
    return values == state and all(type(value) is type(state[key]) for key, value in values.items())


def _names(sheet: Sheet, nameless: list[SheetRow], absent: Mapping[str, Row]) -> dict[int, str]:
    """Row number → key, where both sides have no other match."""
    pairs = [(row.position, key) for row in nameless for key, known in absent.items() if _is_alike(sheet, row, known)]
    rows_once, keys_once = _once(position for position, _ in pairs), _once(key for _, key in pairs)
    return {position: key for position, key in pairs if position in rows_once and key in keys_once}


def _once(values: Iterable[T]) -> set[T]:
    counts: dict[T, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return {value for value, count in counts.items() if count == 1}


def _is_borrowed(row: SheetRow, memory: Memory, who: Sequence[str]) -> bool:
    if row.key in memory.now or row.key not in memory.gone:
        return False
    said = [column for column in who if plain(row.values.get(column))]
    return bool(said) and not any(same(row.values[column], memory.gone[row.key].get(column)) for column in said)


def _is_alike(sheet: Sheet, row: SheetRow, known: Row) -> bool:
    filled = {column: value for column, value in known.items() if column != sheet.row_key and plain(value)}
    alike = _shared(row, filled)
    return alike >= ENOUGH and alike >= ALIKE * len(filled)


def _shared(row: SheetRow, known: Row) -> int:
    values = unfolded(row.values)
    return sum(same(values.get(column), value) for column, value in known.items())
