"""The one store where the steps meet, by subject."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pipeline.core.arrival import Arrival, Copy, LoggedMessage
from pipeline.core.candidature import Candidature, MeetingPlan, Piece
from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.letters import LetterKey, OutgoingLetter, Request
from pipeline.core.verdict import Known, MessageClues
from pipeline.ports.erasing import Erasing
from pipeline.ports.mail import Folder, NotFetched
from pipeline.ports.memory import TrackerMemory

Filed = tuple[str, str, Piece]  # call, number, and a document of that candidature


class MailLog(Protocol):
    """The part of the ledger that knows every mail seen."""

    def is_empty(self) -> bool:
        """Whether no mail was ever seen, not even its UID."""
        ...

    def last_uid(self, folder: Folder) -> int:
        """The greatest UID noted for that folder and UIDVALIDITY, 0 if none."""
        ...

    def note_uids(self, folder: Folder, uids: list[int]) -> None: ...

    def claim_uids(self, folder: Folder, most: int) -> list[int]:
        """Claim noted UIDs that have no bytes yet, were not given up and that no living worker claimed: the first ones,
        ascending. What a dead worker claimed is free again."""
        ...

    def release_uids(self, folder: Folder) -> None:
        """Give back what this worker claimed of a folder and could not fetch."""
        ...

    def uids_noted(self, folder: Folder, above: int) -> set[int]:
        """Those greater than `above`, whatever became of them."""
        ...

    def note_not_fetched(self, folder: Folder, missing: NotFetched) -> bool:
        """Count a failed attempt; True when it is now given up (gone, or the third time)."""
        ...

    def fetch_again(self, sha256: str) -> None:
        """The bytes of a mail were lost: every copy of it is one that has no bytes yet."""
        ...

    def record(self, arrival: Arrival, copy: Copy | None) -> bool:
        """Log a mail of the archive and where it was seen; True when these bytes are new."""
        ...

    def waiting(self) -> Iterator[Arrival]:
        """Mails not decided yet, in the order of reception; not those of a folder of which another worker is still
        fetching an earlier one."""
        ...

    def count_waiting(self) -> int:
        """How many they are."""
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

    def each_message(self) -> Iterator[LoggedMessage]:
        """The same of all calls and of none, read as they are asked for: all of them at once are a lot to hold."""
        ...

    def complements(self, call: str) -> dict[str, int]:
        """How many mails completed each candidature of a call, by number; those without any are left out."""
        ...

    def to_answer(self) -> list[LoggedMessage]:
        """Decided mails with an `answer` for which no letter was written yet, or was cancelled, oldest first."""
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

    def restore(self, candidature: Candidature) -> bool:
        """Store a candidature of a lost ledger under its old number; False when that number is there already."""
        ...

    def get(self, call: str, number: str) -> Candidature | None: ...

    def save(self, candidature: Candidature) -> None:
        """Store facts, status, corrections, staff values, attendance and to_check; pieces are left alone."""
        ...

    def all(self, call: str) -> list[Candidature]:
        """Every candidature of the call, in the order of the numbers, with its pieces."""
        ...

    def calls_numbered(self, prefix: str) -> list[str]:
        """The codes of the calls that have candidatures with that prefix, by name."""
        ...

    def file_pieces(self, call: str, number: str, pieces: Sequence[Piece]) -> None:
        """Add documents; the same message and name twice is one."""
        ...

    def pieces_to_lay_out(self, message_sha: str = "") -> list[Filed]:
        """The documents not yet written to disk, of one mail or of all."""
        ...

    def note_laid_out(self, pieces: Sequence[Filed]) -> None: ...

    def lay_out_again(self, call: str) -> None:
        """None of the documents of a call is on the disk, for all that is known."""
        ...

    def meetings(self, call: str) -> list[MeetingPlan]: ...

    def save_meeting(self, call: str, meeting: MeetingPlan) -> None: ...


class Outbox(Protocol):
    """The part of the ledger that knows every letter, and staff's requests for letters."""

    def queue(self, letter: OutgoingLetter) -> bool:
        """Freeze a letter; False, and nothing changed, when its key was written before."""
        ...

    def has(self, key: LetterKey) -> bool: ...

    def claim_next(self, now: datetime, to_staff: bool = False) -> OutgoingLetter | None:
        """The oldest letter that is due (`to_staff`: of those to staff alone): queued/retry → sending, committed, as it
        was before (with its attempts); None when nothing is due that no other worker has. An attempt put off for
        longer than any wait lasts is due: the clock was set back."""
        ...

    def next_due(self, now: datetime) -> datetime | None:
        """When the next letter may leave: the present when one is due, else the next attempt; None without any."""
        ...

    def left_between(self, since: datetime, until: datetime) -> int:
        """How many letters left after `since`, until `until`, or are leaving now, by any worker."""
        ...

    def record(self, key: LetterKey, outcome: Outcome, seen: LetterState | None = None) -> None:
        """What became of a letter; nothing, when it is no longer in the state it was `seen` in."""
        ...

    def left_sending(self) -> list[OutgoingLetter]:
        """Letters found in `sending` that no other living worker is sending; and `unknown` ones not settled."""
        ...

    def without_copy(self, most: int) -> list[OutgoingLetter]:
        """So many sent letters whose copy in the Sent folder is still to be made, the oldest first."""
        ...

    def note_copied(self, key: LetterKey) -> None: ...

    def letters(
        self, call: str | None = None, states: Iterable[LetterState] = (), kind: str = ""
    ) -> list[OutgoingLetter]:
        """Every letter (of a call, in one of these states, of that kind), oldest first."""
        ...

    def by_message_id(self, message_id: str) -> OutgoingLetter | None: ...

    def copies(self, message_id: str) -> list[OutgoingLetter]:
        """The letters of that bare Message-ID, one for each recipient, the first written first."""
        ...

    def written_to(self, recipient: str, since: datetime, until: datetime) -> int:
        """How many automatic letters were written to that address in that time; not those of a time to come, written
        while the clock was ahead."""
        ...

    def ask(self, request: Request) -> Request:
        """Store a new request of staff (its `id` is given)."""
        ...

    def open_requests(self, call: str) -> list[Request]:
        """Requests waiting or written (not done, not cancelled), oldest first."""
        ...

    def requests(self, call: str) -> list[Request]:
        """Every request ever made, oldest first."""
        ...

    def update_request(self, request: Request) -> None: ...


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
    """The part of the ledger that explains: append-only, each event chained to the one before (`core.journal`)."""

    def note(self, event: Event) -> None: ...

    def chain(self, call: str, number: str) -> list[tuple[int, Event, str]]:
        """The events of a candidature in the order they were noted (number "": those of the call itself), each with its
        own number before it and its digest after."""
        ...

    def whole(self) -> list[tuple[int, Event, str]]:
        """Every event, whatever it is about."""
        ...

    def broken_at(self) -> int | None:
        """The number of the first event that was changed, inserted or follows one that was removed; None if none."""
        ...

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
    erasing: Erasing

    def transaction(self) -> AbstractContextManager[None]: ...

    def desk(self) -> AbstractContextManager[None]:
        """Where mail is judged, letters are written and the tracker is kept: one worker at a time.

        Raises `failures.Elsewhere` when another worker stays there.
        """
        ...

    def mark(self) -> str:
        """What stays the same for as long as nothing is stored but milestones, whoever stores it. What is read after
        the mark is at least as new as the mark."""
        ...

    def back_up(self, day: date) -> bool:
        """Keep a copy of the ledger as it is on that day, once; False when there is one, or a server keeps it."""
        ...

    def close(self) -> None: ...
