"""What happened and why, line after line, each chained to the one before; and the installation's milestones."""

from sqlalchemy import Connection, Insert, bindparam, insert, select, text

from pipeline.adapters.ledger.column_types import storable
from pipeline.adapters.ledger.database import Database
from pipeline.adapters.ledger.schema import event, milestone
from pipeline.core.journal import GENESIS, chained, first_break
from pipeline.ports import Event

WHOLE = select(
    *(event.c.id, event.c.at, event.c.who, event.c.what, event.c.call, event.c.number, event.c.why, event.c.digest)
).order_by(event.c.id)
CHAINED = WHOLE.where(event.c.call == bindparam("of_call"), event.c.number == bindparam("of_number"))
MILESTONE = select(milestone.c.value).where(milestone.c.name == bindparam("of_name"))
NOTE = insert(event)
LAST = select(event.c.digest).order_by(event.c.id.desc()).limit(1)
# Two workers that note at once would both follow the same event; SQLite has one writer anyway.
ONE_AT_A_TIME = text("LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE")


class SqlJournal:
    """Events are added, never changed; what the law wants erased of them is left to `erasing`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reach = reaching(database)

    def note(self, event_: Event) -> None:
        words = [storable(one) for one in (event_.who, event_.what, event_.call, event_.number, event_.why)]
        row = dict(zip(("who", "what", "call", "number", "why"), words, strict=True))
        with self._database.write() as connection:
            digest = chained(_last(connection), event_.at, words)
            connection.execute(NOTE, {**row, "at": event_.at, "digest": digest})

    def broken_at(self) -> int | None:
        with self._database.read() as connection:
            rows = ((number, at, words, digest) for number, at, *words, digest in connection.execute(WHOLE))
            return first_break(rows)

    def chain(self, call: str, number: str) -> list[tuple[int, Event, str]]:
        with self._database.read() as connection:
            rows = connection.execute(CHAINED, {"of_call": call, "of_number": number})
            return [(number, Event(*row), digest) for number, *row, digest in rows]

    def whole(self) -> list[tuple[int, Event, str]]:
        with self._database.read() as connection:
            return [(number, Event(*row), digest) for number, *row, digest in connection.execute(WHOLE)]

    def milestone(self, name: str) -> str:
        with self._database.read() as connection:
            return connection.execute(MILESTONE, {"of_name": name}).scalar() or ""

    def reach(self, name: str, value: str) -> None:
        with self._database.write() as connection:
            connection.execute(self._reach, {"name": name, "value": value})


def reaching(database: Database) -> Insert:
    """The statement that stores a milestone: its `name`, its `value`."""
    reached = database.insert(milestone)
    return reached.on_conflict_do_update(index_elements=["name"], set_={"value": reached.excluded.value})


def _last(connection: Connection) -> str:
    """The digest to follow; on PostgreSQL nobody else notes until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(ONE_AT_A_TIME)
    return connection.execute(LAST).scalar() or GENESIS
