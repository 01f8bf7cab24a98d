"""A workbook's cells as values, and its stamps; which of them are ours is left to `sheet_reading`."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from pipeline.adapters.workbook.error_values import UNKNOWN, with_known_errors
from pipeline.adapters.workbook.extents import refuse_far_values
from pipeline.adapters.workbook.making.creation import CALL, GENERATION
from pipeline.adapters.workbook.sharing.refusals import (
    PUT_BACK,
    DamagedWorkbook,
    naming,
    refuse_what_is_no_workbook,
)
from pipeline.adapters.workbook.sharing.steady_reading import read_steadily
from pipeline.adapters.workbook.writing.package import Package
from pipeline.core.merge import CellValue
from pipeline.failures import Unavailable

CUSTOM_PART = "docProps/custom.xml"
Cells = list[CellValue]  # of one row, from the column A on
AT_ONCE = 500  # rows read between two looks at what the reader met


@dataclass(frozen=True)
class Layout:
    """Where a sheet's table stands: 1-based row of its headings, 1-based column of each column key."""

    header_row: int
    columns: dict[str, int]


@dataclass(frozen=True)
class Opened:
    """A workbook opened once: its bytes, the names of its sheets, its stamps: the number of the worker's last write and
    the code of its call. A sheet is read when it is asked for: of a long call all of them are a lot to hold at once."""

    content: bytes
    names: tuple[str, ...]
    generation: int | None
    call: str
    book: CalamineWorkbook

    def rows(self, name: str) -> Iterator[Cells]:
        """The rows of the sheet of that name, from A1 on; Unavailable, which names no file, when it cannot."""
        with _reading():
            sheet = self._sheet(name)
            coming, before = sheet.iter_rows(), [""] * (sheet.start or (0, 0))[1]  # columns that it skips
        while True:
            with _reading():
                some = [[*before, *map(_value, row)] for row in islice(coming, AT_ONCE)]
            if not some:
                return
            yield from some

    def other_sheets(self, ours: Collection[str]) -> Iterator[tuple[str, list[Cells]]]:
        """The other sheets' rows, by name, one sheet after the other; those that cannot be read are left out."""
        for name in self.names:
            if name not in ours:
                with suppress(Unavailable):
                    yield name, list(self.rows(name))

    def _sheet(self, name: str) -> CalamineSheet:
        package = Package(self.content)
        refuse_far_values(name, package.text(package.sheet_part(name)))
        try:
            return self.book.get_sheet_by_name(name)
        except CalamineError as fault:
            if UNKNOWN not in str(fault):
                raise
        return _book(with_known_errors(self.content)).get_sheet_by_name(name)


def open_workbook(path: Path) -> Opened:
    """Raises Unavailable, naming the file and the remedy, for what is no readable .xlsx."""
    content = read_steadily(path)
    refuse_what_is_no_workbook(path, content)
    with naming(path), _reading():
        book = _book(content)
    stamps = stamps_of(content)
    return Opened(content, tuple(book.sheet_names), _whole(stamps.get(GENERATION)), stamps.get(CALL, ""), book)


def stamps_of(content: bytes) -> dict[str, str]:
    """The document's own properties as text, by name."""
    try:
        root = Package(content).tree(CUSTOM_PART)
    except (KeyError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, Unavailable):
        return {}
    return {str(stamp.get("name")): "".join(map(str, stamp.itertext())).strip() for stamp in root}


def _whole(text: str | None) -> int | None:
    return int(float(text)) if text and re.fullmatch(r"\d+(\.0+)?", text) else None


def _book(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


@contextmanager
def _reading() -> Iterator[None]:
    """Whatever the reader meets in a workbook that is damaged is said as such."""
    try:
        yield
    except Unavailable:
        raise
    except BaseException as fault:
        # The reader panics with a BaseException of its own; only those that end the program are let through.
        if isinstance(fault, KeyboardInterrupt | SystemExit):
            raise
        raise DamagedWorkbook(f"is damaged ({fault}); {PUT_BACK}.") from fault


def _hours(value: timedelta) -> CellValue:
    """An hour of the day; a longer time, or one before midnight, as it is shown: "30:15"."""
    if timedelta() <= value < timedelta(days=1):
        return (datetime.min + value).time()
    minutes = round(abs(value).total_seconds() / 60)
    return f"{'-' if value < timedelta() else ''}{minutes // 60}:{minutes % 60:02}"


def _value(value: object) -> CellValue:
    match value:
        case str():  # nearly all are
            return value
        case float() if value.is_integer():
            return int(value)
        case timedelta():
            return _hours(value)
        case None | bool() | int() | float() | datetime() | date() | time():
            return value
        case _:
            return str(value)
