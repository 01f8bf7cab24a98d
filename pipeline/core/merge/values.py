"""What goes in and out of a merge: a sheet as read, what staff did, what to write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

CellValue = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet as it stands: 1-based row number in the file, key ("" for a row without one),
    values by column key for every known column that the sheet still has, but the cells that merged ones cover."""

    position: int
    key: str
    values: Mapping[str, CellValue]


@dataclass(frozen=True)
class Place:
    """Where a column stands: 1-based column, the heading it has now, and the number by which the program that saved
    the file knows it ("" where that number does not last)."""

    column: int
    heading: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Stray:
    """A column whose heading is none of ours; `values` by row number. It is staff's, or one of ours renamed."""

    place: Place
    values: Mapping[int, CellValue]


@dataclass(frozen=True)
class SheetReading:
    """One sheet as read: where each column is (a deleted one is absent), its non-empty rows in order, the row of its
    headings. `strays` are read only where a column of ours is absent. `fixed` are cells (row number, column key) that
    are never written: formulas, and what lies under merged cells. `doubled`: headings of ours that stand twice.
    `notes`: what stands under an empty row below the table, and is none of its rows."""

    places: Mapping[str, Place]
    rows: tuple[SheetRow, ...]
    header_row: int = 1
    strays: tuple[Stray, ...] = ()
    fixed: frozenset[tuple[int, str]] = frozenset()
    doubled: tuple[str, ...] = ()
    notes: tuple[SheetRow, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.places)


@dataclass(frozen=True)
class Edit:
    """Something staff typed: the row, the column, what stands there now (nothing when they emptied it), and what stood
    there before they did."""

    key: str
    column: str
    value: CellValue
    before: CellValue = None


@dataclass(frozen=True)
class Clash:
    """A cell that staff changed in an older copy and that had changed since on the other side, to `other`."""

    key: str
    column: str
    kept: CellValue
    other: CellValue


@dataclass(frozen=True)
class RowByHand:
    """A row staff typed without a number: it is to become a candidature."""

    position: int
    values: Mapping[str, CellValue]


@dataclass(frozen=True)
class EditsIn:
    """What the sheet says that the ledger does not know yet. By row key: `removed` rows that staff deleted, `returned`
    those that are back after it, `moved` those that staff put into another sheet (its name). `warnings` are French
    sentences: with them nothing else is said, and nothing may be written."""

    edits: tuple[Edit, ...] = ()
    removed: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether the ledger has something to learn."""
        return bool(self.edits or self.removed or self.returned or self.moved)


@dataclass(frozen=True, slots=True)
class CellOut:
    """A cell to write: an existing row by position; `link` is a hyperlink relative to the workbook's folder."""

    position: int
    column: str
    value: CellValue
    link: str = ""


@dataclass(frozen=True, slots=True)
class RowOut:
    """A row to append at the end of the table; `links` are hyperlinks by column key."""

    key: str
    values: dict[str, CellValue]
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetChanges:
    """What to write into one sheet; empty means nothing at all is written."""

    cells: tuple[CellOut, ...] = ()
    rows: Collection[RowOut] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows)
