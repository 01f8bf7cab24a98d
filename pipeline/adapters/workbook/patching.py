"""Writing cells and rows into a workbook that staff have touched: only the sheet, its table and the stamp change.

What to write was decided by the merge; putting the file in the place of the old one is left to `replacing`.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from openpyxl.utils.cell import range_boundaries

from pipeline.adapters.workbook import look
from pipeline.adapters.workbook.creation import GENERATION
from pipeline.adapters.workbook.package import Package
from pipeline.adapters.workbook.reading import CUSTOM_PART, Grid, Layout, Opened, layout_of
from pipeline.adapters.workbook.sheet_part import EPOCH, EPOCH_1904, SheetPart
from pipeline.adapters.workbook.summary import SHEET as SUMMARY
from pipeline.core.columns import Sheet
from pipeline.core.merge import SheetChanges
from pipeline.failures import Unavailable

_DAMAGED = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError)
_CELL = re.compile(r"(?<![\w\[])\$?[A-Z]{1,3}\$?\d+(?![\w\]])")
APPLICATION_PART = "docProps/app.xml"


def patched(opened: Opened, sheets: Mapping[str, Sheet], changes: Mapping[str, SheetChanges], generation: int) -> bytes:
    """The workbook with the changes, by sheet key, and the stamp; every other part as it was.

    Raises Unavailable, and nothing is lost, where the sheet is in a state that cannot be written to safely.
    """
    try:
        package = Package(opened.content)
        if any(name.startswith("_xmlsignatures/") for name in package.names()):
            raise Unavailable("the tracker is digitally signed; save it without signature, so that it can be written.")
        for key, wanted in changes.items():
            if wanted:
                _patch_sheet(package, sheets[key], opened.grids.get(sheets[key].name, []), wanted)
        _stamp(package, generation)
        _recalculate(package)
        return package.packed()
    except _DAMAGED as fault:
        raise Unavailable(
            f"the tracker has a damaged part ({fault}); put back a copy from the backups folder."
        ) from fault


def holds_formula(opened: Opened, sheet: Sheet, position: int, column: str) -> bool:
    """Whether staff have a formula in that cell of a sheet of ours."""
    layout = layout_of(opened.grids.get(sheet.name, []), sheet)
    if layout is None or column not in layout.columns:
        return False
    package = Package(opened.content)
    return SheetPart(package.tree(package.sheet_part(sheet.name))).holds_formula(position, layout.columns[column])


def _patch_sheet(package: Package, sheet: Sheet, grid: Grid, changes: SheetChanges) -> None:
    layout = layout_of(grid, sheet)
    if layout is None:
        raise Unavailable(f"sheet {sheet.name}: it or its headings were not found; put them back.")
    name = package.sheet_part(sheet.name)
    part = SheetPart(package.tree(name), layout.header_row + 1, _epoch(package))
    for cell in changes.cells:
        column = layout.columns[cell.column]
        part.set(cell.position, column, cell.value)
        if cell.link:
            part.link(cell.position, column, package.link(name, link_target(cell.link)))
    named = [cell.position for cell in changes.cells if cell.column == sheet.row_key]
    if changes.rows or named:
        region = _Region.of(package, name, grid, layout, named)
        if changes.rows:
            _refuse_what_is_in_the_way(package, sheet, grid, region)
            _append(package, name, part, region, changes)
        _extend(package, part, region, region.first_free + len(changes.rows) - 1)
    package.put(name, part.root)


@dataclass(frozen=True)
class _Region:
    """Where rows go: the layout, the first free row, the table around it (None for a plain range)."""

    layout: Layout
    first_free: int
    table: str | None
    last_row: int  # the table's, before anything is appended
    columns: range  # the table's, with those that staff added

    @staticmethod
    def of(package: Package, part: str, grid: Grid, layout: Layout, named: list[int]) -> "_Region":
        """`named` are rows typed by hand that just got their key: where a table does not grow by itself (LibreOffice)
        they stand under it."""
        table = next((one for one in package.related(part, "table") if _covers(package, one, layout)), None)
        ours = sorted(layout.columns.values())
        first, _, last, bottom = (
            _bounds(package.tree(table)) if table else (ours[0], layout.header_row, ours[-1], len(grid))
        )
        inside = range(layout.header_row + 1, min(bottom, len(grid)) + 1)
        used = [row for row in inside if _filled(grid, row, ours)]
        return _Region(layout, max([layout.header_row, *used, *named]) + 1, table, bottom, range(first, last + 1))


def _refuse_what_is_in_the_way(package: Package, sheet: Sheet, grid: Grid, region: _Region) -> None:
    if region.table and package.tree(region.table).get("totalsRowCount", "0") != "0":
        raise Unavailable(f"sheet {sheet.name}: remove the totals row of its table, so that rows can be added.")
    below = range(max(region.first_free, region.last_row + 1), len(grid) + 1)
    if any(_filled(grid, row, region.columns) for row in below):
        raise Unavailable(f"sheet {sheet.name}: something stands under its table; move it to another place.")


def _append(package: Package, name: str, part: SheetPart, region: _Region, changes: SheetChanges) -> None:
    above = max(region.first_free - 1, region.layout.header_row + 1)
    formulas = _calculated(package.tree(region.table)) if region.table else {}
    for offset, row in enumerate(changes.rows):
        position = region.first_free + offset
        part.add_row(position, above, {str(column): column for column in region.columns})
        for key, column in region.layout.columns.items():
            part.set(position, column, row.values.get(key))
        for column in formulas.keys() - set(region.layout.columns.values()):
            part.calculate(position, column, formulas[column])
        part.set_height(position, look.height(row.values))
        for key, target in row.links.items():
            part.link(position, region.layout.columns[key], package.link(name, link_target(target)))


def _extend(package: Package, part: SheetPart, region: _Region, last: int) -> None:
    """The table, and what ended with it, down to the row `last`."""
    if last <= region.last_row:
        return
    part.extend(region.last_row, last)
    if region.table:
        root = package.tree(region.table)
        for element in (root, *root.iterfind("{*}autoFilter"), *root.iterfind("{*}sortState")):
            reference = element.get("ref")
            if reference:
                element.set("ref", re.sub(r"\d+$", str(last), reference))
        package.put(region.table, root)


def _calculated(table: etree._Element) -> dict[int, str]:
    """The formulas of the columns that calculate themselves, by column, but those relative to a cell's own place."""
    first = _bounds(table)[0]
    formulas = {
        first + rank: column.findtext("{*}calculatedColumnFormula") or ""
        for rank, column in enumerate(table.iterfind("{*}tableColumns/{*}tableColumn"))
    }
    return {column: text for column, text in formulas.items() if text and not _CELL.search(text)}


def _covers(package: Package, table: str, layout: Layout) -> bool:
    first, top, last, _ = _bounds(package.tree(table))
    return top == layout.header_row and any(first <= column <= last for column in layout.columns.values())


def _bounds(table: etree._Element) -> tuple[int, int, int, int]:
    """First column, first row, last column, last row."""
    first, top, last, bottom = range_boundaries(str(table.get("ref")))
    return int(first or 1), int(top or 1), int(last or 1), int(bottom or 1)


def _filled(grid: Grid, row: int, columns: Iterable[int]) -> bool:
    values = grid[row - 1]
    return any(values[column - 1] not in (None, "") for column in columns if column <= len(values))


def _epoch(package: Package) -> datetime:
    properties = package.tree(package.book_part()).find("{*}workbookPr")
    return EPOCH_1904 if properties is not None and properties.get("date1904") in ("1", "true") else EPOCH


def _stamp(package: Package, generation: int) -> None:
    """The number of this write; a file that lost its properties on the way goes without."""
    if not package.has(CUSTOM_PART):
        return
    root = package.tree(CUSTOM_PART)
    for stamp in root:
        if stamp.get("name") == GENERATION and len(stamp):
            stamp[0].text = str(generation)
            package.put(CUSTOM_PART, root)


def _recalculate(package: Package) -> None:
    """Ask the spreadsheet program to compute its formulas anew when it opens the file."""
    name = package.book_part()
    root = package.tree(name)
    for calculation in root.iterfind("{*}calcPr"):
        if calculation.get("fullCalcOnLoad") != "1":
            calculation.set("fullCalcOnLoad", "1")
            package.put(name, root)
    # LibreOffice does not hear that request in a file of its own: only a figure without a stored result is computed.
    if (
        package.has(APPLICATION_PART)
        and b"LibreOffice" in package.part(APPLICATION_PART)
        and SUMMARY in package.sheets()
    ):
        summary = package.sheet_part(SUMMARY)
        part = SheetPart(package.tree(summary))
        if part.forget_results():
            package.put(summary, part.root)


def link_target(path: str) -> str:
    """A relative path as a hyperlink's target."""
    return path.replace("%", "%25").replace(" ", "%20").replace("#", "%23").replace("?", "%3F")
