"""Putting a new version of a workbook in the place of the old: whole or not at all, never under somebody's hands.

The new version is written beside, then swapped in; what came out is looked at (checking before and replacing after
lost 262 of 3,000 saves made at random instants). If it is not the version that was read, somebody saved in between:
their version goes back and is read again.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline import faults
from pipeline.adapters.whole_files import make_folder
from pipeline.adapters.workbook.sharing.exchanging import NOT_HERE, WAYS, Swap, place_new
from pipeline.adapters.workbook.sharing.owner_files import refuse_if_open
from pipeline.adapters.workbook.sharing.posted_lock import posted_lock
from pipeline.adapters.workbook.sharing.refusals import refusal, refuse_read_only
from pipeline.adapters.workbook.sharing.settling import (
    Change,
    change_of,
    fingerprint,
    put,
    recover_interrupted,
    settle,
    settle_all,
)
from pipeline.failures import Unavailable

__all__ = ["fingerprint", "recover_interrupted", "refuse_if_open", "replace"]


def replace(path: Path, content: bytes, expected: str | None, ways: tuple[Swap, ...] = WAYS) -> None:
    """Put `content` in the place of the version of that fingerprint. A symbolic link is followed.

    `expected` None: there must be no file yet. Raises Unavailable and leaves, or puts back, what staff saved when
    anything differs. Owner, group, rights and extended attributes stay. `ways`: how to swap, the first that works.
    """
    target = Path(os.path.realpath(path))
    refuse_if_open(path)
    try:
        make_folder(target.parent.parent, target.parent)
        refuse_read_only(target)
        with posted_lock(target):
            change = change_of(target, content, expected)
            settle_all(target, ways, read_now=change.read)
            refuse_if_open(target)
            _swap(change, content, expected, ways)
    except OSError as fault:
        raise refusal(path, fault) from fault


def _swap(change: Change, content: bytes, expected: str | None, ways: tuple[Swap, ...]) -> None:
    kept: list[Path] = []
    done = False
    try:
        _write_beside(change, content)
        faults.point("tracker:written-beside")
        refuse_if_open(change.path)
        if _there(change.path) == expected:
            done = _put_first(change) if expected is None else put(change, ways)
    finally:
        kept = settle(change)
        _sync(change.path.parent)
    if kept:
        names = ", ".join(f"« {one.name} »" for one in kept)
        raise Unavailable(f"{change.path}: was saved several times meanwhile; compare it with {names} beside it.")
    if not done:
        raise Unavailable(f"{change.path}: was saved by somebody meanwhile; it will be read again.")


def _put_first(change: Change) -> bool:
    try:
        place_new(change.file(0), change.path)
    except FileExistsError:
        return False
    return True


def _there(path: Path) -> str | None:
    try:
        return fingerprint(path.read_bytes())
    except FileNotFoundError:
        return None


def _write_beside(change: Change, content: bytes) -> None:
    """Under another name until it is whole: a file of the change's own name is never a part."""
    handle, name = tempfile.mkstemp(prefix=f".{change.path.stem}-", suffix=".tmp", dir=change.path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _like(change.path, Path(name))
        os.replace(name, change.file(0))
    finally:
        Path(name).unlink(missing_ok=True)


def _like(old: Path, new: Path) -> None:
    """Owner, group, rights, access lists as the old file has them, as far as we may; rw-rw-r-- for a first one."""
    try:
        known = old.stat()
    except FileNotFoundError:
        os.chmod(new, 0o664)
        return
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, known.st_uid, known.st_gid)
    os.chmod(new, known.st_mode & 0o7777)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for attribute in os.listxattr(old):
                with suppress(OSError):
                    os.setxattr(new, attribute, os.getxattr(old, attribute))


def _sync(folder: Path) -> None:
    """The names on the disk as well, where folders can be synchronised: not on Windows, nor on some shares.

    Raises OSError where the disk fails: the new version is in place, and nobody knows whether it lasts.
    """
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in NOT_HERE:
            raise
    finally:
        os.close(descriptor)
