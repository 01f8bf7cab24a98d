"""The tracker of a call: read, created, written to. What to write is decided by the merge."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.adapters.workbook.creation import create_tracker
from pipeline.adapters.workbook.owner_files import holder_of
from pipeline.adapters.workbook.patching import holds_formula, patched
from pipeline.adapters.workbook.reading import Opened, open_workbook, opened_from, read_sheet
from pipeline.adapters.workbook.replacing import fingerprint, keep_backup, refuse_if_open, replace
from pipeline.core.call import Call
from pipeline.core.columns import sheets_of
from pipeline.core.merge import CellValue, SheetChanges, SheetRow, fitting, same
from pipeline.failures import Unavailable
from pipeline.ports import TrackerReading


class ExcelTracker:
    """`sheets` is the staff's folder, `state` ours (backups)."""

    def __init__(self, sheets: Path, state: Path) -> None:
        self._sheets, self._state = sheets, state

    def path(self, call: Call) -> Path:
        return self._sheets / call.code / "suivi.xlsx"

    def read(self, call: Call) -> TrackerReading | None:
        path = self.path(call)
        if path.exists():
            return self._reading(call, open_workbook(path))
        if holder_of(path):
            # Excel deletes the old file and renames the new one when it saves: the name is gone for an instant.
            raise Unavailable(f"{path}: is being saved by {holder_of(path)}; it will be read again.")
        return None

    def create(self, call: Call) -> None:
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / "suivi.xlsx"
            create_tracker(call, new)
            replace(self.path(call), new.read_bytes(), expected=None)

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], generation: int) -> None:
        path = self.path(call)
        refuse_if_open(path)
        opened = open_workbook(path)
        if fingerprint(opened.content) != seen.fingerprint:
            raise Unavailable(f"{path}: was saved by somebody meanwhile; it will be read again.")
        content = patched(opened, {sheet.key: sheet for sheet in sheets_of(call)}, changes, generation)
        self._verify(call, content, changes)
        keep_backup(path, opened.content, self._state / "backups" / call.code, generation)
        replace(path, content, expected=seen.fingerprint)

    def holder(self, call: Call) -> str:
        return holder_of(self.path(call))

    def _reading(self, call: Call, opened: Opened) -> TrackerReading:
        """Every sheet of ours that is there; Unavailable without the candidatures."""
        sheets = {}
        for sheet in sheets_of(call):
            reading = read_sheet(opened.grids[sheet.name], sheet) if sheet.name in opened.grids else None
            if reading is not None:
                sheets[sheet.key] = reading
        if "candidatures" not in sheets:
            raise Unavailable(f"{self.path(call)}: the sheet Candidatures or its headings are missing; put them back.")
        return TrackerReading(sheets, opened.generation, fingerprint(opened.content))

    def _verify(self, call: Call, content: bytes, changes: Mapping[str, SheetChanges]) -> None:
        """Read the new version back before it replaces anything; a cell that differs stops the write.

        Formulas are staff's: they stay, and what they show is taken at the next reading.
        """
        opened = opened_from(self.path(call), content)
        reading = self._reading(call, opened)
        for sheet in sheets_of(call):
            wanted = changes.get(sheet.key, SheetChanges())
            rows = reading.sheets[sheet.key].rows if wanted else ()
            by_position = {row.position: row for row in rows}
            for position, column, value in _expected(wanted, rows):
                there = by_position[position].values.get(column) if position in by_position else None
                if not same(there, fitting(value)) and not holds_formula(opened, sheet, position, column):
                    raise Unavailable(
                        f"{self.path(call)}: {column} in row {position} of {sheet.name} cannot be written; "
                        "nothing was changed."
                    )


def _expected(changes: SheetChanges, rows: tuple[SheetRow, ...]) -> list[tuple[int, str, CellValue]]:
    """(position, column, value) of all that should now stand in the sheet; position 0 for a row that is not there."""
    last = {row.key: row.position for row in rows}  # appended rows come last
    cells = {(cell.position, cell.column): cell.value for cell in changes.cells}
    appended = {(last.get(new.key, 0), column): value for new in changes.rows for column, value in new.values.items()}
    return [(position, column, value) for (position, column), value in {**cells, **appended}.items()]
