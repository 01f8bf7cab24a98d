"""Rows to append, kept small: as they are, those of a first cycle over a full mailbox would be most of its memory."""

import pickle
import zlib
from collections.abc import Collection, Iterator

from pipeline.core.merge.values import RowOut

WINDOW = 500  # rows that are there at once


class FoldedRows(Collection[RowOut]):
    """In the order in which they were added; gone through as often as one likes, a window of them at a time."""

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
