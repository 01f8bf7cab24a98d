"""A mail as the ledger keeps it: where it was seen, when it was received, what was decided of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pipeline.core.message import Message, Unreadable

IMPORTED = "import"  # so begins the source of a mail that came as a file
RECORDED_ONLY = "import, record only"  # and of one that is never to be answered
FROM_ARCHIVE = "archive"  # the source of one that `recover` found nowhere else
NO_ANSWER = "Message importé sans réponse."
FIRST_CYCLE = "first_cycle"  # milestone: when the worker first looked at the mailbox, or rebuilt its ledger
REBUILDING = "rebuilding"  # milestone: when a ledger began to be rebuilt, "" once all of it is there


class ReadingState(StrEnum):
    """A mail is recorded first, decided after; a mail that cannot be read is decided too, as a visible row."""

    WAITING = "waiting"
    DECIDED = "decided"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    ERASED = "erased"  # a tombstone: known again by its hashes, nothing else is left of it


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a mail in a mailbox; UIDs mean nothing without the folder's UIDVALIDITY (RFC 3501)."""

    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail in the raw archive, identified by the SHA-256 of its bytes; `received` by the server's clock."""

    sha256: str
    source: str
    received: datetime
    size: int


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """A mail as logged. `answer` is the letter that answers it, or None; `staff_nature` is what staff chose in
    Reclasser en ("" if nothing)."""

    arrival: Arrival
    state: ReadingState = ReadingState.WAITING
    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    date: datetime | None = None
    content_digest: str = ""
    nature: str = ""
    call: str | None = None
    number: str = ""
    answer: str | None = None
    why: tuple[str, ...] = ()
    staff_nature: str = ""
    threads: tuple[str, ...] = ()  # bare Message-IDs it refers to
    decided: datetime | None = None  # when it was last judged


def reception_of(message: Message | Unreadable, now: datetime) -> datetime:
    """When a mail came that no mailbox shows: its topmost Received header, else now, for it is here. Its Date header is
    what its author says, and has no say in whether it is in time.
    """
    return message.received or now


def as_read(arrival: Arrival, message: Message) -> LoggedMessage:
    """The row of a mail that was read, without what is decided of it."""
    return LoggedMessage(
        arrival,
        ReadingState.DECIDED,
        message_id=message.message_id,
        sender=message.writer.email,
        sender_name=message.writer.name,
        subject=message.subject,
        date=message.date,
        content_digest=message.content_digest,
        threads=tuple(dict.fromkeys((*message.in_reply_to, *message.references))),
    )


def unanswered(message: LoggedMessage, why: str) -> LoggedMessage:
    """The same mail with no answer to come, and the reason."""
    return replace(message, answer=None, why=(*message.why, why))


def unread(arrival: Arrival, head: Message | Unreadable, reason: str) -> LoggedMessage:
    """The visible row of a mail that no rule could judge: its head as far as it could be read, and why."""
    if isinstance(head, Message):
        sender = head.senders[0].email if head.senders else ""
    else:
        sender = head.sender
    return LoggedMessage(
        arrival,
        state=ReadingState.UNREADABLE,
        message_id=head.message_id,
        sender=sender,
        subject=head.subject,
        nature="unsure",
        why=(reason,),
    )
