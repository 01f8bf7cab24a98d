"""The candidatures: their facts, what staff said of them, their documents; and the meetings of a call."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from pipeline.adapters.ledger.column_types import storable
from pipeline.adapters.ledger.database import AnyRow, Database
from pipeline.adapters.ledger.known import without_spaces
from pipeline.adapters.ledger.schema import candidature, clue, meeting, numbering, piece
from pipeline.core.applicant import Person
from pipeline.core.candidature import Attendance, Candidature, MeetingPlan, Piece, Status
from pipeline.ports import Filed

FACTS = (
    *("call", "number", "received", "in_time", "collectivite", "kind", "siren", "insee", "departements", "population"),
    *("in_region", "contact_name", "contact_role", "contact_email", "contact_phone", "subject", "status", "by_hand"),
    *("to_check", "meetings", "corrections", "staff"),
)
STATUS = {status.value: status for status in Status}  # several times faster than Status(text)
THIS_ONE = and_(candidature.c.call == bindparam("of_call"), candidature.c.number == bindparam("of_number"))
ID_OF = select(candidature.c.id).where(THIS_ONE)
COLUMNS = (candidature.c.id, *(candidature.c[name] for name in FACTS))
ONE = select(*COLUMNS).where(THIS_ONE)
OF_CALL = (
    select(*COLUMNS).where(candidature.c.call == bindparam("of_call")).order_by(candidature.c.seq, candidature.c.id)
)
CALLS_NUMBERED = (
    select(candidature.c.call)
    .distinct()
    .where(candidature.c.number.like(bindparam("of_prefix")))
    .order_by(candidature.c.call)
)
ADD = insert(candidature).returning(candidature.c.id)
ADD_CLUES = insert(clue)
SAVE = update(candidature).where(THIS_ONE).values({name: bindparam(name) for name in FACTS[2:]})
FORGET_CLUES = delete(clue).where(clue.c.candidature_id == bindparam("of_id"))
PIECE = (
    *(piece.c.name, piece.c.size, piece.c.sha256, piece.c.path, piece.c.message_sha, piece.c.message_id),
    piece.c.laid_out,
)
PIECES_OF_ONE = (
    select(piece.c.candidature_id, *PIECE).where(piece.c.candidature_id == bindparam("of_id")).order_by(piece.c.id)
)
PIECES_OF_CALL = (
    select(piece.c.candidature_id, *PIECE)
    .join(candidature, candidature.c.id == piece.c.candidature_id)
    .where(candidature.c.call == bindparam("of_call"))
    .order_by(piece.c.id)
)
TO_LAY_OUT = (
    select(candidature.c.call, candidature.c.number, *PIECE)
    .join(candidature, candidature.c.id == piece.c.candidature_id)
    .where(~piece.c.laid_out)
    .order_by(piece.c.id)
)
TO_LAY_OUT_OF_MAIL = TO_LAY_OUT.where(piece.c.message_sha == bindparam("of_message"))
LAID_OUT = (
    update(piece)
    .where(piece.c.candidature_id == ID_OF.scalar_subquery())
    .where(piece.c.message_sha == bindparam("of_message"), piece.c.name == bindparam("of_name"))
    .values(laid_out=True)
)
LAY_OUT_AGAIN = (
    update(piece)
    .where(piece.c.candidature_id.in_(select(candidature.c.id).where(candidature.c.call == bindparam("of_call"))))
    .values(laid_out=False)
)
MEETINGS = (
    select(
        *(meeting.c.key, meeting.c.title, meeting.c.date, meeting.c.begins, meeting.c.ends, meeting.c.place),
        *(meeting.c.address, meeting.c.sequence, meeting.c.cancelled),
    )
    .where(meeting.c.call == bindparam("of_call"))
    .order_by(meeting.c.id)
)


class SqlCandidatureBook:
    """Numbers are given inside the transaction that stores the candidature, and never twice."""

    def __init__(self, database: Database) -> None:
        self._database = database
        first = database.insert(numbering)
        self._next = first.on_conflict_do_update(
            index_elements=["call"], set_={"last": numbering.c.last + 1}
        ).returning(numbering.c.last)
        raised = database.insert(numbering)
        self._raise = raised.on_conflict_do_update(
            index_elements=["call"],
            set_={"last": raised.excluded.last},
            where=numbering.c.last < raised.excluded.last,
        )
        self._file = database.insert(piece).on_conflict_do_nothing()
        plan = database.insert(meeting)
        self._plan = plan.on_conflict_do_update(
            index_elements=["call", "key"],
            set_={
                name: plan.excluded[name]
                for name in ("title", "date", "begins", "ends", "place", "address", "sequence", "cancelled")
            },
        )

    def open(self, candidature_: Candidature, prefix: str) -> Candidature:
        with self._database.write() as connection:
            seq = int(connection.execute(self._next, {"call": candidature_.call, "last": 1}).scalar_one())
            numbered = replace(candidature_, number=f"{prefix}-{seq:03d}")
            self._add(connection, numbered, seq)
        return numbered

    def restore(self, candidature_: Candidature) -> bool:
        """Store a candidature of a lost ledger under its old number; False when that number is there already.

        The numbers given later follow it. Raises ValueError for a number that does not end in digits.
        """
        digits = re.search(r"\d+$", candidature_.number)
        if not digits:
            raise ValueError(f"{candidature_.number!r} is not the number of a candidature")
        seq = int(digits[0])
        with self._database.write() as connection:
            connection.execute(self._raise, {"call": candidature_.call, "last": seq})
            if connection.execute(ID_OF, _of(candidature_.call, candidature_.number)).scalar() is not None:
                return False
            self._add(connection, candidature_, seq)
        return True

    def get(self, call: str, number: str) -> Candidature | None:
        with self._database.read() as connection:
            row = connection.execute(ONE, _of(call, number)).first()
            if row is None:
                return None
            pieces = connection.execute(PIECES_OF_ONE, {"of_id": row.id})
            return _candidature(row, tuple(Piece(*one[1:]) for one in pieces))

    def save(self, candidature_: Candidature) -> None:
        """As the port says; LookupError for a candidature that was never opened."""
        with self._database.write() as connection:
            candidature_id = _id(connection, candidature_.call, candidature_.number)
            row = _row(candidature_)
            connection.execute(SAVE, {**row, **_of(row.pop("call"), row.pop("number"))})
            connection.execute(FORGET_CLUES, {"of_id": candidature_id})
            _add_clues(connection, candidature_id, candidature_)

    def all(self, call: str) -> list[Candidature]:
        """As the port says, those withdrawn or removed included; two queries."""
        pieces: dict[int, list[Piece]] = defaultdict(list)
        with self._database.read() as connection:
            for one in connection.execute(PIECES_OF_CALL, {"of_call": call}):
                pieces[one[0]].append(Piece(*one[1:]))
            rows = connection.execute(OF_CALL, {"of_call": call})
            return [_candidature(row, tuple(pieces.pop(row[0], ()))) for row in rows]

    def calls_numbered(self, prefix: str) -> list[str]:
        """As the port says; a prefix holds nothing that LIKE would take for more (`settings.words.prefix`)."""
        with self._database.read() as connection:
            return [row[0] for row in connection.execute(CALLS_NUMBERED, {"of_prefix": f"{prefix}-%"})]

    def file_pieces(self, call: str, number: str, pieces: Sequence[Piece]) -> None:
        """As the port says; LookupError for a candidature that was never opened."""
        with self._database.write() as connection:
            self._file_under(connection, _id(connection, call, number), pieces)

    def pieces_to_lay_out(self, message_sha: str = "") -> list[Filed]:
        query = TO_LAY_OUT_OF_MAIL if message_sha else TO_LAY_OUT
        with self._database.read() as connection:
            found = connection.execute(query, {"of_message": message_sha} if message_sha else {})
            return [(call, number, Piece(*rest)) for call, number, *rest in found]

    def lay_out_again(self, call: str) -> None:
        with self._database.write() as connection:
            connection.execute(LAY_OUT_AGAIN, {"of_call": call})

    def note_laid_out(self, pieces: Sequence[Filed]) -> None:
        rows = [
            {**_of(call, number), "of_message": one.message_sha, "of_name": one.name} for call, number, one in pieces
        ]
        if rows:
            with self._database.write() as connection:
                connection.execute(LAID_OUT, rows)

    def meetings(self, call: str) -> list[MeetingPlan]:
        """The meetings as staff set them, in the order they were first saved."""
        with self._database.read() as connection:
            return [MeetingPlan(*row) for row in connection.execute(MEETINGS, {"of_call": call})]

    def save_meeting(self, call: str, meeting_: MeetingPlan) -> None:
        hours = {"begins": meeting_.start, "ends": meeting_.end}
        words = {"key": meeting_.key, "title": meeting_.title, "place": meeting_.place, "address": meeting_.address}
        with self._database.write() as connection:
            facts = {"date": meeting_.date, "sequence": meeting_.sequence, "cancelled": meeting_.cancelled}
            row = {"call": call, **facts, **hours, **words}
            connection.execute(self._plan, row)

    def _add(self, connection: Connection, candidature_: Candidature, seq: int) -> None:
        candidature_id = connection.execute(ADD, {**_row(candidature_), "seq": seq}).scalar_one()
        _add_clues(connection, candidature_id, candidature_)
        self._file_under(connection, candidature_id, candidature_.pieces)

    def _file_under(self, connection: Connection, candidature_id: int, pieces: Sequence[Piece]) -> None:
        names = [column.name for column in PIECE]
        rows = [{"candidature_id": candidature_id, **{name: getattr(one, name) for name in names}} for one in pieces]
        if rows:
            connection.execute(self._file, rows)


def _of(call: str, number: str) -> dict[str, str]:
    return {"of_call": call, "of_number": number}


def _id(connection: Connection, call: str, number: str) -> int:
    found = connection.execute(ID_OF, _of(call, number)).scalar()
    if found is None:
        raise LookupError(f"no candidature {number} in call {call}")
    return int(found)


def _add_clues(connection: Connection, candidature_id: int, candidature_: Candidature) -> None:
    """What the candidature can be recognised by: what was read, and what staff made of it."""
    words = candidature_.corrections
    emails = {storable(one).strip().lower() for one in (candidature_.contact.email, words.get("email", ""))} - {""}
    found = {("email", email) for email in emails}
    found |= {("domain", domain) for email in emails if (domain := email.rpartition("@")[2])}
    sirens = {without_spaces(storable(one)) for one in (candidature_.siren, words.get("siren", ""))} - {""}
    found |= {("siren", siren) for siren in sirens}
    if found:
        rows = [{"kind": kind, "value": value, "candidature_id": candidature_id} for kind, value in sorted(found)]
        connection.execute(ADD_CLUES, rows)


def _row(candidature_: Candidature) -> dict[str, Any]:
    contact = candidature_.contact
    person = {"name": contact.name, "role": contact.role, "email": contact.email, "phone": contact.phone}
    own = {name: getattr(candidature_, name) for name in FACTS if not name.startswith("contact_")}
    return {**own, **{f"contact_{name}": value for name, value in person.items()}}


def _candidature(row: AnyRow, pieces: tuple[Piece, ...]) -> Candidature:
    _, call, number, received, in_time, collectivite, kind, siren, insee, departements, population, *rest = row
    in_region, name, role, email, phone, subject, status, by_hand, to_check, meetings, corrections, staff = rest
    return Candidature(
        call,
        number,
        received,
        in_time,
        collectivite,
        kind,
        siren,
        insee,
        tuple(departements),
        population,
        in_region,
        Person(name, role, email, phone),
        subject,
        STATUS[status],
        by_hand,
        tuple(to_check),
        {key: Attendance(answer) for key, answer in meetings.items()},
        corrections,
        staff,
        pieces,
    )
