"""Writing cells and rows into a workbook that staff have touched: only the sheet, its table and the stamp change.

What to write was decided by the merge; putting the file in the place of the old one is left to `replacing`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.adapters.workbook import look
from pipeline.adapters.workbook.creation import GENERATION
from pipeline.adapters.workbook.package import Package
from pipeline.adapters.workbook.reading import CUSTOM_PART, Grid, Layout, Opened, layout_of
from pipeline.adapters.workbook.sheet_part import SheetPart
from pipeline.core.columns import Sheet
from pipeline.core.merge import SheetChanges
from pipeline.failures import Unavailable


def patched(opened: Opened, sheets: Mapping[str, Sheet], changes: Mapping[str, SheetChanges], generation: int) -> bytes:
    """The workbook with the changes, by sheet key, and the stamp; every other part as it was.

    Raises Unavailable, and nothing is lost, where the sheet is in a state that cannot be written to safely.
    """
    package = Package(opened.content)
    for key, wanted in changes.items():
        if wanted:
            _patch_sheet(package, sheets[key], opened.grids[sheets[key].name], wanted)
    _stamp(package, generation)
    _recalculate(package)
    return package.packed()


def _patch_sheet(package: Package, sheet: Sheet, grid: Grid, changes: SheetChanges) -> None:
    layout = layout_of(grid, sheet)
    if layout is None:
        raise Unavailable(f"sheet {sheet.name}: its headings were not found; put them back.")
    name = package.sheet_part(sheet.name)
    part = SheetPart(package.tree(name))
    for cell in changes.cells:
        column = layout.columns[cell.column]
        part.set(cell.position, column, cell.value)
        if cell.link:
            part.link(cell.position, column, package.link(name, link_target(cell.link)))
    if changes.rows:
        _append(package, name, part, _Region.of(package, name, sheet, grid, layout), changes)
    package.put(name, part.root)


@dataclass(frozen=True)
class _Region:
    """Where rows go: the layout, the first free row, the table around it (None for a plain range)."""

    layout: Layout
    first_free: int
    table: str | None
    last_row: int  # the table's, before anything is appended

    @staticmethod
    def of(package: Package, part: str, sheet: Sheet, grid: Grid, layout: Layout) -> "_Region":
        table = next((one for one in package.related(part, "table") if _covers(package, one, layout)), None)
        last_row = _rows_of(package.tree(table))[1] if table else len(grid)
        used = [row for row in range(layout.header_row + 1, min(last_row, len(grid)) + 1) if _filled(grid, row, layout)]
        first_free = max(used, default=layout.header_row) + 1
        if table and package.tree(table).get("totalsRowCount", "0") != "0":
            raise Unavailable(f"sheet {sheet.name}: remove the totals row of its table, so that rows can be added.")
        if any(_filled(grid, row, layout) for row in range(first_free, len(grid) + 1)):
            raise Unavailable(f"sheet {sheet.name}: something stands under its table; move it to another place.")
        return _Region(layout, first_free, table, last_row)


def _append(package: Package, name: str, part: SheetPart, region: _Region, changes: SheetChanges) -> None:
    for offset, row in enumerate(changes.rows):
        position = region.first_free + offset
        part.add_row(
            position, above=max(region.first_free - 1, region.layout.header_row + 1), columns=region.layout.columns
        )
        for key, column in region.layout.columns.items():
            part.set(position, column, row.values.get(key))
        part.set_height(position, look.height(row.values))
        for key, target in row.links.items():
            part.link(position, region.layout.columns[key], package.link(name, link_target(target)))
    last = region.first_free + len(changes.rows) - 1
    if last > region.last_row:
        part.extend(region.last_row, last)
        if region.table:
            _extend_table(package, region.table, last)


def _extend_table(package: Package, table: str, last: int) -> None:
    root = package.tree(table)
    for element in (root, *root.iterfind("{*}autoFilter"), *root.iterfind("{*}sortState")):
        reference = element.get("ref")
        if reference:
            element.set("ref", re.sub(r"\d+$", str(last), reference))
    package.put(table, root)


def _covers(package: Package, table: str, layout: Layout) -> bool:
    return _rows_of(package.tree(table))[0] == layout.header_row


def _rows_of(table: etree._Element) -> tuple[int, int]:
    first, last = re.findall(r"\d+", str(table.get("ref")))[:2]
    return int(first), int(last)


def _filled(grid: Grid, row: int, layout: Layout) -> bool:
    values = grid[row - 1]
    return any(values[column - 1] not in (None, "") for column in layout.columns.values() if column <= len(values))


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


def link_target(path: str) -> str:
    """A relative path as a hyperlink's target."""
    return path.replace("%", "%25").replace(" ", "%20").replace("#", "%23")
