"""Sheet rows + what was last known to stand there → what staff typed since."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from pipeline.core.columns import Owner, Shape, Sheet
from pipeline.core.merge.sameness import plain, same
from pipeline.core.merge.values import CellValue, Edit, EditsIn, RowByHand, SheetReading, SheetRow

Memory = Mapping[str, Mapping[str, CellValue]]
FEW = 3  # so many rows or cells may always change together


def edits_in(sheet: Sheet, reading: SheetReading, memory: Memory, stale: bool = False) -> EditsIn:
    """What the sheet says that the ledger does not know yet.

    `stale`: an older copy was saved over what we wrote. Rows that it lacks were not deleted then, and worker's cells
    that differ are only old; what staff typed in their own columns of that copy is taken.
    """
    rows, conflicts = _rows_by_key(reading, memory)
    by_hand = tuple(
        RowByHand(row.position, row.values) for row in reading.rows if not row.key and _is_filled(row, sheet)
    )
    missing = tuple(key for key in memory if key not in rows)
    warnings = () if stale else _warnings(sheet, rows, memory, missing)
    if warnings:
        return EditsIn(warnings=warnings)
    edits = tuple(
        Edit(key, column, row.values.get(column))
        for key, row in rows.items()
        if key in memory
        for column in reading.columns
        if _is_edit(sheet, column, row, memory[key], stale)
    )
    return EditsIn(edits, by_hand, () if stale else missing, conflicts)


def chosen_rows(reading: SheetReading, memory: Memory) -> dict[str, SheetRow]:
    """The row that is ours for each key: of several, the nearest to what was last known."""
    return _rows_by_key(reading, memory)[0]


def _rows_by_key(reading: SheetReading, memory: Memory) -> tuple[dict[str, SheetRow], dict[str, str]]:
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for row in reading.rows:
        if row.key:
            found[row.key].append(row)
    chosen, conflicts = {}, {}
    for key, rows in found.items():
        known = memory.get(key, {})
        rows.sort(key=lambda row: (-sum(same(row.values.get(c), v) for c, v in known.items()), row.position))
        chosen[key] = rows[0]
        if len(rows) > 1:
            others = ", ".join(str(row.position) for row in rows[1:])
            conflicts[key] = f"Le numéro {key} figure aussi ligne {others}\u00a0: cette copie n'est pas suivie."
    return chosen, conflicts


def _is_edit(sheet: Sheet, column: str, row: SheetRow, known: Mapping[str, CellValue], stale: bool) -> bool:
    definition = sheet.column(column)
    if definition.key == sheet.row_key or definition.shape is Shape.KEY:
        return False
    if stale and definition.owner is Owner.WORKER:
        return False
    now, before = row.values.get(column), known.get(column)
    # In an old copy an empty cell may be older than what was typed since: emptying is not concluded from it.
    return not same(now, before) and not (stale and not plain(now))


def _is_filled(row: SheetRow, sheet: Sheet) -> bool:
    return any(plain(value) for column, value in row.values.items() if column != sheet.row_key)


def _warnings(sheet: Sheet, rows: Mapping[str, SheetRow], memory: Memory, missing: tuple[str, ...]) -> tuple[str, ...]:
    """States of a sheet nobody should build on: nothing is read from it nor written to it until a person looked."""
    if len(missing) > max(FEW, len(memory) // 5):
        return (
            f"Feuille {sheet.name}\u00a0: {len(missing)} lignes connues manquent\u00a0; "
            "rien n'est modifié tant qu'elles ne sont pas rétablies.",
        )
    return tuple(
        f"Feuille {sheet.name}\u00a0: la colonne « {sheet.column(column).heading} » semble triée seule\u00a0; "
        "annulez ce tri, rien n'est modifié d'ici là."
        for column in {column for known in memory.values() for column in known}
        if _is_permuted(column, rows, memory)
    )


def _is_permuted(column: str, rows: Mapping[str, SheetRow], memory: Memory) -> bool:
    """Whether the column holds the same values in another order: sorted without its keys."""
    changed = [
        (plain(memory[key][column]), plain(row.values[column]))
        for key, row in rows.items()
        if key in memory and column in memory[key] and column in row.values
        if not same(memory[key][column], row.values[column])
    ]
    before, after = Counter(old for old, _ in changed), Counter(new for _, new in changed)
    return len(changed) > FEW and len(before) > FEW and before == after
