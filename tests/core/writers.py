"""Mails as the tests of who writes need them: a sender, a text, what else is asked for."""

from pipeline.core.message import Address, Message
from pipeline.core.person import Person, contact_of

US = (Address("Antoine Goxe", "agoxe@cerdd.org"),)


def mail(sender: Address, text: str, **fields: object) -> Message:
    values: dict[str, object] = {
        "message_id": "m@x",
        "in_reply_to": (),
        "references": (),
        "senders": (sender,),
        "reply_to": (),
        "return_path": None,
        "to": US,
        "cc": (),
        "subject": "Candidature Visions +21",
        "date": None,
        "received": None,
        "headers": (),
        "text": text,
        "quoted": "",
        "documents": (),
        "calendars": (),
        "content_type": "text/plain",
        "content_digest": "",
    }
    return Message(**{**values, **fields})  # type: ignore[arg-type]


def contact(name: str, email: str, text: str, *documents: str, **fields: object) -> Person:
    return contact_of(mail(Address(name, email), text, **fields), documents)
