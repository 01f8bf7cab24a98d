"""How far the values of a sheet reach, told by its bytes before they are read.

The reader makes a grid from the first value to the last one: a value in the last cell of a sheet would take hundreds of
gigabytes, and end the process.
"""

import re

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from pipeline.failures import Unavailable

MOST_CELLS = 5_000_000  # from A1 on: 100,000 rows of fifty columns
_NARROW = 52  # the columns A to AZ
_WIDE = {16_384: re.compile(rb" r=[\"'][A-Z]{3}"), 702: re.compile(rb" r=[\"'][B-Z][A-Z]\d")}  # rare, and found fast
_LAST = re.compile(rb"[A-Z]*(\d+)")
_FILLED = re.compile(rb"<(?:[\w.-]+:)?c\s(?:[^>]*\s)?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>(?!</)")


def refuse_far_values(sheet: str, content: bytes) -> None:
    """Unavailable, naming the corner that they reach, for values so far apart that they cannot be read."""
    end = content.rfind(b"sheetData>")
    at = content.rfind(b' r="', 0, end)
    last = _LAST.match(content, at + 4) if at >= 0 else None
    width = next((columns for columns, cell in _WIDE.items() if cell.search(content)), _NARROW)
    if last and int(last[1]) * width <= MOST_CELLS:
        return
    rows = columns = 0
    for cell in _FILLED.finditer(content, 0, end):
        rows, columns = max(rows, int(cell[2])), max(columns, column_index_from_string(cell[1].decode()))
    if rows * columns > MOST_CELLS:
        corner = f"{get_column_letter(columns)}{rows}"
        raise Unavailable(f"sheet {sheet}: a value stands far outside the table (see {corner}); remove it.")
