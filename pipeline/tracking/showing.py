"""Ledger → tracker: the cells and rows that the tracker does not show yet."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from pipeline import faults
from pipeline.core import rows
from pipeline.core.call import Call
from pipeline.core.columns import MEETINGS_SHEET, MESSAGES_SHEET, Sheet, candidatures_sheet, sheets_of
from pipeline.core.corrections import requested_letter, text, typed_by_hand
from pipeline.core.letters import Request
from pipeline.core.merge import (
    CellOut,
    CellValue,
    RowByHand,
    SheetChanges,
    SheetReading,
    cells_out,
    edits_in,
    old_copy,
    remembered,
)
from pipeline.failures import Unavailable
from pipeline.ports import Event, Office, TrackerReading
from pipeline.tracking.carrying import announced, is_stale, take_edits
from pipeline.tracking.surroundings import dossiers, messages_of, plans

Cells = dict[str, dict[str, CellValue]]
Links = dict[tuple[str, str], str]
BY_HAND = "by_hand_row"


def show_in_tracker(office: Office, call: Call) -> Counter[str]:
    """Show the ledger in the tracker; nothing is written when the tracker shows it already."""
    seen = office.tracker.read(call) or _new_tracker(office, call)
    counts = take_edits(office, call, seen)
    seen, numbered = _with_numbers(office, call, seen)
    wanted, links = _wanted(office, call, is_stale(office, call, seen))
    changes = {}
    for sheet in sheets_of(call):
        if sheet.key in seen.sheets:
            changes[sheet.key] = _changes(office, call, sheet, seen, (wanted[sheet.key], links))
    changes["candidatures"] = replace(changes["candidatures"], cells=(*numbered, *changes["candidatures"].cells))
    if any(changes.values()):
        _write(office, call, seen, changes)
        counts["tracker writes"] += 1
    _close_requests(office, call)
    return counts


def _new_tracker(office: Office, call: Call) -> TrackerReading:
    """A workbook without rows. When it replaces one that was lost, the memory of that one goes first."""
    for sheet in sheets_of(call):
        office.ledger.memory.forget(call.code, sheet.key, office.ledger.memory.written(call.code, sheet.key))
    office.tracker.create(call)
    seen = office.tracker.read(call)
    if seen is None:
        raise Unavailable(f"{office.tracker.path(call)}: the tracker was created but cannot be found.")
    return seen


def _changes(
    office: Office, call: Call, sheet: Sheet, seen: TrackerReading, shown: tuple[Cells, Links]
) -> SheetChanges:
    known = office.ledger.memory.written(call.code, sheet.key)
    if is_stale(office, call, seen):
        known = old_copy(sheet, seen.sheets[sheet.key], known)
    return cells_out(sheet, seen.sheets[sheet.key], known, shown[0], shown[1])


def _write(office: Office, call: Call, seen: TrackerReading, changes: Mapping[str, SheetChanges]) -> None:
    """Announce, write, record: in this order (see docs/states.md)."""
    memory = office.ledger.memory
    generation = memory.generation(call.code) + 1
    after = {
        sheet.key: remembered(seen.sheets[sheet.key], changes[sheet.key], sheet, memory.written(call.code, sheet.key))
        for sheet in sheets_of(call)
        if sheet.key in seen.sheets
    }
    with office.ledger.transaction():
        for key, cells in after.items():
            # What a killed write of that number announced did not happen: it must not be merged with this one.
            memory.forget(call.code, announced(key, generation), memory.written(call.code, announced(key, generation)))
            memory.remember(call.code, announced(key, generation), cells)
    office.tracker.write(call, seen, changes, generation)
    faults.point("tracker")
    with office.ledger.transaction():
        for key, cells in after.items():
            memory.remember(call.code, key, cells)
            memory.forget(call.code, announced(key, generation), cells)
        memory.note_generation(call.code, generation)


def _wanted(office: Office, call: Call, whole: bool) -> tuple[dict[str, Cells], Links]:
    """What each row should show, by sheet, and the links of cells that have one; `whole`: staff's cells too."""
    messages = messages_of(office, call)
    shown = dossiers(office, call, messages)
    candidatures: Cells = {}
    links: Links = {}
    known = office.ledger.memory.written(call.code, "candidatures")
    for dossier in shown:
        number = dossier.candidature.number
        show = rows.candidature_row if number in known and not whole else rows.whole_row
        candidatures[number] = show(dossier, call.zone)
        if _to_empty(dossier):
            candidatures[number]["request"] = ""
        if dossier.candidature.pieces:
            links[(number, "pieces")] = dossier.candidature.pieces[0].path.rpartition("/")[0]
    by_message = {one.key.occasion: one for one in office.ledger.outbox.letters() if rows.is_automatic(one)}
    answers = {
        rows.message_key(one): rows.message_row(one, [by_message[one.arrival.sha256]], call.zone)
        if one.arrival.sha256 in by_message
        else rows.message_row(one, [], call.zone)
        for one in messages
    }
    meetings = {plan.key: rows.meeting_row(plan) for plan in plans(office, call)}
    return {"candidatures": candidatures, MESSAGES_SHEET.key: answers, MEETINGS_SHEET.key: meetings}, links


def _to_empty(dossier: rows.Dossier) -> bool:
    """Whether the cell of the out-tray has done its work: its letter left, and no other was asked for since."""
    waiting = any(request.state == "waiting" for request in dossier.requests)
    return not waiting and any(rows.request_is_over(request, dossier.letters) for request in dossier.requests)


def _close_requests(office: Office, call: Call) -> None:
    """A request is done once its letters left and its cell no longer shows it."""
    shown = office.ledger.memory.written(call.code, "candidatures")
    letters = office.ledger.outbox.letters(call.code)
    for request in office.ledger.outbox.open_requests(call.code):
        over = request.state == "written" and rows.request_is_over(request, letters)
        if over and requested_letter(shown.get(request.number, {}).get("request")) != request.letter:
            office.ledger.outbox.update_request(replace(request, state="done"))


def _with_numbers(office: Office, call: Call, seen: TrackerReading) -> tuple[TrackerReading, tuple[CellOut, ...]]:
    """Rows without a number of ours become candidatures; the reading as it stands once their numbers are shown."""
    sheet = candidatures_sheet(call)
    reading = seen.sheets[sheet.key]
    known = office.ledger.memory.written(call.code, sheet.key)
    found = (
        *edits_in(sheet, reading, known, is_stale(office, call, seen)).by_hand,
        *(
            RowByHand(row.position, row.values)
            for row in reading.rows
            if row.key and row.key not in known and office.ledger.candidatures.get(call.code, row.key) is None
        ),
    )
    numbers = {row.position: _number_for(office, call, row, reading) for row in found if _says_who(row)}
    named = tuple(
        replace(row, key=numbers[row.position], values={**row.values, "number": numbers[row.position]})
        if row.position in numbers
        else row
        for row in reading.rows
    )
    sheets = {**seen.sheets, sheet.key: replace(reading, rows=named)}
    cells = tuple(CellOut(position, "number", number) for position, number in numbers.items())
    return replace(seen, sheets=sheets), cells


def _says_who(row: RowByHand) -> bool:
    return any(text(row.values.get(column)) for column in ("collectivite", "email", "contact"))


def _number_for(office: Office, call: Call, row: RowByHand, reading: SheetReading) -> str:
    """The number of a row typed by hand: a new one, or the one it was given before a crash kept it from being shown."""
    words = "\n".join(f"{key}={text(value)}" for key, value in sorted(row.values.items()))
    digest = hashlib.sha256(words.encode()).hexdigest()
    shown = {one.key for one in reading.rows}
    for one in office.ledger.candidatures.all(call.code):
        if one.staff.get(BY_HAND) == digest and one.number not in shown:
            return one.number
    now = office.clock.now()
    typed = typed_by_hand(call, row.values, now)
    with office.ledger.transaction():
        opened = office.ledger.candidatures.open(replace(typed, staff={**typed.staff, BY_HAND: digest}), call.prefix)
        office.ledger.journal.note(Event(now, "staff", "ligne ajoutée à la main", call.code, opened.number))
        letter = requested_letter(row.values.get("request"))
        if letter:
            office.ledger.outbox.ask(Request(0, call.code, opened.number, letter, now))
    return opened.number
