"""A sheet as read + what is remembered of it → what staff did since."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.core.columns import Owner, Shape, Sheet
from pipeline.core.merge.folded import unfolded
from pipeline.core.merge.matching import is_just, rows_by_key
from pipeline.core.merge.memory import Memory
from pipeline.core.merge.moved_alone import FEW, is_mostly_moved, is_pushed, is_sorted_alone
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import Clash, Edit, EditsIn, RowByHand, SheetReading, SheetRow

SORTED = "la colonne « {} » semble triée seule\u00a0; annulez ce tri, rien n'est modifié d'ici là."
PUSHED = "la colonne « {} » semble décalée par rapport à ses lignes\u00a0; annulez, rien n'est modifié d'ici là."


def edits_in(sheet: Sheet, reading: SheetReading, memory: Memory) -> EditsIn:
    """What staff typed, deleted, moved or brought back, that the ledger does not know yet.

    In an older copy saved over a newer version, what differs from every state in which the copy may have been made was
    typed there, and is taken; the rest is only old.
    """
    rows, _ = rows_by_key(reading, memory)
    missing = _missing(rows, memory)
    warnings = _warnings(sheet, rows, memory, missing)
    if warnings:
        return EditsIn(warnings=warnings)
    columns = [column for column in reading.columns if not _is_identity(sheet, column)]
    edits = tuple(edit for key, row in rows.items() for edit in _edits_of(columns, row, memory, key))
    return EditsIn(
        edits,
        missing,
        tuple(key for key in rows if key in memory.gone),
        {key: name for key, name in memory.elsewhere.items() if key in memory.now and key not in rows},
        tuple(clash for edit in edits for clash in _clashes(edit, memory)),
    )


def rows_by_hand(sheet: Sheet, reading: SheetReading) -> tuple[RowByHand, ...]:
    """The rows that staff typed without a key."""
    return tuple(RowByHand(row.position, row.values) for row in reading.rows if not row.key and _is_filled(row, sheet))


def _missing(rows: Mapping[str, SheetRow], memory: Memory) -> tuple[str, ...]:
    """The rows that staff deleted from this file: it held them, and nothing else explains that they are not there."""
    if not memory.marked:
        return ()
    return tuple(k for k in memory.now if k not in rows and k not in memory.elsewhere and memory.untouched(k))


def _edits_of(columns: Sequence[str], row: SheetRow, memory: Memory, key: str) -> list[Edit]:
    before = memory.before(key)
    if not before or is_just(row, before[-1]):
        return []
    values, states = unfolded(row.values), [*map(unfolded, (memory.last(key), *before))]
    return [
        Edit(key, column, values[column], states[-1].get(column))
        for column in columns
        if column in values  # a cell under merged ones holds nothing, which says nothing
        and not any(same(values[column], state.get(column)) for state in states)
    ]


def _is_identity(sheet: Sheet, column: str) -> bool:
    """A row's key is no fact that staff correct: it is given back."""
    return column == sheet.row_key or sheet.column(column).shape is Shape.KEY


def _keeps_its_order(sheet: Sheet, column: str) -> bool:
    """Whether nobody exchanges its values on purpose: staff's numbers are ranks, given anew as a jury goes on."""
    ranks = sheet.column(column).owner is Owner.STAFF and sheet.column(column).shape is Shape.NUMBER
    return not ranks and not _is_identity(sheet, column)


def _clashes(edit: Edit, memory: Memory) -> list[Clash]:
    """An edit of an older copy where the other side had changed the cell as well, or may have."""
    last = memory.last(edit.key).get(edit.column)
    if all(same(last, state.get(edit.column)) for state in memory.before(edit.key)):
        return []
    return [Clash(edit.key, edit.column, edit.value, last)]


def _is_filled(row: SheetRow, sheet: Sheet) -> bool:
    return any(plain(value) for column, value in row.values.items() if column != sheet.row_key)


def _warnings(sheet: Sheet, rows: Mapping[str, SheetRow], memory: Memory, missing: tuple[str, ...]) -> tuple[str, ...]:
    """States of a sheet nobody should build on: nothing is read from it nor written to it until a person looked."""
    expected = sum(bool(memory.untouched(key)) for key in memory.now)
    if len(missing) > max(FEW, expected // 5) or 1 < expected == len(missing) and not rows:
        return (
            f"Feuille {sheet.name}\u00a0: {len(missing)} lignes connues manquent\u00a0; "
            "rien n'est modifié tant qu'elles ne sont pas rétablies.",
        )
    moved = _moved_alone(sheet, rows, memory)
    if len(moved) > FEW:  # all the others moved: it is the key that was moved without them
        moved = {sheet.row_key: SORTED if set(moved.values()) == {SORTED} else PUSHED}
    return tuple(f"Feuille {sheet.name}\u00a0: {said.format(sheet.column(one).heading)}" for one, said in moved.items())


def _moved_alone(sheet: Sheet, rows: Mapping[str, SheetRow], memory: Memory) -> dict[str, str]:
    """What is said of the columns whose cells were moved without their rows."""
    found: dict[str, str] = {}
    for column, changed in sorted(_changed(rows, memory).items()):
        if len(changed) <= FEW or not _keeps_its_order(sheet, column):
            continue
        free_words = not sheet.column(column).choices
        if is_sorted_alone(changed):
            found[column] = SORTED
        elif free_words and is_mostly_moved(changed) or is_pushed(_in_order(column, rows, memory)):
            found[column] = PUSHED
    return found


def _in_order(column: str, rows: Mapping[str, SheetRow], memory: Memory) -> list[tuple[str, str]]:
    """What stood and what stands in a column, row by row of the sheet."""
    cells = []
    for key, row in sorted(rows.items(), key=lambda pair: pair[1].position):
        states = memory.untouched(key)
        if states and column in row.values:
            before, now = states[-1].get(column), row.values[column]
            cells.append((plain(before), plain(before) if same(before, now) else plain(now)))
    return cells


def _changed(rows: Mapping[str, SheetRow], memory: Memory) -> dict[str, list[tuple[str, str]]]:
    """What stood and what stands now in the cells that are no longer the same, by column."""
    changed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, row in rows.items():
        states = memory.untouched(key)
        if not states or is_just(row, states[-1]):
            continue
        values = unfolded(row.values)
        for column, before in states[-1].items():
            if column in values and not same(before, values[column]):
                changed[column].append((plain(before), plain(values[column])))
    return changed
