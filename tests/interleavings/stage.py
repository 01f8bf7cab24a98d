"""The stage of the plays: an office whose tracker can be made to crash, or to meet a save, at its writing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.core.call import Call
from pipeline.core.merge import SheetChanges
from pipeline.ports import Edition, Office, TrackerReading
from tests.steps.a_house import an_office


class Crash(Exception):
    """The worker was killed."""


class StageTracker(ExcelTracker):
    """`crash`: "before" or "after" the next write; `meanwhile` is done just before it."""

    crash: str = ""
    meanwhile: Callable[[], None] | None = None

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], edition: Edition) -> None:
        if self.crash == "before":
            raise Crash
        if self.meanwhile:
            self.meanwhile()
        super().write(call, seen, changes, edition)
        if self.crash == "after":
            raise Crash


@contextmanager
def a_stage(folder: Path) -> Iterator[Office]:
    with an_office(folder) as office:
        yield replace(office, tracker=StageTracker(folder / "sheets", folder / "var"))
