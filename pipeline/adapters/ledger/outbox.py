"""Every letter, from its frozen bytes to what became of it; and staff's requests for letters."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import TextualSelect, and_, bindparam, func, literal, not_, or_, select, text, update

from pipeline.adapters.ledger import requests
from pipeline.adapters.ledger.database import AnyRow, AnySelect, Database
from pipeline.adapters.ledger.schema import letter
from pipeline.core.delivery import LONGEST_WAIT, LetterState, Outcome
from pipeline.core.letters import LETTERS, Asked, LetterKey, OutgoingLetter, Request

AUTOMATIC = tuple(kind.key for kind in LETTERS.values() if kind.asked in (Asked.BY_MAIL, Asked.BY_CLOCK))
NEVER_LEFT = (LetterState.HELD, LetterState.CANCELLED)

KEY = (letter.c.call, letter.c.number, letter.c.letter, letter.c.occasion, letter.c.recipient)
DETAILS = (
    *(letter.c.created, letter.c.in_reply_to, letter.c.state, letter.c.why, letter.c.attempts, letter.c.retry_at),
    *(letter.c.sent, letter.c.in_sent_folder),
)
WITHOUT_BYTES = select(*KEY, letter.c.message_id, letter.c.subject, literal(b"").label("raw"), *DETAILS)
COLUMNS = (*KEY, letter.c.message_id, letter.c.subject, letter.c.raw, *DETAILS)
WHOLE = select(*COLUMNS)
OLDEST_FIRST = (letter.c.created, letter.c.id)
THIS_ONE = and_(*(column == bindparam(f"of_{column.name}") for column in KEY))

HAS = select(letter.c.id).where(THIS_ONE)
# Written as the index ix_letter_due has it, so that the oldest one is found without a look at the others.
MAY_LEAVE = text("state IN ('queued', 'retry')")
# An attempt later than any wait lasts was put off by a clock that was set back since. SQLite would rather sort all that
# wait, for each letter anew: it is told the index that has them in order.
NEXT = (
    "SELECT {columns} FROM letter {index} WHERE {may_leave} {whose}"
    " AND (state = 'queued' OR retry_at <= :now OR retry_at > :latest) ORDER BY created, id LIMIT 1 {lock}"
)
CLAIM = (
    update(letter)
    .where(THIS_ONE)
    .values(state=LetterState.SENDING, attempts=letter.c.attempts + 1, claimed_by=bindparam("worker"))
)
NEXT_ATTEMPT = select(letter.c.state, letter.c.retry_at).where(MAY_LEAVE).order_by(letter.c.retry_at.nulls_first())
LEFT_BETWEEN = select(func.count()).where(
    or_(
        and_(
            letter.c.state == LetterState.SENT, letter.c.sent > bindparam("since"), letter.c.sent <= bindparam("until")
        ),
        letter.c.state == "sending",
    )
)
RECORD = (
    update(letter)
    .where(THIS_ONE)
    .values(state=bindparam("new_state"), why=bindparam("new_why"), retry_at=bindparam("new_retry_at"))
)
RECORD_SENT = RECORD.values(sent=bindparam("new_sent"))
UNSETTLED = WHOLE.where(letter.c.state.in_((LetterState.SENDING, LetterState.UNKNOWN))).order_by(*OLDEST_FIRST)
# First which: what is sorted is carried along, and letters are long.
FIRST_WITHOUT_COPY = (
    select(letter.c.id)
    .where(letter.c.state.in_((LetterState.SENT, LetterState.BOUNCED)), letter.c.in_sent_folder.is_(False))
    .order_by(*OLDEST_FIRST)
    .limit(bindparam("most"))
)
WITHOUT_COPY = WHOLE.where(letter.c.id.in_(FIRST_WITHOUT_COPY)).order_by(*OLDEST_FIRST)
COPIED = update(letter).where(THIS_ONE).values(in_sent_folder=True)
LETTERS_LISTED = WITHOUT_BYTES.order_by(*OLDEST_FIRST)
COPIES_OF_ONE = LETTERS_LISTED.where(letter.c.message_id == bindparam("of_message_id"))
BY_MESSAGE_ID = WHOLE.where(letter.c.message_id == bindparam("of_message_id")).order_by(letter.c.id).limit(1)
WRITTEN_TO = select(func.count()).where(
    letter.c.recipient_key == bindparam("address"),
    letter.c.created.between(bindparam("since"), bindparam("until")),
    letter.c.letter.in_(AUTOMATIC),
    letter.c.state.not_in(NEVER_LEFT),
)


class SqlOutbox:
    """A letter's key is unique in the database; whoever changes its state from queued to sending may send it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next, self._next_to_staff = (_next(database.is_sqlite, whose) for whose in ("", "AND number = ''"))
        once = database.insert(letter).on_conflict_do_nothing(index_elements=[column.name for column in KEY])
        self._queue = once.returning(letter.c.id)

    def queue(self, letter_: OutgoingLetter) -> bool:
        with self._database.write() as connection:
            return connection.execute(self._queue, _row(letter_)).first() is not None

    def has(self, key: LetterKey) -> bool:
        with self._database.read() as connection:
            return connection.execute(HAS, key_values(key)).first() is not None

    def claim_next(self, now: datetime, to_staff: bool = False) -> OutgoingLetter | None:
        """As the port says; the attempt is counted here. Inside a `transaction()` it is committed at its end only."""
        worker = self._database.worker
        with self._database.write() as connection:
            moments = {"now": now, "latest": now + LONGEST_WAIT}
            row = connection.execute(self._next_to_staff if to_staff else self._next, moments).first()
            if row is None:
                return None
            found = _letter(row)
            connection.execute(CLAIM, {**key_values(found.key), "worker": worker})
        return found

    def next_due(self, now: datetime) -> datetime | None:
        with self._database.read() as connection:
            row = connection.execute(NEXT_ATTEMPT.limit(1)).first()
        return None if row is None else max(now, row.retry_at or now)

    def left_between(self, since: datetime, until: datetime) -> int:
        with self._database.read() as connection:
            return connection.execute(LEFT_BETWEEN, {"since": since, "until": until}).scalar() or 0

    def record(self, key: LetterKey, outcome: Outcome, seen: LetterState | None = None) -> None:
        """As the port says; the moment of the outcome becomes that of sending when the state is `sent`.

        LookupError for a letter that was never queued.
        """
        values = {"new_state": outcome.state, "new_why": outcome.why, "new_retry_at": outcome.retry_at}
        sent = outcome.state is LetterState.SENT
        change = RECORD_SENT if sent else RECORD
        if seen:
            change = change.where(letter.c.state == seen)
        with self._database.write() as connection:
            done = connection.execute(
                change, {**key_values(key), **values, **({"new_sent": outcome.at} if sent else {})}
            )
            if done.rowcount != 1 and not seen:
                raise LookupError(f"no letter {key}")

    def left_sending(self) -> list[OutgoingLetter]:
        others_have_it = self._database.others_hold(letter.c.claimed_by)
        return self._all(UNSETTLED.where(or_(letter.c.state == LetterState.UNKNOWN, not_(others_have_it))))

    def without_copy(self, most: int) -> list[OutgoingLetter]:
        """As the port says; one that bounced after it was sent has its copy too."""
        return self._all(WITHOUT_COPY, {"most": most})

    def note_copied(self, key: LetterKey) -> None:
        with self._database.write() as connection:
            connection.execute(COPIED, key_values(key))

    def letters(
        self, call: str | None = None, states: Iterable[LetterState] = (), kind: str = ""
    ) -> list[OutgoingLetter]:
        """As the port says, for listing: `raw` is left empty (b""), there may be thousands."""
        query, wanted = LETTERS_LISTED, list(states)
        if call is not None:
            query = query.where(letter.c.call == call)
        if wanted:
            query = query.where(letter.c.state.in_(wanted))
        return self._all(query.where(letter.c.letter == kind) if kind else query)

    def by_message_id(self, message_id: str) -> OutgoingLetter | None:
        """The letter of that bare Message-ID; of one sent to several recipients, the first written."""
        found = self._all(BY_MESSAGE_ID, {"of_message_id": message_id}) if message_id else []
        return found[0] if found else None

    def copies(self, message_id: str) -> list[OutgoingLetter]:
        """As the port says; `raw` is left empty (b"")."""
        return self._all(COPIES_OF_ONE, {"of_message_id": message_id}) if message_id else []

    def written_to(self, recipient: str, since: datetime, until: datetime) -> int:
        """As the port says: answers to mail and reminders, those held or cancelled left out."""
        with self._database.read() as connection:
            values = {"address": recipient.strip().lower(), "since": since, "until": until}
            return connection.execute(WRITTEN_TO, values).scalar() or 0

    def ask(self, request: Request) -> Request:
        with self._database.write() as connection:
            return requests.add(connection, request)

    def open_requests(self, call: str) -> list[Request]:
        with self._database.read() as connection:
            return requests.listed(connection, call, requests.OPEN)

    def requests(self, call: str) -> list[Request]:
        with self._database.read() as connection:
            return requests.listed(connection, call)

    def update_request(self, request: Request) -> None:
        """Store all that may change of it; LookupError for one that was never asked."""
        with self._database.write() as connection:
            requests.change(connection, request)

    def _all(self, query: AnySelect, values: dict[str, Any] | None = None) -> list[OutgoingLetter]:
        with self._database.read() as connection:
            return [_letter(row) for row in connection.execute(query, values or {})]


def _next(is_sqlite: bool, whose: str) -> TextualSelect:
    """The letter to send next; another worker's is passed over."""
    index, lock = ("INDEXED BY ix_letter_due", "") if is_sqlite else ("", "FOR UPDATE SKIP LOCKED")
    columns = ", ".join(f"letter.{one.name}" for one in COLUMNS)
    query = text(NEXT.format(columns=columns, index=index, may_leave=MAY_LEAVE, whose=whose, lock=lock))
    moment = letter.c.retry_at.type
    return query.bindparams(bindparam("now", type_=moment), bindparam("latest", type_=moment)).columns(*COLUMNS)


def key_values(key: LetterKey) -> dict[str, str]:
    return {f"of_{column.name}": getattr(key, column.name) for column in KEY}


def _row(letter_: OutgoingLetter) -> dict[str, Any]:
    key = {column.name: getattr(letter_.key, column.name) for column in KEY}
    own = {name: getattr(letter_, name) for name in ("message_id", "subject", "raw", *(one.name for one in DETAILS))}
    return {**key, "recipient_key": letter_.key.recipient.strip().lower(), **own}


def _letter(row: AnyRow) -> OutgoingLetter:
    call, number, name, occasion, recipient, message_id, subject, raw, created, in_reply_to, state, *rest = row
    key = LetterKey(call, number, name, occasion, recipient)
    return OutgoingLetter(key, message_id, subject, bytes(raw), created, in_reply_to, LetterState(state), *rest)
