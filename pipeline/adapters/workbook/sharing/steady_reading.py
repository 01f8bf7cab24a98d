"""Reading a workbook that others save: never half of it, and not taken for missing while it is being saved."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.adapters.workbook.sharing.owner_files import holder_of
from pipeline.failures import Unavailable, reason

# Excel saves by deleting the old file and renaming the new one (Microsoft KB 814068): the name is away for an instant.
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.5, 0.75)  # seconds, 2 in all


def read_steadily(path: Path, wait: Callable[[float], None] = time.sleep) -> bytes:
    """The bytes of a file that has to be there, the same before and after reading; tried again for two seconds.

    Raises Unavailable: not there, held, changing all the time.
    """
    attempt = _attempt(path)
    for pause in PAUSES:
        if isinstance(attempt, bytes):
            break
        wait(pause)
        attempt = _attempt(path)
    if isinstance(attempt, bytes):
        return attempt
    raise Unavailable(f"{path}: {_said(path, attempt)}")


def _attempt(path: Path) -> bytes | OSError | None:
    """None for a file that changed while it was read."""
    try:
        before = _signs(path)
        content = path.read_bytes()
        return content if before == _signs(path) and len(content) == before[0] else None
    except OSError as fault:
        return fault


def _signs(path: Path) -> tuple[int, int, int]:
    known = os.stat(path)
    return known.st_size, known.st_mtime_ns, known.st_ino


def _said(path: Path, fault: OSError | None) -> str:
    match fault:
        case None:
            return "is being saved; it will be read again."
        case FileNotFoundError():
            return "is not there; it was moved or is being saved: put it back, it will be read again."
        case PermissionError() if holder_of(path):
            return f"is held by {holder_of(path)}; it will be read once it is closed."
        case _:
            return f"cannot be read ({reason(fault)}); it will be tried again."
