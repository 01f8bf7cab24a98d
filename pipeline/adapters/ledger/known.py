"""What the ledger knows around one message: four queries by index, each bounded, however large the ledger has grown;
and how many mails completed the candidatures of a call.

Judging what it means (and leaving public mail providers out) is left to `core.triage`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    func,
    literal,
    select,
    union,
    union_all,
)

from pipeline.adapters.ledger.database import AnyRow, AnySelect
from pipeline.adapters.ledger.schema import candidature, clue, letter, mail, mail_thread
from pipeline.core.arrival import ReadingState
from pipeline.core.candidature import Status
from pipeline.core.verdict import Known, KnownCandidature, MessageClues, Nature

MOST = 50  # candidatures
MOST_ROWS = 200  # for each way in which threads are known
MOST_IN_THREAD = 50  # mails: what more of them refer to is nobody's own thread
MOST_CLUES = 500  # the rest of an absurdly long References header is left out

Place = tuple[str, str] | None


def _one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


# A mail that waits to be judged again says nothing about where it belongs.
JUDGED = mail.c.state != ReadingState.WAITING
ALIVE = candidature.c.status != Status.REMOVED
OF_MAIL = and_(candidature.c.call == mail.c.call, candidature.c.number == mail.c.number, ALIVE)
OF_LETTER = and_(candidature.c.call == letter.c.call, candidature.c.number == letter.c.number, ALIVE)


def _clue(kind: str, name: str) -> ColumnElement[bool]:
    return and_(clue.c.kind == kind, _one_of(clue.c.value, name))


def _thread(kind: str, message_id: ColumnElement[str], source: FromClause) -> AnySelect:
    """Columns: kind, message_id, id, call and number of the candidature, whether an address is its own."""
    place = (candidature.c.id, candidature.c.call, candidature.c.number)
    own = clue.c.value.is_not(None) if kind == "shared" else literal(False)
    found = select(literal(kind).label("kind"), message_id.label("message_id"), *place, own.label("is_own"))
    found = found.select_from(source).where(_one_of(message_id, "ids"))
    if kind == "ours":
        return select(found.limit(MOST_ROWS).subquery())
    return select(found.where(JUDGED).limit(MOST_IN_THREAD if kind == "shared" else MOST_ROWS).subquery())


OWN_ADDRESS = and_(clue.c.candidature_id == candidature.c.id, _clue("email", "addresses"))
REFERRING = mail_thread.join(mail, mail.c.id == mail_thread.c.mail_id).join(candidature, OF_MAIL)
THREADS = union_all(
    _thread("ours", letter.c.message_id, letter.outerjoin(candidature, OF_LETTER)),
    _thread("direct", mail.c.message_id, mail.outerjoin(candidature, OF_MAIL)),
    _thread("shared", mail_thread.c.message_id, REFERRING.outerjoin(clue, OWN_ADDRESS)),
)

COMPLEMENTS = (
    select(mail.c.number, func.count().label("mails"))
    .where(mail.c.call == bindparam("of_call"), mail.c.nature == Nature.COMPLEMENT)
    .where(mail.c.state.in_((ReadingState.DECIDED, ReadingState.UNREADABLE)))
    .group_by(mail.c.number)
)


def _ranked(rank: int, condition: ColumnElement[bool], *joins: tuple[FromClause, ColumnElement[bool]]) -> AnySelect:
    found = select(candidature.c.id, literal(rank).label("rank"))
    for table, on in joins:
        found = found.join(table, on)
    return select(found.where(condition, ALIVE).distinct().limit(MOST).subquery())


CLUE = (clue, clue.c.candidature_id == candidature.c.id)
FILED_MAIL = (mail, and_(OF_MAIL, JUDGED))

# The surest first, so that a large provider's domain never crowds out who really wrote.
_FOUND = union_all(
    _ranked(0, _one_of(candidature.c.number, "numbers")),
    _ranked(1, _one_of(candidature.c.id, "thread_ids")),
    _ranked(2, _clue("email", "addresses"), CLUE),
    _ranked(2, _one_of(mail.c.sender_key, "addresses"), FILED_MAIL),
    _ranked(3, _clue("siren", "sirens"), CLUE),
    _ranked(4, _clue("domain", "domains"), CLUE),
    _ranked(4, _one_of(mail.c.sender_domain, "domains"), FILED_MAIL),
).subquery()
_RANK = func.min(_FOUND.c.rank).label("rank")
_NEAREST = select(_FOUND.c.id, _RANK).group_by(_FOUND.c.id).order_by(_RANK, _FOUND.c.id).limit(MOST).subquery()
CANDIDATURES = (
    select(
        *(candidature.c.id, candidature.c.call, candidature.c.number, candidature.c.siren, candidature.c.collectivite),
        *(candidature.c.status, candidature.c.corrections),
    )
    .join(_NEAREST, _NEAREST.c.id == candidature.c.id)
    .order_by(_NEAREST.c.rank, candidature.c.id)
)
ADDRESSES = union(
    select(clue.c.candidature_id.label("id"), clue.c.value.label("address")).where(
        clue.c.kind == "email", _one_of(clue.c.candidature_id, "found")
    ),
    select(candidature.c.id, mail.c.sender_key)
    .join(mail, and_(OF_MAIL, JUDGED))
    .where(_one_of(candidature.c.id, "found"), mail.c.sender_key != ""),
)


# A mail of one of these senders that a person has still to sort.
AWAITING = (
    select(mail.c.id).where(_one_of(mail.c.sender_key, "addresses"), mail.c.nature == Nature.UNSURE, JUDGED).limit(1)
)


def complements(connection: Connection, call: str) -> dict[str, int]:
    """See the port."""
    return {row.number: row.mails for row in connection.execute(COMPLEMENTS, {"of_call": call})}


def known_about(connection: Connection, clues: MessageClues, siren: str) -> Known:
    """The candidatures (not removed, 50 at most, the surest first) and the threads these clues point at.

    A candidature is found by number, thread, address (its own or of a mail filed under it), SIREN, or domain.
    """
    addresses = sorted({address.strip().lower() for address in clues.addresses} - {""})[:MOST_CLUES]
    domains = sorted({address.rpartition("@")[2] for address in addresses} - {""})
    ids = list(dict.fromkeys(one for one in clues.message_ids if one))[:MOST_CLUES]
    rows = connection.execute(THREADS, {"ids": ids, "addresses": addresses}).all() if ids else []
    threads = _threads(rows)
    belonging = {(row.call, row.number): row.id for row in rows if row.number}
    values = {
        "numbers": sorted({form for number in clues.numbers for form in (number, number.upper())})[:MOST_CLUES],
        "thread_ids": sorted({belonging[place] for place in threads.values() if place}),
        "addresses": addresses,
        "sirens": [digits] if (digits := without_spaces(siren)) else [],
        "domains": domains,
    }
    found = connection.execute(CANDIDATURES, values).all() if any(values.values()) else []
    ours = frozenset(row.message_id for row in rows if row.kind == "ours")
    awaiting = bool(addresses) and connection.execute(AWAITING, {"addresses": addresses}).first() is not None
    return Known(_candidatures(connection, found), threads, ours, awaiting)


def without_spaces(siren: str) -> str:
    """A SIREN as typed, without the spaces people put into it."""
    return "".join(siren.split())


def _threads(rows: Sequence[AnyRow]) -> dict[str, Place]:
    """Where each id belongs: what our own letter or the mail itself says, else what a mail of the same thread says."""
    direct: dict[str, Place] = {}
    for row in rows:
        if row.kind != "shared":
            direct[row.message_id] = direct.get(row.message_id) or _place(row)
    return {**_private_threads([row for row in rows if row.kind == "shared"]), **direct}


def _private_threads(rows: Sequence[AnyRow]) -> dict[str, Place]:
    """Unknown ids that filed mails refer to, as far as they are the writer's own thread.

    What many refer to is an announcement that they answered: it says nothing about who writes now, and at the second
    answer nobody can tell. So all mails that refer to the id must be of one candidature, and the writer its contact.
    """
    around: dict[str, set[Place]] = defaultdict(set)
    if len(rows) < MOST_IN_THREAD:
        for row in rows:
            around[row.message_id].add(_place(row))
    own = {row.message_id for row in rows if row.is_own}
    alone = {message_id: next(iter(places)) for message_id, places in around.items() if len(places) == 1}
    return {message_id: place for message_id, place in alone.items() if message_id in own}


def _place(row: AnyRow) -> Place:
    return (row.call, row.number) if row.number else None


def _candidatures(connection: Connection, rows: Sequence[AnyRow]) -> tuple[KnownCandidature, ...]:
    addresses: dict[int, set[str]] = defaultdict(set)
    if rows:
        found: Iterable[AnyRow] = connection.execute(ADDRESSES, {"found": [row.id for row in rows]})
        for candidature_id, address in found:
            addresses[candidature_id].add(address)
    return tuple(
        KnownCandidature(
            row.call,
            row.number,
            row.corrections.get("siren", row.siren),
            row.corrections.get("collectivite", row.collectivite),
            frozenset(addresses[row.id]),
            row.status == Status.WITHDRAWN,
        )
        for row in rows
    )
