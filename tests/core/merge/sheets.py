"""A sheet of eight candidatures for the tests of the merge: as remembered, as read, as wanted."""

from pipeline.core.columns import candidatures_sheet
from pipeline.core.merge import CellValue, Memory, Place, SheetReading, SheetRow, Stray
from tests.builders import a_call

SHEET = candidatures_sheet(a_call())
COLUMNS = ("number", "collectivite", "phone", "population", "to_check", "decision", "notes")
Row = dict[str, CellValue]
Cells = dict[str, Row]


def a_row(rank: int, **changes: CellValue) -> Row:
    values: Row = {
        "number": f"V21-{rank:03}",
        "collectivite": f"Commune {rank}",
        "phone": f"03 21 00 00 0{rank}",
        "population": 1000.5 + rank,
        "to_check": "",
        "decision": "",
        "notes": "",
    }
    return values | changes


def rows(**changes: Row) -> Cells:
    """Rows V21-001 to V21-008, with changes by key: `V3={...}` for V21-003."""
    return {f"V21-{rank:03}": a_row(rank) | changes.get(f"V{rank}", {}) for rank in range(1, 9)}


def memory(**changes: Row) -> Memory:
    """The newest version as last known."""
    return Memory(rows(**changes))


def an_older_copy(then: Cells, now: Cells, gone: Cells | None = None) -> Memory:
    """A file that held `then`, while the newest version holds `now`."""
    return Memory(now, gone or {}, copy={key: (row,) for key, row in then.items()})


def a_sheet(*found: Row, strays: dict[str, list[CellValue]] | None = None) -> SheetReading:
    """The rows from row 2 on; the columns are those of the first row, `strays` the others by heading."""
    columns = tuple(found[0]) if found else COLUMNS
    return SheetReading(
        places(*columns),
        tuple(
            SheetRow(position, str(row.get("number") or ""), {key: row[key] for key in columns if key in row})
            for position, row in enumerate(found, 2)
        ),
        strays=tuple(
            Stray(Place(20 + rank, heading), dict(enumerate(values, 2)))
            for rank, (heading, values) in enumerate((strays or {}).items())
        ),
    )


def places(*columns: str) -> dict[str, Place]:
    return {key: Place(rank, SHEET.column(key).heading) for rank, key in enumerate(columns, 1)}


def as_written(**changes: Row) -> SheetReading:
    """The sheet as the memory has it, with changes by key."""
    return a_sheet(*rows(**changes).values())


def without(column: str, found: Cells) -> list[Row]:
    return [{key: value for key, value in row.items() if key != column} for row in found.values()]
