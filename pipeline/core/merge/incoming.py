"""A sheet as read + what is remembered of it → what staff did since."""

from collections import Counter
from collections.abc import Mapping

from pipeline.core.columns import Shape, Sheet
from pipeline.core.merge.matching import rows_by_key
from pipeline.core.merge.memory import Memory
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import Clash, Edit, EditsIn, RowByHand, SheetReading, SheetRow

FEW = 3  # so many rows or cells may always change together


def edits_in(sheet: Sheet, reading: SheetReading, memory: Memory) -> EditsIn:
    """What staff typed, deleted, moved or brought back, that the ledger does not know yet.

    In an older copy saved over a newer version, what differs from every state in which the copy may have been made was
    typed there, and is taken; the rest is only old.
    """
    rows, doubled = rows_by_key(reading, memory)
    missing = _missing(rows, memory)
    warnings = _warnings(sheet, rows, memory, missing)
    if warnings:
        return EditsIn(warnings=warnings)
    edits = tuple(edit for key, row in rows.items() for edit in _edits_of(sheet, reading, row, memory, key))
    return EditsIn(
        edits,
        tuple(RowByHand(row.position, row.values) for row in reading.rows if not row.key and _is_filled(row, sheet)),
        missing,
        tuple(key for key in rows if key in memory.gone),
        {key: name for key, name in memory.elsewhere.items() if key in memory.now and key not in rows},
        doubled,
        tuple(clash for edit in edits for clash in _clashes(edit, memory)),
    )


def _missing(rows: Mapping[str, SheetRow], memory: Memory) -> tuple[str, ...]:
    """The rows that staff deleted from this file: it held them, and nothing else explains that they are not there."""
    if not memory.marked:
        return ()
    return tuple(k for k in memory.now if k not in rows and k not in memory.elsewhere and memory.untouched(k))


def _edits_of(sheet: Sheet, reading: SheetReading, row: SheetRow, memory: Memory, key: str) -> list[Edit]:
    before = memory.before(key)
    if not before:
        return []
    return [
        Edit(key, column, row.values.get(column), before[-1].get(column))
        for column in reading.columns
        if column in row.values  # a cell under merged ones holds nothing, which says nothing
        and not _is_identity(sheet, column)
        and not any(same(row.values[column], state.get(column)) for state in (memory.last(key), *before))
    ]


def _is_identity(sheet: Sheet, column: str) -> bool:
    """A row's key is no fact that staff correct: it is given back."""
    return column == sheet.row_key or sheet.column(column).shape is Shape.KEY


def _clashes(edit: Edit, memory: Memory) -> list[Clash]:
    """An edit of an older copy where the other side had changed the cell as well, or may have."""
    last = memory.last(edit.key).get(edit.column)
    if memory.copy is None or all(same(last, state.get(edit.column)) for state in memory.before(edit.key)):
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
    known = {column for row in memory.now.values() for column in row if not _is_identity(sheet, column)}
    sorted_alone = [column for column in sorted(known) if _is_permuted(column, rows, memory)]
    if len(sorted_alone) > FEW:  # all the others moved: it is the key that was sorted without them
        sorted_alone = [sheet.row_key]
    return tuple(
        f"Feuille {sheet.name}\u00a0: la colonne « {sheet.column(column).heading} » semble triée seule\u00a0; "
        "annulez ce tri, rien n'est modifié d'ici là."
        for column in sorted_alone
    )


def _is_permuted(column: str, rows: Mapping[str, SheetRow], memory: Memory) -> bool:
    """Whether the column holds the same values in another order: sorted without its keys."""
    changed = []
    for key, row in rows.items():
        states = memory.untouched(key)
        if states and column in states[-1] and column in row.values:
            before, now = states[-1][column], row.values[column]
            if not same(before, now):
                changed.append((plain(before), plain(now)))
    before_all, after_all = Counter(old for old, _ in changed), Counter(new for _, new in changed)
    return len(changed) > FEW and len(before_all) > FEW and before_all == after_all
