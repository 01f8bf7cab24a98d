"""Tracker → ledger: what staff did in the tracker since it was last read."""

from collections import Counter
from collections.abc import Mapping

from pipeline.core.call import Call
from pipeline.core.columns import sheets_of
from pipeline.core.merge import EditsIn, edits_in
from pipeline.failures import Unavailable
from pipeline.ports import Office
from pipeline.tracking.by_hand import open_rows
from pipeline.tracking.edits import SheetEdits
from pipeline.tracking.resting import is_at_rest, note_typed_into
from pipeline.tracking.sighting import Sighting, note_columns, sight


def carry_in_staff_edits(office: Office, call: Call) -> Counter[str]:
    """Take over what staff did in the tracker since it was last read."""
    if is_at_rest(office, call):
        return Counter()
    sighting = sight(office, call)
    return take_edits(office, call, sighting) if sighting else Counter()


def take_edits(office: Office, call: Call, sighting: Sighting) -> Counter[str]:
    """Store all that staff did; Unavailable when a sheet is in a state nobody should build on, and nothing is taken."""
    found = sound_edits(office, call, sighting)
    counts: Counter[str] = Counter()
    with office.ledger.transaction():
        for sheet in sheets_of(call):
            if sheet.key in found and found[sheet.key].is_news:
                edits = SheetEdits(office, call, sheet, sighting.memories[sheet.key])
                edits.apply(found[sheet.key])
                counts["edits"] += len(found[sheet.key].edits)
                counts["rows taken out"] += len(found[sheet.key].removed)
        open_rows(office, call, sighting)
        note_columns(office, call, sighting)
        if any(one.is_news for one in found.values()):
            note_typed_into(office, call)
    return counts


def sound_edits(office: Office, call: Call, sighting: Sighting) -> dict[str, EditsIn]:
    """As `found_in`; Unavailable when a sheet is in a state nobody should build on."""
    found = found_in(call, sighting)
    warnings = warnings_in(found)
    if warnings:
        raise Unavailable(f"{office.tracker.path(call)}: {' '.join(warnings)}")
    return found


def warnings_in(found: Mapping[str, EditsIn]) -> list[str]:
    """What is said of the sheets nobody should build on."""
    return [warning for one in found.values() for warning in one.warnings]


def found_in(call: Call, sighting: Sighting) -> dict[str, EditsIn]:
    """What staff did, by sheet key."""
    return {
        sheet.key: edits_in(sheet, sighting.seen.sheets[sheet.key], sighting.memories[sheet.key])
        for sheet in sheets_of(call)
        if sheet.key in sighting.memories
    }
