"""Letters of this program in the Sent folder that this ledger may not know. Pure.

By their marks: a Message-ID as the program makes them, Auto-Submitted, and the reference of a candidature in the
subject. Neither what staff write there nor what another program does has all three.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.core.message import Message, read_message

LOOKED_AT = "sent folder looked at"  # milestone: up to where
_MESSAGE_ID = re.compile(r"[0-9a-f]{32}@\S+")
_REFERENCE = re.compile(r"\[(([A-Z][A-Z0-9]*)-\d+)\]")


@dataclass(frozen=True)
class SentLetter:
    """A letter of some ledger: its bare Message-ID, the candidature in its subject, the bare ids that it answers."""

    message_id: str
    number: str
    answers: tuple[str, ...]


def letter_of(head: bytes, prefixes: Collection[str]) -> SentLetter | None:
    """The letter of which this is the head; None for any other mail, and for those of calls with other prefixes."""
    message = read_message(head)
    if not isinstance(message, Message) or not message.header("auto-submitted").lower().startswith("auto-"):
        return None
    reference = _REFERENCE.match(message.subject)
    if not reference or reference[2] not in prefixes or not _MESSAGE_ID.fullmatch(message.message_id):
        return None
    return SentLetter(message.message_id, reference[1], message.in_reply_to)
