"""Rows kept small while nobody looks at them: as they are, those of a long call would be most of a cycle's memory."""

import pickle
import zlib
from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence

from pipeline.core.merge.values import CellValue, RowOut

WINDOW = 500  # rows that are there at once


class FoldedCells(Mapping[str, CellValue]):
    """The cells of one row, unfolded anew whenever they are asked for: who looks at many takes them `unfolded` first.

    `columns` are the places of the column keys among the values, held once for all rows of a sheet.
    """

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: Mapping[str, int], values: Sequence[CellValue]) -> None:
        self._columns, self._values = columns, pickle.dumps(values)

    def __getitem__(self, column: str) -> CellValue:
        value: CellValue = pickle.loads(self._values)[self._columns[column]]
        return value

    def __contains__(self, column: object) -> bool:
        return column in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def items(self) -> ItemsView[str, CellValue]:
        return dict(zip(self._columns, pickle.loads(self._values), strict=True)).items()


def unfolded(cells: Mapping[str, CellValue]) -> Mapping[str, CellValue]:
    """The cells of a row as a dict, which many of them are soon found in."""
    return dict(cells.items()) if isinstance(cells, FoldedCells) else cells


class FoldedRows(Collection[RowOut]):
    """To append, in the order in which they were added; gone through as often as one likes, a window at a time."""

    def __init__(self) -> None:
        self._folded: list[bytes] = []
        self._last: list[RowOut] = []

    def add(self, row: RowOut) -> None:
        self._last.append(row)
        if len(self._last) == WINDOW:
            self._folded.append(zlib.compress(pickle.dumps(self._last), 1))
            self._last = []

    def __len__(self) -> int:
        return len(self._folded) * WINDOW + len(self._last)

    def __iter__(self) -> Iterator[RowOut]:
        for window in self._folded:
            yield from pickle.loads(zlib.decompress(window))
        yield from self._last

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # rows may be added
