"""A row of the table of mails ⇄ what the steps know of a mail."""

from typing import Any

from pipeline.adapters.ledger.database import AnyRow
from pipeline.adapters.ledger.schema import mail
from pipeline.core.arrival import Arrival, LoggedMessage, ReadingState

MESSAGE = (
    *(mail.c.sha256, mail.c.source, mail.c.received, mail.c.size, mail.c.state, mail.c.message_id, mail.c.sender),
    *(mail.c.sender_name, mail.c.subject, mail.c.date, mail.c.content_digest, mail.c.nature, mail.c.call),
    *(mail.c.number, mail.c.answer, mail.c.why, mail.c.staff_nature, mail.c.threads, mail.c.decided),
)


def new_mail(arrival: Arrival) -> dict[str, Any]:
    own = {"sha256": arrival.sha256, "source": arrival.source, "received": arrival.received, "size": arrival.size}
    return {**own, **decided(LoggedMessage(arrival))}


def decided(message: LoggedMessage) -> dict[str, Any]:
    sender = message.sender.strip().lower()
    return {
        "state": message.state,
        "message_id": message.message_id,
        "sender": message.sender,
        "sender_key": sender,
        "sender_domain": sender.rpartition("@")[2],
        "sender_name": message.sender_name,
        "subject": message.subject,
        "date": message.date,
        "content_digest": message.content_digest,
        "nature": message.nature,
        "call": message.call,
        "number": message.number,
        "answer": message.answer,
        "why": message.why,
        "staff_nature": message.staff_nature,
        "threads": message.threads,
        "decided": message.decided,
    }


def message_of(row: AnyRow) -> LoggedMessage:
    sha256, source, received, size, state, message_id, sender, name, subject, date, digest, *rest = row
    nature, call, number, answer, why, staff_nature, threads, decided = rest
    return LoggedMessage(
        Arrival(sha256, source, received, size),
        ReadingState(state),
        message_id,
        sender,
        name,
        subject,
        date,
        digest,
        nature,
        call,
        number,
        answer,
        tuple(why),
        staff_nature,
        tuple(threads),
        decided,
    )
