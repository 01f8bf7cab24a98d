"""Putting one file under another's name without losing what stood there: the ways that file systems have.

A way (`Swap`) puts `fresh` under `path` and returns where what stood there is now, so that it can be looked at: nothing
is overwritten. Linux exchanges two names at once (renameat2(2)); Windows replaces and keeps the old file under a second
name, with the rights of the old on the new (ReplaceFileW; written from its documentation, not run here); elsewhere, and
on network file systems that cannot exchange, the old file is set aside first and the name is missing for an instant.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import faults

NOT_HERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
NO_LINKS = NOT_HERE | {errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV}
HERE = -100  # AT_FDCWD
WITHOUT_REPLACING, EXCHANGED = 1, 2  # RENAME_NOREPLACE, RENAME_EXCHANGE
# REPLACEFILE_IGNORE_MERGE_ERRORS; ERROR_INVALID_FUNCTION, _NOT_SUPPORTED; _UNABLE_TO_MOVE_REPLACEMENT_2
IGNORE_MERGE_ERRORS, NOT_ON_THIS_DISK, NAME_LEFT_EMPTY = 2, (1, 50), 1177

Swap = Callable[
    [Path, Path, Path], Path
]  # (fresh, path, spare) → where the old one is: the name of `fresh`, or `spare`
Place = Callable[[Path, Path], None]


class Unsupported(Exception):
    """This file system or operating system does not know this way; nothing was done."""


class Overtaken(Exception):
    """Somebody saved a file of that name meanwhile: it stays, `fresh` was not put, `spare` holds the one before."""


def swapped(fresh: Path, path: Path, spare: Path, ways: tuple[Swap, ...]) -> Path:
    """Put `fresh` under `path` the first way that works here. OSError: nothing is lost, something may be in `spare`."""
    for way in ways:
        try:
            return way(fresh, path, spare)
        except Unsupported:
            continue
    raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(path))


def exchange(fresh: Path, path: Path, _spare: Path) -> Path:
    """Linux 3.15 and local file systems: both names change hands in one instant."""
    _renameat2(fresh, path, EXCHANGED)
    return fresh


def set_aside(fresh: Path, path: Path, spare: Path, place: Place | None = None) -> Path:
    """Everywhere: the name is missing between the two steps; what is saved under it meanwhile stays (Overtaken)."""
    os.rename(path, spare)
    faults.point("tracker:set-aside")
    try:
        (place or place_new)(fresh, path)
    except FileExistsError:
        raise Overtaken from None
    return spare


def replace_file(fresh: Path, path: Path, spare: Path) -> Path:
    """Windows: keeps access rights, creation date and attributes of the old file on the new one.

    https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-replacefilew. Error 1177 leaves the old file under
    `spare` and nothing under `path`: it is put back at once.
    """
    if sys.platform != "win32":
        raise Unsupported
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    text, nothing = ctypes.c_wchar_p, ctypes.c_void_p
    kernel.ReplaceFileW.argtypes = [text, text, text, ctypes.c_uint32, nothing, nothing]
    kernel.ReplaceFileW.restype = ctypes.c_int
    if kernel.ReplaceFileW(str(path), str(fresh), str(spare), IGNORE_MERGE_ERRORS, None, None):
        return spare
    code = ctypes.get_last_error()
    if code in NOT_ON_THIS_DISK:
        raise Unsupported
    if code == NAME_LEFT_EMPTY:
        os.rename(spare, path)
    raise ctypes.WinError(code)


def place_new(source: Path, target: Path, ways: tuple[Place, ...] | None = None) -> None:
    """Move `source` to a name that must be free; FileExistsError where it is not, and nothing was done."""
    for way in ways or (rename_to_free_name, link_in, check_and_rename):
        try:
            way(source, target)
            return
        except Unsupported:
            continue


def rename_to_free_name(source: Path, target: Path) -> None:
    """Windows never renames over a file; Linux is asked not to (CIFS knows this one too)."""
    if os.name == "nt":
        os.rename(source, target)
    else:
        _renameat2(source, target, WITHOUT_REPLACING)


def link_in(source: Path, target: Path) -> None:
    """A second name never overwrites; then the first is taken away."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as fault:
        if fault.errno in NO_LINKS:
            raise Unsupported from fault
        raise
    os.unlink(source)


def check_and_rename(source: Path, target: Path) -> None:
    """The last resort: what is saved in the microseconds between the two steps is overwritten."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    os.rename(source, target)


def _renameat2(source: Path, target: Path, flags: int) -> None:
    call = _system_call()
    if call is None:
        raise Unsupported
    if call(HERE, os.fsencode(source), HERE, os.fsencode(target), flags) == 0:
        return
    code = ctypes.get_errno()
    if code in NOT_HERE:
        raise Unsupported
    raise OSError(code, os.strerror(code), str(source), None, str(target))


@cache
def _system_call() -> Callable[..., Any] | None:
    """renameat2 of the C library, None where there is none."""
    if not sys.platform.startswith("linux"):
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
        call.restype = ctypes.c_int
    return call


WAYS: tuple[Swap, ...] = (replace_file, exchange, set_aside)
