"""The mark of the ledger: another one with every transaction that changes anything but milestones.

It is itself a milestone, renewed as the last thing before the commit, so that it holds no other transaction up for long
and who read it before the contents never misses what came in between.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Engine, Insert, event

from pipeline.adapters.ledger.schema import milestone

MARK = "mark of the ledger"
CHANGED = "ledger_changed"  # among the notes of a connection: whether its transaction changed anything


def keep_mark(engine: Engine, reach: Insert) -> None:
    """Renew the mark with every change made through the engine; `reach` stores a milestone."""

    @event.listens_for(engine, "after_execute", named=True)
    def see(conn: Connection, clauseelement: Any, result: Any, **_others: Any) -> None:
        if clauseelement.is_dml and clauseelement.table is not milestone:
            # SQLite counts the rows of a statement that returns them only while they are fetched.
            conn.info[CHANGED] = conn.info.get(CHANGED, False) or result.returns_rows or result.rowcount != 0

    @event.listens_for(engine, "commit")
    def renew(connection: Connection) -> None:
        if connection.info.pop(CHANGED, False):
            connection.execute(reach, {"name": MARK, "value": secrets.token_hex(8)})

    @event.listens_for(engine, "rollback")
    def forget(connection: Connection) -> None:
        if not connection.invalidated:  # a lost one took its notes along
            connection.info.pop(CHANGED, None)
