"""The tracker of a call: read, created, written to. What to write is decided by the merge."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.adapters.workbook.sharing.backups import keep_backup, newest_backups
from pipeline.adapters.workbook.sharing.conflict_copies import OPENED, conflict_copies, workbooks_beside
from pipeline.adapters.workbook.sharing.owner_files import holding
from pipeline.adapters.workbook.sharing.refusals import refuse_what_is_no_workbook
from pipeline.adapters.workbook.sharing.replacing import fingerprint, recover_interrupted, refuse_if_open, replace
from pipeline.adapters.workbook.sharing.steady_reading import read_steadily
from pipeline.core.call import Call
from pipeline.core.merge import SheetChanges
from pipeline.failures import Unavailable, reason
from pipeline.ports import Edition, Holder, TrackerReading

if TYPE_CHECKING:
    from pipeline.adapters.workbook.tracker_file import TrackerFile


class ExcelTracker:
    """`sheets` is the staff's folder, `state` ours (backups)."""

    def __init__(self, sheets: Path, state: Path) -> None:
        self._sheets, self._state = sheets, state

    def path(self, call: Call) -> Path:
        """The workbook; with macros, where staff saved it so and took the other away."""
        plain, with_macros = (self._sheets / call.code / f"suivi{suffix}" for suffix in (".xlsx", ".xlsm"))
        return with_macros if os.path.exists(with_macros) and not os.path.exists(plain) else plain

    def read(self, call: Call) -> TrackerReading | None:
        path = self.path(call)
        _is_there(path)  # a disk that can say nothing of it says so, before anything is put in order there
        recover_interrupted(path)
        holder = holding(path)
        if _is_there(path):
            return self._file(call).reading()
        if holder:
            # Excel deletes the old file and renames the new one when it saves: the name is gone for an instant.
            raise Unavailable(f"{path}: is being saved by {holder.name}; it will be read again.")
        return None

    def has_folder(self, call: Call) -> bool:
        return os.path.isdir(self.path(call).parent)  # a server that is down is no folder either

    def fingerprint(self, call: Call) -> str:
        path = self.path(call)
        try:
            recover_interrupted(path)
            return fingerprint(path.read_bytes())
        except (OSError, Unavailable):
            return ""

    def whereabouts(self, call: Call, seen: TrackerReading, keys: Collection[str]) -> dict[str, str]:
        return self._file(call).whereabouts(seen, keys)

    def copied_sheets(self, call: Call, seen: TrackerReading) -> list[str]:
        return self._file(call).copied_sheets(seen)

    def mend(self, call: Call, now: datetime) -> str:
        """Put the newest sound backup in the place of a file that is damaged; what was done, "" for nothing.

        The damaged file stays beside it under another name. Without a backup the next cycle makes a new tracker.
        """
        path = self.path(call)
        if not path.exists() or not self._file(call).is_damaged():
            return ""
        refuse_if_open(path)
        backups = newest_backups(self._state / "backups" / call.code, path.stem)
        sound = next((one for one in backups if self._is_sound(call, one)), None)
        aside = path.with_name(f"{path.stem} (endommagé {now:%Y-%m-%d %H%M%S}){path.suffix}")
        path.rename(aside)
        if sound is None:
            return f"{path}: a new one will be made; the damaged file is {aside.name}"
        replace(path, sound.read_bytes(), expected=None)
        return f"{path}: put back from {sound.name}; the damaged file is {aside.name}"

    def refuse_if_open(self, call: Call) -> None:
        refuse_if_open(self.path(call))

    def create(self, call: Call) -> None:
        replace(self.path(call), self._file(call).blank(), expected=None)

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], edition: Edition) -> None:
        path = self.path(call)
        refuse_if_open(path)
        content = read_steadily(path)
        refuse_what_is_no_workbook(path, content)
        if fingerprint(content) != seen.fingerprint:
            raise Unavailable(f"{path}: was saved by somebody meanwhile; it will be read again.")
        new = self._file(call).rewritten(content, seen, changes, edition.generation)
        keep_backup(path, content, self._state / "backups" / call.code, edition.at, edition.generation)
        replace(path, new, expected=seen.fingerprint)

    def holder(self, call: Call) -> Holder | None:
        return holding(self.path(call))

    def conflict_copies(self, call: Call) -> list[Path]:
        path = self.path(call)
        copies = conflict_copies(path)
        return [*copies, *(one for one in workbooks_beside(path) if one not in copies and self._is_ours(call, one))]

    def _is_ours(self, call: Call, beside: Path) -> bool:
        """Whether it is this tracker in another format, or under a name that staff gave it."""
        if beside.stem.casefold() == self.path(call).stem.casefold():
            return True
        return beside.suffix.casefold() in OPENED and self._file(call, beside).is_stamped()

    def _is_sound(self, call: Call, backup: Path) -> bool:
        with suppress(Unavailable):
            return not self._file(call, backup).is_damaged()
        return False

    def _file(self, call: Call, path: Path | None = None) -> TrackerFile:
        # Imported here: what reads and writes workbooks is not needed while they are as they were left.
        from pipeline.adapters.workbook.tracker_file import TrackerFile  # noqa: PLC0415

        return TrackerFile(call, path or self.path(call))


def _is_there(path: Path) -> bool:
    """Unavailable where the disk cannot tell: a file that cannot be seen is not a lost one."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as fault:
        raise Unavailable(f"{path}: cannot be read now ({reason(fault)}); it will be tried again.") from fault
    return True
