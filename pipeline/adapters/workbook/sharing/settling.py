"""What a swap leaves behind, settled: every version that is not ours goes back under its name or stays visible.

While it works, a swap has its files beside the workbook as `.suivi-<ours>-<read>-<n>.tmp`: <ours> and <read> mark the
new version and the one it was made from; <n> is 0 for the file written first, more for what was set aside. So a file
found after a kill says by itself whether it is one of the two, or a save of staff's that must not be lost.
"""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline import faults
from pipeline.adapters.workbook.sharing.exchanging import WAYS, Overtaken, Swap, place_new, swapped
from pipeline.adapters.workbook.sharing.owner_files import holder_of
from pipeline.adapters.workbook.sharing.posted_lock import another_is_writing, remove_left_lock
from pipeline.adapters.workbook.sharing.refusals import refusal

MARK_DIGITS = 16
NO_VERSION = "0" * MARK_DIGITS  # nothing was there to be read
MOST_TURNS = 20  # of putting back; each turn more needs one more save within a millisecond
PARTIAL_HOURS = 24


def fingerprint(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=20).hexdigest()


@dataclass(frozen=True)
class Change:
    """One version of `path` taking the place of another: marks are the first digits of fingerprints."""

    path: Path
    ours: str
    read: str

    def file(self, number: int) -> Path:
        return self.path.with_name(f".{self.path.stem}-{self.ours}-{self.read}-{number}.tmp")

    def files(self) -> list[Path]:
        """Those that are there, the last one first."""
        return [self.file(number) for number in sorted(self._numbers(), reverse=True)]

    def spare(self) -> Path:
        """A name after all those that are there: the order in which files were set aside shows."""
        return self.file(max([0, *self._numbers()]) + 1)

    def _numbers(self) -> list[int]:
        before, after = self.file(0).name.split("-0.tmp")[0] + "-", ".tmp"
        middles = [name[len(before) : -len(after)] for name in _names(self.path.parent) if name.startswith(before)]
        return [int(middle) for middle in middles if middle.isdigit()]


def change_of(path: Path, content: bytes, expected: str | None) -> Change:
    return Change(path, fingerprint(content)[:MARK_DIGITS], (expected or NO_VERSION)[:MARK_DIGITS])


def put(change: Change, ways: tuple[Swap, ...]) -> bool:
    """Put our version, written as `change.file(0)`. False: staff saved meanwhile, and their last save is in place."""
    return _put_until_stable(change, change.file(0), change.read, ways) == 1


def settle(change: Change, read_now: str = NO_VERSION) -> list[Path]:
    """Clear a change's files: ours and the versions that were read go, any other stays visible. Returns the visible.

    A copy of what is still in place stays as it is, until that version has been read (`read_now`: its mark) or another
    save has covered it. Where the name is missing, what was set aside from it takes it back.
    """
    if not change.path.exists():
        _restore(change)
    in_place = mark(change.path) if change.path.exists() else NO_VERSION
    kept: dict[str, Path] = {}
    for file in change.files():
        found = mark(file)
        if found in (change.ours, change.read, read_now) or found in kept:
            file.unlink()
        elif found != in_place:
            kept[found] = keep_visible(file, change.path)
    return list(kept.values())


def recover_interrupted(path: Path, ways: tuple[Swap, ...] = WAYS) -> list[Path]:
    """Finish what a kill interrupted, before a reading: a missing workbook comes back, a save of staff's too.

    Does nothing while somebody has the workbook open or another process of ours is writing. Returns the versions
    now visible beside the workbook. Raises Unavailable.
    """
    target = Path(os.path.realpath(path))
    if holder_of(target) or another_is_writing(target):
        return []
    try:
        remove_left_lock(target)
        return settle_all(target, ways)
    except OSError as fault:
        raise refusal(path, fault) from fault


def settle_all(path: Path, ways: tuple[Swap, ...], read_now: str = NO_VERSION) -> list[Path]:
    """Every change found beside the workbook; and files half written more than a day ago."""
    kept = []
    for change in sorted(set(_changes(path)), key=lambda one: (one.ours, one.read)):
        _resume(change, ways)
        kept += settle(change, read_now)
    _remove_partial(path)
    return kept


def keep_visible(file: Path, path: Path) -> Path:
    """Give a version a name that staff see, by its hour: `suivi (version de 093000).xlsx`; never over one."""
    saved = f"{datetime.fromtimestamp(file.stat().st_mtime):%H%M%S}"
    for number in range(1, 1000):
        again = f", {number}" if number > 1 else ""
        visible = path.with_name(f"{path.stem} (version de {saved}{again}){path.suffix}")
        with suppress(FileExistsError):
            place_new(file, visible)
            return visible
    return file


def mark(file: Path) -> str:
    return fingerprint(file.read_bytes())[:MARK_DIGITS]


def _put_until_stable(change: Change, fresh: Path, due: str, ways: tuple[Swap, ...]) -> int:
    """Put `fresh`, look at what comes out; as long as it is not what was `due`, it is a newer save: put that one back.

    Returns in how many turns what came out was what had to; 0 if never, or if a save took the name meanwhile.
    """
    going_in = mark(fresh)
    for turn in range(1, MOST_TURNS + 1):
        _keep_copy(change, fresh, going_in)
        try:
            out = swapped(fresh, change.path, change.spare(), ways)
        except Overtaken:
            return 0
        faults.point("tracker:exchanged")
        found = mark(out)
        if found == due:
            return turn
        fresh, going_in, due = out, found, going_in
    return 0


def _keep_copy(change: Change, file: Path, found: str) -> None:
    """Of a save of staff's that goes back: whoever opened our version in between may cover it before it is read."""
    if found == change.ours or any(mark(other) == found for other in change.files() if other != file):
        return
    try:
        os.link(file, change.spare())
    except OSError:
        shutil.copy2(file, change.spare())


def _resume(change: Change, ways: tuple[Swap, ...]) -> None:
    """Killed after our version was put and before what came out was looked at: a save of staff's goes back."""
    if change.path.exists() and mark(change.path) == change.ours:
        theirs = next((file for file in change.files() if mark(file) not in (change.ours, change.read)), None)
        if theirs is not None:
            _put_until_stable(change, theirs, change.ours, ways)


def _restore(change: Change) -> None:
    for file in change.files():
        if file != change.file(0) and mark(file) != change.ours:
            with suppress(FileExistsError):
                place_new(file, change.path)
            return


def _changes(path: Path) -> Iterator[Change]:
    shape = re.compile(rf"\.{re.escape(path.stem)}-([0-9a-f]{{16}})-([0-9a-f]{{16}})-\d+\.tmp")
    for name in _names(path.parent):
        found = shape.fullmatch(name)
        if found:
            yield Change(path, found[1], found[2])


def _remove_partial(path: Path) -> None:
    shape = re.compile(rf"\.{re.escape(path.stem)}-[a-z0-9_]{{8}}\.tmp")
    for name in _names(path.parent):
        partial = path.with_name(name)
        with suppress(FileNotFoundError):
            if shape.fullmatch(name) and time.time() - partial.stat().st_mtime >= PARTIAL_HOURS * 3600:
                partial.unlink()


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
