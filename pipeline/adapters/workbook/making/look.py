"""How the workbooks look: colours that mean one thing, widths, number formats. Values are left to the callers."""

import textwrap
from collections.abc import Callable, Iterable, Mapping

from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.columns import Owner, Shape
from pipeline.core.merge import CellValue

BLUE, YELLOW, DARK, GREY = "1F4E79", "FFE699", "262626", "595959"
HEADER_FILLS = {Owner.WORKER: PatternFill("solid", fgColor=BLUE), Owner.STAFF: PatternFill("solid", fgColor=YELLOW)}
BODY_FILLS = {Owner.WORKER: PatternFill(), Owner.STAFF: PatternFill("solid", fgColor="FFFBEB")}
# What a cell's own words say is shown by colour as well; never by colour alone.
ATTENTION, ON_ITS_WAY = "FBD9C4", "D5EBC9"
HEADER_FONTS = {
    Owner.WORKER: Font(name="Calibri", size=11, bold=True, color="FFFFFF"),
    Owner.STAFF: Font(name="Calibri", size=11, bold=True, color=DARK),
}
BODY_FONT = Font(name="Calibri", size=11, color=DARK)
STRONG_FONT = Font(name="Calibri", size=11, bold=True, color=DARK)
LINK_FONT = Font(name="Calibri", size=11, color="0563C1", underline="single")
TITLE_FONT = Font(name="Calibri", size=18, bold=True, color=BLUE)
HEADING_FONT = Font(name="Calibri", size=13, bold=True, color=BLUE)
NOTE_FONT = Font(name="Calibri", size=10, italic=True, color=GREY)
LINE = Side(style="thin", color="BFBFBF")
CELL_BORDER = Border(bottom=LINE)
HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="top", horizontal="left")  # the filter's button is at the bottom
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
    "number": 9,
    "received": 16,
    "in_time": 8,
    "collectivite": 30,
    "kind": 21,
    "siren": 11,
    "departements": 14,
    "population": 12,
    "in_region": 10,
    "contact": 20,
    "role": 26,
    "email": 30,
    "phone": 16,
    "subject": 34,
    "pieces": 8,
    "complements": 14,
    "acknowledged": 16,
    "last_letter": 22,
    "to_check": 36,
    "eligible": 10,
    "decision": 14,
    "request": 18,
    "missing": 20,
    "copy_to": 20,
    "notes": 22,
    "sender": 34,
    "nature": 20,
    "answer": 24,
    "why": 58,
    "reclass": 15,
    "prepared": 16,
    "letter": 22,
    "recipients": 30,
    "text": 60,
    "state": 20,
    "sent": 16,
    "hold": 10,
    "release": 11,
    "rank": 7,
    "reason": 18,
    "cancelled": 11,
    "title": 46,
    "date": 13,
    "start": 9,
    "end": 9,
    "place": 26,
    "address": 40,
}
MEETING_WIDTH = 28
LINE_HEIGHT, MOST_LINES = 15.0, 15
FILTER_BUTTON = 15.0  # points that the button of a heading takes, below its words
PROSE = 1.08  # letters of running text in the width of one digit, which is the unit of widths


def fit_to_pages(page: Worksheet, wide: int, tall: int = 0) -> None:
    """Print on so many A4 pages side by side and, unless 0, one below the other."""
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = wide, tall


def break_after(page: Worksheet, columns: Iterable[int], percent: int) -> None:
    """Print A4 pages side by side at one scale, a new one after each of those 1-based columns."""
    page.page_setup.paperSize, page.page_setup.scale = page.PAPERSIZE_A4, percent
    page.page_setup.pageOrder = "overThenDown"
    page.col_breaks = ColBreak()
    for column in columns:
        page.col_breaks.append(Break(id=column))


def narrow_margins(page: Worksheet) -> None:
    """Inches around what is printed: little at the sides, room for a line above and below."""
    margins = page.page_margins
    margins.left = margins.right = 0.3
    margins.top = margins.bottom = 0.65
    margins.header = margins.footer = 0.3


def page_header(page: Worksheet, left: str, right: str) -> None:
    """A line at the top of every printed page."""
    page.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=left), right=_HeaderFooterPart(text=right))


def page_footer(page: Worksheet, text: str, right: str = "") -> None:
    """A line at the bottom of every printed page; &P is its number, &N how many there are."""
    if right:
        page.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(text=text), right=_HeaderFooterPart(text=right))
    else:
        page.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=text))


def as_printed(text: str) -> str:
    """A text in a page's header or footer, where & begins a code."""
    return text.replace("&", "&&")


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
    """A column's width in digits; those not listed are meetings."""
    return WIDTHS.get(column, MEETING_WIDTH)


def height(values: Mapping[str, CellValue], room: Callable[[str], float] = width) -> float:
    """Points that a row needs for its longest wrapped text, within reason; `room` gives a column's width."""
    texts = [(value, room(column)) for column, value in values.items() if isinstance(value, str)]
    lines = max((_lines_that_count(text, space) for text, space in texts), default=1)
    return LINE_HEIGHT * min(lines, MOST_LINES) + (3 if lines > 1 else 0)


def _lines_that_count(text: str, room: float) -> int:
    """A letter, say, has too many before any is wrapped."""
    return MOST_LINES if text.count("\n") >= MOST_LINES else lines_of(text, room)


def header_height(headings: Mapping[str, str], room: Callable[[str], float] = width) -> float:
    """Points that the headings, by column key, need: bold, and above the buttons of the filter."""
    lines = max(lines_of(heading, (room(key) - 1) / PROSE) for key, heading in headings.items())
    return max(LINE_HEIGHT * lines + FILTER_BUTTON, 48.0)


def lines_of(text: str, room: float) -> int:
    """Lines a text takes when it is wrapped in a column that wide."""
    letters = int(room * PROSE)
    return sum(
        1 if len(line) <= letters and "\t" not in line else max(len(textwrap.wrap(line, letters)), 1)
        for line in text.split("\n")
    )
