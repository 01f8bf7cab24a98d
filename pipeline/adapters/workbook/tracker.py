"""The tracker of a call: read, created, written to. What to write is decided by the merge."""

import tempfile
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from pipeline.adapters.workbook.making.creation import create_tracker
from pipeline.adapters.workbook.reading import Grid, Opened, more_grids, open_workbook
from pipeline.adapters.workbook.sharing.backups import keep_backup, newest_backups
from pipeline.adapters.workbook.sharing.conflict_copies import conflict_copies
from pipeline.adapters.workbook.sharing.owner_files import holding
from pipeline.adapters.workbook.sharing.refusals import refuse_what_is_no_workbook
from pipeline.adapters.workbook.sharing.replacing import fingerprint, recover_interrupted, refuse_if_open, replace
from pipeline.adapters.workbook.sharing.steady_reading import read_steadily
from pipeline.adapters.workbook.sheet_reading import layout_of, layout_seen, likeness, sheet_reading
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.patching import DAMAGED, Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.call import Call
from pipeline.core.columns import Sheet, candidatures_sheet, sheets_of
from pipeline.core.merge import SheetChanges, SheetReading
from pipeline.failures import Unavailable
from pipeline.ports import Edition, Holder, TrackerReading


class ExcelTracker:
    """`sheets` is the staff's folder, `state` ours (backups)."""

    def __init__(self, sheets: Path, state: Path) -> None:
        self._sheets, self._state = sheets, state

    def path(self, call: Call) -> Path:
        """The workbook; with macros, where staff saved it so and took the other away."""
        plain, with_macros = (self._sheets / call.code / f"suivi{suffix}" for suffix in (".xlsx", ".xlsm"))
        return with_macros if with_macros.exists() and not plain.exists() else plain

    def read(self, call: Call) -> TrackerReading | None:
        path = self.path(call)
        recover_interrupted(path)
        holder = holding(path)
        if path.exists():
            return self._reading(call, open_workbook(path, {sheet.name for sheet in sheets_of(call)}.__contains__))
        if holder:
            # Excel deletes the old file and renames the new one when it saves: the name is gone for an instant.
            raise Unavailable(f"{path}: is being saved by {holder.name}; it will be read again.")
        return None

    def fingerprint(self, call: Call) -> str:
        path = self.path(call)
        try:
            recover_interrupted(path)
            return fingerprint(path.read_bytes())
        except (OSError, Unavailable):
            return ""

    def whereabouts(self, call: Call, seen: TrackerReading, keys: Collection[str]) -> dict[str, str]:
        path, ours = self.path(call), set(seen.names.values())
        present = {row.key for row in seen.sheets["candidatures"].rows}
        found: dict[str, str] = {}
        for name, grid in more_grids(path, self._unchanged(call, seen), lambda name: name not in ours).items():
            there = _keys_in(grid, candidatures_sheet(call))
            moved = there & set(keys)
            if len(moved) >= len(there & present):  # else it is a copy of the sheet, which says nothing
                found |= dict.fromkeys(moved - set(found), name)
        return found

    def mend(self, call: Call, now: datetime) -> str:
        """Put the newest backup that can be read in the place of a file that cannot; what was done, "" for nothing.

        The damaged file stays beside it under another name. Without a backup the next cycle makes a new tracker.
        """
        path = self.path(call)
        if not path.exists() or _is_readable(path):
            return ""
        refuse_if_open(path)
        aside = path.with_name(f"{path.stem} (endommagé {now:%Y-%m-%d %H%M%S}){path.suffix}")
        path.rename(aside)
        for backup in newest_backups(self._state / "backups" / call.code, path.stem):
            if _is_readable(backup):
                replace(path, backup.read_bytes(), expected=None)
                return f"{path}: put back from {backup.name}; the damaged file is {aside.name}"
        return f"{path}: a new one will be made; the damaged file is {aside.name}"

    def refuse_if_open(self, call: Call) -> None:
        refuse_if_open(self.path(call))

    def create(self, call: Call) -> None:
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / "suivi.xlsx"
            create_tracker(call, new)
            replace(self.path(call), new.read_bytes(), expected=None)

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], edition: Edition) -> None:
        path = self.path(call)
        refuse_if_open(path)
        content = read_steadily(path)
        refuse_what_is_no_workbook(path, content)
        if fingerprint(content) != seen.fingerprint:
            raise Unavailable(f"{path}: was saved by somebody meanwhile; it will be read again.")
        targets = [
            Target(seen.names[sheet.key], layout_seen(seen.sheets[sheet.key]), sheet.row_key, changes[sheet.key])
            for sheet in sheets_of(call)
            if sheet.key in seen.sheets and changes.get(sheet.key)
        ]
        try:
            new = patched(content, targets, edition.generation, call.code)
            check_result(content, new, targets)
        except Unavailable as fault:
            raise Unavailable(f"{path}: {fault}") from fault
        keep_backup(path, content, self._state / "backups" / call.code, edition.at, edition.generation)
        replace(path, new, expected=seen.fingerprint)

    def holder(self, call: Call) -> Holder | None:
        return holding(self.path(call))

    def conflict_copies(self, call: Call) -> list[Path]:
        path = self.path(call)
        with_macros = path.with_suffix(".xlsm")
        return [*conflict_copies(path), *([with_macros] if with_macros.exists() and path != with_macros else [])]

    def _reading(self, call: Call, opened: Opened) -> TrackerReading:
        """Every sheet of ours that is there; Unavailable without the candidatures."""
        path = self.path(call)
        try:
            package = Package(opened.content)
            found = self._sheets_in(call, opened, package)
        except DAMAGED as fault:
            raise Unavailable(
                f"{path}: has a damaged part ({fault}); put back a copy from the backups folder."
            ) from fault
        except Unavailable as fault:
            raise Unavailable(f"{path}: {fault}") from fault
        if "candidatures" not in found:
            raise Unavailable(f"{path}: the sheet Candidatures or its headings are missing; put them back.")
        names = {key: name for key, (name, _) in found.items()}
        sheets = {key: reading for key, (_, reading) in found.items()}
        return TrackerReading(sheets, opened.generation, fingerprint(opened.content), opened.call, names)

    def _sheets_in(self, call: Call, opened: Opened, package: Package) -> dict[str, tuple[str, SheetReading]]:
        """(name, reading) of each of our sheets, by key; one that staff renamed is known by its headings."""
        found: dict[str, tuple[str, SheetReading]] = {}
        others = None
        for sheet in sheets_of(call):
            name, grid = sheet.name, opened.grids.get(sheet.name)
            if grid is None:
                others = others or more_grids(self.path(call), opened, lambda name: name not in opened.grids)
                name = _alike(sheet, others)
                grid = others.get(name)
            reading = sheet_reading(package, name, grid, sheet) if grid is not None else None
            if reading is not None:
                found[sheet.key] = name, reading
        return found

    def _unchanged(self, call: Call, seen: TrackerReading) -> Opened:
        opened = open_workbook(self.path(call), lambda _: False)
        if fingerprint(opened.content) != seen.fingerprint:
            raise Unavailable(f"{self.path(call)}: was saved by somebody meanwhile; it will be read again.")
        return opened


def _is_readable(path: Path) -> bool:
    """Whether a workbook opens and holds whole parts."""
    try:
        opened = open_workbook(path, lambda _: True)
        Package(opened.content)
    except (Unavailable, *DAMAGED):
        return False
    return bool(opened.grids)


def _alike(sheet: Sheet, grids: Mapping[str, Grid]) -> str:
    """The name of the one sheet that is most like ours, "" when there is none or several are."""
    found = {name: likeness(grid, sheet) for name, grid in grids.items()}
    best = [name for name, count in found.items() if count and count == max(found.values())]
    return best[0] if len(best) == 1 else ""


def _keys_in(grid: Grid, sheet: Sheet) -> set[str]:
    """The row keys in a sheet of staff's that has our headings."""
    layout = layout_of(grid, sheet)
    column = layout.columns.get(sheet.row_key) if layout else None
    if layout is None or column is None:
        return set()
    rows = (row for row in grid[layout.header_row :] if len(row) >= column)
    return {str(row[column - 1] or "").strip() for row in rows} - {""}
