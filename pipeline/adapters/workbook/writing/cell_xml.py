"""A value as the XML of a cell: text always as text, dates as days since the workbook's day 0."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl.utils import get_column_letter

from pipeline.adapters.workbook.writing.xml_bytes import escaped, with_attribute, without_attributes
from pipeline.core.merge import CellValue, fitting

EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_OF_THE_OLD_VALUE = ("t", "cm", "vm")  # its type; links to its metadata


@dataclass(frozen=True)
class CellXml:
    """How cells are written in one sheet: `prefix` of its elements with the colon, `epoch` day 0 of its dates."""

    prefix: bytes = b""
    epoch: datetime = EPOCH

    def tag(self, position: int, column: int, style: bytes = b"") -> bytes:
        """The start tag of a cell that was not there."""
        tag = b'<%sc r="%s%d"/>' % (self.prefix, get_column_letter(column).encode(), position)
        return with_attribute(tag, "s", style) if style else tag

    def cell(self, tag: bytes, value: CellValue) -> bytes:
        """A cell with the start tag that it had, but for the type of what it held, and another value."""
        tag, shown = without_attributes(tag, *_OF_THE_OLD_VALUE), stored(value, self.epoch)
        if shown is None:
            return _opened(tag) + b"/>"
        if isinstance(shown, str):
            words = (self.prefix, self.prefix, escaped(shown), self.prefix, self.prefix)
            text = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % words
            return self._closed(with_attribute(tag, "t", b"inlineStr"), text)
        kind = with_attribute(tag, "t", b"b") if isinstance(shown, bool) else tag
        return self._closed(kind, b"<%sv>%s</%sv>" % (self.prefix, number(shown).encode(), self.prefix))

    def formula(self, tag: bytes, formula: str) -> bytes:
        """A cell with a formula; its result is left to the spreadsheet program."""
        content = b"<%sf>%s</%sf>" % (self.prefix, escaped(formula), self.prefix)
        return self._closed(without_attributes(tag, *_OF_THE_OLD_VALUE), content)

    def _closed(self, tag: bytes, content: bytes) -> bytes:
        return b"%s>%s</%sc>" % (_opened(tag), content, self.prefix)


def stored(value: CellValue, epoch: datetime = EPOCH) -> str | bool | int | float | None:
    """A value as it stands in the file: a text made to fit, a number, nothing; days before the first one as text."""
    value = fitting(value)
    match value:
        case None | "":
            return None
        case str():
            return cleaned(value)
        case float() if not math.isfinite(value):
            return str(value)
        case date() if (value.year, value.month, value.day) < (epoch.year, epoch.month, epoch.day):
            return value.isoformat()
        case datetime():
            return (value.replace(tzinfo=None) - epoch).total_seconds() / 86_400
        case date():
            return (datetime.combine(value, time()) - epoch).days
        case time():
            return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return value


def number(value: float) -> str:
    """A number as Excel writes it: 15 digits at most of what is not whole."""
    return f"{value:.15g}" if isinstance(value, float) else str(int(value))


def cleaned(text: str) -> str:
    """A text that no XML reader refuses and that Excel shows as it is; what is too long ends with an ellipsis."""
    # Excel reads _x0041_ as a character code: the underscore itself is escaped.
    return _ESCAPED.sub("_x005F_", str(fitting(text)))


def _opened(tag: bytes) -> bytes:
    return tag.removesuffix(b">").removesuffix(b"/").rstrip()
