"""How the workbooks look: colours that mean one thing, widths, number formats. Values are left to the callers."""

from collections.abc import Mapping

from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.columns import Owner, Shape
from pipeline.core.merge import CellValue

BLUE, YELLOW, DARK = "1F4E79", "FFE699", "262626"
HEADER_FILLS = {Owner.WORKER: PatternFill("solid", fgColor=BLUE), Owner.STAFF: PatternFill("solid", fgColor=YELLOW)}
BODY_FILLS = {Owner.WORKER: PatternFill(), Owner.STAFF: PatternFill("solid", fgColor="FFFBEB")}
HEADER_FONTS = {
    Owner.WORKER: Font(name="Calibri", size=11, bold=True, color="FFFFFF"),
    Owner.STAFF: Font(name="Calibri", size=11, bold=True, color=DARK),
}
BODY_FONT = Font(name="Calibri", size=11, color=DARK)
LINK_FONT = Font(name="Calibri", size=11, color="0563C1", underline="single")
TITLE_FONT = Font(name="Calibri", size=18, bold=True, color=BLUE)
HEADING_FONT = Font(name="Calibri", size=13, bold=True, color=BLUE)
NOTE_FONT = Font(name="Calibri", size=10, italic=True, color="595959")
LINE = Side(style="thin", color="D9D9D9")
CELL_BORDER = Border(bottom=LINE)
HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center", horizontal="left")
FORMATS = {
    Shape.TEXT: "@",
    Shape.LONG_TEXT: "@",
    Shape.KEY: "@",
    Shape.NUMBER: "#,##0",
    Shape.DATE: "dd/mm/yyyy",
    Shape.MOMENT: "dd/mm/yyyy hh:mm",
    Shape.HOUR: "hh:mm",
}
WIDTHS = {
    "number": 10,
    "received": 16,
    "in_time": 9,
    "collectivite": 34,
    "kind": 22,
    "siren": 12,
    "departements": 14,
    "population": 12,
    "in_region": 11,
    "contact": 22,
    "role": 28,
    "email": 32,
    "phone": 16,
    "subject": 38,
    "pieces": 8,
    "complements": 13,
    "acknowledged": 16,
    "last_letter": 24,
    "to_check": 46,
    "eligible": 10,
    "decision": 16,
    "request": 24,
    "missing": 28,
    "copy_to": 28,
    "notes": 36,
    "sender": 36,
    "nature": 20,
    "answer": 28,
    "why": 52,
    "reclass": 16,
    "title": 46,
    "date": 13,
    "start": 9,
    "end": 9,
    "place": 26,
    "address": 40,
}
MEETING_WIDTH = 24
LINE_HEIGHT, MOST_LINES, HEADER_HEIGHT = 15.0, 10, 64


def fit_to_pages(page: Worksheet, wide: int, tall: int = 0) -> None:
    """Print on so many A4 pages side by side and, unless 0, one below the other."""
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = wide, tall


def page_footer(page: Worksheet, text: str) -> None:
    """A line at the bottom of every printed page; &P is its number, &N how many there are."""
    page.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=text))


def add_property(book: Workbook, entry: IntProperty | StringProperty) -> None:
    """A custom property of the document."""
    book.custom_doc_props.append(entry)  # type: ignore[attr-defined]  # the stubs are older than the attribute


def alignment(shape: Shape) -> Alignment:
    """Long texts wrap; everything stands at the top of its row, numbers to the right."""
    horizontal = "right" if shape is Shape.NUMBER else "left"
    return Alignment(
        wrap_text=shape in (Shape.TEXT, Shape.LONG_TEXT),
        vertical="top",
        horizontal=horizontal,
        indent=int(shape is Shape.NUMBER),
    )


def width(column: str) -> float:
    return WIDTHS.get(column, MEETING_WIDTH)


def height(values: Mapping[str, CellValue]) -> float:
    """Points that a row needs for its longest wrapped text, within reason."""
    lines = max(
        (_lines(str(value), width(column)) for column, value in values.items() if isinstance(value, str)), default=1
    )
    return LINE_HEIGHT * min(lines, MOST_LINES)


def _lines(text: str, characters: float) -> int:
    return sum(int(len(line) // (characters - 1)) + 1 for line in text.split("\n"))
