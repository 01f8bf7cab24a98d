"""What goes in and out of a merge: rows as read, edits, cells to write."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

CellValue = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet as it stands: 1-based row number in the file, key ("" for a row without one),
    values by column key for every known column that the sheet still has."""

    position: int
    key: str
    values: dict[str, CellValue]


@dataclass(frozen=True)
class SheetReading:
    """One sheet as read: the column keys it has (a deleted column is absent) and its non-empty rows in order."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Edit:
    """Something staff typed: the row, the column, what stands there now ("" when they emptied it)."""

    key: str
    column: str
    value: CellValue


@dataclass(frozen=True)
class RowByHand:
    """A row staff typed without a number: it is to become a candidature."""

    position: int
    values: dict[str, CellValue]


@dataclass(frozen=True)
class EditsIn:
    """What the sheet says that the ledger does not know yet; `removed` are keys whose row staff deleted;
    `conflicts` are French sentences by row key."""

    edits: tuple[Edit, ...] = ()
    by_hand: tuple[RowByHand, ...] = ()
    removed: tuple[str, ...] = ()
    conflicts: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellOut:
    """A cell to write: an existing row by position; `link` is a hyperlink relative to the workbook's folder."""

    position: int
    column: str
    value: CellValue
    link: str = ""


@dataclass(frozen=True)
class RowOut:
    """A row to append at the end of the table; `links` are hyperlinks by column key."""

    key: str
    values: dict[str, CellValue]
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetChanges:
    """What to write into one sheet; empty means nothing at all is written."""

    cells: tuple[CellOut, ...] = ()
    rows: tuple[RowOut, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows)
