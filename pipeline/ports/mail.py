"""The mailbox and the postman."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.core.arrival import Copy
from pipeline.core.delivery import Answer
from pipeline.core.letters import OutgoingLetter


@dataclass(frozen=True)
class Folder:
    """A folder as selected: RFC 3501 UIDVALIDITY, UIDNEXT and EXISTS."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int = 0


@dataclass(frozen=True)
class Fetched:
    """A mail as the server holds it; `received` is its INTERNALDATE (aware)."""

    uid: int
    raw: bytes
    received: datetime


@dataclass(frozen=True)
class SentMails:
    """What the Sent folder got: the heads of the mails (Message-ID, In-Reply-To, Subject, Auto-Submitted), and a mark
    from which to go on next time."""

    heads: tuple[bytes, ...]
    mark: str


@dataclass(frozen=True)
class NotFetched:
    """A mail that could not be taken this time: gone (another client moved it), too big, or refused by the server."""

    uid: int
    reason: str
    gone: bool = False
    received: datetime | None = None
    head: bytes = b""  # its headers, when only they could be read (too big)
    lasts: bool = False  # whatever the server's state: too big


class Mailbox(Protocol):
    """The shared mailbox, read only: nothing is marked, moved or deleted unless `after` asks for it."""

    def folders(self) -> tuple[str, ...]:
        """The watched folders, the main one first."""
        ...

    def open(self, folder: str) -> Folder: ...

    def uids(self, folder: Folder, above: int) -> list[int]:
        """UIDs greater than `above` received since the configured date, ascending."""
        ...

    def listed(self, folder: Folder, above: int) -> list[int]:
        """The same UIDs, asked for without a search: a server may hide mail from it."""
        ...

    def fetch(self, folder: Folder, uids: list[int]) -> Iterator[Fetched | NotFetched]:
        """One item per UID, ascending, in bounded batches; a literal cut short is never handed out."""
        ...

    def keep_copy(self, raw: bytes, sent: datetime) -> str:
        """Put a letter into the Sent folder; whether it is there already is for `sent_among` to tell. Why the server
        does not take this one, "" when it did; Unavailable when it would take no other either."""
        ...

    def sent_among(self, message_ids: Collection[str]) -> frozenset[str]:
        """Those of these Message-IDs of ours (bare) that the Sent folder holds."""
        ...

    def sent_since(self, mark: str) -> SentMails:
        """What came into the Sent folder since that mark, whoever wrote it; for "", since the configured date.
        Nothing where no copies are kept."""
        ...

    def mark_handled(self, copies: list[Copy]) -> None:
        """The courtesy of `[mailbox] after`: nothing, a keyword or a move. Never needed for being right."""
        ...

    def await_news(self, is_over: Callable[[], bool]) -> None:
        """Wait until the server tells of a mail in the main folder, or `is_over`, which is asked every second or so.

        Raises `failures.CannotWait` when the server does not tell."""
        ...

    def shortcomings(self) -> list[str]:
        """What the configuration asks for and this server cannot do, one clause each, in English."""
        ...

    def close(self) -> None: ...


class Postman(Protocol):
    """SMTP: one letter, one recipient, one attempt, on one connection reused during a cycle."""

    def open(self) -> None:
        """Connect and log in, if that is not done yet; Unavailable when the server or the login refuses."""
        ...

    def send(self, letter: OutgoingLetter) -> Answer:
        """Hand the frozen bytes to the server; every refusal or loss is an Answer, never an exception."""
        ...

    def close(self) -> None: ...
