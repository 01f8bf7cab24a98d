"""One worker at a time on one ledger: a kernel lock, freed by the system however the worker ends."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.failures import Unavailable, reason


@contextmanager
def single_worker(state: Path) -> Iterator[None]:
    """Hold the lock of a state folder.

    Raises Unavailable, saying who holds it, when another process has it, or why it cannot be had.
    """
    lock, holder = FileLock(state / "worker.lock", timeout=0, mode=0o600), state / "worker.holder"
    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire()
        with open(holder, "w", encoding="utf-8", opener=_own) as file:
            file.write(f"process {os.getpid()} on {socket.gethostname()}")
    except Timeout:
        raise Unavailable(
            f"{state}: a worker is already running ({_said_by(holder)}). Wait for it to end, or stop it."
        ) from None
    except (OSError, NotImplementedError) as fault:
        lock.release()
        why = reason(fault) if isinstance(fault, OSError) else fault
        is_closed = isinstance(fault, PermissionError)
        remedy = "let the worker's account write there" if is_closed else "it needs a folder of this machine"
        raise Unavailable(f"{state}: cannot be locked ({why}); {remedy}.") from None
    try:
        yield
    finally:
        lock.release()


def _own(path: str, flags: int) -> int:
    """Opened for its owner alone, whatever the umask."""
    return os.open(path, flags, 0o600)


def _said_by(holder: Path) -> str:
    """Who wrote there; a worker that has only just begun may not have written yet."""
    try:
        return holder.read_text(encoding="utf-8", errors="replace") or "another process"
    except OSError:
        return "another process"
