"""Staff's requests for letters, as the out-tray of the tracker makes them; a part of `outbox`."""

from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

from pipeline.adapters.ledger.schema import request
from pipeline.core.letters import Request

OPEN = (
    select(
        *(request.c.id, request.c.call, request.c.number, request.c.letter, request.c.asked, request.c.state),
        request.c.blocked,
    )
    .where(request.c.call == bindparam("of_call"), request.c.state.in_(("waiting", "written")))
    .order_by(request.c.asked, request.c.id)
)
CHANGE = (
    update(request)
    .where(request.c.id == bindparam("of_id"))
    .values(state=bindparam("new_state"), blocked=bindparam("new_blocked"))
)


def add(connection: Connection, asked: Request) -> Request:
    """Store a request and return it with its id."""
    row = {"call": asked.call, "number": asked.number, "letter": asked.letter, "asked": asked.asked}
    added = insert(request).returning(request.c.id)
    found = connection.execute(added, {**row, "state": asked.state, "blocked": asked.blocked}).scalar_one()
    return replace(asked, id=found)


def open_in(connection: Connection, call: str) -> list[Request]:
    """The call's requests that are waiting or written, oldest first."""
    return [Request(*row) for row in connection.execute(OPEN, {"of_call": call})]


def change(connection: Connection, changed: Request) -> None:
    """Store its state and what blocks it; LookupError for one that was never asked."""
    values = {"of_id": changed.id, "new_state": changed.state, "new_blocked": changed.blocked}
    if connection.execute(CHANGE, values).rowcount != 1:
        raise LookupError(f"no request {changed.id}")
