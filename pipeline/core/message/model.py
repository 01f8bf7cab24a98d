"""What a mail is once it is read. Reading one is `reader`'s; deciding what it means is left to `triage`."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True)
class Address:
    """A mailbox: `name` decoded on one line ("" if none), `email` in lower case."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


@dataclass(frozen=True)
class Document:
    """An attachment a person would keep: decoded NFC name on one line (never a path), media type, content."""

    name: str
    media_type: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """What a document is recognised by, whatever its name; in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class DeliveryReport:
    """What a delivery status notification says (RFC 3464, or a bounce in prose)."""

    failed: bool
    recipients: tuple[str, ...] = ()
    original_message_id: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Message:
    """One mail, read. Message-IDs are bare (no angle brackets); datetimes are aware or None.

    `text` holds the writer's own words, without what they quote; `quoted` the rest (quotations, forwarded text);
    `headers` every header as (lower-case name, decoded value on one line) in order; `return_path` is None when
    missing and "" when null. `received` is the topmost Received date, `date` the claim of the Date header.
    `forwarded` holds messages attached as message/rfc822 that are not part of a report.
    `content_digest` is equal for two copies of one mail that differ only in transport headers.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    senders: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    return_path: str | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    received: datetime | None
    headers: tuple[tuple[str, str], ...]
    text: str
    quoted: str
    documents: tuple[Document, ...]
    calendars: tuple[bytes, ...]
    content_type: str
    content_digest: str
    report: DeliveryReport | None = None
    forwarded: "tuple[Message, ...]" = ()
    warnings: tuple[str, ...] = ()

    @property
    def writer(self) -> Address:
        """The first sender; an empty address when From names nobody."""
        return self.senders[0] if self.senders else Address("", "")

    def header(self, name: str) -> str:
        """The first header of that name (lower case), "" if absent."""
        return self._first_headers.get(name, "")

    @cached_property
    def _first_headers(self) -> dict[str, str]:
        return dict(reversed(self.headers))

    def header_all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True)
class Unreadable:
    """A mail that could not be read within the limits: `reason` in French, and what could be read of its head."""

    reason: str
    message_id: str = ""
    sender: str = ""
    subject: str = ""
    received: datetime | None = None
