"""One worker at a time on one ledger: a kernel lock, freed by the system however the worker ends."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.failures import Unavailable


@contextmanager
def single_worker(state: Path) -> Iterator[None]:
    """Hold the lock of a state folder.

    Raises Unavailable, saying who holds it, when another process has it.
    """
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    holder = state / "worker.holder"
    try:
        with FileLock(state / "worker.lock", timeout=0):
            holder.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
            yield
    except Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise Unavailable(f"{state}: a worker is already running ({who}). Wait for it to end, or stop it.") from None
