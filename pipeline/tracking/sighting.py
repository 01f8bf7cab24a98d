"""A tracker as read, with what the ledger remembers of it: which row is which, which column is which, which version.

A file that carries an older stamp than the last write is an older copy that somebody saved over a newer version, or a
new empty one; a file without stamp went through a program that drops it, and is of the version that it shows best.
Both are merged, nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.core.call import Call
from pipeline.core.columns import MEETINGS_SHEET, WHO, Sheet, candidatures_sheet, sheets_of
from pipeline.core.merge import (
    CellValue,
    Memory,
    SheetReading,
    absent_headings,
    differences,
    known_rows,
    places_seen,
    reidentified,
    with_renamed_columns,
    without_borrowed_keys,
    without_keys,
)
from pipeline.core.typed import text
from pipeline.failures import LedgerBehind, Unavailable
from pipeline.ports import Office, Span, TrackerReading

OF_NO_MEETING = (
    "Feuille Réunions\u00a0: « {title} » n'est pas une réunion de l'appel, personne n'y est invité\u00a0; "
    "à déclarer dans config/calls."
)
NOTE = (
    "Feuille Candidatures\u00a0: la ligne {line} (« {who} »), sous une ligne vide, est prise pour une note\u00a0; "
    "si c'est une candidature, remontez-la juste sous la dernière."
)
MOST_VERSIONS = 30  # of a file without its number, those that it may come from
NO_COLUMN = "Feuille {sheet}\u00a0: « {name} » n'a pas de colonne\u00a0; ajoutez-en une de ce titre, elle sera remplie."
DELETED = "Feuille {sheet}\u00a0: colonne « {name} » supprimée, laissée ainsi."
COLUMNS = "{sheet} columns"  # where the memory keeps the headings under which a sheet's columns were last seen


@dataclass(frozen=True)
class Sighting:
    """`seen` has its columns and rows under our keys; `memories` by sheet key, for the sheets that are there."""

    seen: TrackerReading
    memories: Mapping[str, Memory]

    @property
    def is_newest(self) -> bool:
        """Whether the file is the version that was written last, so that what it lacks was taken out of it."""
        return all(memory.is_newest for memory in self.memories.values())


def sight(office: Office, call: Call) -> Sighting | None:
    """The tracker and what is remembered of it; None when there is no file.

    Raises Unavailable for a file of another call, one that is newer than the ledger, and one without its numbers.
    """
    seen = office.tracker.read(call)
    return sighting_of(office, call, seen) if seen else None


def sighting_of(office: Office, call: Call, seen: TrackerReading) -> Sighting:
    """As `sight`, for a reading at hand."""
    _refuse_a_stranger(office, call, seen)
    sheets, memories = {}, {}
    version = _version(office, call, seen)
    for sheet in sheets_of(call):
        if sheet.key in seen.sheets:
            memory = _memory(office, call, sheet, version, seen.sheets[sheet.key])
            memory = replace(memory, marked=seen.generation is not None)
            reading = with_renamed_columns(sheet, seen.sheets[sheet.key], memory, _known_places(office, call, sheet))
            if sheet.row_key not in reading.places:
                _refuse_without_numbers(office, call, sheet)
                continue
            memory = _with_whereabouts(office, call, sheet, replace(seen, sheets={sheet.key: reading}), memory)
            reading = without_borrowed_keys(reading, memory, WHO if sheet.key == "candidatures" else ())
            sheets[sheet.key], memories[sheet.key] = reidentified(sheet, reading, memory), memory
    return Sighting(replace(seen, sheets=sheets), memories)


def note_columns(office: Office, call: Call, sighting: Sighting) -> None:
    """Remember under which headings the columns were seen."""
    span = Span.of_staff(office.ledger.memory.generation(call.code))
    for sheet in sheets_of(call):
        if sheet.key in sighting.seen.sheets:
            places = places_seen(sighting.seen.sheets[sheet.key])
            if places != {key: row for key, row in _known_places(office, call, sheet).items() if key in places}:
                office.ledger.memory.remember(call.code, COLUMNS.format(sheet=sheet.key), places, span)


def remarks_on(office: Office, call: Call, sighting: Sighting) -> list[str]:
    """What staff did to the sheets that the worker cannot use any more, one French sentence each."""
    remarks = []
    for sheet in sheets_of(call):
        if sheet.key not in sighting.seen.sheets:
            key = sheet.column(sheet.row_key).heading
            why = f"colonne « {key} » supprimée" if sheet.key in sighting.seen.names else "absente"
            remarks.append(f"Feuille {sheet.name}\u00a0: {why}, elle n'est plus tenue à jour.")
            continue
        remarks += _of_absent_columns(office, call, sheet, sighting.seen.sheets[sheet.key])
        doubled = sighting.seen.sheets[sheet.key].doubled
        remarks += [f"Feuille {sheet.name}\u00a0: deux colonnes « {name} », la première est lue." for name in doubled]
    return [*remarks, *_of_notes(sighting), *_of_no_meeting(call, sighting)]


def _of_absent_columns(office: Office, call: Call, sheet: Sheet, reading: SheetReading) -> list[str]:
    """A column that was there was deleted; one that never was is of a meeting declared since the tracker was made."""
    seen = {sheet.column(key).heading for key in _known_places(office, call, sheet) if key in _keys(sheet)}
    absent = absent_headings(sheet, reading)
    return [(DELETED if name in seen else NO_COLUMN).format(sheet=sheet.name, name=name) for name in absent]


def _keys(sheet: Sheet) -> set[str]:
    return {column.key for column in sheet.columns}


def _of_notes(sighting: Sighting) -> list[str]:
    """What stands under the table of the candidatures and could be one: it says who."""
    notes = sighting.seen.sheets["candidatures"].notes
    found = ((row.position, next(filter(None, (text(row.values.get(key)) for key in WHO)), "")) for row in notes)
    return [NOTE.format(line=line, who=who) for line, who in found if who]


def _of_no_meeting(call: Call, sighting: Sighting) -> list[str]:
    """The rows of Réunions that staff added: what is no meeting of the call invites nobody."""
    sheet, known = sighting.seen.sheets.get(MEETINGS_SHEET.key), {meeting.key for meeting in call.meetings}
    added = [row for row in sheet.rows if row.key not in known and text(row.values.get("title"))] if sheet else []
    return [OF_NO_MEETING.format(title=text(row.values["title"])) for row in added]


def _refuse_a_stranger(office: Office, call: Call, seen: TrackerReading) -> None:
    path, last = office.tracker.path(call), office.ledger.memory.generation(call.code)
    if seen.call and seen.call != call.code:
        raise Unavailable(f"{path}: is the tracker of the call {seen.call}; put back that of {call.code}.")
    if seen.generation is None or seen.generation <= last:
        return
    # After a crash between writing the file and recording it, what was announced is what stands there.
    if office.ledger.memory.confirm(call.code, seen.generation):
        return
    if seen.generation >= office.ledger.memory.next_generation(call.code):
        raise LedgerBehind(
            f"{path}: comes from write {seen.generation}, the ledger knows of {last} only: put the newer ledger "
            "back, or run `recover`, which rebuilds it from the mailbox, the tracker and what was sent. Until then "
            "nothing is sent."
        )


def _version(office: Office, call: Call, seen: TrackerReading) -> int:
    """The write that the file comes from: by its stamp, else the newest of those whose cells it shows best. A program
    that drops the stamp may also have had an older version open while the worker wrote."""
    memory, last = office.ledger.memory, office.ledger.memory.generation(call.code)
    if seen.generation is not None:
        return seen.generation
    sheet, best, found = candidatures_sheet(call), -1, last
    for generation in range(last, max(last - MOST_VERSIONS, 0), -1):
        count = differences(sheet, seen.sheets[sheet.key], memory.stood(call.code, sheet.key, generation))
        if best < 0 or count < best:
            best, found = count, generation
        if count == 0:
            break
    return found


def _memory(office: Office, call: Call, sheet: Sheet, version: int, reading: SheetReading) -> Memory:
    memory = office.ledger.memory
    now = known_rows(reading, memory.rows_written(call.code, sheet.key))
    gone = memory.gone(call.code, sheet.key)
    if version != memory.generation(call.code):
        return Memory(now, gone, copy=memory.stood(call.code, sheet.key, version))
    return Memory(now, gone)


def _known_places(office: Office, call: Call, sheet: Sheet) -> dict[str, dict[str, CellValue]]:
    return office.ledger.memory.written(call.code, COLUMNS.format(sheet=sheet.key))


def _refuse_without_numbers(office: Office, call: Call, sheet: Sheet) -> None:
    """Without the numbers of the candidatures nothing can be done; another sheet without its keys is left alone."""
    if sheet.key == "candidatures":
        raise Unavailable(f"{office.tracker.path(call)}: {without_keys(sheet)}")


def _with_whereabouts(office: Office, call: Call, sheet: Sheet, seen: TrackerReading, memory: Memory) -> Memory:
    """The memory with the absent rows of Candidatures that staff put into a sheet of their own."""
    present = {row.key for row in seen.sheets[sheet.key].rows}
    absent = [key for key in memory.now if key not in present and (memory.untouched(key) or not memory.marked)]
    if sheet.key != "candidatures" or not absent:
        return memory
    return replace(memory, elsewhere=office.tracker.whereabouts(call, seen, absent))
