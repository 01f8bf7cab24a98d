"""Writing cells and rows into a workbook that staff have touched: only the bytes that say what is new change.

What to write was decided by the merge; putting the file in the place of the old one is left to `replacing`.
"""

import heapq
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from lxml import etree
from openpyxl.utils import get_column_letter

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.writing import placing, sheet_tail
from pipeline.adapters.workbook.writing.calculated import Calculated
from pipeline.adapters.workbook.writing.cell_xml import EPOCH, EPOCH_1904, CellXml
from pipeline.adapters.workbook.writing.fixed import filled_areas, is_hidden, merged_areas
from pipeline.adapters.workbook.writing.heights import Heights
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.placing import Place, place_of
from pipeline.adapters.workbook.writing.ranges import Area, Growth
from pipeline.adapters.workbook.writing.recalculation import recalculate, slide_calculation_order
from pipeline.adapters.workbook.writing.references import grow_references
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.splicing import RowPlan, Splice, Splicer, spliced
from pipeline.adapters.workbook.writing.stamp import stamp
from pipeline.adapters.workbook.writing.tables import grow_table, table_around, tables_of
from pipeline.adapters.workbook.writing.totals import slide_totals
from pipeline.adapters.workbook.writing.xml_bytes import attribute, element
from pipeline.core.merge import CellValue, SheetChanges
from pipeline.failures import Unavailable

DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, LookupError, TypeError, ArithmeticError),  # what stands where a number or a reference has to
)


@dataclass(frozen=True)
class Target:
    """Where one sheet's changes go: its name in the workbook, where its columns are, the column that names a row."""

    name: str
    layout: Layout
    row_key: str
    changes: SheetChanges


def patched(content: bytes, targets: Sequence[Target], generation: int, call: str = "") -> bytes:
    """The workbook with the changes and its stamps; every other part has the same bytes, compressed as they were.

    Raises Unavailable, and nothing is lost, where the workbook is in a state that cannot be written to safely.
    """
    try:
        package = Package(content)
        written = [target for target in targets if target.changes]
        for target in written:
            _Patch(package, target).run()
        stamp(package, generation, call)
        recalculate(package, {one.name: frozenset(one.layout.columns.values()) for one in written})
        return package.packed()
    except DAMAGED as fault:
        raise Unavailable(
            f"the tracker has a damaged part ({fault}); put back a copy from the backups folder."
        ) from fault


class _Patch:
    """The changes of one sheet on their way into it."""

    def __init__(self, package: Package, target: Target) -> None:
        self._package, self._target = package, target
        try:
            self._part = package.sheet_part(target.name)
            self._sheet = SheetBytes(package.part(self._part), target.name)
        except KeyError as fault:
            raise Unavailable(f"sheet {target.name}: was not found in the workbook; put it back.") from fault
        xml = CellXml(self._sheet.prefix, epoch_of(package))
        heights = Heights(package, self._sheet)
        self._splicer = Splicer(self._sheet, xml, target.layout.header_row + 1, heights)
        self._merged, self._filled = merged_areas(self._sheet), filled_areas(self._sheet)
        self._plans: dict[int, RowPlan] = {}  # of rows that are there
        self._new: Iterable[tuple[int, RowPlan]] = ()  # made as they are written: there may be thousands
        self._new_area: Area | None = None
        self._links: dict[bytes, str] = {}  # by cell: the target
        self._slide: list[Splice] = []

    def run(self) -> None:
        changes, layout = self._target.changes, self._target.layout
        self._change_cells()
        named = [cell.position for cell in changes.cells if cell.column == self._target.row_key]
        growth = None
        if changes.rows or named:
            tables = tables_of(self._package, self._part)
            place = place_of(self._sheet, layout, table_around(tables, layout), named)
            if changes.rows:
                placing.refuse_what_is_in_the_way(self._sheet, place, len(changes.rows), self._merged)
                self._add_rows(place)
            growth = self._grow(place, place.free + len(changes.rows) - 1)
        self._write(growth)

    def _change_cells(self) -> None:
        values: dict[int, dict[int, CellValue]] = {}
        for cell in self._target.changes.cells:
            column = self._target.layout.columns[cell.column]
            if is_hidden(cell.position, column, self._filled, self._merged):
                continue
            values.setdefault(cell.position, {})[column] = cell.value
            if cell.link:
                self._link(cell.position, column, cell.link)
        self._plans |= {position: RowPlan(found) for position, found in values.items()}

    def _add_rows(self, place: Place) -> None:
        every = {*place.columns, *self._target.layout.columns.values()}
        last = place.free + len(self._target.changes.rows) - 1
        self._new_area = Area(place.free, min(every), last, max(every))
        self._new = self._new_plans(place, every)

    def _new_plans(self, place: Place, every: Collection[int]) -> Iterator[tuple[int, RowPlan]]:
        """The new rows, in the styles of the rows above them and with the formulas of their columns."""
        columns = self._target.layout.columns
        above = max(place.free, place.first + 1)
        rows = self._splicer.rows_above(above)
        styles = {column: self._splicer.style_above(above, column, rows) for column in every}
        calculated = Calculated(self._sheet, place.table, rows)
        for position, row in enumerate(self._target.changes.rows, place.free):
            values = {column: row.values.get(key) for key, column in columns.items()}
            for key, target in row.links.items():
                self._link(position, columns[key], target)
            yield position, RowPlan(values, calculated.at(position), styles)

    def _grow(self, place: Place, last: int) -> Growth | None:
        """The table, and what ended with it, down to the row `last`."""
        if last <= place.last:
            return None
        growth = Growth(self._target.name, place.columns, place.first, place.last, last, bool(place.totals))
        if place.totals:
            self._slide = [slide_totals(self._package, self._sheet, place, growth, self._merged)]
            totals = self._sheet.row(place.last + 1)
            if totals is not None:
                self._splicer.make_room_above(totals)
        if place.table:
            grow_table(self._package, place.table, growth)
        grow_references(self._package, growth)
        return growth

    def _link(self, position: int, column: int, path: str) -> None:
        self._links[f"{get_column_letter(column)}{position}".encode()] = link_target(path)

    def _write(self, growth: Growth | None) -> None:
        sheet, slid = self._sheet, self._slide if growth else []
        if growth and slid:
            slide_calculation_order(self._package, self._target.name, growth.last + 1, growth.by)
        head = sheet_tail.with_dimension(sheet.content[: sheet.start], self._written(growth))
        plans = heapq.merge(sorted(self._plans.items(), key=_number), self._new, key=_number)
        rows = spliced(sheet.content, sheet.start, sheet.end, chain(self._splicer.splices(plans), slid))
        self._package.put(self._part, chain([head], rows, self._tail(growth)))

    def _tail(self, growth: Growth | None) -> Iterator[bytes]:
        """What comes after the rows: which cells have links is known once these are made."""
        sheet = self._sheet
        tail = sheet.content[sheet.end :]
        ids = self._package.link(self._part, self._links.values())
        links = {reference: ids[target] for reference, target in self._links.items()}
        yield sheet_tail.with_links(sheet, sheet_tail.grown(tail, growth) if growth else tail, links)

    def _written(self, growth: Growth | None) -> Area | None:
        rows = [*self._plans, *([growth.new_last + growth.totals] if growth else [])]
        columns = [column for plan in self._plans.values() for column in plan.columns]
        if self._new_area:
            rows += [self._new_area.top, self._new_area.bottom]
            columns += [self._new_area.left, self._new_area.right]
        return Area(min(rows), min(columns), max(rows), max(columns)) if columns else None


def _number(plan: tuple[int, RowPlan]) -> int:
    return plan[0]


def epoch_of(package: Package) -> datetime:
    """Day 0 of the workbook's dates."""
    found = element("workbookPr").search(package.part(package.book_part))
    return EPOCH_1904 if found and attribute(found[0], "date1904") in (b"1", b"true") else EPOCH


def link_target(path: str) -> str:
    """A relative path as a hyperlink's target."""
    return re.sub("[% #?]", lambda found: f"%{ord(found[0]):02X}", path)
