"""laureats.xlsx: the laureates, titled, dated, ready to print. Who is one is decided in core."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.making import look
from pipeline.adapters.workbook.reading import CUSTOM_PART
from pipeline.adapters.workbook.sharing.replacing import fingerprint, refuse_if_open, replace
from pipeline.adapters.workbook.writing.cell_xml import cleaned
from pipeline.core.call import Call
from pipeline.core.columns import Column, Owner, candidatures_sheet, meeting_column
from pipeline.core.french import long_date
from pipeline.core.merge import CellValue
from pipeline.failures import Unavailable

CONTENT = "LaureatsContenu"
COLUMNS = (
    "number",
    "collectivite",
    "kind",
    "siren",
    "departements",
    "population",
    "contact",
    "role",
    "email",
    "phone",
    "received",
)
HEADER_ROW = 4
Rows = Sequence[dict[str, CellValue]]


class ExcelLaureates:
    """`sheets` is the staff's folder."""

    def __init__(self, sheets: Path) -> None:
        self._sheets = sheets

    def path(self, call: Call) -> Path:
        return self._sheets / call.code / "laureats.xlsx"

    def write(self, call: Call, rows: Rows, compiled: datetime) -> bool:
        """Write the workbook; False, and the file as it is, when it holds these rows already."""
        path, digest = self.path(call), _digest(call, rows)
        there = _content(path)
        if there is not None and digest.encode() in _properties(there):
            return False
        refuse_if_open(path)
        replace(path, _workbook(call, rows, compiled, digest), fingerprint(there) if there is not None else None)
        return True


def _workbook(call: Call, rows: Rows, compiled: datetime, digest: str) -> bytes:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Lauréats"
    page["A1"], page["A1"].font = f"Lauréats – {call.short_title}", look.TITLE_FONT
    page["A2"] = f"{call.title} – liste établie le {long_date(compiled.date())}"
    page["A2"].font = look.NOTE_FONT
    columns = _columns(call)
    for rank, column in enumerate(columns, 1):
        _fill_column(page, rank, column, [row.get(column.key) for row in rows])
    for offset, row in enumerate(rows, 1):
        page.row_dimensions[HEADER_ROW + offset].height = look.height(row)
    _finish(page, len(columns), len(rows))
    look.add_property(book, StringProperty(name=CONTENT, value=digest))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _columns(call: Call) -> list[Column]:
    sheet = candidatures_sheet(call)
    return [sheet.column(key) for key in (*COLUMNS, *(meeting_column(meeting.key) for meeting in call.meetings))]


def _fill_column(page: Worksheet, rank: int, column: Column, values: list[CellValue]) -> None:
    header = page.cell(HEADER_ROW, rank, column.heading)
    header.fill, header.font = look.HEADER_FILLS[Owner.WORKER], look.HEADER_FONTS[Owner.WORKER]
    header.alignment = look.HEADER_ALIGNMENT
    page.column_dimensions[get_column_letter(rank)].width = look.width(column.key)
    for offset, value in enumerate(values, 1):
        cell = page.cell(HEADER_ROW + offset, rank, cleaned(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is a name
        cell.number_format, cell.alignment = look.FORMATS[column.shape], look.alignment(column.shape)
        cell.font, cell.border = look.BODY_FONT, look.CELL_BORDER


def _finish(page: Worksheet, columns: int, rows: int) -> None:
    table = Table(displayName="Laureats", ref=f"A{HEADER_ROW}:{get_column_letter(columns)}{HEADER_ROW + max(rows, 1)}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    page.add_table(table)
    page.row_dimensions[HEADER_ROW].height = look.HEADER_HEIGHT
    page.freeze_panes = f"C{HEADER_ROW + 1}"
    page.page_setup.orientation = "landscape"
    look.fit_to_pages(page, wide=1)
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    look.page_footer(page, "Page &P / &N")


def _digest(call: Call, rows: Rows) -> str:
    headings = [column.heading for column in _columns(call)]
    words = repr(
        (call.title, call.short_title, headings, [sorted(row.items(), key=lambda item: item[0]) for row in rows])
    )
    return hashlib.sha256(words.encode()).hexdigest()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise Unavailable(f"{path}: cannot be read now ({fault.strerror}); it will be tried again.") from fault


def _properties(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.read(CUSTOM_PART)
    except (KeyError, zipfile.BadZipFile):
        return b""
