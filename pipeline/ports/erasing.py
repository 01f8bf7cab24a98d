"""What an erasure asks of the ledger and of the disk, besides what every cycle asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.core.arrival import LoggedMessage
from pipeline.core.letters import LetterKey


@dataclass(frozen=True)
class CallFiles:
    """What a purge of a call erases of the disk, and what it leaves to people, as paths to show."""

    go: tuple[str, ...]
    left: tuple[str, ...]


class Erasing(Protocol):
    """The part of the ledger that forgets. Called inside a `transaction()`, but `scrub`."""

    def mails(self, *, call: str | None = None, sender: str | None = None) -> list[LoggedMessage]:
        """Every mail of a call, or written from an address, duplicates and mails still waiting among them."""
        ...

    def unrelated(self, before: datetime) -> list[str]:
        """The hashes of mails that are not for us, received and judged before that moment, and of their copies; those
        that staff reclassified are left out."""
        ...

    def blank_mails(self, hashes: Collection[str]) -> None:
        """Empty what `decide` does not write: where a mail came from, its size, why it could not be fetched."""
        ...

    def drop_call(self, call: str) -> int:
        """Delete the rows of the tables that `core.erasure.LEDGER` says go; how many there were."""
        ...

    def drop_told(self) -> int:
        """Delete the digests and alerts that left: they tell staff of everybody. How many there were."""
        ...

    def blank_letters(self, keys: Collection[LetterKey], *, keep: bool) -> None:
        """Empty words and bytes; without `keep` the recipient too, and what had not left never will. With `keep`, a
        letter that is still to leave stays as it is."""
        ...

    def drop_past(self, rows: Collection[tuple[str, str, str]]) -> None:
        """Forget what stood earlier in these rows (call, sheet, key) of a tracker."""
        ...

    def blank_events(self, numbers: Collection[int]) -> str:
        """Empty the words of these events; the seal over their digests, for the event that tells of it."""
        ...

    def forget_milestones(self, beginning: Collection[str]) -> None:
        """Delete the milestones whose name begins so."""
        ...

    def scrub(self) -> None:
        """Rewrite the database's files, so that nothing of what was deleted is left in them."""
        ...


class Traces(Protocol):
    """The files of a call, in staff's folder and in ours."""

    def of_call(self, call: str) -> CallFiles: ...

    def erase_call(self, call: str) -> None:
        """Erase the tracker, its copies and backups, the documents, the previews; twice is once."""
        ...

    def erase_copies(self, call: str) -> None:
        """Erase the backups of the tracker and the previews, which no cycle writes again from what is gone."""
        ...

    def erase_old(self) -> None:
        """Erase ledgers that were put aside, the copies of the ledger, and the logs."""
        ...

    def naming(self, call: str, words: Collection[str]) -> list[str]:
        """The files of the call, parts of workbooks included, in which one of these words stands as it is."""
        ...

    def write(self, call: str, name: str, content: bytes) -> None:
        """Put a file into the call's folder, whole or not at all."""
        ...
