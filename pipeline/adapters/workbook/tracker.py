"""The tracker of a call: read, created, written to. What to write is decided by the merge."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.adapters.workbook.creation import create_tracker
from pipeline.adapters.workbook.owner_files import holder_of
from pipeline.adapters.workbook.patching import patched
from pipeline.adapters.workbook.reading import Opened, open_workbook, read_sheet
from pipeline.adapters.workbook.replacing import fingerprint, keep_backup, refuse_if_open, replace
from pipeline.core.call import Call
from pipeline.core.columns import sheets_of
from pipeline.core.merge import SheetChanges, same
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
        return self._reading(call, open_workbook(path)) if path.exists() else None

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
        """Read the new version back before it replaces anything; a cell that differs stops the write."""
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(content)
            file.flush()
            reading = self._reading(call, open_workbook(Path(file.name)))
        for key, wanted in changes.items():
            rows = {row.position: row for row in reading.sheets[key].rows}
            for cell in wanted.cells:
                there = rows[cell.position].values.get(cell.column) if cell.position in rows else None
                if isinstance(cell.value, str) and len(cell.value) > 1000:
                    continue  # long texts are cut or cleaned on the way
                if not same(there, cell.value):
                    raise Unavailable(
                        f"{self.path(call)}: {cell.column} in row {cell.position} cannot be written (a formula, or a "
                        "merged cell, stands there?); nothing was written."
                    )
