"""What a worker would write into a workbook that it has never seen: 200 times some cells, some rows, or both."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.proofs.cells import Place, cells_of
from tests.proofs.parcel import Parcel, tree
from tests.proofs.subjects import Subject

Value = str | int | float | bool | date | None
ROWS_AT_ONCE = (1, 1, 1, 3)
TEXTS = (
    "Communauté d’Artois – {}",
    "=1+1 {}",
    "«\u00a0reçu\u00a0» & <b> {}",
    "+33 3 21 08 52 46 ({})",
    "ligne {}\nsuite",
    "🌱 {}",
)


@dataclass(frozen=True)
class Write:
    """One write: cells by place, some with a link to a folder; rows to add, values by column key, their column
    `linked` with a link as well."""

    cells: Mapping[Place, Value] = field(default_factory=dict)
    rows: tuple[Mapping[str, Value], ...] = ()
    links: Mapping[Place, str] = field(default_factory=dict)
    linked: str = ""


def writes(subject: Subject, count: int, seed: int) -> Iterator[Write]:
    """A mixture that is the same for the same seed. The caller sends back True where rows cannot be added: from then
    on only cells are changed."""
    dice = random.Random(seed)
    closed = False
    for number in range(1, count + 1):
        kind = dice.choices(("cells", "rows", "both"), (60, 28, 12))[0]
        cells = _cells(dice, subject, number) if kind != "rows" or closed else Write()
        rows = _rows(dice, subject, number) if not closed and (kind != "cells" or not cells.cells) else Write()
        if not (cells.cells or rows.rows):
            return
        closed = bool((yield Write(cells.cells, rows.rows, cells.links, rows.linked))) or closed


def token(number: int, rank: int) -> str:
    """The key of an added row, by which it is found again."""
    return f"PREUVE-{number:04}-{rank}"


def folder(key: object) -> str:
    """What a link leads to."""
    return f"pieces/{key} Lens & Liévin/50 %"


def row_of(content: bytes, tab: str, text: str) -> int | None:
    """The row where a text stands."""
    parcel = Parcel(content)
    for (row, _), cell in cells_of(tree(parcel.parts[parcel.sheets[tab]]), parcel.strings).items():
        if cell.value == ("s", text):
            return row
    return None


def _cells(dice: random.Random, subject: Subject, number: int) -> Write:
    places = dice.sample(subject.free, min(len(subject.free), dice.choice((1, 2))))
    values = {place: _value(dice, number) for place in places}
    links = [place for place in places if place in subject.unlinked and values[place] and dice.random() < 0.1]
    return Write(values, links={place: folder(number) for place in links})


def _rows(dice: random.Random, subject: Subject, number: int) -> Write:
    first, *others = subject.columns
    filled = dice.sample(others, min(len(others), 4))
    rows = tuple(
        {first: token(number, rank), **{key: _value(dice, number) for key in filled}}
        for rank in range(dice.choice(ROWS_AT_ONCE))
    )
    return Write(rows=rows, linked=first if dice.random() < 0.2 else "")


def _value(dice: random.Random, number: int) -> Value:
    match dice.randrange(8):
        case 0:
            return dice.randrange(100, 60_000)
        case 1:
            return dice.randrange(100, 60_000) + 0.25
        case 2:
            return dice.random() < 0.5
        case 3:
            return date(2017, 1, 1 + dice.randrange(28))
        case 4:
            return datetime(2017, 2, 1 + dice.randrange(28), dice.randrange(24), dice.randrange(60))
        case 5:
            return None
        case _:
            return dice.choice(TEXTS).format(number)
