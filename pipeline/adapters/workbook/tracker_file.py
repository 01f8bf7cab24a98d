"""The file of a tracker: what it holds, how it is rewritten. Where it is and who has it open is left to `tracker`."""

import tempfile
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.workbook.making.creation import CALL, create_tracker
from pipeline.adapters.workbook.reading import Cells, Opened, open_workbook, stamps_of
from pipeline.adapters.workbook.sharing.refusals import DamagedWorkbook, naming
from pipeline.adapters.workbook.sharing.replacing import fingerprint
from pipeline.adapters.workbook.sheet_reading import layout_of, layout_seen, likeness, sheet_reading
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.patching import DAMAGED, Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.call import Call
from pipeline.core.columns import Sheet, candidatures_sheet, sheets_of
from pipeline.core.merge import SheetChanges, SheetReading
from pipeline.failures import Unavailable
from pipeline.ports import TrackerReading

IF_IT_LASTS = "Open it in Excel and save it; if this comes again, give this line to whoever maintains the program."


@dataclass(frozen=True)
class TrackerFile:
    """The workbook of a call at a path, or a copy of it."""

    call: Call
    path: Path

    def blank(self) -> bytes:
        """A new one with every sheet and column, empty of rows."""
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / "suivi.xlsx"
            create_tracker(self.call, new)
            return new.read_bytes()

    def is_stamped(self) -> bool:
        """Whether it carries the stamp of this call, whatever its name."""
        with suppress(OSError):
            return stamps_of(self.path.read_bytes()).get(CALL) == self.call.code
        return False

    def is_damaged(self) -> bool:
        """Whether it does not open, or a part of it is not whole.

        Unavailable, saying why, for one that cannot be read now or as it is: nothing says that it is damaged.
        """
        try:
            opened = open_workbook(self.path)
            package = Package(opened.content)
            with naming(self.path):
                for name in opened.names:
                    deque(opened.rows(name), maxlen=0)
            with suppress(Unavailable):
                self._sheets_in(opened, package)
            package.packed()
        except (DamagedWorkbook, *DAMAGED):
            return True
        return not opened.names

    def reading(self) -> TrackerReading:
        """Every sheet of ours that is there; Unavailable without the candidatures."""
        opened = open_workbook(self.path)
        try:
            with naming(self.path):
                found = self._sheets_in(opened, Package(opened.content))
        except DAMAGED as fault:
            raise Unavailable(
                f"{self.path}: has a damaged part ({fault}); put back a copy from the backups folder."
            ) from fault
        if "candidatures" not in found:
            raise Unavailable(f"{self.path}: the sheet Candidatures or its headings are missing; put them back.")
        names = {key: name for key, (name, _) in found.items()}
        sheets = {key: reading for key, (_, reading) in found.items()}
        return TrackerReading(sheets, opened.generation, fingerprint(opened.content), opened.call, names)

    def whereabouts(self, seen: TrackerReading, keys: Collection[str]) -> dict[str, str]:
        """See the port."""
        ours, present = set(seen.names.values()), {row.key for row in seen.sheets["candidatures"].rows}
        found: dict[str, str] = {}
        for name, rows in self._unchanged(seen).other_sheets(ours):
            there = _keys_in(rows, candidatures_sheet(self.call))
            moved = there & set(keys)
            if len(moved) >= len(there & present):  # else it is a copy of the sheet, which says nothing
                found |= dict.fromkeys(moved - set(found), name)
        return found

    def copied_sheets(self, seen: TrackerReading) -> list[str]:
        """See the port."""
        ours, present = set(seen.names.values()), {row.key for row in seen.sheets["candidatures"].rows}
        others = self._unchanged(seen).other_sheets(ours)
        return [name for name, rows in others if _keys_in(rows, candidatures_sheet(self.call)) & present]

    def rewritten(
        self, content: bytes, seen: TrackerReading, changes: Mapping[str, SheetChanges], generation: int
    ) -> bytes:
        """The content with the changes and the stamp, compared with what it was."""
        targets = [
            Target(seen.names[sheet.key], layout_seen(seen.sheets[sheet.key]), sheet.row_key, changes[sheet.key])
            for sheet in sheets_of(self.call)
            if sheet.key in seen.sheets and changes.get(sheet.key)
        ]
        try:
            new = patched(content, targets, generation, self.call.code)
        except Unavailable as fault:
            raise Unavailable(f"{self.path}: {fault}") from fault
        try:
            check_result(content, new, targets)
        except Unavailable as fault:
            raise Unavailable(f"{self.path}: {fault} {IF_IT_LASTS}") from fault
        return new

    def _sheets_in(self, opened: Opened, package: Package) -> dict[str, tuple[str, SheetReading]]:
        """(name, reading) of each of our sheets, by key; one that staff renamed is known by its headings."""
        found: dict[str, tuple[str, SheetReading]] = {}
        for sheet in sheets_of(self.call):
            name = sheet.name if sheet.name in opened.names else self._renamed(opened, sheet)
            reading = sheet_reading(package, name, opened.rows(name), sheet) if name else None
            if reading is not None:
                found[sheet.key] = name, reading
        return found

    def _renamed(self, opened: Opened, sheet: Sheet) -> str:
        """The name of the one sheet that is most like ours, "" when there is none or several are."""
        ours = {one.name for one in sheets_of(self.call)}
        found = {name: likeness(rows, sheet) for name, rows in opened.other_sheets(ours)}
        best = [name for name, count in found.items() if count and count == max(found.values())]
        return best[0] if len(best) == 1 else ""

    def _unchanged(self, seen: TrackerReading) -> Opened:
        opened = open_workbook(self.path)
        if fingerprint(opened.content) != seen.fingerprint:
            raise Unavailable(f"{self.path}: was saved by somebody meanwhile; it will be read again.")
        return opened


def _keys_in(rows: Sequence[Cells], sheet: Sheet) -> set[str]:
    """The row keys in a sheet of staff's that has our headings."""
    layout = layout_of(rows, sheet)
    column = layout.columns.get(sheet.row_key) if layout else None
    if layout is None or column is None:
        return set()
    below = (row for row in rows[layout.header_row :] if len(row) >= column)
    return {str(row[column - 1] or "").strip() for row in below} - {""}
