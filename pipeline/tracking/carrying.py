"""Tracker → ledger: what staff typed since the tracker was last read."""

from collections import Counter

from pipeline.core.call import Call
from pipeline.core.columns import sheets_of
from pipeline.core.merge import edits_in
from pipeline.failures import Unavailable
from pipeline.ports import Office, TrackerReading
from pipeline.tracking.edits import SheetEdits


def carry_in_staff_edits(office: Office, call: Call) -> Counter[str]:
    """Take over what staff typed in the tracker since it was last read."""
    seen = office.tracker.read(call)
    return take_edits(office, call, seen) if seen else Counter()


def take_edits(office: Office, call: Call, seen: TrackerReading) -> Counter[str]:
    """Store every edit found in a reading; Unavailable when the sheet is in a state nobody should build on."""
    recognise_own_write(office, call, seen)
    stale = is_stale(office, call, seen)
    counts: Counter[str] = Counter()
    for sheet in sheets_of(call):
        if sheet.key not in seen.sheets:
            continue
        known = office.ledger.memory.written(call.code, sheet.key)
        found = edits_in(sheet, seen.sheets[sheet.key], known, stale)
        if found.warnings:
            raise Unavailable(f"{office.tracker.path(call)}: {' '.join(found.warnings)}")
        if found.edits or found.removed or found.conflicts:
            with office.ledger.transaction():
                SheetEdits(office, call, sheet, known, stale).apply(found)
            counts["edits"] += len(found.edits)
    return counts


def is_stale(office: Office, call: Call, seen: TrackerReading) -> bool:
    """Whether an older copy was saved over what we wrote last."""
    return seen.generation is not None and seen.generation < office.ledger.memory.generation(call.code)


def announced(sheet: str, generation: int) -> str:
    """Where the memory keeps what a write is about to put into a sheet."""
    return f"{sheet}@{generation}"


def recognise_own_write(office: Office, call: Call, seen: TrackerReading) -> None:
    """After a crash between writing the file and recording it: what was announced is what stands there."""
    memory = office.ledger.memory
    if seen.generation is None or seen.generation != memory.generation(call.code) + 1:
        return
    with office.ledger.transaction():
        for sheet in sheets_of(call):
            cells = memory.written(call.code, announced(sheet.key, seen.generation))
            memory.remember(call.code, sheet.key, cells)
            memory.forget(call.code, announced(sheet.key, seen.generation), cells)
        memory.note_generation(call.code, seen.generation)
