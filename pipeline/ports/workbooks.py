"""The staff's workbooks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from pipeline.core.call import Call
from pipeline.core.laureates import Lists
from pipeline.core.merge import SheetChanges, SheetReading


@dataclass(frozen=True)
class TrackerReading:
    """A tracker as it stands: sheets by key ("candidatures", "envois" …), the stamp found in the file (the
    number of the write it comes from and the code of its call; None and "" if lost), `fingerprint` (hash of the bytes)
    by which a later change is noticed, and the `names` that the sheets have, by key."""

    sheets: dict[str, SheetReading]
    generation: int | None
    fingerprint: str
    call: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """One write of a tracker: its number, by which the file is stamped, and when it is made."""

    generation: int
    at: datetime


@dataclass(frozen=True)
class Holder:
    """Who has a workbook open, with which program ("Excel", "LibreOffice") and since when (aware, None if unknown)."""

    name: str
    program: str = ""
    since: datetime | None = None


class Tracker(Protocol):
    """The staff's workbook of one call; never written in place, never when somebody holds it."""

    def path(self, call: Call) -> Path: ...

    def read(self, call: Call) -> TrackerReading | None:
        """None when there is no file yet. Unavailable when it is damaged, encrypted or cannot be read now."""
        ...

    def has_folder(self, call: Call) -> bool:
        """Whether the folder in which it stands is there: a share may be off."""
        ...

    def fingerprint(self, call: Call) -> str:
        """The hash of the file's bytes, as a reading has it; "" when there is none, or it cannot be read now."""
        ...

    def whereabouts(self, call: Call, seen: TrackerReading, keys: Collection[str]) -> dict[str, str]:
        """Of the rows of Candidatures with these keys, those that staff put into sheets of their own, and which."""
        ...

    def copied_sheets(self, call: Call, seen: TrackerReading) -> list[str]:
        """The names of staff's sheets that hold rows of Candidatures which stand there as well: nobody reads them."""
        ...

    def refuse_if_open(self, call: Call) -> None:
        """Unavailable, naming who has it, while somebody has it open."""
        ...

    def create(self, call: Call) -> None:
        """A new workbook with every sheet and column, empty of rows."""
        ...

    def mend(self, call: Call, now: datetime) -> str:
        """Put a backup in the place of a file that cannot be read; what was done, "" for nothing."""
        ...

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], edition: Edition) -> None:
        """Write the changes, by sheet key, and the stamp, where `seen` says the columns are.

        Unavailable when it is open elsewhere or no longer what was `seen`.
        """
        ...

    def holder(self, call: Call) -> Holder | None:
        """Who has it open, from the owner files, None if nobody."""
        ...

    def conflict_copies(self, call: Call) -> list[Path]:
        """Copies that a synchronisation program or a person left beside it, which nobody reads."""
        ...


class LaureateBook(Protocol):
    """The workbook of the laureates, and what goes with it in the call's folder."""

    def book(self, call: Call, lists: Lists, dated: date) -> bytes:
        """The workbook's bytes, the same for the same lists and day."""
        ...

    def public_book(self, call: Call, lists: Lists, dated: date) -> bytes:
        """The same with the published page alone, which names no person."""
        ...

    def fingerprint(self, call: Call, name: str) -> str:
        """The SHA-256 of a file that is there, "" when there is none."""
        ...

    def write(self, call: Call, name: str, content: bytes) -> None:
        """Put the content in the place of what stands there; Unavailable while somebody has it open."""
        ...
