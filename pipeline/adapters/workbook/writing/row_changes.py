"""Which rows of a sheet differ between two workbooks. Both are unpacked in steps, neither they nor what differs is ever
held whole: a first write is thousands of rows."""

import re
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.failures import Unavailable

STEP = 1 << 18  # bytes unpacked at a time
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^>]*?)?(/?)>")


@dataclass(frozen=True)
class ChangedRow:
    """A row that differs: its number, its XML before (b"" when it was not there) and after."""

    number: int
    before: bytes
    after: bytes

    @property
    def is_bare(self) -> bool:
        """Whether it is now a row element that closes itself."""
        tag = _ROW.match(self.after)
        return tag is not None and bool(tag[1])


def difference(before: "Pieces", after: "Pieces") -> Iterator[ChangedRow]:
    """The rows, without their end tag, that differ between two versions of a sheet; Unavailable when one is gone."""
    olds, news = iter(before), iter(after)
    old: deque[tuple[int, bytes]] = deque()
    new: deque[tuple[int, bytes]] = deque()
    while True:
        if not old and not new:
            one, other = next(olds, None), next(news, None)
            if one == other and one is not None:
                continue
            old, new = _rows_in(one), _rows_in(other)
            if one is None and other is None:
                return
        old, new = old or _rows_in(next(olds, None)), new or _rows_in(next(news, None))
        found = _next_change(old, new)
        if found.before != found.after:
            yield found


def _rows_in(piece: bytes | None) -> deque[tuple[int, bytes]]:
    """The rows of a piece with their numbers: several when all but the last close themselves.

    Raises Unavailable for a row inside another, and for anything between two rows.
    """
    piece = piece or b""
    starts = [(found.start(), found) for found in _ROW.finditer(piece)]
    if any(not found[1] or piece[found.end() : after].strip() for (_, found), (after, _) in pairwise(starts)):
        raise Unavailable("a row stands inside another one; nothing was changed.")
    if piece[: starts[0][0] if starts else len(piece)].strip():
        raise Unavailable("something stands between two rows; nothing was changed.")
    ends = [*(start for start, _ in starts[1:]), len(piece)]
    return deque(
        (int(number[1]), piece[start:end].strip())
        for (start, found), end in zip(starts, ends, strict=False)
        if (number := _NUMBER.search(found[0]))
    )


def _next_change(old: deque[tuple[int, bytes]], new: deque[tuple[int, bytes]]) -> ChangedRow:
    """The next row of both or of the new version alone."""
    if old and (not new or old[0][0] < new[0][0]):
        raise Unavailable(f"row {old[0][0]} would be lost; nothing was changed.")
    number, after = new.popleft()
    before = old.popleft()[1] if old and old[0][0] == number else b""
    return ChangedRow(number, before, after)


class Pieces:
    """A sheet as its rows, each with what follows the one before it. On the way are set: `head` and `tail`, what comes
    before and after the rows, and their end tag `row_end`."""

    def __init__(self, package: zipfile.ZipFile, member: str) -> None:
        self.head = self.tail = self.row_end = b""
        self._stream = package.open(member)

    def __iter__(self) -> Iterator[bytes]:
        """Rows up to and with the last one; two in one piece where one of them closes itself."""
        buffer = b""
        while not (found := _DATA.search(buffer)):
            step = self._stream.read(STEP)
            if not step:
                raise Unavailable("a sheet of the result has no rows; nothing was changed.")
            buffer += step
        self.head, self.row_end = buffer[: found.end()], b"</%srow>" % found[1]
        yield from self._rows(buffer[found.end() :])

    def _rows(self, buffer: bytes) -> Iterator[bytes]:
        parts = [buffer]  # rows that close themselves, thousands perhaps, are joined once
        while step := self._stream.read(STEP):
            parts.append(step)
            if self.row_end in parts[-2][-len(self.row_end) :] + step:
                *rows, buffer = b"".join(parts).split(self.row_end)
                yield from rows
                parts = [buffer]
        buffer = b"".join(parts)
        *rows, self.tail = buffer.split(self.row_end)
        yield from rows
        # Rows that close themselves may come last.
        at = self.tail.find(b"</")
        if _ROW.search(self.tail, 0, max(at, 0)):
            rest, self.tail = self.tail[:at], self.tail[at:]
            yield rest
