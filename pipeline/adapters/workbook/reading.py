"""A workbook's cells as values. Sheets are found by name, columns by heading, wherever staff moved them."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook

from pipeline.adapters.workbook.creation import GENERATION
from pipeline.core.columns import Sheet
from pipeline.core.merge import CellValue, SheetReading, SheetRow
from pipeline.failures import Unavailable

OURS = frozenset(("Candidatures", "Messages", "Réunions"))  # the sheets that are read; the others are staff's
MOST_CELLS = 20_000_000
HEADER_ROWS = 30  # staff may put lines above the table, not more
CUSTOM_PART = "docProps/custom.xml"
MAX_UNPACKED = 500_000_000  # bytes; a workbook of a call is a thousandth of that
Grid = list[list[CellValue]]


@dataclass(frozen=True)
class Layout:
    """Where a sheet's table stands: 1-based row of its headings, 1-based column of each column key."""

    header_row: int
    columns: dict[str, int]


@dataclass(frozen=True)
class Opened:
    """A workbook read once: its bytes, its grids by sheet name, its generation stamp."""

    content: bytes
    grids: dict[str, Grid]
    generation: int | None


def open_workbook(path: Path) -> Opened:
    """Read a whole workbook.

    Raises Unavailable, naming the file and the remedy, for what is no readable .xlsx.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Unavailable(f"{path}: cannot be read now ({fault.strerror}); it will be tried again.") from fault
    return opened_from(path, content)


def opened_from(path: Path, content: bytes) -> Opened:
    """The same from bytes that stand, or are to stand, at `path`."""
    _refuse_what_is_no_workbook(path, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = {name: _grid_of(path, book.get_sheet_by_name(name)) for name in book.sheet_names if name in OURS}
    except Unavailable:
        raise
    except BaseException as fault:
        # The reader panics with a BaseException of its own; only those that end the program are let through.
        if isinstance(fault, KeyboardInterrupt | SystemExit):
            raise
        raise Unavailable(f"{path}: is damaged ({fault}); put back a copy from the backups folder.") from fault
    return Opened(content, grids, generation_of(content))


def _grid_of(path: Path, sheet: CalamineSheet) -> Grid:
    """The cells of a sheet from A1 on; a stray value far outside would take gigabytes."""
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Unavailable(f"{path}: sheet {sheet.name}: a value stands far outside the table; remove it.")
    return _grid(sheet.to_python(skip_empty_area=False))


def read_sheet(grid: Grid, sheet: Sheet) -> SheetReading | None:
    """The non-empty rows of a sheet by column key; None when the headings are nowhere."""
    layout = layout_of(grid, sheet)
    if layout is None:
        return None
    rows = []
    for position in range(layout.header_row + 1, len(grid) + 1):
        values = {key: _cell(grid, position, column) for key, column in layout.columns.items()}
        if any(value not in (None, "") for value in values.values()):
            rows.append(SheetRow(position, str(values.get(sheet.row_key) or "").strip(), values))
    return SheetReading(tuple(layout.columns), tuple(rows))


def layout_of(grid: Grid, sheet: Sheet) -> Layout | None:
    """The first row that holds the row key's heading and a third of the others; a heading twice counts once."""
    wanted = {folded(column.heading): column.key for column in sheet.columns}
    for position, row in enumerate(grid[:HEADER_ROWS], 1):
        columns: dict[str, int] = {}
        for rank, value in enumerate(row, 1):
            key = wanted.get(folded(str(value))) if value else None
            if key:
                columns.setdefault(key, rank)
        if sheet.row_key in columns and len(columns) * 3 >= len(sheet.columns):
            return Layout(position, columns)
    return None


def folded(heading: str) -> str:
    """A heading whatever its case, accents and blanks."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"\s+", " ", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def generation_of(content: bytes) -> int | None:
    """The number of the worker's last write, as stamped in the document's properties."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            root = etree.fromstring(package.read(CUSTOM_PART), parser())
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None
    for stamp in root:
        if stamp.get("name") == GENERATION:
            text = "".join(map(str, stamp.itertext())).strip()
            return int(float(text)) if re.fullmatch(r"\d+(\.0+)?", text) else None
    return None


def parser() -> etree.XMLParser:
    """No entity, no network: a workbook comes from anywhere."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _refuse_what_is_no_workbook(path: Path, content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unavailable(
            f"{path}: is protected by a password, or an old .xls file; save it as .xlsx without password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
            if "[Content_Types].xml" not in package.namelist():
                raise zipfile.BadZipFile
    except zipfile.BadZipFile:
        raise Unavailable(
            f"{path}: is not a readable .xlsx file (truncated or damaged); put back a copy from the backups folder."
        ) from None
    if unpacked > MAX_UNPACKED:
        raise Unavailable(f"{path}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB; it is not opened.")


def _grid(rows: Sequence[Sequence[object]]) -> Grid:
    return [[_value(value) for value in row] for row in rows]


def _value(value: object) -> CellValue:
    match value:
        case float() if value.is_integer():
            return int(value)
        case timedelta():
            return (datetime.min + value).time()
        case None | bool() | int() | float() | datetime() | date() | time():
            return value
        case _:
            return str(value)


def _cell(grid: Grid, row: int, column: int) -> CellValue:
    values = grid[row - 1]
    return values[column - 1] if column <= len(values) else None
