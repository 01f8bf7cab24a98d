"""A workbook's cells as values, and its stamps; which of them are ours is left to `sheet_reading`."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook

from pipeline.adapters.workbook.error_values import UNKNOWN, with_known_errors
from pipeline.adapters.workbook.extents import refuse_far_values
from pipeline.adapters.workbook.making.creation import CALL, GENERATION
from pipeline.adapters.workbook.sharing.refusals import PUT_BACK, DamagedWorkbook, refuse_what_is_no_workbook
from pipeline.adapters.workbook.sharing.steady_reading import read_steadily
from pipeline.adapters.workbook.writing.package import Package
from pipeline.core.merge import CellValue
from pipeline.failures import Unavailable

CUSTOM_PART = "docProps/custom.xml"
Grid = list[list[CellValue]]


@dataclass(frozen=True)
class Layout:
    """Where a sheet's table stands: 1-based row of its headings, 1-based column of each column key."""

    header_row: int
    columns: dict[str, int]


@dataclass(frozen=True)
class Opened:
    """A workbook read once: its bytes, its grids by sheet name (those that were wanted), the names of all sheets, its
    stamps: the number of the worker's last write and the code of its call."""

    content: bytes
    grids: dict[str, Grid]
    names: tuple[str, ...]
    generation: int | None
    call: str


def open_workbook(path: Path, wanted: Callable[[str], bool]) -> Opened:
    """Read the sheets whose names are `wanted`.

    Raises Unavailable, naming the file and the remedy, for what is no readable .xlsx.
    """
    content = read_steadily(path)
    refuse_what_is_no_workbook(path, content)
    names, grids = _grids(path, content, wanted)
    stamps = stamps_of(content)
    return Opened(content, grids, names, _whole(stamps.get(GENERATION)), stamps.get(CALL, ""))


def more_grids(path: Path, opened: Opened, wanted: Callable[[str], bool]) -> dict[str, Grid]:
    """Other sheets of a workbook that is open already; those that cannot be read are left out."""
    found: dict[str, Grid] = {}
    for name in filter(wanted, opened.names):
        with suppress(Unavailable):
            found |= _grids(path, opened.content, partial(str.__eq__, name))[1]
    return found


def stamps_of(content: bytes) -> dict[str, str]:
    """The document's own properties as text, by name."""
    try:
        root = Package(content).tree(CUSTOM_PART)
    except (KeyError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, Unavailable):
        return {}
    return {str(stamp.get("name")): "".join(map(str, stamp.itertext())).strip() for stamp in root}


def _whole(text: str | None) -> int | None:
    return int(float(text)) if text and re.fullmatch(r"\d+(\.0+)?", text) else None


def _grids(
    path: Path, content: bytes, wanted: Callable[[str], bool], again: bool = False
) -> tuple[tuple[str, ...], dict[str, Grid]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names, package = tuple(book.sheet_names), Package(content)
        for name in filter(wanted, names):
            refuse_far_values(name, package.text(package.sheet_part(name)))
        return names, {name: _grid_of(book.get_sheet_by_name(name)) for name in names if wanted(name)}
    except Unavailable as fault:
        raise Unavailable(f"{path}: {fault}") from fault
    except BaseException as fault:
        # The reader panics with a BaseException of its own; only those that end the program are let through.
        if isinstance(fault, KeyboardInterrupt | SystemExit):
            raise
        if UNKNOWN in str(fault) and not again:
            return _grids(path, with_known_errors(content), wanted, again=True)
        raise DamagedWorkbook(f"{path}: is damaged ({fault}); {PUT_BACK}.") from fault


def _grid_of(sheet: CalamineSheet) -> Grid:
    """The cells of a sheet from A1 on."""
    return [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _hours(value: timedelta) -> CellValue:
    """An hour of the day; a longer time, or one before midnight, as it is shown: "30:15"."""
    if timedelta() <= value < timedelta(days=1):
        return (datetime.min + value).time()
    minutes = round(abs(value).total_seconds() / 60)
    return f"{'-' if value < timedelta() else ''}{minutes // 60}:{minutes % 60:02}"


def _value(value: object) -> CellValue:
    match value:
        case float() if value.is_integer():
            return int(value)
        case timedelta():
            return _hours(value)
        case None | bool() | int() | float() | datetime() | date() | time():
            return value
        case _:
            return str(value)
