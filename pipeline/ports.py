"""What the pipeline may ask of the outside worlds. Adapters keep these promises; tests/contracts hold them to it.

Every method raises `Unavailable` when its world does not answer, and nothing else for a user's or server's fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.core.arrival import Arrival, Copy, LoggedMessage
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan, Piece
from pipeline.core.delivery import Answer, LetterState, Outcome
from pipeline.core.letters import LetterKey, OutgoingLetter, Request, TemplateFault
from pipeline.core.merge import CellValue, SheetChanges, SheetReading
from pipeline.core.message import Document
from pipeline.core.territory import Territories
from pipeline.core.triage import House, Known, MessageClues


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware, in the configuration's zone."""
        ...


@dataclass(frozen=True)
class Folder:
    """A folder as selected: RFC 3501 UIDVALIDITY and UIDNEXT."""

    name: str
    uidvalidity: int
    uidnext: int


@dataclass(frozen=True)
class Fetched:
    """A mail as the server holds it; `received` is its INTERNALDATE (aware)."""

    uid: int
    raw: bytes
    received: datetime


@dataclass(frozen=True)
class NotFetched:
    """A mail that could not be taken this time: gone (another client moved it), too big, or refused by the server."""

    uid: int
    reason: str
    gone: bool = False
    received: datetime | None = None
    head: bytes = b""  # its headers, when only they could be read (too big)


class Mailbox(Protocol):
    """The shared mailbox, read only: nothing is marked, moved or deleted unless `after` asks for it."""

    def folders(self) -> tuple[str, ...]:
        """The watched folders, the main one first."""
        ...

    def open(self, folder: str) -> Folder: ...

    def uids(self, folder: Folder, above: int) -> list[int]:
        """UIDs greater than `above` received since the configured date, ascending."""
        ...

    def fetch(self, folder: Folder, uids: list[int]) -> Iterator[Fetched | NotFetched]:
        """One item per UID, ascending, in bounded batches; a literal cut short is never handed out."""
        ...

    def keep_copy(self, raw: bytes, message_id: str, sent: datetime) -> None:
        """Put a letter into the Sent folder, once: nothing if that Message-ID (ours) is there already."""
        ...

    def was_sent(self, message_id: str) -> bool:
        """Whether the Sent folder holds a letter with that Message-ID of ours (bare)."""
        ...

    def mark_handled(self, copies: list[Copy]) -> None:
        """The courtesy of `[mailbox] after`: nothing, a keyword or a move. Never needed for being right."""
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


class Archive(Protocol):
    """Raw mails by hash, and the documents received, on the disk."""

    def keep(self, raw: bytes) -> str:
        """Store the bytes (temp, fsync, rename, fsync folder) and return their SHA-256 in hexadecimal."""
        ...

    def read(self, sha256: str) -> bytes: ...

    def place_for(self, candidature: Candidature, taken: frozenset[str], name: str) -> str:
        """A safe, free path for a document, relative to the call's folder: "pieces/V21-001 Name/letter.pdf"."""
        ...

    def lay_out(self, call: str, piece: Piece, content: bytes) -> None:
        """Write a document where its `path` says; doing it twice changes nothing."""
        ...


class MailLog(Protocol):
    """The part of the ledger that knows every mail seen."""

    def last_uid(self, folder: Folder) -> int:
        """The greatest UID noted for that folder and UIDVALIDITY, 0 if none."""
        ...

    def note_uids(self, folder: Folder, uids: list[int]) -> None: ...

    def uids_to_fetch(self, folder: Folder) -> list[int]:
        """Noted UIDs that have no bytes yet and were not given up, ascending."""
        ...

    def note_not_fetched(self, folder: Folder, missing: NotFetched) -> bool:
        """Count a failed attempt; True when it is now given up (gone, or the third time)."""
        ...

    def record(self, arrival: Arrival, copy: Copy | None) -> bool:
        """Log a mail of the archive and where it was seen; True when these bytes are new."""
        ...

    def waiting(self) -> Iterator[Arrival]:
        """Mails not decided yet, in the order of reception."""
        ...

    def decide(self, message: LoggedMessage) -> None:
        """Store what was read and decided of a mail."""
        ...

    def get(self, sha256: str) -> LoggedMessage | None: ...

    def find_content(self, content_digest: str) -> LoggedMessage | None:
        """The first decided mail of that content, if any."""
        ...

    def messages(self, call: str | None = None) -> list[LoggedMessage]:
        """All decided mails (of one call, or of all and of none), in the order of reception, duplicates left out."""
        ...

    def to_answer(self) -> list[LoggedMessage]:
        """Decided mails with an `answer` for which no letter was written yet, oldest first."""
        ...

    def known_about(self, clues: MessageClues, siren: str) -> Known:
        """The candidatures and threads these clues point at."""
        ...

    def copies_to_mark(self) -> list[Copy]:
        """Copies of mails filed under a candidature that `after` was not yet applied to."""
        ...

    def note_marked(self, copies: list[Copy]) -> None: ...


class CandidatureBook(Protocol):
    """The part of the ledger that knows the candidatures."""

    def open(self, candidature: Candidature, prefix: str) -> Candidature:
        """Store a new candidature with the next number of its call (V21-001); its `number` is ignored."""
        ...

    def get(self, call: str, number: str) -> Candidature | None: ...

    def save(self, candidature: Candidature) -> None:
        """Store facts, status, corrections, staff values, attendance and to_check; pieces are left alone."""
        ...

    def all(self, call: str) -> list[Candidature]:
        """Every candidature of the call, in the order of the numbers, with its pieces."""
        ...

    def file_piece(self, call: str, number: str, piece: Piece) -> None:
        """Add a document; the same message and name twice is one."""
        ...

    def pieces_to_lay_out(self) -> list[tuple[str, str, Piece]]:
        """(call, number, piece) of documents not yet written to disk."""
        ...

    def note_laid_out(self, call: str, number: str, piece: Piece) -> None: ...

    def meetings(self, call: str) -> list[MeetingPlan]: ...

    def save_meeting(self, call: str, meeting: MeetingPlan) -> None: ...


class Outbox(Protocol):
    """The part of the ledger that knows every letter, and staff's requests for letters."""

    def queue(self, letter: OutgoingLetter) -> bool:
        """Freeze a letter; False, and nothing changed, when its key was written before."""
        ...

    def has(self, key: LetterKey) -> bool: ...

    def due(self, now: datetime) -> list[OutgoingLetter]:
        """Letters to send now: queued, and retry whose time has come; oldest first."""
        ...

    def claim(self, key: LetterKey) -> bool:
        """queued/retry → sending, committed; False when somebody else has it."""
        ...

    def record(self, key: LetterKey, outcome: Outcome) -> None: ...

    def left_sending(self) -> list[OutgoingLetter]:
        """Letters found in `sending` at the start of a cycle, or `unknown` and not settled."""
        ...

    def without_copy(self) -> list[OutgoingLetter]:
        """Sent letters whose copy in the Sent folder is still to be made."""
        ...

    def note_copied(self, key: LetterKey) -> None: ...

    def letters(self, call: str | None = None) -> list[OutgoingLetter]:
        """Every letter, oldest first."""
        ...

    def by_message_id(self, message_id: str) -> OutgoingLetter | None: ...

    def written_to(self, recipient: str, since: datetime) -> int:
        """How many automatic letters were written to that address since then."""
        ...

    def count(self, states: Iterable[LetterState]) -> int: ...

    def ask(self, request: Request) -> Request:
        """Store a new request of staff (its `id` is given)."""
        ...

    def open_requests(self, call: str) -> list[Request]:
        """Requests waiting or written (not done, not cancelled), oldest first."""
        ...

    def update_request(self, request: Request) -> None: ...


class TrackerMemory(Protocol):
    """The part of the ledger that remembers, per cell, what was last written to or read from a tracker."""

    def written(self, call: str, sheet: str) -> dict[str, dict[str, CellValue]]:
        """{row key: {column key: value}} as last known to stand in the file."""
        ...

    def remember(self, call: str, sheet: str, cells: Mapping[str, Mapping[str, CellValue]]) -> None: ...

    def forget(self, call: str, sheet: str, keys: Iterable[str]) -> None: ...

    def generation(self, call: str) -> int:
        """The number of the last write, 0 before the first."""
        ...

    def note_generation(self, call: str, generation: int) -> None: ...


@dataclass(frozen=True)
class Event:
    """A line of the journal: who ("worker" or "staff"), what, about which candidature or mail, why, when."""

    at: datetime
    who: str
    what: str
    call: str = ""
    number: str = ""
    why: str = ""


class Journal(Protocol):
    """The part of the ledger that explains: append-only."""

    def note(self, event: Event) -> None: ...

    def events(self, call: str, number: str) -> list[Event]: ...

    def milestone(self, name: str) -> str:
        """A named fact of the installation ("first_cycle", "last_cycle" …), "" if not reached."""
        ...

    def reach(self, name: str, value: str) -> None: ...


class Ledger(Protocol):
    """The one store where the steps meet. Inside `transaction()` all parts commit together or not at all."""

    mail: MailLog
    candidatures: CandidatureBook
    outbox: Outbox
    memory: TrackerMemory
    journal: Journal

    def transaction(self) -> AbstractContextManager[None]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class TrackerReading:
    """A tracker as it stands: sheets by key ("candidatures", "messages", "reunions"), the generation stamp found in
    the file (None if lost), and `fingerprint` (hash of the bytes) by which a later change is noticed."""

    sheets: dict[str, SheetReading]
    generation: int | None
    fingerprint: str


class Tracker(Protocol):
    """The staff's workbook of one call; never written in place, never when somebody holds it."""

    def path(self, call: Call) -> Path: ...

    def read(self, call: Call) -> TrackerReading | None:
        """None when there is no file yet. Unavailable when it is damaged, encrypted or cannot be read now."""
        ...

    def create(self, call: Call) -> None:
        """A new workbook with every sheet and column, empty of rows."""
        ...

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], generation: int) -> None:
        """Write the changes and the stamp. Unavailable when it is open elsewhere or no longer what was `seen`."""
        ...

    def holder(self, call: Call) -> str:
        """Who has it open, from the owner files, "" if nobody."""
        ...


class LaureateBook(Protocol):
    """The workbook of the laureates."""

    def write(self, call: Call, rows: "list[dict[str, CellValue]]", compiled: datetime) -> bool:
        """Write laureats.xlsx; False when it holds these rows already."""
        ...


@dataclass(frozen=True)
class Written:
    """A letter as written from its template."""

    subject: str
    text: str
    html: str


class Letterhead(Protocol):
    """The letters' words: Jinja2 templates in Markdown, one layout."""

    def write(self, letter: str, call: str, values: Mapping[str, object]) -> Written:
        """Raises `core.letters.TemplateFault` with file and line when the template cannot be rendered."""
        ...

    def faults(self) -> list[TemplateFault]:
        """What is wrong with any template, every one written with sample values."""
        ...


class DocumentReader(Protocol):
    def text(self, document: Document) -> str:
        """The text of a document, "" when it has none. Never raises."""
        ...


class Gazetteer(Protocol):
    def territories(self) -> Territories: ...


@dataclass(frozen=True)
class Limits:
    """The configured caps the steps must know."""

    max_message_bytes: int
    acks_per_sender_per_day: int
    acks_per_cycle: int
    confirm_above: int
    grace_minutes: int
    max_per_minute: int


@dataclass(frozen=True)
class Office:
    """Everything a cycle works with: the doors, the calls, who we are."""

    mailbox: Mailbox
    postman: Postman
    archive: Archive
    ledger: Ledger
    tracker: Tracker
    laureates: LaureateBook
    letterhead: Letterhead
    documents: DocumentReader
    gazetteer: Gazetteer
    clock: Clock
    calls: tuple[Call, ...]
    house: House
    limits: Limits
    from_name: str
    address: str
    first_run: str = "ask"
    list_unrelated: bool = True
