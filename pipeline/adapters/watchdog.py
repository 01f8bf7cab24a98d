"""Ends a run that stands still: a server that drips, a call that never returns, a loop that nobody foresaw.

A run moves when it passes a fault point (`pipeline.faults`): with each mail, letter and write. Where none is passed for
STILL_SECONDS the process is ended by a thread of the interpreter that needs nothing of a stuck one (`faulthandler`),
and where it stood is written down. The next run finishes the work, as after a kill, and says what happened.
VISIONS_STILL_SECONDS in the environment sets another time, for tests.
"""

import faulthandler
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import faults
from pipeline.failures import reason

STILL_SECONDS = 600.0
LOOKS = 20  # in that time, at whether anything moved
TRACES, KEPT = "still-{host}-{process}.txt", "last-still.txt"  # several workers may share the folder
LEFT_AFTER = 86_400  # seconds: an empty one is of a worker that was killed


@contextmanager
def ended_when_still(state: Path) -> Iterator[str]:
    """Watch what is done inside; gives a line about the last run when it was ended so, else "".

    Where nothing can be written below `state`, that is the line: the run is watched all the same, and where it stood
    would not be known.
    """
    seconds = float(os.environ.get("VISIONS_STILL_SECONDS") or STILL_SECONDS)
    path = state / "logs" / TRACES.format(host=socket.gethostname(), process=os.getpid())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        said = _said_of_last(path.parent)
        traces = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as fault:
        said = f"{path}: cannot be written ({reason(fault)}); make room, or let the worker's account write there."
        traces = os.open(os.devnull, os.O_WRONLY)
    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(traces, seconds, over), daemon=True)
    try:
        faulthandler.dump_traceback_later(seconds, exit=True, file=traces)
        watching.start()
        yield said
    finally:
        over.set()
        watching.join()
        faulthandler.cancel_dump_traceback_later()
        os.close(traces)
        with suppress(OSError):
            path.unlink()


def _watch(traces: int, seconds: float, over: threading.Event) -> None:
    """Put the end off whenever something moved."""
    seen = faults.progress()
    while not over.wait(seconds / LOOKS):
        if faults.progress() != seen:
            seen = faults.progress()
            faulthandler.dump_traceback_later(seconds, exit=True, file=traces)


def _said_of_last(folder: Path) -> str:
    """A last run that was ended has left where it stood; the newest is kept."""
    said = ""
    for path in folder.glob(TRACES.format(host="*", process="*")):
        with suppress(FileNotFoundError):  # its worker has just ended well
            found = path.stat()
            if found.st_size:
                os.replace(path, folder / KEPT)
                said = f"the last run stood still and was ended; where it stood is in {folder / KEPT}."
            elif time.time() - found.st_mtime > LEFT_AFTER:
                path.unlink()
    return f"{said} Tell the developers if it lasts." if said else ""
