"""The scripted staff member: types decisions, meeting places and letters into the real workbook, and saves it.

What she types is written without telling the worker's ledger: the worker finds it as it would find hers.
"""

from collections.abc import Mapping
from datetime import datetime, time

from pipeline.core.call import Call
from pipeline.core.merge import CellOut, CellValue, SheetChanges
from pipeline.failures import Unavailable
from pipeline.ports import Edition, Tracker, TrackerReading

Typed = Mapping[str, Mapping[str, CellValue]]  # row key → column key → what is typed

MEETINGS: Typed = {
    "prep-1": {
        "start": time(14, 0),
        "end": time(17, 0),
        "place": "Base 11/19",
        "address": "Rue de Bourgogne, 62750 Loos-en-Gohelle",
    },
    "prep-2": {
        "start": time(9, 30),
        "end": time(12, 30),
        "place": "Base 11/19",
        "address": "Rue de Bourgogne, 62750 Loos-en-Gohelle",
    },
}


def type_into(tracker: Tracker, call: Call, sheet: str, typed: Typed) -> None:
    """Type cells into rows found by their key, and save."""
    seen = tracker.read(call)
    if seen is None:
        raise Unavailable(f"{tracker.path(call)}: there is no tracker to type into.")
    positions = {row.key: row.position for row in seen.sheets[sheet].rows}
    cells = tuple(
        CellOut(positions[key], column, value) for key, columns in typed.items() for column, value in columns.items()
    )
    saved = Edition(seen.generation or 0, datetime.combine(call.closes, time(12), call.zone))
    tracker.write(call, seen, {sheet: SheetChanges(cells)}, saved)


def numbers_by_collectivite(seen: TrackerReading) -> dict[str, str]:
    """{collectivité: number} as the tracker shows them."""
    return {str(row.values.get("collectivite")): row.key for row in seen.sheets["candidatures"].rows}
