"""Whether what changed only grew: a text that names ranges, because rows were added at the foot of what was written to;
a row, because of what was written into it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

_RANGE = re.compile(r"(?<![A-Za-z0-9_.])(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\w(])")
# Where ranges are written; a text or a name that happens to look like one may not change.
_NAMES_RANGES = re.compile(r"@(ref|sqref)$|/(f|sqref|formula|formula1|formula2|definedName|totalsRowFormula)#$")


@dataclass(frozen=True)
class Grown:
    """`rows` were added under a body that ended on row `last` and ends on `new_last`, both with the `totals` rows."""

    rows: int = 0
    last: int = 0
    new_last: int = 0
    totals: int = 0

    def allows(self, soon: int, late: int) -> bool:
        """Whether a range that ended on one row may end on another: what ended above the body's end may not grow."""
        return soon == late or (self.last - self.totals <= soon < late <= min(self.new_last, soon + self.rows))


def names_ranges(path: str) -> bool:
    """Whether a token with that path is made of ranges."""
    return _NAMES_RANGES.search(path) is not None


def grew(before: str, after: str, grown: Grown) -> bool:
    """Whether `after` is `before` with some of its ranges longer at the foot, as far as `grown` allows."""
    (shape, feet), (shape_after, feet_after) = _skeleton(before), _skeleton(after)
    pairs = list(zip(feet, feet_after, strict=False))
    return (
        before != after
        and shape == shape_after
        and len(feet) == len(feet_after)
        and all(grown.allows(soon, late) for soon, late in pairs)
    )


def rose(before: str, after: str, marks: Collection[str]) -> bool:
    """Whether a row of those marks is only higher, and its height was nobody's choice."""
    heights = [float(one.removeprefix("ht=")) for one in (before, after) if one.startswith("ht=")]
    is_chosen = any(one.startswith("customHeight=") and not one.endswith(("=0", "=0.0", "=false")) for one in marks)
    return len(heights) == 2 and heights[0] < heights[1] and not is_chosen


def covers(outer: str, inner: str) -> bool:
    """Whether one range holds another: a sheet's used range may grow on every side but shrink on none."""
    wide, small = _corners(outer), _corners(inner)
    if wide is None or small is None:
        return False
    return all(wide[side] <= small[side] for side in (0, 1)) and all(wide[side] >= small[side] for side in (2, 3))


def _skeleton(text: str) -> tuple[str, list[int]]:
    """The text with the last row of each range left out, and these rows."""
    feet: list[int] = []

    def without_foot(match: re.Match[str]) -> str:
        column, top, last_column, bottom = match.groups()
        feet.append(int(bottom or top))
        return f"{column}{top}:{last_column or column}#"

    return _RANGE.sub(without_foot, text), feet


def _corners(reference: str) -> tuple[int, int, int, int] | None:
    """Top row, left column, bottom row, right column."""
    match = _RANGE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    column, top, last_column, bottom = match.groups()
    return int(top), _number(column), int(bottom or top), _number(last_column or column)


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number
