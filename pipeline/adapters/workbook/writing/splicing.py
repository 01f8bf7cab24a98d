"""Rows and cells put into a sheet's bytes: what is not written to keeps every byte."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.adapters.workbook.writing.cell_xml import CellXml
from pipeline.adapters.workbook.writing.heights import Heights
from pipeline.adapters.workbook.writing.sheet_bytes import Cell, Row, SheetBytes
from pipeline.adapters.workbook.writing.xml_bytes import attribute, changed_attribute, element, with_attribute
from pipeline.adapters.workbook.writing.zip_members import Bytes
from pipeline.core.merge import CellValue

STYLE_ROWS = 5  # the style of a new cell is that of most of so many cells above
_COLUMN = element("col")


@dataclass(frozen=True)
class RowPlan:
    """What is to stand in one row, by 1-based column: values; formulas where a cell is empty; styles of cells that
    have none."""

    values: Mapping[int, CellValue]
    formulas: Mapping[int, str] = field(default_factory=dict)
    styles: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def columns(self) -> list[int]:
        return sorted({*self.values, *self.formulas, *self.styles})


@dataclass(frozen=True)
class Splice:
    """Bytes that stand in the place of those between two offsets."""

    start: int
    end: int
    new: bytes


class Splicer:
    """One sheet and how its cells are written; `first_row` is the first row under the headings. Rows get no height
    without `heights`."""

    def __init__(self, sheet: SheetBytes, xml: CellXml, first_row: int, heights: Heights | None = None) -> None:
        self._sheet, self._xml, self._first_row, self._heights = sheet, xml, first_row, heights
        self._sliding: Row | None = None

    def make_room_above(self, row: Row) -> None:
        """Rows of this number and greater ones are new, and stand before it: it is the last one, and moves down."""
        self._sliding = row

    def splices(self, plans: Iterable[tuple[int, RowPlan]]) -> Iterator[Splice]:
        """What to change for these rows, by 1-based number in rising order; the sheet is passed over once."""
        for number, plan in plans:
            row = self._there(number)
            yield from self._new_row(number, plan) if row is None else self._changed_row(row, plan)

    def _there(self, number: int) -> Row | None:
        return None if self._sliding and number >= self._sliding.number else self._sheet.row(number)

    def _place(self, number: int) -> int:
        """Where a row that is not there comes."""
        return self._sliding.start if self._sliding and number >= self._sliding.number else self._sheet.place(number)

    def style_above(self, number: int, column: int, rows: Sequence[Mapping[int, Cell]]) -> bytes:
        """The style of most cells just above: a colour that staff gave to one row is not copied."""
        above = [row[column] for row in rows if column in row]
        styles = Counter(cell.style for cell in above if cell.style)
        if above:
            return styles.most_common(1)[0][0] if styles else b""
        return self._column_style(column)

    def rows_above(self, number: int) -> list[dict[int, Cell]]:
        """The cells, by column, of up to five rows that stand right above a row of that number."""
        first = max(number - STYLE_ROWS, self._first_row)
        rows = self._sheet.rows_up(self._sheet.place(number), STYLE_ROWS)
        return [{cell.column: cell for cell in self._sheet.cells(row)} for row in rows if row.number >= first]

    def _new_row(self, number: int, plan: RowPlan) -> list[Splice]:
        cells = b"".join(self._new_cells(number, plan, plan.columns))
        if not cells:
            return []
        name = b"%srow" % self._sheet.prefix
        tag = self._grown(b'<%s r="%d">' % (name, number), number, plan, {})
        at = self._place(number)
        return [Splice(at, at, b"%s%s</%s>" % (tag, cells, name))]

    def _changed_row(self, row: Row, plan: RowPlan) -> list[Splice]:
        cells = {cell.column: cell for cell in self._sheet.cells(row)}
        new = dict(self._inserted(row, plan, cells))
        changed = [self._changed_cell(cells[column], plan) for column in plan.columns if column in cells]
        end = row.inside if row.closed else self._sheet.content.rfind(b"</", row.inside, row.end)
        inserted = [Splice(*((place if place >= 0 else end,) * 2), xml) for place, xml in new.items()]
        if row.closed and new:
            opened = self._row_tag(row, plan, cells).removesuffix(b"/>").rstrip()
            body = b"".join(new.values())
            return [Splice(row.start, row.end, b"%s>%s</%srow>" % (opened, body, self._sheet.prefix))]
        tag = Splice(row.start, row.inside, self._row_tag(row, plan, cells))
        return [one for one in (tag, *sorted([*inserted, *changed], key=_order)) if self._differs(one)]

    def _inserted(self, row: Row, plan: RowPlan, cells: Mapping[int, Cell]) -> Iterator[tuple[int, bytes]]:
        """The cells that the row lacks, joined by the offset that they go to; -1 is the row's end."""
        missing: dict[int, list[int]] = {}
        for column in plan.columns:
            if column not in cells:
                missing.setdefault(min((c for c in cells if c > column), default=0), []).append(column)
        for following, columns in missing.items():
            new = b"".join(self._new_cells(row.number, plan, columns))
            if new:
                yield cells[following].start if following else -1, new

    def _changed_cell(self, cell: Cell, plan: RowPlan) -> Splice:
        tag, column = cell.tag, cell.column
        old = self._sheet.content[cell.start : cell.end]
        if plan.styles.get(column) and not cell.style:
            tag = with_attribute(tag, "s", plan.styles[column])
        if cell.has_formula:
            return Splice(cell.start, cell.end, old)
        if column in plan.values:
            return Splice(cell.start, cell.end, self._xml.cell(tag, plan.values[column]))
        if column in plan.formulas and not self._sheet.is_filled(cell):
            return Splice(cell.start, cell.end, self._xml.formula(tag, plan.formulas[column]))
        return Splice(cell.start, cell.end, tag + old[len(cell.tag) :])

    def _new_cells(self, number: int, plan: RowPlan, columns: Sequence[int]) -> Iterator[bytes]:
        above: list[dict[int, Cell]] | None = None
        for column in columns:
            if column in plan.styles or column not in plan.values:
                style = plan.styles.get(column, b"")
            elif plan.values[column] in (None, ""):
                continue  # nothing to empty
            else:
                above = self.rows_above(number) if above is None else above
                style = self.style_above(number, column, above)
            tag = self._xml.tag(number, column, style)
            if plan.values.get(column) not in (None, ""):
                yield self._xml.cell(tag, plan.values[column])
            elif column in plan.formulas:
                yield self._xml.formula(tag, plan.formulas[column])
            elif style:
                yield self._xml.cell(tag, None)

    def _row_tag(self, row: Row, plan: RowPlan, cells: Mapping[int, Cell]) -> bytes:
        """The start tag; its hint of which columns are used holds those that are written."""
        tag = self._sheet.content[row.start : row.inside]
        tag = changed_attribute(tag, "spans", lambda spans: _widened(spans, plan.columns))
        return self._grown(tag, row.number, plan, cells)

    def _grown(self, tag: bytes, number: int, plan: RowPlan, cells: Mapping[int, Cell]) -> bytes:
        def style(column: int) -> bytes:
            if column in cells and cells[column].style:
                return cells[column].style
            return plan.styles.get(column) or self.style_above(number, column, self.rows_above(number))

        written = {c: v for c, v in plan.values.items() if not (c in cells and cells[c].has_formula)}
        return self._heights.grown(tag, written, style) if self._heights else tag

    def _column_style(self, column: int) -> bytes:
        """The style that staff gave to a whole column."""
        for tag in _COLUMN.findall(self._sheet.content, 0, self._sheet.start):
            if int(attribute(tag, "min") or 0) <= column <= int(attribute(tag, "max") or 0):
                return attribute(tag, "style") or b""
        return b""

    def _differs(self, splice: Splice) -> bool:
        return self._sheet.content[splice.start : splice.end] != splice.new


def spliced(content: bytes, start: int, end: int, splices: Iterable[Splice]) -> Iterator[Bytes]:
    """The bytes between two offsets with the splices, which are in order, as pieces of the same memory."""
    whole = memoryview(content)
    for splice in splices:
        yield whole[start : splice.start]
        yield splice.new
        start = splice.end
    yield whole[start:end]


def _order(splice: Splice) -> tuple[int, int]:
    """What is put in comes before what is replaced at the same offset."""
    return splice.start, splice.end


def _widened(spans: bytes, columns: Sequence[int]) -> bytes:
    """ "1:3" with the column 5 is "1:5"; several pairs stay, they are a hint only (ECMA-376 part 1, 18.3.1.73)."""
    first, _, last = spans.partition(b":")
    if not (first.isdigit() and last.isdigit() and columns):
        return spans
    return b"%d:%d" % (min(int(first), *columns), max(int(last), *columns))
