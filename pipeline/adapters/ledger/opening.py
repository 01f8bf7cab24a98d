"""Opening the ledger: a SQLite file or a PostgreSQL database. Changing its tables is left to `migrating`."""

import os
import sqlite3
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.adapters.ledger.backups import keep_backup
from pipeline.adapters.ledger.candidatures import SqlCandidatureBook
from pipeline.adapters.ledger.database import NO_TRANSACTION, READ_ONLY, Database, answering, damaged
from pipeline.adapters.ledger.duty import OneOfSeveral, OnlyWorker
from pipeline.adapters.ledger.erasing import SqlErasing
from pipeline.adapters.ledger.journal import SqlJournal, reaching
from pipeline.adapters.ledger.local_disk import network_share
from pipeline.adapters.ledger.mail import SqlMailLog
from pipeline.adapters.ledger.marking import MARK, keep_mark
from pipeline.adapters.ledger.memory import SqlTrackerMemory
from pipeline.adapters.ledger.migrating import bring_up_to_date
from pipeline.adapters.ledger.outbox import SqlOutbox
from pipeline.failures import Misconfigured, Unavailable, reason
from pipeline.ports import CandidatureBook, Erasing, Journal, MailLog, Outbox, TrackerMemory

FILE_NAME = "ledger.sqlite3"
WAIT_SECONDS = 30  # for another program's write to end
CHECKED_BELOW = 8_000_000  # bytes: up to there a check of every page takes some 10 ms
PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
POSTGRESQL_SETTINGS = f"SET timezone = 'UTC'; SET lock_timeout = '{WAIT_SECONDS}s'"
POSTGRESQL_CONNECT: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
EXPECTED = '[ledger] url: expected "" (a SQLite file in the state folder) or postgresql+psycopg://user@host/database'


class SqlLedger:
    """The ledger in a SQL database. Threads may share it; each has its own transaction. `file` is that of SQLite."""

    def __init__(self, database: Database, file: Path | None) -> None:
        self._database, self._file = database, file
        self.mail: MailLog = SqlMailLog(database)
        self.candidatures: CandidatureBook = SqlCandidatureBook(database)
        self.outbox: Outbox = SqlOutbox(database)
        self.memory: TrackerMemory = SqlTrackerMemory(database)
        self.journal: Journal = SqlJournal(database)
        self.erasing: Erasing = SqlErasing(database)

    def transaction(self) -> AbstractContextManager[None]:
        """See `Database.transaction`."""
        return self._database.transaction()

    def desk(self) -> AbstractContextManager[None]:
        """See `Duty.desk`."""
        return self._database.desk()

    def mark(self) -> str:
        """As the port says, see `marking`."""
        return self.journal.milestone(MARK)

    def back_up(self, day: date) -> bool:
        """As the port says, in backups/ledger beside the file."""
        return self._file is not None and keep_backup(self._file, self._file.parent / "backups" / "ledger", day)

    def close(self) -> None:
        self._database.close()


def open_ledger(url: str, folder: Path) -> SqlLedger:
    """The ledger at `url`, or for "" in the file `folder`/ledger.sqlite3, made and brought up to date where needed.

    Raises Misconfigured for a URL that is none of ours, a driver that is not installed, a folder on a network share
    or a ledger of a newer version; Unavailable for a database that does not answer and for a damaged file.
    """
    path = None if url else _file(folder)
    if path is None:
        engine = _postgresql(url)
        place = engine.url.set(query={}).render_as_string(hide_password=True)
    else:
        engine, place = _sqlite(path), str(path)
    try:
        with answering(place):
            bring_up_to_date(engine, place)
            if path is not None:
                _check(engine, path)
    except BaseException:
        engine.dispose()
        raise
    database = Database(engine, place, OneOfSeveral(engine) if url else OnlyWorker(), path)
    keep_mark(engine, reaching(database))
    return SqlLedger(database, path)


def set_aside(folder: Path, now: datetime) -> str:
    """Give the SQLite ledger of a folder another name, so that a new one can be made; the name, "" without a ledger."""
    path = folder / FILE_NAME
    if not path.exists():
        return ""
    aside = f"ledger (avant {now:%Y-%m-%d %H%M%S}).sqlite3"
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(path.with_name(aside + ending))
    return aside


def _file(folder: Path) -> Path:
    """The SQLite file, made empty and private where there is none (SQLite gives its companions the same rights)."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        share = network_share(folder)
        if share:
            raise Misconfigured(
                f"[paths] state: {folder} is on a network share ({share}), where SQLite may lose data;"
                " name a folder on a local disk, or set [ledger] url to a PostgreSQL database"
            )
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise Unavailable(
            f"ledger {path}: {reason(error)}; the worker's account must be able to write there"
        ) from error
    return path


def _sqlite(path: Path) -> Engine:
    url, wait = URL.create("sqlite", database=str(path)), {"timeout": WAIT_SECONDS}
    engine = create_engine(url, connect_args=wait, hide_parameters=True)  # an error line shows no one's data

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where `begin` says, not where sqlite3 guesses
        for pragma in PRAGMAS:
            connection.execute(pragma)
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that read before it writes cannot wait for another's lock: it takes its own at the start.
        options = connection.get_execution_options()
        if not options.get(NO_TRANSACTION):
            connection.exec_driver_sql("BEGIN" if options.get(READ_ONLY) else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep a write-ahead log. SQLite refuses at once, whatever its timeout, while another makes the new file too."""
    patience = monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # The lowest byte is the kind of error, the others say more of it: https://sqlite.org/rescode.html
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > patience:
                raise
        sleep(0.01)


def _check(engine: Engine, path: Path) -> None:
    """Look at every page of a small file; in a large one damage is met when a page is read."""
    if path.stat().st_size > CHECKED_BELOW:
        return
    with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
        found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    if found != "ok":
        raise damaged(str(path), " ".join(found.split()))


def _postgresql(text: str) -> Engine:
    try:
        url = make_url(text)
        if url.drivername not in ("postgresql", "postgresql+psycopg"):
            raise Misconfigured(f"{EXPECTED}; found {url.drivername}://…")
        url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url, pool_pre_ping=True, connect_args=POSTGRESQL_CONNECT, hide_parameters=True)
    except (ArgumentError, ValueError) as error:
        raise Misconfigured(EXPECTED) from error
    except ImportError as error:
        raise Misconfigured(
            "[ledger] url: PostgreSQL needs the package psycopg: pip install 'psycopg[binary]'"
        ) from error

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.execute(POSTGRESQL_SETTINGS)
        connection.commit()

    return engine
