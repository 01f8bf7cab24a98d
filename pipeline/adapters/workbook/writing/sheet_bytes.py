"""Where the rows and cells of a sheet stand in its bytes. Nothing is changed here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import column_index_from_string

from pipeline.adapters.workbook.writing.xml_bytes import ATTRIBUTES, attribute, readable
from pipeline.failures import Unavailable

_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)worksheet[\s>]")
_CELL_REFERENCE = re.compile(rb"\sr\s*=\s*[\"'](([A-Z]{1,3})\d+)[\"']")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
MOST_ROWS = 1_048_576
HEAD = 1 << 16  # bytes: the root of a sheet stands in its first ones


@dataclass(frozen=True)
class Row:
    """A row element: its 1-based number, where it starts, where its start tag and itself end."""

    number: int
    start: int
    inside: int
    end: int
    closed: bool  # <row .../>


@dataclass(frozen=True)
class Cell:
    """A cell element: its 1-based column, where it stands, its start tag and what is between it and the end tag."""

    column: int
    start: int
    end: int
    tag: bytes
    content: bytes
    has_formula: bool

    @property
    def style(self) -> bytes:
        return attribute(self.tag, "s") or b""


class SheetBytes:
    """A sheet's XML: `prefix` of its elements with the colon; its rows stand between `start` and `end`.

    Raises Unavailable for a sheet whose rows cannot be told apart for sure.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        root = _ROOT.search(readable(content, name), 0, HEAD)
        if root is None:
            raise Unavailable(f"sheet {name}: is no sheet of cells; choose another one.")
        self.prefix = root[1]
        self.content, self.start = self._opened(content)
        self.end = self.content.rfind(b"</%ssheetData" % self.prefix)
        if self.end < self.start:
            raise self._odd("has no end of its cells")
        if self.finds(b"<!"):
            raise self._odd("has comments among its cells")
        self._row_tag = re.compile(rb"<%srow(?=[\s/>])%s(/?)>" % (self.prefix, ATTRIBUTES))
        self._cell = re.compile(
            rb"(<%sc(?=[\s/>])%s/?>)(?:(?<=/>)|(.*?)</%sc\s*>)" % (self.prefix, ATTRIBUTES, self.prefix), re.DOTALL
        )
        self._value = re.compile(rb"<%s(?:v|t)(?:\s[^>]*)?>[^<]|<%sf[\s/>]" % (self.prefix, self.prefix))
        self._formula = re.compile(rb"<%sf(?=[\s/>])" % self.prefix)
        self._cursor = (0, self.start)  # a row number that was passed, and where the rows after it begin
        self._are_numbered_first = self._check_numbers()
        self.last_row = max((row.number for row in self.rows_up(self.end, 1)), default=0)

    def row(self, number: int) -> Row | None:
        """The row of that number; asked for in rising order, the sheet is passed over once."""
        row = self._at_or_after(number)
        return row if row and row.number == number else None

    def place(self, number: int) -> int:
        """Where a row of that number would start."""
        row = self._at_or_after(number)
        return row.start if row else self.end

    def rows_from(self, at: int) -> Iterator[Row]:
        """The rows from an offset on."""
        needle = b"<%srow" % self.prefix
        at = self.content.find(needle, at, self.end)
        while at >= 0:
            row = self._row_at(at)
            yield row
            at = self.content.find(needle, row.end, self.end)

    def rows_up(self, at: int, most: int | None = None) -> Iterator[Row]:
        """The rows that end before an offset, the nearest first."""
        needle = b"<%srow" % self.prefix
        while most is None or most > 0:
            at = self.content.rfind(needle, self.start, at)
            if at < 0:
                return
            yield self._row_at(at)
            most = most if most is None else most - 1

    def cells(self, row: Row) -> list[Cell]:
        return [self._cell_of(found) for found in self._cell.finditer(self.content, row.inside, row.end)]

    def holds_something(self, row: Row) -> bool:
        """Whether any cell of the row has a value or a formula."""
        return self._value.search(self.content, row.inside, row.end) is not None

    def has_formula(self, row: Row) -> bool:
        return self._formula.search(self.content, row.inside, row.end) is not None

    def is_filled(self, cell: Cell) -> bool:
        return self._value.search(cell.content) is not None

    def formulas(self) -> Iterator[int]:
        """Where the formulas of the cells start."""
        needle, after = b"<%sf" % self.prefix, len(self.prefix) + 2
        at = self.content.find(needle, self.start, self.end)
        while at >= 0:
            if self.content[at + after : at + after + 1] in b" >/\t\r\n":
                yield at
            at = self.content.find(needle, at + after, self.end)

    def reference_before(self, at: int) -> bytes:
        """The reference of the cell around an offset inside of it."""
        start = self._start_before(at)
        found = _CELL_REFERENCE.search(self.content, start, at) if start >= 0 else None
        if found is None:
            raise self._odd("has cells without a reference")
        return found[1]

    def has_result(self, at: int) -> bool:
        """Whether the formula that starts there has one: a stored value that is no error."""
        tag, rest = self.content[self._start_before(at) : at], self.content.find(b"</%sc>" % self.prefix, at, self.end)
        stored = max(self.content.find(b"<%sv%s" % (self.prefix, end), at, rest) for end in (b">", b" ", b"/"))
        return stored >= 0 and attribute(tag.partition(b">")[0] + b">", "t") != b"e"

    def _start_before(self, at: int) -> int:
        """Where the cell around an offset starts; -1 for none."""
        return max(self.content.rfind(b"<%sc%s" % (self.prefix, blank), self.start, at) for blank in (b" ", b"\n"))

    def _cell_of(self, found: re.Match[bytes]) -> Cell:
        reference = _CELL_REFERENCE.search(found[1])
        if reference is None:
            raise self._odd("has cells without a reference")
        content = found[2] or b""
        column = column_index_from_string(reference[2].decode())
        return Cell(column, found.start(), found.end(), found[1], content, self._formula.search(content) is not None)

    def _at_or_after(self, number: int) -> Row | None:
        """The first row that has this number or a greater one."""
        if number > self.last_row:
            return None
        if number <= self._cursor[0]:
            self._cursor = (0, self.start)
        at = self._cursor[1]
        if self._are_numbered_first:
            found = self.content.find(b'<%srow r="%d"' % (self.prefix, number), at, self.end)
            # Where one row is missing others are: the rows are then walked through, still once.
            self._are_numbered_first = found >= 0
            at = max(at, found)
        for row in self.rows_from(at):
            if row.number >= number:
                self._cursor = (number - 1, row.start)
                return row
        return None

    def _row_at(self, at: int) -> Row:
        tag = self._row_tag.match(self.content, at, self.end)
        number = tag and _ROW_NUMBER.search(tag[0])
        if tag is None or number is None:
            raise self._odd("has rows without a number")
        if len(number[1]) > 7 or int(number[1]) > MOST_ROWS:
            raise self._odd("has rows after the last one that there can be")
        if tag[1]:
            return Row(int(number[1]), at, tag.end(), tag.end(), True)
        close = self.content.find(b"</%srow" % self.prefix, tag.end(), self.end)
        end = self.content.find(b">", close, self.end) + 1
        if close < 0 or end == 0:
            raise self._odd("has rows without an end")
        return Row(int(number[1]), at, tag.end(), end, False)

    def _check_numbers(self) -> bool:
        """Whether every row begins with its number, as nearly all programs write it; if not, each one is looked at."""
        opening = b"<%srow" % self.prefix
        every = self.content.count(opening, self.start, self.end)
        if every == self.content.count(opening + b' r="', self.start, self.end):
            return True
        last = 0
        for row in self.rows_from(self.start):
            if row.number <= last:
                raise self._odd("has rows out of order")
            last = row.number
        return False

    def _opened(self, content: bytes) -> tuple[bytes, int]:
        """The content, its element of rows opened where it closes itself, and where the rows start."""
        found = re.search(rb"<%ssheetData(?:\s[^>]*?)?(/?)>" % self.prefix, content)
        if found is None:
            raise self._odd("has no place for cells")
        if not found[1]:
            return content, found.end()
        name = b"%ssheetData" % self.prefix
        tags = b"<%s></%s>" % (name, name)
        return content[: found.start()] + tags + content[found.end() :], found.start() + len(name) + 2

    def finds(self, words: bytes) -> bool:
        """Whether these bytes stand anywhere among the rows."""
        return self.content.find(words, self.start, self.end) >= 0

    def _odd(self, what: str) -> Unavailable:
        return Unavailable(f"sheet {self.name}: {what}; open the workbook in Excel and save it.")
