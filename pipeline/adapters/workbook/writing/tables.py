"""The table part: its bounds, its columns that calculate themselves, its ranges made longer."""

from dataclasses import dataclass

from lxml import etree

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.ranges import Area, Growth, area_of
from pipeline.adapters.workbook.writing.xml_bytes import changed_attribute, element
from pipeline.failures import Unavailable

_WITH_RANGES = tuple(element(name) for name in ("table", "autoFilter", "sortState", "sortCondition"))


@dataclass(frozen=True)
class Table:
    """`area` is the whole table, headings and totals included; `formulas` by 1-based column."""

    part: str
    name: str
    area: Area
    headers: int
    totals: int
    formulas: dict[int, str]

    @property
    def first(self) -> int:
        return self.area.top + self.headers

    @property
    def last(self) -> int:
        """The last row of its body."""
        return self.area.bottom - self.totals

    @property
    def columns(self) -> range:
        return range(self.area.left, self.area.right + 1)


def tables_of(package: Package, part: str) -> list[Table]:
    """The tables of a sheet."""
    return [_table(package, name) for name in package.related(part, "table")]


def table_around(tables: list[Table], layout: Layout) -> Table | None:
    """The one whose headings are the layout's and that holds most of its columns."""
    ours = layout.columns.values()
    covering = {
        sum(column in table.columns for column in ours): table
        for table in reversed(tables)
        if table.area.top + max(table.headers, 0) - 1 == layout.header_row
    }
    covering.pop(0, None)
    return covering[max(covering)] if covering else None


def grow_table(package: Package, table: Table, growth: Growth) -> None:
    """Its range, those of its filter and of its sorting."""
    content = package.text(table.part)
    for pattern in _WITH_RANGES:
        content = pattern.sub(lambda tag: changed_attribute(tag[0], "ref", growth.ranges), content)
    package.edit(table.part, content)


def _table(package: Package, part: str) -> Table:
    root = package.tree(part)
    area = area_of(str(root.get("ref")).encode())
    if area is None:
        raise Unavailable(f"{part}: this table has no range; open the workbook in Excel and save it.")
    columns = root.iterfind("{*}tableColumns/{*}tableColumn")
    written = {area.left + rank: column.find("{*}calculatedColumnFormula") for rank, column in enumerate(columns)}
    formulas = {
        column: formula.text or "" for column, formula in written.items() if formula is not None and _is_plain(formula)
    }
    name = str(root.get("displayName") or root.get("name"))
    return Table(part, name, area, _count(root, "headerRowCount", 1), _count(root, "totalsRowCount", 0), formulas)


def _is_plain(formula: etree._Element) -> bool:
    return formula.get("array") not in ("1", "true") and bool(formula.text)


def _count(root: etree._Element, name: str, default: int) -> int:
    return int(root.get(name) or default)
