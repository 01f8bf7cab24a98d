"""Who works on the ledger now, so that what a dead worker claimed comes back; and the desk, which one has at a time.

On SQLite there is one worker, kept alone by the lock of its folder (`adapters/lock.py`). On PostgreSQL each worker
holds advisory locks of the server on a connection of its own (PostgreSQL manual, "Advisory Locks", "pg_locks"): they
end with that connection, however the worker ends. What is claimed, and what is done at the desk, is left to others.
"""

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Engine, Integer, cast, column, false, select, table, text
from sqlalchemy import func as sql
from sqlalchemy.exc import DBAPIError, OperationalError

from pipeline.failures import Elsewhere, Unavailable

WORKERS, DESK = 7319022, 7319023  # the classes of our advisory locks: any numbers, the same for every worker
GREATEST = 2**31 - 1
LOCK_NOT_AVAILABLE = "55P03"  # SQLSTATE, when lock_timeout is over

LOCKS = table("pg_locks", *(column(name) for name in ("locktype", "database", "classid", "objid", "granted")))
HERE = (
    select(column("oid", Integer)).select_from(table("pg_database")).where(column("datname") == sql.current_database())
)
TAKE_PLACE = text("SELECT pg_try_advisory_lock(:of_class, :number)")
TAKE_DESK = text("SELECT pg_advisory_lock(:of_class, 0)")
LEAVE_DESK = text("SELECT pg_advisory_unlock(:of_class, 0)")
AT_DESK = text(
    "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
    " WHERE locktype = 'advisory' AND classid = :of_class AND granted LIMIT 1"
)


class Duty(Protocol):
    """This worker among the others."""

    @property
    def number(self) -> int:
        """What this worker signs its claims with, from 1 up."""
        ...

    def others_hold(self, claimed_by: ColumnElement[int]) -> ColumnElement[bool]:
        """SQL: whether that claim, 0 for none, is of another worker that is alive."""
        ...

    @contextmanager
    def desk(self) -> Iterator[None]:
        """What one worker at a time may do. Raises Elsewhere, saying who has it, when it stays taken."""
        ...

    def prove_desk(self) -> None:
        """Raises Unavailable when the desk was ours and is no longer."""
        ...

    def close(self) -> None: ...


class OnlyWorker:
    """The one worker of a SQLite ledger."""

    def __init__(self) -> None:
        self.number = 1 + secrets.randbelow(GREATEST)

    def others_hold(self, claimed_by: ColumnElement[int]) -> ColumnElement[bool]:
        return false()

    @contextmanager
    def desk(self) -> Iterator[None]:
        yield

    def prove_desk(self) -> None:
        """Nobody else can have it."""

    def close(self) -> None:
        """Nothing is held."""


class OneOfSeveral:
    """A worker of a PostgreSQL ledger; it takes its place among the others when it first needs one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._number, self._desks = 0, 0
        self._turn = threading.Lock()  # of the threads that share this ledger

    @property
    def number(self) -> int:
        with self._turn:
            self._in_place()
            return self._number

    def others_hold(self, claimed_by: ColumnElement[int]) -> ColumnElement[bool]:
        alive = select(cast(LOCKS.c.objid, Integer)).where(
            LOCKS.c.locktype == "advisory",
            LOCKS.c.classid == WORKERS,
            LOCKS.c.database == HERE.scalar_subquery(),
            LOCKS.c.objid != self.number,
        )
        return claimed_by.in_(alive)

    @contextmanager
    def desk(self) -> Iterator[None]:
        with self._turn:
            connection = self._in_place(still=not self._desks)
            if not self._desks:
                self._take(connection)
            self._desks += 1
        try:
            yield
        finally:
            self._desks -= 1
            if not self._desks and _lives(connection):  # one that is lost has left the desk already
                connection.execute(LEAVE_DESK, {"of_class": DESK})

    def prove_desk(self) -> None:
        if self._desks and not (self._connection is not None and _lives(self._connection)):
            raise Unavailable("ledger: the connection was lost in the middle of the work")

    def close(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.invalidate()  # not given back to the pool: our locks end with it
                self._connection.close()
            self._connection = None

    def _take(self, connection: Connection) -> None:
        try:
            connection.execute(TAKE_DESK, {"of_class": DESK})
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            holder = connection.execute(AT_DESK, {"of_class": DESK}).scalar() or "another worker"
            raise Elsewhere(f"ledger: {holder} decides now; try again once it is done.") from error

    def _in_place(self, still: bool = False) -> Connection:
        """Our connection; `still` makes it anew when it was lost: under another number, the old one's claims ended."""
        if still and self._connection is not None and not _lives(self._connection):
            self.close()
        if self._connection is None:
            self._connection = self._engine.connect()
            name = f"process {os.getpid()} on {socket.gethostname()}"
            self._connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})
            self._number = _place(self._connection)
        return self._connection


def _lives(connection: Connection) -> bool:
    with suppress(DBAPIError):
        return not connection.invalidated and connection.execute(text("SELECT 1")).scalar() == 1
    return False


def _place(connection: Connection) -> int:
    while True:
        number = 1 + secrets.randbelow(GREATEST)
        if connection.execute(TAKE_PLACE, {"of_class": WORKERS, "number": number}).scalar():
            return number
