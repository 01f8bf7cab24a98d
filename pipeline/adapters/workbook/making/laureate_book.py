"""A workbook of laureates: its pages, titled, dated, ready to print."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.making import look
from pipeline.adapters.workbook.writing.cell_xml import cleaned
from pipeline.core.call import Call
from pipeline.core.columns import Column, Owner
from pipeline.core.french import long_date
from pipeline.core.laureates import Page
from pipeline.core.merge import CellValue

HEADER_ROW = 4
# Narrower than in the tracker: all of a page is read on one sheet of paper.
WIDTHS = {
    **dict.fromkeys(("number", "rank"), 9.0),
    "collectivite": 26.0,
    "kind": 18.0,
    "siren": 11.0,
    "departements": 13.0,
    "where": 30.0,
    "population": 11.0,
    "contact": 19.0,
    "role": 22.0,
    "email": 31.0,
    "phone": 14.0,
    "received": 16.0,
    "told": 16.0,
}
MEETING_WIDTH = 15.0
FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
PROPERTIES = "docProps/core.xml"


def laureate_book(call: Call, pages: tuple[Page, ...], dated: date) -> bytes:
    """The workbook's bytes: the same for the same pages and day."""
    book = Workbook()
    for page in list(book.worksheets):
        book.remove(page)
    for one in pages:
        _add_page(book, call, one, dated)
    book.properties.title = pages[0].title
    book.properties.creator = book.properties.lastModifiedBy = call.contact.organisation
    content = io.BytesIO()
    book.save(content)
    return _reproducible(content.getvalue(), dated)


def _add_page(book: Workbook, call: Call, page: Page, dated: date) -> None:
    sheet = book.create_sheet(page.name)
    sheet["A1"], sheet["A1"].font = page.title, look.TITLE_FONT
    sheet["A2"], sheet["A2"].font = f"{call.title} – liste établie le {long_date(dated)}", look.NOTE_FONT
    for rank, column in enumerate(page.columns, 1):
        _fill_column(sheet, rank, column, [row.get(column.key) for row in page.rows])
    for offset, row in enumerate(page.rows, 1):
        sheet.row_dimensions[HEADER_ROW + offset].height = look.height(row, _width)
    _finish(sheet, page)


def _fill_column(sheet: Worksheet, rank: int, column: Column, values: list[CellValue]) -> None:
    header = sheet.cell(HEADER_ROW, rank, column.heading)
    header.fill, header.font = look.HEADER_FILLS[Owner.WORKER], look.HEADER_FONTS[Owner.WORKER]
    header.alignment = look.HEADER_ALIGNMENT
    sheet.column_dimensions[get_column_letter(rank)].width = _width(column.key)
    for offset, value in enumerate(values, 1):
        cell = sheet.cell(HEADER_ROW + offset, rank, cleaned(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is a name
        cell.number_format, cell.alignment = look.FORMATS[column.shape], look.alignment(column.shape)
        cell.font, cell.border = look.BODY_FONT, look.CELL_BORDER


def _width(column: str) -> float:
    return WIDTHS.get(column, MEETING_WIDTH)


def _finish(sheet: Worksheet, page: Page) -> None:
    last = get_column_letter(len(page.columns))
    table = Table(displayName=page.table, ref=f"A{HEADER_ROW}:{last}{HEADER_ROW + max(len(page.rows), 1)}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    headings = {column.key: column.heading for column in page.columns}
    sheet.row_dimensions[HEADER_ROW].height = look.header_height(headings, _width)
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    look.fit_to_pages(sheet, wide=1)
    look.narrow_margins(sheet)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    look.page_footer(sheet, "Page &P / &N")


def _reproducible(content: bytes, dated: date) -> bytes:
    """The package with the day of the list in place of the hour of its making."""
    moment = datetime.combine(dated, time(12), UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(result, "w") as written:
        for name in package.namelist():
            data = package.read(name)
            if name == PROPERTIES:
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", moment, data)
            member = zipfile.ZipInfo(name, FIXED)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            written.writestr(member, data)
    return result.getvalue()
