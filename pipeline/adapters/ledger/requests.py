"""Staff's requests for letters, from the moment they are seen to the moment their cell is empty."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from pipeline.adapters.ledger.database import AnyRow, AnySelect
from pipeline.adapters.ledger.schema import request
from pipeline.core.letters import Draft, Request

OWN = ("call", "number", "letter", "asked", "state", "blocked", "held", "gated", "released")
DRAFTED = ("subject", "text", "recipients")
CHANGED = (*OWN[4:], *DRAFTED)

ALL = (
    select(*(request.c[name] for name in ("id", *OWN, *DRAFTED)))
    .where(request.c.call == bindparam("of_call"))
    .order_by(request.c.asked, request.c.id)
)
OPEN = ALL.where(request.c.state.in_(("waiting", "written")))
CHANGE = update(request).where(request.c.id == bindparam("of_id")).values({n: bindparam(f"new_{n}") for n in CHANGED})


def add(connection: Connection, asked: Request) -> Request:
    """Store a request and return it with its id."""
    added = insert(request).returning(request.c.id)
    return replace(asked, id=connection.execute(added, _row(asked, (*OWN, *DRAFTED))).scalar_one())


def listed(connection: Connection, call: str, query: AnySelect = ALL) -> list[Request]:
    """The call's requests, oldest first: ALL of them, or those that are OPEN (waiting or written)."""
    return [_request(row) for row in connection.execute(query, {"of_call": call})]


def change(connection: Connection, changed: Request) -> None:
    """Store all that may change of it; LookupError for one that was never asked."""
    values = {f"new_{name}": value for name, value in _row(changed, CHANGED).items()}
    if connection.execute(CHANGE, {"of_id": changed.id, **values}).rowcount != 1:
        raise LookupError(f"no request {changed.id}")


def _row(asked: Request, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(asked.draft if name in DRAFTED else asked, name) for name in names}


def _request(row: AnyRow) -> Request:
    *own, subject, text, recipients = row
    return replace(Request(*own), draft=Draft(subject, text, tuple(recipients)))
