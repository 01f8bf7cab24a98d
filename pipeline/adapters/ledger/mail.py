"""Every mail seen: its copies in the mailbox, what was read and decided of it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, func, not_, or_, select, update

from pipeline.adapters.ledger import known
from pipeline.adapters.ledger.database import AnySelect, Database
from pipeline.adapters.ledger.mail_rows import MESSAGE, decided, message_of, new_mail
from pipeline.adapters.ledger.schema import letter, mail, mail_copy, mail_thread
from pipeline.core.arrival import Arrival, Copy, LoggedMessage, ReadingState
from pipeline.core.batching import batches
from pipeline.core.delivery import LetterState
from pipeline.core.verdict import Known, MessageClues
from pipeline.ports import Folder, NotFetched

ATTEMPTS, BATCH = 3, 500

IN_ORDER = (mail.c.received, mail.c.id)
IN_FOLDER = and_(mail_copy.c.folder == bindparam("in_folder"), mail_copy.c.uidvalidity == bindparam("in_validity"))
THE_COPY = and_(IN_FOLDER, mail_copy.c.uid == bindparam("of_uid"))

ANY_MAIL, ANY_COPY = select(mail.c.id).limit(1), select(mail_copy.c.uid).limit(1)
LAST_UID = select(func.max(mail_copy.c.uid)).where(IN_FOLDER)
UNFETCHED = and_(mail_copy.c.mail_id.is_(None), mail_copy.c.given_up.is_(False))
NOTED = select(mail_copy.c.uid).where(IN_FOLDER, mail_copy.c.uid > bindparam("above"))
TO_FETCH = (
    select(mail_copy.c.uid)
    .where(IN_FOLDER, UNFETCHED, mail_copy.c.claimed_by != bindparam("worker"))
    .order_by(mail_copy.c.uid)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
RELEASE = (
    update(mail_copy).where(IN_FOLDER, UNFETCHED, mail_copy.c.claimed_by == bindparam("worker")).values(claimed_by=0)
)
CLAIMED = (
    select(mail_copy.c.folder, mail_copy.c.uidvalidity, func.min(mail_copy.c.uid))
    .where(UNFETCHED)
    .group_by(mail_copy.c.folder, mail_copy.c.uidvalidity)
)
BY_SHA = select(*MESSAGE).where(mail.c.sha256 == bindparam("of_sha"))
BY_CONTENT = (
    select(*MESSAGE)
    .where(mail.c.content_digest == bindparam("of_content"))
    .where(mail.c.state.in_((ReadingState.DECIDED, ReadingState.ERASED)))
    .order_by(*IN_ORDER)
    .limit(1)
)
SHOWN = select(*MESSAGE).where(mail.c.state.in_((ReadingState.DECIDED, ReadingState.UNREADABLE))).order_by(*IN_ORDER)
ITS_ANSWER = and_(letter.c.occasion == mail.c.sha256, letter.c.letter == mail.c.answer)
SHOWN_IDS = SHOWN.with_only_columns(mail.c.id)
SOME = select(*MESSAGE).where(mail.c.id.in_(bindparam("ids", expanding=True))).order_by(*IN_ORDER)
TO_ANSWER = (
    select(*MESSAGE)
    .where(mail.c.state == ReadingState.DECIDED, mail.c.answer.is_not(None))
    .where(~exists().where(ITS_ANSWER, letter.c.state != LetterState.CANCELLED))
    .order_by(*IN_ORDER)
)
TO_MARK = (
    select(mail_copy.c.folder, mail_copy.c.uidvalidity, mail_copy.c.uid)
    .join(mail, mail.c.id == mail_copy.c.mail_id)
    .where(mail.c.number != "", mail_copy.c.marked.is_(False))
    .order_by(mail_copy.c.folder, mail_copy.c.uidvalidity, mail_copy.c.uid)
)
DECIDE = (
    update(mail)
    .where(mail.c.sha256 == bindparam("of_sha"))
    .values(
        {
            name: bindparam(name)
            for name in (
                *("state", "message_id", "sender", "sender_key", "sender_domain", "sender_name", "subject", "date"),
                *("content_digest", "nature", "call", "number", "answer", "why", "staff_nature", "threads", "decided"),
            )
        }
    )
    .returning(mail.c.id)
)
ID_OF = select(mail.c.id).where(mail.c.sha256 == bindparam("of_sha"))
FORGET_THREADS = delete(mail_thread).where(mail_thread.c.mail_id == bindparam("of_mail"))
CLAIM = update(mail_copy).where(THE_COPY).values(claimed_by=bindparam("worker"))
MARK = update(mail_copy).where(THE_COPY).values(marked=True)
COUNT_FAILURE = (
    update(mail_copy)
    .where(THE_COPY)
    .values(
        attempts=mail_copy.c.attempts + 1,
        given_up=or_(bindparam("gone"), mail_copy.c.attempts + 1 >= ATTEMPTS),
        reason=bindparam("reason"),
    )
)
FETCH_AGAIN = update(mail_copy).where(mail_copy.c.mail_id == ID_OF.scalar_subquery()).values(mail_id=None, claimed_by=0)
GIVEN_UP = select(mail_copy.c.given_up).where(THE_COPY)


class SqlMailLog:
    """Identity is the SHA-256 of the bytes; a copy is (folder, UIDVALIDITY, UID) and points to a mail."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._note = database.insert(mail_copy).on_conflict_do_nothing()
        self._log = database.insert(mail).on_conflict_do_nothing(index_elements=["sha256"]).returning(mail.c.id)
        self._refer = database.insert(mail_thread).on_conflict_do_nothing()
        placed = database.insert(mail_copy).values(mail_id=ID_OF.scalar_subquery())
        self._place = placed.on_conflict_do_update(
            index_elements=["folder", "uidvalidity", "uid"],
            set_={"mail_id": func.coalesce(mail_copy.c.mail_id, placed.excluded.mail_id)},
        )

    def is_empty(self) -> bool:
        with self._database.read() as connection:
            return not any(connection.execute(query).first() for query in (ANY_MAIL, ANY_COPY))

    def last_uid(self, folder: Folder) -> int:
        with self._database.read() as connection:
            return connection.execute(LAST_UID, _of(folder)).scalar() or 0

    def note_uids(self, folder: Folder, uids: list[int]) -> None:
        if not uids:
            return
        with self._database.write() as connection:
            for some in batches(uids, BATCH):  # the first time there may be tens of thousands
                connection.execute(self._note, [_new_copy(folder.name, folder.uidvalidity, uid) for uid in some])

    def claim_uids(self, folder: Folder, most: int) -> list[int]:
        free = TO_FETCH.where(not_(self._database.others_hold(mail_copy.c.claimed_by)))
        signed = {**_of(folder), "worker": self._database.worker}
        with self._database.write() as connection:
            uids = list(connection.execute(free, {**signed, "most": most}).scalars())
            if uids:
                connection.execute(CLAIM, [{**signed, "of_uid": uid} for uid in uids])
        return uids

    def release_uids(self, folder: Folder) -> None:
        with self._database.write() as connection:
            connection.execute(RELEASE, {**_of(folder), "worker": self._database.worker})

    def uids_noted(self, folder: Folder, above: int) -> set[int]:
        with self._database.read() as connection:
            return set(connection.execute(NOTED, {**_of(folder), "above": above}).scalars())

    def note_not_fetched(self, folder: Folder, missing: NotFetched) -> bool:
        place = {**_of(folder), "of_uid": missing.uid}
        with self._database.write() as connection:
            connection.execute(self._note, _new_copy(folder.name, folder.uidvalidity, missing.uid))
            connection.execute(COUNT_FAILURE, {**place, "gone": missing.gone, "reason": missing.reason})
            return bool(connection.execute(GIVEN_UP, place).scalar())

    def fetch_again(self, sha256: str) -> None:
        with self._database.write() as connection:
            connection.execute(FETCH_AGAIN, {"of_sha": sha256})

    def record(self, arrival: Arrival, copy: Copy | None) -> bool:
        """As the port says; of a mail seen again, source and moment of reception stay those of the first time."""
        with self._database.write() as connection:
            new = connection.execute(self._log, new_mail(arrival)).first() is not None
            if copy:
                row = {**_new_copy(copy.folder, copy.uidvalidity, copy.uid), "of_sha": arrival.sha256}
                connection.execute(self._place, row)
        return new

    def waiting(self) -> Iterator[Arrival]:
        """As the port says; read in batches, so that the caller may decide each before asking for the next."""
        with self._database.read() as connection:
            page = select(*MESSAGE[:4], mail.c.id).where(*self._is_waiting(connection)).order_by(*IN_ORDER).limit(BATCH)
        after = page
        while True:
            with self._database.read() as connection:
                rows = connection.execute(after).all()
            for row in rows:
                yield Arrival(row.sha256, row.source, row.received, row.size)
            if len(rows) < BATCH:
                return
            last = rows[-1]
            later = and_(mail.c.received == last.received, mail.c.id > last.id)
            after = page.where(or_(mail.c.received > last.received, later))

    def count_waiting(self) -> int:
        with self._database.read() as connection:
            query = select(func.count()).select_from(mail).where(*self._is_waiting(connection))
            return connection.execute(query).scalar() or 0

    def decide(self, message: LoggedMessage) -> None:
        """As the port says; LookupError for a mail that was never recorded."""
        with self._database.write() as connection:
            values = {"of_sha": message.arrival.sha256, **decided(message)}
            mail_id = connection.execute(DECIDE, values).scalar()
            if mail_id is None:
                raise LookupError(f"mail {message.arrival.sha256} was never recorded")
            connection.execute(FORGET_THREADS, {"of_mail": mail_id})
            if message.threads:
                threads = [{"mail_id": mail_id, "message_id": thread} for thread in dict.fromkeys(message.threads)]
                connection.execute(self._refer, threads)

    def get(self, sha256: str) -> LoggedMessage | None:
        """The mail in whatever state it is, waiting included."""
        return self._first(BY_SHA, {"of_sha": sha256})

    def find_content(self, content_digest: str) -> LoggedMessage | None:
        return self._first(BY_CONTENT, {"of_content": content_digest}) if content_digest else None

    def messages(self, call: str | None = None) -> list[LoggedMessage]:
        """As the port says: those of exactly that call; without one, all, those of no call included."""
        return self._all(SHOWN if call is None else SHOWN.where(mail.c.call == call))

    def each_message(self) -> Iterator[LoggedMessage]:
        with self._database.read() as connection:
            ids = list(connection.execute(SHOWN_IDS).scalars())
        for some in batches(ids, BATCH):
            yield from self._all(SOME, {"ids": some})

    def complements(self, call: str) -> dict[str, int]:
        with self._database.read() as connection:
            return known.complements(connection, call)

    def to_answer(self) -> list[LoggedMessage]:
        """As the port says: its letter is in the outbox under that name, with the mail as occasion."""
        return self._all(TO_ANSWER)

    def known_about(self, clues: MessageClues, siren: str) -> Known:
        with self._database.read() as connection:
            return known.known_about(connection, clues, siren)

    def copies_to_mark(self) -> list[Copy]:
        with self._database.read() as connection:
            return [Copy(*row) for row in connection.execute(TO_MARK)]

    def note_marked(self, copies: list[Copy]) -> None:
        rows = [{"in_folder": one.folder, "in_validity": one.uidvalidity, "of_uid": one.uid} for one in copies]
        if rows:
            with self._database.write() as connection:
                connection.execute(MARK, rows)

    def _is_waiting(self, connection: Connection) -> list[ColumnElement[bool]]:
        others_hold = self._database.others_hold(mail_copy.c.claimed_by)
        return [mail.c.state == ReadingState.WAITING, *_earlier_ones_are_there(connection, others_hold)]

    def _first(self, query: AnySelect, values: dict[str, Any]) -> LoggedMessage | None:
        with self._database.read() as connection:
            row = connection.execute(query, values).first()
        return message_of(row) if row else None

    def _all(self, query: AnySelect, values: dict[str, Any] | None = None) -> list[LoggedMessage]:
        with self._database.read() as connection:
            return [message_of(row) for row in connection.execute(query, values or {})]


def _earlier_ones_are_there(connection: Connection, others_hold: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Conditions on a mail: no copy of it lies behind one that another worker is still fetching."""
    behind = []
    for folder, uidvalidity, first in connection.execute(CLAIMED.where(others_hold)):
        here = and_(mail_copy.c.folder == folder, mail_copy.c.uidvalidity == uidvalidity, mail_copy.c.uid > first)
        behind.append(~exists().where(mail_copy.c.mail_id == mail.c.id, here))
    return behind


def _of(folder: Folder) -> dict[str, Any]:
    return {"in_folder": folder.name, "in_validity": folder.uidvalidity}


def _new_copy(folder: str, uidvalidity: int, uid: int) -> dict[str, Any]:
    state = {"attempts": 0, "given_up": False, "reason": "", "marked": False}
    return {"folder": folder, "uidvalidity": uidvalidity, "uid": uid, **state}
