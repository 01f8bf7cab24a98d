"""A value as a cell can hold it: what is written, remembered and compared later is one and the same."""

import re
from datetime import date

from pipeline.core.merge.values import CellValue

MAX_TEXT = 32_767  # UTF-16 units of one cell
FIRST_DAY = (1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fitting(value: CellValue) -> CellValue:
    """Texts without what no XML reader takes, cut with an ellipsis at a cell's length; days before Excel's as text."""
    if isinstance(value, str):
        if value.isprintable() and len(value) <= MAX_TEXT // 2:  # nearly all are
            return value
        return _cut(_NOT_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    if isinstance(value, date) and (value.year, value.month, value.day) < FIRST_DAY:
        return value.isoformat()
    return value


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 2)].decode("utf-16-le", "ignore") + " …"
