"""Where in a workbook that it has never seen a worker would write: a sheet, its headings, its columns, its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tests.proofs.cells import EMPTY, Cell, Place, cells_of, column_of
from tests.proofs.parcel import Parcel, children, local, tree

MOST_COLUMNS = 40
ENOUGH = 3  # cells that can be overwritten
BLANK = 4  # columns that are used of a sheet without any cell
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Subject:
    """The sheet to write into: its name, the row of its headings, its columns by key, the cells to overwrite, of
    these those without a link; the last row of its body, with the row of totals, and how many of these there are."""

    tab: str
    header_row: int
    columns: Mapping[str, int]
    free: tuple[Place, ...]
    unlinked: tuple[Place, ...] = ()
    last: int = 0
    totals: int = 0
    rank: tuple[bool, ...] = ()


def subject_of(content: bytes) -> Subject | None:
    """The first sheet with a table and enough cells to overwrite, one without pivot table first; else one without
    table, else whatever sheet there is."""
    parcel = Parcel(content)
    found = [_subject(parcel, tab, part) for tab, part in parcel.sheets.items() if parcel.kinds[part] == "worksheet"]
    return min(found, key=lambda one: one.rank) if found else None


def table_of(content: bytes, tab: str) -> etree._Element | None:
    """The sheet's first table that has a row of headings."""
    parcel = Parcel(content)
    return next(_tables(parcel, parcel.sheets[tab]), None)


def links_of(content: bytes, tab: str) -> dict[Place, str]:
    """Where the sheet's links lead outside, by the first cell of each."""
    parcel = Parcel(content)
    part = parcel.sheets[tab]
    targets = {relation.id: relation.target for relation in parcel.relations(part) if relation.outside}
    return {place: targets.get(id, "") for place, id in _linked(tree(parcel.parts[part]))}


def pivot_columns(content: bytes, tab: str) -> set[int]:
    """The columns of a sheet's pivot tables, and the one after."""
    parcel = Parcel(content)
    areas = _pivots(parcel, parcel.sheets[tab])
    return {column for _, left, _, right in areas for column in range(left, right + 2)}


def has_controls(content: bytes, tab: str) -> bool:
    """Whether a sheet has form controls, which write into the cells they are linked to."""
    parcel = Parcel(content)
    return any(relation.kind in ("ctrlProp", "control") for relation in parcel.relations(parcel.sheets[tab]))


def area(reference: str) -> Area:
    """Top row, left column, bottom row, right column of a range such as A1:C9."""
    first, _, last = reference.replace("$", "").partition(":")
    corners = [(int(one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_of(one)) for one in (first, last or first)]
    return *corners[0], *corners[1]


@dataclass(frozen=True)
class _Body:
    """Heading row, first column, last row of data, last column; columns that calculate themselves; rows of totals."""

    top: int
    left: int
    bottom: int
    right: int
    skipped: set[int]
    totals: int = 0


def _subject(parcel: Parcel, tab: str, part: str) -> Subject:
    root = tree(parcel.parts[part])
    cells = cells_of(root, parcel.strings)
    filled = {place: cell for place, cell in cells.items() if cell.value not in (None, EMPTY) or cell.formula}
    table = next(_tables(parcel, part), None)
    body = _plain_range(filled) if table is None else _table_body(table)
    across = [column for column in range(body.left, body.right + 1) if column not in body.skipped][:MOST_COLUMNS]
    free = _free(filled, body, across, [*_areas(root), *_pivots(parcel, part)])
    unlinked = tuple(place for place in free if not _within(place, [area(one) for one in _links(root)]))
    pivoted = any(relation.kind == "pivotTable" for relation in parcel.relations(part))
    poor = len(free) < ENOUGH
    rank = (not across, poor and table is None, pivoted, table is None, poor, not filled)
    keys = {f"c{column}": column for column in across}
    return Subject(tab, body.top, keys, free, unlinked, body.bottom + body.totals, body.totals, rank)


def _free(filled: Mapping[Place, Cell], body: _Body, across: list[int], kept_out: list[Area]) -> tuple[Place, ...]:
    return tuple(
        place
        for place, cell in filled.items()
        if body.top < place[0] <= body.bottom and place[1] in across and cell.plain and not _within(place, kept_out)
    )


def _tables(parcel: Parcel, part: str) -> Iterator[etree._Element]:
    """The sheet's tables that have headings."""
    for relation in parcel.relations(part):
        name = parcel.name(relation.target) if relation.kind == "table" else None
        table = tree(parcel.parts[name]) if name else None
        if table is not None and table.get("headerRowCount") != "0":
            yield table


def _table_body(table: etree._Element) -> _Body:
    top, left, bottom, right = area(str(table.get("ref")))
    columns = enumerate(table.iterfind("{*}tableColumns/{*}tableColumn"), left)
    calculated = {number for number, column in columns if column.find("{*}calculatedColumnFormula") is not None}
    totals = int(table.get("totalsRowCount") or 0)
    return _Body(top, left, bottom - totals, right, calculated, totals)


def _plain_range(filled: Mapping[Place, Cell]) -> _Body:
    """The same for a sheet without table: its first row that is not empty, and the columns in use."""
    if not filled:
        return _Body(1, 1, 1, BLANK, set())
    columns = sorted({column for _, column in filled})[:MOST_COLUMNS]
    rows = [row for row, column in filled if column in columns]
    left, right = columns[0], columns[-1]
    return _Body(min(rows), left, max(rows), right, set(range(left, right + 1)) - {*columns})


def _areas(root: etree._Element) -> list[Area]:
    """Merged cells, array formulas, data tables."""
    merged = [one for name, child in children(root) if name == "mergeCells" for one in child]
    arrays = [one for one in root.iter() if local(one) == "f" and one.get("t") in ("array", "dataTable")]
    return [area(str(one.get("ref"))) for one in (*merged, *arrays) if isinstance(one.tag, str) and one.get("ref")]


def _links(root: etree._Element) -> dict[str, str]:
    """The ids of the relationships of the sheet's links, "" for links inside the workbook, by their ranges."""
    found = [one for name, child in children(root) if name == "hyperlinks" for _, one in children(child)]
    return {str(one.get("ref")): _id_of(one) for one in found}


def _linked(root: etree._Element) -> Iterator[tuple[Place, str]]:
    for reference, id in _links(root).items():
        yield area(reference)[:2], id


def _id_of(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _pivots(parcel: Parcel, part: str) -> list[Area]:
    """What a refresh writes over."""
    names = [parcel.name(one.target) for one in parcel.relations(part) if one.kind == "pivotTable"]
    places = [tree(parcel.parts[name]).find("{*}location") for name in names if name]
    return [_with_page_fields(place) for place in places if place is not None]


def _with_page_fields(place: etree._Element) -> Area:
    """A pivot table and its fields for whole pages, which stand above it with a row between."""
    top, left, bottom, right = area(str(place.get("ref")))
    pages = int(place.get("rowPageCount") or 0)
    return max(1, top - (pages + 1 if pages else 0)), left, bottom, max(right, left + 1)


def _within(place: Place, areas: list[Area]) -> bool:
    row, column = place
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)
