"""What the ledger remembers of a tracker's rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from pipeline.core.merge import CellValue

Announced = tuple[str, str, Mapping[str, CellValue]]  # sheet, row key, the row as it will stand by column key


class TrackerMemory(Protocol):
    """The part of the ledger that remembers what stands in the rows of a tracker, and what stood there under each of
    its stamps (the numbers of the worker's writes), so that an older copy can be told from what staff typed."""

    def written(self, call: str, sheet: str) -> dict[str, dict[str, CellValue]]:
        """{row key: {column key: value}} as last known to stand in the file; rows taken out by staff are left out."""
        ...

    def rows_written(self, call: str, sheet: str) -> Iterator[tuple[str, dict[str, CellValue]]]:
        """The same, row by row: a long sheet is never held whole."""
        ...

    def gone(self, call: str, sheet: str) -> dict[str, dict[str, CellValue]]:
        """The rows that staff took out, as last known."""
        ...

    def stood(self, call: str, sheet: str, generation: int) -> dict[str, list[dict[str, CellValue]]]:
        """Every state that each row had in a file of that stamp, the newest last."""
        ...

    def remember(self, call: str, sheet: str, cells: Mapping[str, Mapping[str, CellValue]], span: "Span") -> None:
        """Rows as they stand now; columns not named keep what they held; a row taken out is back."""
        ...

    def take_out(self, call: str, sheet: str, keys: Iterable[str], span: "Span") -> None:
        """Rows that staff took out."""
        ...

    def next_generation(self, call: str) -> int:
        """The number of the next write: never that of another one, announced ones among them."""
        ...

    def announce(self, call: str, rows: Iterable[Announced], generation: int) -> None:
        """What the write of that number is about to put into the file, taken over as it comes. What was announced
        before and never recorded may stand in a file of that earlier number all the same: it is remembered so."""
        ...

    def confirm(self, call: str, generation: int) -> bool:
        """The announced write of that number took place: remember it. False when it was never announced."""
        ...

    def generation(self, call: str) -> int:
        """The number of the last write, 0 before the first."""
        ...


@dataclass(frozen=True)
class Span:
    """When one state of a row took the place of another: `since`, the first stamp of the new one, and `until`, the last
    of the old one. A write of number 7 is (7, 6); what staff typed into a file of stamp 7 is (7, 7)."""

    since: int
    until: int

    @staticmethod
    def of_write(generation: int) -> "Span":
        return Span(generation, generation - 1)

    @staticmethod
    def of_staff(generation: int) -> "Span":
        return Span(generation, generation)
