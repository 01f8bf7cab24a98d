"""What happened and why, line after line; and the installation's milestones."""

from sqlalchemy import bindparam, insert, select

from pipeline.adapters.ledger.database import Database
from pipeline.adapters.ledger.schema import event, milestone
from pipeline.ports import Event

EVENTS = (
    select(event.c.at, event.c.who, event.c.what, event.c.call, event.c.number, event.c.why)
    .where(event.c.call == bindparam("of_call"), event.c.number == bindparam("of_number"))
    .order_by(event.c.id)
)
MILESTONE = select(milestone.c.value).where(milestone.c.name == bindparam("of_name"))
NOTE = insert(event)


class SqlJournal:
    """Events are added, never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        reached = database.insert(milestone)
        self._reach = reached.on_conflict_do_update(index_elements=["name"], set_={"value": reached.excluded.value})

    def note(self, event_: Event) -> None:
        row = {"at": event_.at, "who": event_.who, "what": event_.what, "why": event_.why}
        with self._database.write() as connection:
            connection.execute(NOTE, {**row, "call": event_.call, "number": event_.number})

    def events(self, call: str, number: str) -> list[Event]:
        """The events of a candidature in the order they were noted; with number "", those of the call itself."""
        with self._database.read() as connection:
            return [Event(*row) for row in connection.execute(EVENTS, {"of_call": call, "of_number": number})]

    def milestone(self, name: str) -> str:
        with self._database.read() as connection:
            return connection.execute(MILESTONE, {"of_name": name}).scalar() or ""

    def reach(self, name: str, value: str) -> None:
        with self._database.write() as connection:
            connection.execute(self._reach, {"name": name, "value": value})
