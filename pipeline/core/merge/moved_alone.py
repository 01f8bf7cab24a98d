"""Columns whose cells were moved without their rows: sorted alone, or pushed up or down by a cell deleted or inserted.

Told by what stood and what stands in a column, as comparable texts in the order of the sheet.
"""

from collections import Counter
from collections.abc import Sequence

FEW = 3  # so many rows or cells may always change together
MOST = 0.8  # the part of the changed cells that hold what stood in others of them

Cells = Sequence[tuple[str, str]]  # what stood, what stands


def is_sorted_alone(changed: Cells) -> bool:
    """Whether the changed cells hold the same values in another order."""
    before, now = Counter(old for old, _ in changed), Counter(new for _, new in changed)
    return len(before) > FEW and before == now


def is_mostly_moved(changed: Cells) -> bool:
    """Whether nearly all of them do: a sort or a push after which somebody went on typing. Not for columns of choices,
    where few words go to and fro."""
    before, now = Counter(old for old, _ in changed), Counter(new for _, new in changed)
    moved = before & now
    del moved[""]
    return len(moved) > FEW and moved.total() >= MOST * len(changed)


def is_pushed(column: Cells) -> bool:
    """Whether a whole column was pushed by one row from some row on, and a cell is free where that began or ended."""
    changed = [rank for rank, (old, new) in enumerate(column) if old != new]
    if len(changed) <= FEW:
        return False
    first, last = changed[0], changed[-1]
    old, new = [one for one, _ in column], [one for _, one in column]
    freed = old[last + 1] if last + 1 < len(old) else ""
    up = new[first:last] == old[first + 1 : last + 1] and new[last] == freed
    down = new[first + 1 : last + 1] == old[first:last] and new[first] == ""
    return up or down
