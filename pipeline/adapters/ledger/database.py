"""Connections and transactions for the parts of the ledger. The library's errors stop here."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from pipeline.adapters.ledger.duty import Duty
from pipeline.failures import LedgerDamaged, Unavailable

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

# Execution options, on SQLite: a transaction that takes no write lock; a connection that begins none.
READ_ONLY, NO_TRANSACTION = "ledger_read_only", "ledger_no_transaction"


class Database:
    """One engine, for each thread the transaction it is in, if any, and this worker's place among others.

    `place` is what error lines call it; `file`, where it is one, has to stay the one that was opened.
    """

    def __init__(self, engine: Engine, place: str, duty: Duty, file: Path | None = None) -> None:
        self.place = place
        self._file, self._opened = file, _identity(file)
        self._duty = duty
        self._engine = engine
        self._reader = engine.execution_options(**{READ_ONLY: True})
        self._thread = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that this thread writes inside is committed together at the end, or not at all.

        One inside another is a savepoint: its failure undoes its own part only, if the outer one goes on.
        """
        current = self._current()
        if current is None:
            with self.write():
                yield
        else:
            with self._answering(), current.begin_nested():
                yield

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The thread's transaction, or one of its own that is committed at the end."""
        current = self._current()
        if current is not None:
            with self._answering():
                yield current
            return
        self._refuse_another_file()
        with self._answering(), self._engine.begin() as connection:
            self._duty.prove_desk()
            self._thread.connection = connection
            try:
                yield connection
            finally:
                self._thread.connection = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The thread's transaction, or a connection for reading alone."""
        current = self._current()
        with self._answering():
            if current is not None:
                yield current
            else:
                with self._reader.connect() as connection:
                    yield connection

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def insert(self, table: Table) -> "sqlite.Insert":
        """An INSERT that knows ON CONFLICT in the database's dialect."""
        if self.is_sqlite:
            return sqlite.insert(table)
        # Imported here: 30 ms that an installation on SQLite need not spend. Both classes offer the same methods.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table)  # type: ignore[return-value]

    @contextmanager
    def desk(self) -> Iterator[None]:
        """See `Duty.desk`."""
        with self._answering(), self._duty.desk():
            yield

    @property
    def worker(self) -> int:
        """See `Duty.number`."""
        with self._answering():
            return self._duty.number

    def others_hold(self, claimed_by: ColumnElement[int]) -> ColumnElement[bool]:
        """See `Duty.others_hold`."""
        with self._answering():
            return self._duty.others_hold(claimed_by)

    def rewrite(self, tables: Iterable[str]) -> None:
        """Write the files anew without what was deleted; SQLite's write-ahead log is emptied too. In no transaction.

        Unavailable while another program reads or writes. What PostgreSQL archived of its log is its administrator's.
        """
        if not self.is_sqlite:
            with self._answering(), self._engine.connect() as connection:
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
                for table in tables:
                    connection.exec_driver_sql(f'VACUUM FULL "{table}"')
            return
        outside = self._engine.execution_options(**{NO_TRANSACTION: True})
        with self._answering(), outside.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        if busy:
            raise Unavailable(f"ledger {self.place}: another program reads it; end that program and run again")

    def close(self) -> None:
        self._duty.close()
        self._engine.dispose()

    def _refuse_another_file(self) -> None:
        """Unavailable once the file was deleted, moved or replaced: what is written to the open one would be lost."""
        if _identity(self._file) != self._opened:
            raise Unavailable(
                f"ledger {self.place}: the file is gone, or another one stands there: end the worker, put the file "
                "back or run `recover`, then start it again. Until then nothing is sent"
            )

    def _current(self) -> Connection | None:
        current: Connection | None = getattr(self._thread, "connection", None)
        return current

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with answering(self.place):
            try:
                yield
            except DBAPIError:
                self._engine.dispose()  # after an I/O error the next use opens the files anew
                raise


def _identity(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another of its name; None for no file."""
    try:
        known = os.stat(file) if file else None
    except OSError:
        return None
    return (known.st_dev, known.st_ino) if known else None


@contextmanager
def answering(place: str) -> Iterator[None]:
    """Turn the library's errors into Unavailable; those that only a mistake in this program causes pass."""
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except (DBAPIError, NoConnectionFree) as error:
        raise _failure(place, error) from error


def damaged(place: str, said: str) -> LedgerDamaged:
    """What is said of a file that is no ledger any more."""
    return LedgerDamaged(f"ledger {place}: {said}; the file is damaged: put a backup in its place, or run `recover`")


def _failure(place: str, error: DBAPIError | NoConnectionFree) -> Unavailable:
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = " ".join(str(cause).split()) or type(cause).__name__
    if any(word in said for word in DAMAGE):
        return damaged(place, said)
    return Unavailable(f"ledger {place}: {said}{next((hint for word, hint in HINTS.items() if word in said), '')}")


DAMAGE = ("not a database", "malformed")  # of SQLite

HINTS = {
    "locked": "; another program holds it: end that program if this lasts",
    "is full": "; free some space on that disk",
    "readonly": "; give the worker's account the right to write that file and its folder",
    "unable to open": "; give the worker's account the right to write that file and its folder",
    "onnection": "; see that the database server runs and that [ledger] url is right",
}
