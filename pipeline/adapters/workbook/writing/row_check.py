"""Whether the rows that changed hold what was asked, and kept what was not asked."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from pipeline.adapters.workbook.writing.cell_xml import stored
from pipeline.adapters.workbook.writing.fixed import fixed_cells
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.patching import Target, epoch_of
from pipeline.adapters.workbook.writing.row_changes import ChangedRow
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.xml_bytes import unescaped
from pipeline.core.merge import CellValue
from pipeline.failures import Unavailable

_CELL = re.compile(
    rb"(<((?:[\w.-]+:)?)c(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))+\s*/?>)(?:(?<=/>)|(.*?)</\2c\s*>)", re.DOTALL
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d+")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])[^>]*>")
_ATTRIBUTE = re.compile(rb"\s([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_NUMBER = re.compile(rb"\d+")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])")
_SHOWN = re.compile(rb"<(?:[\w.-]+:)?[vt](?:\s[^>]*)?>([^<]*)<")
_RESULT = re.compile(rb"<((?:[\w.-]+:)?)v(?:\s[^>]*)?>[^<]*</\1v\s*>")
Cells = dict[int, tuple[bytes, bytes]]  # start tag and content by 1-based column


class RowCheck:
    """One sheet's changes against the rows that differ. `old` is the workbook before the write."""

    def __init__(self, old: Package, target: Target) -> None:
        self._old, self._target = old, target
        self._epoch: datetime = epoch_of(old)
        self._coming = iter(target.changes.rows)  # new rows that were not met yet
        self._first = self._count = 0  # the number of the first new row, and how many were met
        self._in_use: list[ChangedRow] = []  # of them, those that stand where something stood
        self._beyond: list[ChangedRow] = []  # rows that nobody asked to change, if not of totals under the new ones

    def check(self, rows: Iterable[ChangedRow]) -> None:
        """Raises Unavailable at the first difference. The rows are gone through once, and those that are new are not
        kept: there may be thousands."""
        wanted: dict[int, dict[int, CellValue]] = {}
        columns = self._target.layout.columns
        for cell in self._target.changes.cells:
            wanted.setdefault(cell.position, {})[columns[cell.column]] = cell.value
        found: dict[int, ChangedRow] = {}
        for row in rows:
            if row.number in wanted:
                found[row.number] = row
            elif not _is_only_recalculated(row):
                self._check_added(row)
                continue
            self._check_attributes(row.number, row.before, row.after)
        self._check_changed(wanted, found)
        self._check_what_stood_there()

    def _check_added(self, row: ChangedRow) -> None:
        """The new rows follow each other."""
        asked = next(self._coming, None)
        if asked is None:
            self._beyond.append(row)
            return
        self._first = self._first or row.number
        if row.number != self._first + self._count:
            raise self._wrong(f"row {row.number} does not follow the one before")
        self._count += 1
        values = {column: asked.values.get(key) for key, column in self._target.layout.columns.items()}
        self._check_values(row.number, values, _cells(row.after))
        if row.before:
            self._in_use.append(row)

    def _check_what_stood_there(self) -> None:
        """All new rows were met, where our columns held nothing, or a row of totals, which is under them now."""
        totals = self._totals_that_slid()
        differ, asked = self._count + len(self._beyond) - bool(totals), len(self._target.changes.rows)
        if differ != asked:
            raise self._wrong(f"{differ} rows differ where {asked} were added")
        for row in self._in_use:
            if row is totals:
                self._check_attributes(self._beyond[0].number, row.before, self._beyond[0].after)
            else:
                self._check_attributes(row.number, row.before, row.after)
                self._check_free(row)

    def _totals_that_slid(self) -> ChangedRow | None:
        """Where the row of totals stood that is now the only one beyond the new rows."""
        if len(self._beyond) != 1:
            return None
        under = _slid(self._beyond[0].after)
        return next((row for row in self._in_use if _slid(row.before) == under), None)

    def _check_attributes(self, number: int, before: bytes, after: bytes) -> None:
        """A row keeps its attributes; it may grow where staff did not set its height, and its hint of used columns may
        widen."""
        if before and not _kept_or_grew(_attributes(before), _attributes(after)):
            raise self._wrong(f"row {number} was not to change")

    def _check_changed(self, wanted: Mapping[int, dict[int, CellValue]], found: Mapping[int, ChangedRow]) -> None:
        there = {number: _cells(found[number].after) for number in wanted if number in found}
        unseen = {number for number in wanted if number not in found}
        if unseen:  # rows that held already what was asked, or cells that are never written
            there |= self._unchanged(unseen)
        for number, values in wanted.items():
            self._check_values(number, values, there.get(number, {}))
            if number in found:
                self._check_others(number, values, _cells(found[number].before), there[number])

    def _check_free(self, row: ChangedRow) -> None:
        """A new row stands where our columns held nothing; what staff's held is still there."""
        ours, after = set(self._target.layout.columns.values()), _cells(row.after)
        for column, (_, content) in _cells(row.before).items():
            there = b"".join(_SHOWN.findall(content))
            if (
                there
                and not _FORMULA.search(content)
                and (column in ours or after.get(column, (b"", b""))[1] != content)
            ):
                raise self._wrong(f"{get_column_letter(column)}{row.number} was not to change")

    def _check_values(self, number: int, values: Mapping[int, CellValue], there: Cells) -> None:
        wrong = [column for column, value in values.items() if not self._holds(there.get(column), value)]
        if wrong and (fixed := fixed_cells(self._sheet_before())):
            wrong = [column for column in wrong if (number, column) not in fixed]
        if wrong:
            raise self._wrong(f"{get_column_letter(wrong[0])}{number} does not hold what was asked")

    def _check_others(self, number: int, values: Mapping[int, CellValue], before: Cells, after: Cells) -> None:
        """The cells of the row that nobody asked to change."""
        for column in before.keys() | (after.keys() - values.keys()):
            kept = _recalculable(before.get(column)) == _recalculable(after.get(column))
            if column not in values and not kept:
                raise self._wrong(f"{get_column_letter(column)}{number} was not to change")

    def _holds(self, cell: tuple[bytes, bytes] | None, value: CellValue) -> bool:
        shown = "".join(unescaped(text) for text in _SHOWN.findall(cell[1])) if cell else ""
        wanted = stored(value, self._epoch)
        if cell and _FORMULA.search(cell[1]):
            return wanted is None  # of a column that calculates itself
        if wanted is None or not shown:
            return wanted is None and not shown
        is_text = b'"inlineStr"' in (cell or (b"",))[0]
        if isinstance(wanted, str):
            return is_text and shown == wanted
        return not is_text and abs(float(shown) - wanted) <= abs(wanted) * 1e-14

    def _unchanged(self, numbers: set[int]) -> dict[int, Cells]:
        sheet = self._sheet_before()
        rows = ((number, sheet.row(number)) for number in sorted(numbers))
        return {number: _cells(sheet.content[row.start : row.end]) for number, row in rows if row}

    def _sheet_before(self) -> SheetBytes:
        return SheetBytes(self._old.part(self._old.sheet_part(self._target.name)), self._target.name)

    def _wrong(self, what: str) -> Unavailable:
        return Unavailable(f"sheet {self._target.name}: {what}; nothing was changed.")


def _cells(row: bytes) -> Cells:
    found = {}
    for cell in _CELL.finditer(row):
        reference = _REFERENCE.search(cell[1])
        if reference:
            found[column_index_from_string(reference[1].decode())] = (cell[1], cell[3] or b"")
    return found


def _recalculable(cell: tuple[bytes, bytes] | None) -> tuple[bytes, bytes] | None:
    """A cell but for the result of its formula."""
    if cell is None or not _FORMULA.search(cell[1]):
        return cell
    return re.sub(rb"\st=(\"\w+\"|'\w+')", b"", cell[0]), _RESULT.sub(b"", cell[1])


def _is_only_recalculated(row: ChangedRow) -> bool:
    before = _cells(row.before)
    after = _cells(row.after) if before else {}  # a row that is new is not read for nothing
    return (
        bool(before)
        and before.keys() == after.keys()
        and all(_recalculable(before[column]) == _recalculable(after[column]) for column in before)
    )


def _attributes(row: bytes) -> dict[str, bytes]:
    """Those of the row element, but its number and the hint of used columns."""
    tag = _ROW.match(row)
    found = _ATTRIBUTE.findall(tag[0]) if tag else []
    return {name.decode(): value[1:-1] for name, value in found if name not in (b"r", b"spans")}


def _kept_or_grew(before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether all about a row is as it was, but for a height that nobody chose and is greater."""
    if before == after or before.get("customHeight") in (b"1", b"true"):
        return before == after
    grew = float(before.get("ht", b"0")) < float(after.get("ht", b"0"))
    return grew and {**before, "ht": b""} == {**after, "ht": b""}


def _slid(row: bytes) -> dict[int, tuple[bytes, bytes]]:
    """The cells of a row of totals wherever it stands: formulas but for the numbers of rows in them."""
    return {
        column: (_REFERENCE.sub(b"", tag), _NUMBER.sub(b"", _RESULT.sub(b"", content)))
        if _FORMULA.search(content)
        else (_REFERENCE.sub(b"", tag), content)
        for column, (tag, content) in _cells(row).items()
    }
