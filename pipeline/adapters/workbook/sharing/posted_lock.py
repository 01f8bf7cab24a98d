"""Our own LibreOffice lock beside a workbook, for the second in which we write: who opens it meanwhile reads only.

It is LibreOffice's own format with our name, our process in the place of the profile. A lock of ours whose process is
gone was left by a kill: it is known by its name and removed. Excel does not look at it.
"""

import getpass
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pipeline.adapters.workbook.sharing.exchanging import place_new
from pipeline.adapters.workbook.sharing.owner_files import OUR_NAME, office_fields, office_lock, refuse_if_open
from pipeline.failures import Unavailable

MOMENT_MINUTES = 10  # no writing takes longer: an older lock of ours was left, even if its process number lives


@contextmanager
def posted_lock(path: Path) -> Iterator[None]:
    """Post our lock, and take it down whatever happens. Unavailable while somebody, or another worker, has theirs.

    A lock that somebody's crash left more than a day ago stays, and ours is not posted.
    """
    content = _content()
    posted = _post(path, content)
    try:
        yield
    finally:
        if posted:
            _take_down(office_lock(path), content)


def another_is_writing(path: Path) -> bool:
    """True while another living process of ours has its lock beside the workbook."""
    lock = office_lock(path)
    with suppress(OSError):
        content = lock.read_bytes()
        return _is_ours(content) and time.time() - lock.stat().st_mtime < MOMENT_MINUTES * 60 and _lives(content)
    return False


def remove_left_lock(path: Path) -> None:
    """Remove a lock of ours that a kill left behind, never anybody else's."""
    lock = office_lock(path)
    with suppress(FileNotFoundError):
        if _is_ours(lock.read_bytes()) and not another_is_writing(path):
            lock.unlink()


def _post(path: Path, content: bytes) -> bool:
    refuse_if_open(path)
    remove_left_lock(path)
    if another_is_writing(path):
        raise Unavailable(f"{path}: is being written by another process of the assistant; it will be tried again.")
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        place_new(Path(name), office_lock(path))  # whole or not at all: an empty lock could not be told from theirs
    except FileExistsError:
        refuse_if_open(path)
        return False
    finally:
        Path(name).unlink(missing_ok=True)
    return True


def _take_down(lock: Path, content: bytes) -> None:
    with suppress(OSError):
        if lock.read_bytes() == content:
            lock.unlink()


def _content() -> bytes:
    fields = (OUR_NAME, _login(), socket.gethostname(), f"{datetime.now():%d.%m.%Y %H:%M}", f"process {os.getpid()}")
    return (",".join(_escaped(field) for field in fields) + ";").encode()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        return ""


def _escaped(field: str) -> str:
    return "".join(f"\\{character}" if character in "\\,;" else character for character in field)


def _is_ours(content: bytes) -> bool:
    return office_fields(content)[0] == OUR_NAME


def _lives(content: bytes) -> bool:
    """False for a process that is gone, and for our own number: a container counts from the same one again."""
    fields = office_fields(content)
    process = fields[4].removeprefix("process ") if len(fields) > 4 else ""
    if fields[2] != socket.gethostname() or os.name == "nt" or not process.isdigit():
        return True  # cannot be asked from here
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(process) != os.getpid()
