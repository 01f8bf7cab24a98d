"""The log of an installation: one line an event in var/logs/worker.log, on its owner's disk only.

What a person must read now is printed by the commands; nothing of a mail's body, no password and no address beyond
what the steps name goes here.
"""

import logging
import socket
from logging.handlers import RotatingFileHandler
from pathlib import Path

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MOST_BYTES, KEPT = 2_000_000, 5


def keep_logbook(state: Path, shared: bool) -> None:
    """Write the log below `state`; a folder that cannot be written is the ledger's business to complain of.

    Where several machines share the folder, each has a log of its own: worker-<machine>.log.
    """
    folder = state / "logs"
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
            folder / (f"worker-{socket.gethostname()}.log" if shared else "worker.log"),
            maxBytes=MOST_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter(LINE))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
