"""What a worker would write into a workbook it has never seen: where, and 200 times what."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tests.proofs.cells import Cell, Place, cells_of, column_of
from tests.proofs.parcel import Parcel, children, local, tree

Value = str | int | float | bool
MOST_COLUMNS = 40
ENOUGH = 3  # cells that can be overwritten
TEXTS = (
    "Communauté d’Artois – {}",
    "=1+1 {}",
    "«\u00a0reçu\u00a0» & <b> {}",
    "+33 3 21 08 52 46 ({})",
    "ligne {}\nsuite",
    "🌱 {}",
)
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Subject:
    """The sheet to write into: its name, the row of its headings, its columns by key, the cells to overwrite."""

    tab: str
    header_row: int
    columns: Mapping[str, int]
    free: tuple[Place, ...]
    pivoted: bool = False


@dataclass(frozen=True)
class Write:
    """One write: cells by place, or one row to add, values by column key."""

    cells: Mapping[Place, Value]
    row: Mapping[str, Value]


def subject_of(content: bytes) -> Subject | None:
    """The first sheet with enough cells to overwrite, one without pivot table first; else the best there is."""
    parcel = Parcel(content)
    found = [_subject(parcel, tab, part) for tab, part in parcel.sheets.items() if parcel.kinds[part] == "worksheet"]
    subjects = [one for one in found if one is not None]
    good = [one for one in subjects if len(one.free) >= ENOUGH]
    ranked = sorted(good, key=lambda one: one.pivoted) or sorted(subjects, key=lambda one: -len(one.free))
    return ranked[0] if ranked else None


def writes(subject: Subject, count: int, seed: int) -> Iterator[Write]:
    """One or two cells changed, or one row added, in a mixture that is the same for the same seed.

    The caller sends back True where rows cannot be added: from then on only cells are changed.
    """
    dice = random.Random(seed)
    closed = False
    for number in range(1, count + 1):
        if subject.free and (closed or dice.random() < 0.7):
            places = dice.sample(subject.free, min(len(subject.free), dice.choice((1, 2))))
            asked = yield Write({place: _value(dice, number) for place in places}, {})
        elif closed:
            return
        else:
            first, *others = subject.columns
            filled = dice.sample(others, min(len(others), 4))
            asked = yield Write({}, {first: token(number), **{key: _value(dice, number) for key in filled}})
        closed = closed or bool(asked)


def token(number: int) -> str:
    """The key of an added row, by which it is found again."""
    return f"PREUVE-{number:04}"


def row_of(content: bytes, tab: str, text: str) -> int | None:
    """The row where a text stands."""
    parcel = Parcel(content)
    for (row, _), cell in cells_of(tree(parcel.parts[parcel.sheets[tab]]), parcel.strings).items():
        if cell.value == ("s", text):
            return row
    return None


def _value(dice: random.Random, number: int) -> Value:
    match dice.randrange(5):
        case 0:
            return dice.randrange(100, 60_000)
        case 1:
            return dice.randrange(100, 60_000) + 0.25
        case 2:
            return dice.random() < 0.5
        case _:
            return dice.choice(TEXTS).format(number)


def _subject(parcel: Parcel, tab: str, part: str) -> Subject | None:
    root = tree(parcel.parts[part])
    cells = cells_of(root, parcel.strings)
    filled = {place: cell for place, cell in cells.items() if cell.value or cell.formula}
    if not filled:
        return None
    top, left, bottom, right, skipped = _table(parcel, part) or _plain_range(filled)
    across = [column for column in range(left, right + 1) if column not in skipped][:MOST_COLUMNS]
    kept_out = [*_areas(root), *_pivots(parcel, part)]
    free = tuple(
        place
        for place, cell in filled.items()
        if top < place[0] <= bottom and place[1] in across and cell.plain and not _within(place, kept_out)
    )
    pivoted = any(relation.kind == "pivotTable" for relation in parcel.relations(part))
    return Subject(tab, top, {f"c{column}": column for column in across}, free, pivoted)


def _table(parcel: Parcel, part: str) -> tuple[int, int, int, int, set[int]] | None:
    """Heading row, first column, last row of data, last column, calculated columns of the sheet's first table."""
    for relation in parcel.relations(part):
        name = parcel.name(relation.target) if relation.kind == "table" else None
        table = tree(parcel.parts[name]) if name else None
        if table is not None and table.get("headerRowCount") != "0":
            top, left, bottom, right = area(str(table.get("ref")))
            columns = list(table.iterfind("{*}tableColumns/{*}tableColumn"))
            calculated = {
                left + rank
                for rank, column in enumerate(columns)
                if column.find("{*}calculatedColumnFormula") is not None
            }
            return top, left, bottom - int(table.get("totalsRowCount") or 0), right, calculated
    return None


def table_of(content: bytes, tab: str) -> tuple[int, int] | None:
    """The last row of the sheet's first table, and how many rows of totals end it."""
    parcel = Parcel(content)
    for relation in parcel.relations(parcel.sheets[tab]):
        name = parcel.name(relation.target) if relation.kind == "table" else None
        if name is not None:
            table = tree(parcel.parts[name])
            return area(str(table.get("ref")))[2], int(table.get("totalsRowCount") or 0)
    return None


def _plain_range(filled: Mapping[Place, Cell]) -> tuple[int, int, int, int, set[int]]:
    """The same for a sheet without table: its first row that is not empty, and the columns in use."""
    rows, columns = [row for row, _ in filled], {column for _, column in filled}
    left, right = min(columns), max(columns)
    return min(rows), left, max(rows), right, set(range(left, right + 1)) - columns


def _areas(root: etree._Element) -> list[Area]:
    """Merged cells, array formulas, data tables."""
    merged = [one for name, child in children(root) if name == "mergeCells" for one in child]
    arrays = [one for one in root.iter() if local(one) == "f" and one.get("t") in ("array", "dataTable")]
    return [area(str(one.get("ref"))) for one in (*merged, *arrays) if isinstance(one.tag, str) and one.get("ref")]


def _pivots(parcel: Parcel, part: str) -> list[Area]:
    """What a refresh writes over."""
    names = [parcel.name(one.target) for one in parcel.relations(part) if one.kind == "pivotTable"]
    places = [tree(parcel.parts[name]).find("{*}location") for name in names if name]
    return [_with_page_fields(place) for place in places if place is not None]


def pivot_columns(content: bytes, tab: str) -> set[int]:
    """The columns of a sheet's pivot tables, and the one after."""
    parcel = Parcel(content)
    areas = _pivots(parcel, parcel.sheets[tab])
    return {column for _, left, _, right in areas for column in range(left, right + 2)}


def has_controls(content: bytes, tab: str) -> bool:
    """Whether a sheet has form controls, which write into the cells they are linked to."""
    parcel = Parcel(content)
    return any(relation.kind in ("ctrlProp", "control") for relation in parcel.relations(parcel.sheets[tab]))


def _with_page_fields(place: etree._Element) -> Area:
    """A pivot table and its fields for whole pages, which stand above it with a row between."""
    top, left, bottom, right = area(str(place.get("ref")))
    pages = int(place.get("rowPageCount") or 0)
    return max(1, top - (pages + 1 if pages else 0)), left, bottom, max(right, left + 1)


def _within(place: Place, areas: list[Area]) -> bool:
    row, column = place
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)


def area(reference: str) -> Area:
    """Top row, left column, bottom row, right column of a range such as A1:C9."""
    first, _, last = reference.replace("$", "").partition(":")
    corners = [(int(one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_of(one)) for one in (first, last or first)]
    return *corners[0], *corners[1]
