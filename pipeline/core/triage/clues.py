"""What a message points at: addresses, Message-IDs, reference numbers. Asking the ledger is left to `reading`."""

import re

from pipeline.core.message import Message
from pipeline.core.verdict import MessageClues

LONGEST_TEXT = 50_000
# [V21-003], V21-003, TP-12 is too short; the sheet and the letters write at least three digits.
_NUMBER = re.compile(r"(?<![A-Z0-9-])[A-Z][A-Z0-9]{0,11}-\d{3,6}(?![A-Z0-9-])")
_LIKE_A_NUMBER = re.compile(r"-\d{3}")
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._%+'-]{0,63}@[a-z0-9][a-z0-9.-]{0,250}\.[a-z]{2,24}")


def clues_of(message: Message) -> MessageClues:
    """The addresses of who writes (and of who first wrote what is passed on), the thread, the numbers quoted."""
    numbers = numbers_in(message.subject) + numbers_in(message.text) + numbers_in(message.quoted)
    return MessageClues(writers_of(message), thread_of(message), tuple(dict.fromkeys(numbers)))


def writers_of(message: Message) -> frozenset[str]:
    """Lower-case addresses of From, Reply-To, of an address shown as a name, and of forwarded authors."""
    authors = [*message.senders, *message.reply_to]
    authors += [author for inner in message.forwarded for author in inner.senders]
    shown = addresses_in(" ".join(address.name for address in message.senders) + " " + message.subject)
    return frozenset(author.email for author in authors if author.email) | shown


def thread_of(message: Message) -> tuple[str, ...]:
    """The Message-IDs that it refers to, the nearest first; a bounce refers to what it returns."""
    returned = (message.report.original_message_id,) if message.report else ()
    nearest_first = (*message.in_reply_to, *reversed(message.references), *returned)
    return tuple(dict.fromkeys(one for one in nearest_first if one))


def numbers_in(text: str) -> tuple[str, ...]:
    """Reference numbers such as V21-003, in upper case, in the order of the text."""
    if not _LIKE_A_NUMBER.search(text):
        return ()
    return tuple(dict.fromkeys(_NUMBER.findall(text[:LONGEST_TEXT].upper())))


def addresses_in(text: str) -> frozenset[str]:
    return frozenset(_ADDRESS.findall(text[:LONGEST_TEXT].lower()))


def is_of_domain(domain: str, domains: frozenset[str]) -> bool:
    """Whether a domain is one of these or below one."""
    return any(domain == one or domain.endswith("." + one) for one in domains if one)
