"""Rows that staff typed themselves (a candidature that came by post, say): they become candidatures like the others."""

import hashlib
from dataclasses import replace

from pipeline.core.call import Call
from pipeline.core.columns import candidatures_sheet
from pipeline.core.corrections import requested_letter, text, typed_by_hand
from pipeline.core.letters import Request
from pipeline.core.merge import CellOut, RowByHand, SheetReading, edits_in
from pipeline.ports import Event, Office
from pipeline.tracking.sighting import Sighting

BY_HAND = "by_hand_row"


def with_numbers(office: Office, call: Call, sighting: Sighting) -> tuple[Sighting, tuple[CellOut, ...]]:
    """The tracker as it stands once the rows typed by hand have their numbers, and the cells that show these."""
    reading = sighting.seen.sheets["candidatures"]
    found = [
        row for row in _without_number(office, call, sighting) if _says_who(row) and _can_be_numbered(row, reading)
    ]
    numbers = {row.position: _number_for(office, call, row, reading) for row in found}
    rows = tuple(
        replace(row, key=numbers[row.position], values={**row.values, "number": numbers[row.position]})
        if row.position in numbers
        else row
        for row in reading.rows
    )
    sheets = {**sighting.seen.sheets, "candidatures": replace(reading, rows=rows)}
    cells = tuple(CellOut(position, "number", number) for position, number in numbers.items())
    return replace(sighting, seen=replace(sighting.seen, sheets=sheets)), cells


def _without_number(office: Office, call: Call, sighting: Sighting) -> tuple[RowByHand, ...]:
    """Rows without a number, or with one that is none of ours."""
    reading, memory = sighting.seen.sheets["candidatures"], sighting.memories["candidatures"]
    strangers = (
        RowByHand(row.position, row.values)
        for row in reading.rows
        if row.key
        and not memory.last(row.key)
        and row.key not in memory.elsewhere
        and office.ledger.candidatures.get(call.code, row.key) is None
    )
    return *edits_in(candidatures_sheet(call), reading, memory).by_hand, *strangers


def _says_who(row: RowByHand) -> bool:
    return any(text(row.values.get(column)) for column in ("collectivite", "email", "contact"))


def _can_be_numbered(row: RowByHand, reading: SheetReading) -> bool:
    """Whether the cell of its number can be written: no merged cells cover it, no formula stands there."""
    return "number" in row.values and (row.position, "number") not in reading.fixed


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
