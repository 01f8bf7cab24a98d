"""The stage of the plays: an office whose tracker can be made to crash, or to meet a save, at its writing."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.core.call import Call
from pipeline.core.merge import SheetChanges
from pipeline.ports import Edition, Office, TrackerReading
from tests.steps.a_house import an_office

STAMPS = "docProps/custom.xml"
_NEW: list[tuple[str, bytes]] = []  # the first new workbook of this process, and the code of its call


class Crash(BaseException):
    """The worker was killed: no fault of the program, nothing of it goes on."""


class StageTracker(ExcelTracker):
    """`crash`: "before" or "after" the next write; `meanwhile` is done just before it."""

    crash: str = ""
    meanwhile: Callable[[], None] | None = None

    def create(self, call: Call) -> None:
        """As the real one; a workbook of another play is taken, for speed, with the code of the call in its stamp."""
        path = self.path(call)
        if not _NEW:
            super().create(call)
            _NEW.append((call.code, path.read_bytes()))
            return
        code, content = _NEW[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_with_code(content, code, call.code))

    def write(self, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges], edition: Edition) -> None:
        if self.crash == "before":
            raise Crash
        if self.meanwhile:
            self.meanwhile()
        super().write(call, seen, changes, edition)
        if self.crash == "after":
            raise Crash


def _with_code(content: bytes, code: str, new: str) -> bytes:
    done = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in old.namelist():
            data = old.read(name)
            fresh.writestr(name, data.replace(code.encode(), new.encode()) if name == STAMPS else data)
    return done.getvalue()


@contextmanager
def a_stage(folder: Path) -> Iterator[Office]:
    with an_office(folder) as office:
        yield replace(office, tracker=StageTracker(folder / "sheets", folder / "var"))
