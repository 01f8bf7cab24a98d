"""How high a row has to be for what is written into it. A row is never made lower, nor one whose height staff set."""

from collections.abc import Callable, Mapping
from functools import cached_property

from pipeline.adapters.workbook.making import look
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.xml_bytes import attribute, element, with_attribute
from pipeline.core.merge import CellValue

USUAL_WIDTH = 8.43  # digits, of a column that nobody set (ECMA-376 part 1, 18.3.1.81)
USUAL_HEIGHT = 15.0
_COLUMN = element("col")
_FORMAT = element("sheetFormatPr")


class Heights:
    """One sheet's columns as wide as they are now, and which formats of the workbook wrap their text."""

    def __init__(self, package: Package, sheet: SheetBytes) -> None:
        self._package, self._head = package, sheet.content[: sheet.start]

    def grown(self, tag: bytes, values: Mapping[int, CellValue], style: Callable[[int], bytes]) -> bytes:
        """The start tag of a row, higher where these values, by 1-based column, need it; `style` is that of a cell.

        Not marked as chosen by hand, so that Excel goes on fitting it.
        """
        if attribute(tag, "customHeight") in (b"1", b"true"):
            return tag
        now = attribute(tag, "ht")
        height = self._of_a_row_without if now is None else _points(now, float("inf"))
        needed = self._needed(values, style)
        if needed <= height:
            return tag
        return with_attribute(tag, "ht", f"{needed:g}".encode())

    def _needed(self, values: Mapping[int, CellValue], style: Callable[[int], bytes]) -> float:
        texts = {
            column: value
            for column, value in values.items()
            if isinstance(value, str) and look.lines_of(value, self._width(column)) > 1
        }
        # Most texts fit on a line: formats are looked at for the others.
        wrapped = {str(column): value for column, value in texts.items() if self._wraps(style(column))}
        return look.height(wrapped, lambda column: self._width(int(column))) if wrapped else 0.0

    def _width(self, column: int) -> float:
        return self._widths.get(column, USUAL_WIDTH)

    def _wraps(self, style: bytes) -> bool:
        number = int(_points(style, 0))
        return number < len(self._wrapping) and self._wrapping[number]

    @cached_property
    def _widths(self) -> dict[int, float]:
        found = {}
        for tag in _COLUMN.findall(self._head):
            first, last = (int(_points(attribute(tag, name), 0)) for name in ("min", "max"))
            for column in range(first, min(last, first + 999) + 1):  # the last one may stand for all to the right
                found[column] = _points(attribute(tag, "width"), USUAL_WIDTH)
        return found

    @cached_property
    def _of_a_row_without(self) -> float:
        """The height of rows that name none; beyond all others where staff chose it for the sheet."""
        tag = _FORMAT.search(self._head)
        if tag and attribute(tag[0], "customHeight") in (b"1", b"true"):
            return float("inf")
        return _points(tag and attribute(tag[0], "defaultRowHeight"), USUAL_HEIGHT)

    @cached_property
    def _wrapping(self) -> list[bool]:
        """Whether each format of cells wraps."""
        parts = self._package.related(self._package.book_part, "styles")
        formats = self._package.tree(parts[0]).iterfind("{*}cellXfs/{*}xf") if parts else ()
        return [any(one.get("wrapText") in ("1", "true") for one in xf.iterfind("{*}alignment")) for xf in formats]


def _points(value: bytes | None, usual: float) -> float:
    """A number of an attribute; what is none there leaves the row as high as it is, not the write undone."""
    try:
        return float(value) if value else usual
    except ValueError:
        return usual
