"""What must be in the workbook after the writes, and what is there that nobody wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from tests.proofs.cells import EMPTY, Place, cells_of
from tests.proofs.compared import Written
from tests.proofs.growth import Grown
from tests.proofs.parcel import Parcel, tree
from tests.proofs.scenario import Value, Write, folder, row_of
from tests.proofs.subjects import Subject, area, links_of, table_of


@dataclass
class Model:
    """The cells that were written, the links, the rows that were added."""

    subject: Subject
    values: dict[Place, Value] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    changed: set[Place] = field(default_factory=set)
    added: list[int] = field(default_factory=list)

    def took(self, write: Write, after: bytes) -> None:
        """A write was made; the first added row is looked for, the next ones stand under it."""
        self.values.update(write.cells)
        self.changed.update(write.cells)
        self.links.update(write.links)
        for row in write.rows:
            key = str(next(iter(row.values())))
            number = self.added[-1] + 1 if self.added else row_of(after, self.subject.tab, key) or 0
            self.added.append(number)
            self.values.update({(number, self.subject.columns[one]): value for one, value in row.items()})
            if write.linked:
                self.links[number, self.subject.columns[write.linked]] = folder(key)

    def written(self, before: bytes, after: bytes) -> Written:
        """What was done on purpose between the two states: also the way of a row of totals."""
        tab, totals = self.subject.tab, self.subject.totals
        meant = {tab: frozenset(self.changed | self._blank(before))}
        old, new = (table_of(content, tab) for content in (before, after))
        if old is None or new is None:
            return Written(meant, Grown(len(self.added), self.subject.last, max([self.subject.last, *self.added])))
        last, new_last = _last_row(old), _last_row(new)
        _, left, _, right = area(str(old.get("ref")))
        slid = {tab: (last, new_last - last, range(left, right + 1))} if totals and new_last > last else {}
        return Written(meant, Grown(len(self.added), last, new_last, totals), slid)

    def _blank(self, before: bytes) -> set[Place]:
        """Empty texts, which show nothing, where rows were added: a row with nothing else in it is taken as free."""
        parcel = Parcel(before)
        cells = cells_of(tree(parcel.parts[parcel.sheets[self.subject.tab]]), parcel.strings)
        rows, columns = set(self.added), set(self.subject.columns.values())
        return {
            place for place, cell in cells.items() if place[0] in rows and place[1] in columns and cell.value == EMPTY
        }

    def faults(self, before: bytes, after: bytes) -> Iterator[str]:
        """Cells that appeared, rows under the table, links that are not there."""
        yield from self._strays(before, after)
        yield from self._left_out(before, after)
        if self.links:
            there = links_of(after, self.subject.tab)
            for (row, column), target in self.links.items():
                if unquote(there.get((row, column), "")) != target:
                    yield f"R{row}C{column} has no link to {target}"

    def _strays(self, before: bytes, after: bytes) -> Iterator[str]:
        """Constants and formulas where nothing stood and nobody wrote; a row of totals may have moved, an added row
        may calculate."""
        old, new = _filled(before), _filled(after)
        slides = self.written(before, after).slid.items()
        moved = {(tab, (last + distance, column)) for tab, (last, distance, columns) in slides for column in columns}
        meant = {(self.subject.tab, place) for place in self.values}
        for where, (row, column) in sorted(set(new) - set(old) - meant - moved):
            if not (where == self.subject.tab and row in self.added and new[where, (row, column)]):
                yield f"{where}!R{row}C{column} appeared"

    def _left_out(self, before: bytes, after: bytes) -> Iterator[str]:
        """Rows that were added under the table, or under its filter, instead of in it."""
        old, new = (table_of(content, self.subject.tab) for content in (before, after))
        if old is None or new is None or not self.added:
            return
        if _last_row(new) - self.subject.totals < self.added[-1]:
            yield f"the table ends on row {_last_row(new)}, the last added row is {self.added[-1]}"
        filtered, filtered_now = (_last_row(one.find("{*}autoFilter")) for one in (old, new))
        if filtered and _last_row(new) - filtered_now != _last_row(old) - filtered:
            yield f"the table ends on row {_last_row(new)}, its filter on {filtered_now}"


def _last_row(element: etree._Element | None) -> int:
    return 0 if element is None else area(str(element.get("ref")))[2]


def _filled(content: bytes) -> dict[tuple[str, Place], bool]:
    """The cells that hold something, by sheet and place, and whether it is a formula."""
    parcel = Parcel(content)
    pages = {tab: part for tab, part in parcel.sheets.items() if parcel.kinds[part] == "worksheet"}
    return {
        (tab, place): cell.formula is not None
        for tab, part in pages.items()
        for place, cell in cells_of(tree(parcel.parts[part]), parcel.strings).items()
        if cell.value is not None or cell.formula is not None
    }
