"""The copies of a SQLite ledger, one a day, kept for a week as `ledger-2017-03-01.sqlite3`."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from pipeline.failures import Unavailable

KEPT = 7


def keep_backup(ledger: Path, folder: Path, day: date) -> bool:
    """Make the copy of that day, whole or not at all, and let the oldest go; False when it is there already.

    Raises Unavailable: a ledger that cannot be copied is damaged, or its disk full (sqlite.org, "VACUUM INTO").
    """
    copy = folder / f"{ledger.stem}-{day.isoformat()}{ledger.suffix}"
    if copy.exists():
        return False
    unfinished = copy.with_suffix(".unfinished")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(ledger)) as connection:
            # As bytes: the name of a folder need not be text.
            connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(unfinished),))
        with unfinished.open("r+b") as whole:  # Windows synchronises only what may be written
            os.fsync(whole.fileno())
        os.replace(unfinished, copy)
        copies = folder.glob(f"{ledger.stem}-*{ledger.suffix}")
        # Those of days to come, by a clock that was set back since, go first: they would push out each new one.
        for old in sorted(copies, key=lambda one: (one.name <= copy.name, one.name))[:-KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as fault:
        with suppress(OSError):
            unfinished.unlink()
        reason = getattr(fault, "strerror", None) or fault
        raise Unavailable(f"{copy}: the ledger could not be copied ({reason}); see to the disk.") from fault
    return True
