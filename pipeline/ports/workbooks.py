"""The staff's workbooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.core.call import Call
from pipeline.core.merge import CellValue, SheetChanges, SheetReading


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
