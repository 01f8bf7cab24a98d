"""What a workbook lost between two states, told by meaning and not by bytes; shares no code with the pipeline.

A token of the first state that the second has no longer is lost, but where it is a range that only grew at its foot.
How a workbook is taken apart into tokens is left to `units`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from tests.proofs.cells import Place, column_of, letters
from tests.proofs.growth import Grown, covers, grew, names_ranges, rose
from tests.proofs.parcel import Parcel, children, tree
from tests.proofs.units import Slide, Token, units_of
from tests.proofs.withdrawn import STALE, stale_results

ROWS = "sheet/row attributes"
CHAIN = "calcChain"  # the order of calculation, which names cells
# The lists of the styles' part that cells and others point into by number.
NUMBERED = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


@dataclass(frozen=True)
class Written:
    """What was written on purpose: cells that were changed, by sheet; how far the body grew; by sheet the row of
    totals that had to make room for rows, how far it went, its columns."""

    cells: Mapping[str, frozenset[Place]] = field(default_factory=dict)
    grown: Grown = Grown()
    slid: Mapping[str, Slide] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """How much of a unit there was, and what of it is gone."""

    tokens: int
    lost: Counter[Token]

    @property
    def missing(self) -> int:
        return self.lost.total()


@dataclass(frozen=True)
class Comparison:
    """Every unit of the first state, the parts that are gone as "kind (how many)", of all the parts that there were
    how many have the same bytes; apart, what had to go, by kind."""

    units: dict[str, Kept]
    parts_lost: Counter[str]
    parts: int
    parts_same: int
    withdrawn: Counter[str] = field(default_factory=Counter)

    @property
    def cached_lost(self) -> int:
        kept = self.units.get("sheet/cached value")
        return kept.missing if kept else 0

    @property
    def tokens_lost(self) -> int:
        """Elements, attributes and texts that are gone, cached values aside."""
        return sum(kept.missing for kept in self.units.values()) - self.cached_lost

    @property
    def lossless(self) -> bool:
        return not (self.parts_lost or self.tokens_lost or self.cached_lost)


def compared(before: bytes, after: bytes, written: Written) -> Comparison:
    """What `after` has no longer of `before`, but for what was written on purpose."""
    old, new = Parcel(before), Parcel(after)
    loose = _numbered_anew(old, new)
    stale = stale_results(old, new, written.cells)
    had = units_of(old, written.cells, written.slid, loose)
    has = units_of(new, written.cells, {}, loose)
    results = had.get("sheet/cached value", Counter[Token]())
    for token in [one for one in results if one[0] in stale]:
        del results[token]
    units = {
        name: Kept(tokens.total(), _lost(name, tokens, has.get(name, Counter()), written))
        for name, tokens in had.items()
    }
    same = sum(new.parts.get(name) == data for name, data in old.parts.items())
    gone = _parts(old) - _parts(new)
    return Comparison(units, gone, len(old.parts), same, +Counter({STALE: len(stale)}))


def _numbered_anew(old: Parcel, new: Parcel) -> bool:
    """Whether numbers into the styles mean something else now, so that only that there is one can be compared."""
    lists, lists_after = _lists(old), _lists(new)
    return any(lists_after.get(name, [])[: len(entries)] != entries for name, entries in lists.items())


def _lists(parcel: Parcel) -> dict[str, list[bytes]]:
    part = next((part for part, kind in parcel.kinds.items() if kind == "styles"), None)
    if part is None:
        return {}
    found = [(name, child) for name, child in children(tree(parcel.parts[part])) if name in NUMBERED]
    return {name: [etree.tostring(one, method="c14n") for _, one in children(child)] for name, child in found}


def _parts(parcel: Parcel) -> Counter[str]:
    """How many parts of each kind; shared strings are looked at through the cells that show them."""
    reached = Counter(kind for kind in parcel.kinds.values() if kind != "sharedStrings")
    return reached + Counter({f"unreached {name}": 1 for name in parcel.unreached})


def _lost(unit: str, had: Counter[Token], has: Counter[Token], written: Written) -> Counter[Token]:
    """The tokens that are gone, each grown one paired with the one it became."""
    lost, new = had - has, has - had
    by_path = defaultdict(list)
    for path, value in new.elements():
        by_path[path].append(value)
    gone = Counter[Token]()
    for path, value in lost.elements():
        became = next((late for late in by_path[path] if _became(unit, (path, value), late, written)), None)
        if unit == ROWS and became is None and _is_written(path, written):
            marks = [mark for place, mark in had if place == path]
            became = next((late for late in by_path[path] if rose(value, late, marks)), None)
        if became is None:
            gone[path, value] += 1
        else:
            by_path[path].remove(became)
    return gone


def _is_written(place: str, written: Written) -> bool:
    """Whether a cell of that row was written on purpose."""
    tab, _, number = place.rpartition("!")
    return any(row == int(number) for row, _ in written.cells.get(tab, ()))


def _became(unit: str, token: Token, late: str, written: Written) -> bool:
    """Whether a token is still there in another form: a range that grew, a formula now spelled out in its own cell
    instead of pointing at the one it shares, in the order of calculation a formula of the row of totals."""
    path, soon = token
    if path.endswith("dimension@ref"):
        return covers(late, soon)
    if unit == CHAIN:
        return path.endswith("/c@r") and any(late == _slid(soon, slide) for slide in written.slid.values())
    if unit == "sheet/formula" and not soon:
        return True
    return (unit.startswith("sheet/formula") or names_ranges(path)) and grew(soon, late, written.grown)


def _slid(reference: str, slide: Slide) -> str | None:
    """Where a cell of a row that went down is now."""
    row, distance, columns = slide
    column = column_of(reference)
    return (
        f"{letters(column)}{row + distance}" if column in columns and reference == f"{letters(column)}{row}" else None
    )
