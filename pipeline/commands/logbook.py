"""The log of an installation: one line an event in var/logs/worker.log, on its owner's disk only.

What a person must read now is printed by the commands; nothing of a mail's body, no password and no address beyond
what the steps name goes here.
"""

import json
import logging
import os
import socket
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MOST_BYTES, KEPT = 2_000_000, 5


class OwnLog(RotatingFileHandler):
    """A log for its owner alone, whatever the umask; a full disk costs lines of it, not a traceback."""

    def _open(self) -> TextIOWrapper:
        own = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(own, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """The default prints a traceback."""


class OneLine(logging.Formatter):
    """A message on one line whatever is in it; a trace below it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return " ".join(super().formatMessage(record).split())


class JsonLine(logging.Formatter):
    """{"at": …, "level": …, "from": …, "what": …} on one line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "from": record.name, "what": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def keep_logbook(state: Path, shared: bool, as_json: bool = False) -> None:
    """Write the log below `state`; a folder that cannot be written is the ledger's business to complain of.

    Where several machines share the folder, each has a log of its own: worker-<machine>.log.
    """
    folder = state / "logs"
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    name = f"worker-{socket.gethostname()}.log" if shared else "worker.log"
    try:
        for one in (state, folder):  # `parents` would leave the outer one open to all
            one.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = OwnLog(folder / name, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(JsonLine() if as_json else OneLine(LINE))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
