"""Ranges in A1 notation, and how those that reached the last row of a table reach its new last row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from pipeline.adapters.workbook.writing.xml_bytes import escaped

_RANGE = re.compile(rb"(\$?([A-Z]{1,3})\$?)(\d+)(?::(\$?([A-Z]{1,3})\$?)(\d+))?")
_ABSOLUTE = re.compile(rb"(?<![\w!$.'\]])\$?([A-Z]{1,3})\$(\d+):\$?([A-Z]{1,3})\$(\d+)(?![\w(])")

_ANY = re.compile(rb"(?<![\w!$.'\]])\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)(?![\w(])")


@dataclass(frozen=True)
class Area:
    """A block of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def with_rows(self, rows: Iterable[int], columns: Iterable[int]) -> "Area":
        """The smallest block that holds this one and these rows and columns."""
        rows, columns = [self.top, self.bottom, *rows], [self.left, self.right, *columns]
        return Area(min(rows), min(columns), max(rows), max(columns))

    def __str__(self) -> str:
        return f"{get_column_letter(self.left)}{self.top}:{get_column_letter(self.right)}{self.bottom}"


def area_of(reference: bytes) -> Area | None:
    """The block that a reference such as B2 or $B$2:$C$9 means; None for anything else."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        return None
    left = column_index_from_string(found[2].decode())
    right = column_index_from_string(found[5].decode()) if found[5] else left
    return Area(int(found[3]), left, int(found[6] or found[3]), right)


@dataclass(frozen=True)
class Growth:
    """A body of rows `first` to `last`, in these columns of a sheet, now goes down to `new_last`.

    `totals`: the row under it was its row of totals, which has moved down with its end.
    """

    sheet: str
    columns: range
    first: int
    last: int
    new_last: int
    totals: bool = False

    @property
    def by(self) -> int:
        return self.new_last - self.last

    def ranges(self, references: bytes) -> bytes:
        """Ranges between blanks, as validations and formats have them."""
        return b" ".join(self._range(one) for one in references.split(b" "))

    def _range(self, reference: bytes) -> bytes:
        area, found = area_of(reference), _RANGE.fullmatch(reference)
        if area is None or found is None or not self._touches(area.left, area.right):
            return reference
        whole = area.top < area.bottom or self.first == self.last  # one cell is a column only where there is one row
        if not whole or area.bottom not in ((self.last, self.last + 1) if self.totals else (self.last,)):
            return reference
        return b"%s%d:%s%d" % (found[1], area.top, found[4] or found[1], area.bottom + self.by)

    def formula(self, text: bytes) -> bytes:
        """A formula anywhere in the workbook: `Sheet!$A$2:$A$9` grows where it covers the whole body."""
        return self._of_the_sheet.sub(self._grown, text)

    def own_formula(self, text: bytes) -> bytes:
        """A formula of the sheet itself: `$A$2:$A$9` grows too."""
        return self.formula(_ABSOLUTE.sub(self._grown_absolute, text))

    def relative_formula(self, text: bytes) -> bytes:
        """A formula that stands under the body: `A2:A9` grows as well."""
        return self.formula(_ANY.sub(self._grown_absolute, text))

    def _grown(self, found: re.Match[bytes]) -> bytes:
        columns = found["left"], found["right"]
        if not self._is_body(int(found["top"]), int(found["bottom"]), *columns):
            return found[0]
        return found[0][: found.start("bottom") - found.start()] + b"%d" % self.new_last

    def _grown_absolute(self, found: re.Match[bytes]) -> bytes:
        if not self._is_body(int(found[2]), int(found[4]), found[1], found[3]):
            return found[0]
        return found[0][: found.start(4) - found.start()] + b"%d" % self.new_last

    def _is_body(self, top: int, bottom: int, left: bytes, right: bytes) -> bool:
        ends = column_index_from_string(left.decode()), column_index_from_string(right.decode())
        return top <= self.first and bottom == self.last and self._touches(*ends)

    def _touches(self, left: int, right: int) -> bool:
        return left < self.columns.stop and right >= self.columns.start

    @cached_property
    def _of_the_sheet(self) -> re.Pattern[bytes]:
        name = re.escape(escaped(self.sheet).replace(b"&quot;", b'"'))
        quoted = re.escape(escaped(self.sheet.replace("'", "''")).replace(b"&quot;", b'"'))
        return re.compile(
            rb"(?:(?<![\w\].'!])%s|(?<![\w\]])(?:'|&apos;)%s(?:'|&apos;))!\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)"
            rb":\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+)(?![\w(])" % (name, quoted)
        )
