"""Rows that staff typed themselves (a candidature that came by post, say): they become candidatures like the others.

A row is opened in the ledger when it is read, and gets its number when the file can be written to. Until then staff may
go on typing into it, and an older copy holds it without number for ever: it is known again by its words.
"""

import json
from collections.abc import Collection
from dataclasses import replace

from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, corrected
from pipeline.core.columns import WHO, candidatures_sheet
from pipeline.core.corrections import edited, typed_by_hand
from pipeline.core.folding import fold
from pipeline.core.merge import CellOut, RowByHand, SheetReading, SheetRow, rows_by_hand
from pipeline.core.typed import text
from pipeline.ports import Event, Office
from pipeline.tracking.asking import ask, take_out
from pipeline.tracking.sighting import Sighting

BY_HAND = "by_hand_row"


def with_numbers(office: Office, call: Call, sighting: Sighting) -> tuple[Sighting, tuple[CellOut, ...]]:
    """The tracker as it stands once the rows typed by hand have their numbers, and the cells that show these."""
    reading = sighting.seen.sheets["candidatures"]
    numbers = open_rows(office, call, sighting)
    rows = tuple(
        replace(row, key=numbers[row.position], values={**row.values, "number": numbers[row.position]})
        if row.position in numbers
        else row
        for row in reading.rows
    )
    sheets = {**sighting.seen.sheets, "candidatures": replace(reading, rows=rows)}
    cells = tuple(CellOut(position, "number", number) for position, number in numbers.items())
    return replace(sighting, seen=replace(sighting.seen, sheets=sheets)), cells


def open_rows(office: Office, call: Call, sighting: Sighting) -> dict[int, str]:
    """The number of each row typed by hand, by row number: a candidature is opened, or brought up to date where it was
    opened before and this file does not show its number."""
    reading, strangers = sighting.seen.sheets["candidatures"], _without_number(office, call, sighting)
    rows = [row for row in strangers if _says_who(row) and _can_be_numbered(row, reading)]
    waiting = {one.number: one for one in _not_shown(office, call, sighting, strangers)} if rows else {}
    numbers: dict[int, str] = {}
    for row in rows:  # those that nobody touched since come first: none of them is taken for another
        same = next((one for one in waiting.values() if _opened_with(one) == _words(row)), None)
        if same is not None:
            numbers[row.position] = waiting.pop(same.number).number
    for row in rows:
        if row.position not in numbers:
            known = _best(row, waiting.values())
            numbers[row.position] = (
                _again(office, call, waiting.pop(known.number), row) if known else _new(office, call, row)
            )
    return numbers


def _without_number(office: Office, call: Call, sighting: Sighting) -> tuple[RowByHand, ...]:
    """Rows without a number, or with one that is none of ours, or that another candidature got meanwhile."""
    reading = sighting.seen.sheets["candidatures"]
    strangers = (
        RowByHand(row.position, row.values)
        for row in _never_written(sighting)
        if row.key and not _is_of(office.ledger.candidatures.get(call.code, row.key), row)
    )
    return *rows_by_hand(candidatures_sheet(call), reading), *strangers


def typed_before_shown(office: Office, call: Call, sighting: Sighting) -> frozenset[str]:
    """The numbers of candidatures that came by mail and whose row staff typed before the worker could show it."""
    known = ((row.key, office.ledger.candidatures.get(call.code, row.key)) for row in _never_written(sighting))
    return frozenset(number for number, one in known if one and not one.by_hand)


def _never_written(sighting: Sighting) -> list[SheetRow]:
    """The rows whose number the worker never put into the file."""
    reading, memory = sighting.seen.sheets["candidatures"], sighting.memories["candidatures"]
    return [row for row in reading.rows if not memory.last(row.key) and row.key not in memory.elsewhere]


def _is_of(candidature: Candidature | None, row: SheetRow) -> bool:
    """Whether a row of its number says nothing else of who a candidature is about."""
    if candidature is None:
        return False
    seen = corrected(candidature)
    facts = {"collectivite": seen.collectivite, "email": seen.contact.email, "contact": seen.contact.name}
    said = [key for key in WHO if text(row.values.get(key))]
    return not said or any(fold(text(row.values[key])) == fold(facts[key]) for key in said)


def _says_who(row: RowByHand) -> bool:
    return any(text(row.values.get(column)) for column in WHO)


def _can_be_numbered(row: RowByHand, reading: SheetReading) -> bool:
    """Whether the cell of its number can be written: no merged cells cover it, no formula stands there."""
    return "number" in row.values and (row.position, "number") not in reading.fixed


def _not_shown(office: Office, call: Call, sighting: Sighting, strangers: Collection[RowByHand]) -> list[Candidature]:
    """The candidatures typed by hand whose number never stood in the file; in an older copy, may not have stood yet."""
    memory = sighting.memories["candidatures"]
    unnumbered = {row.position for row in strangers}
    shown = {row.key for row in sighting.seen.sheets["candidatures"].rows if row.position not in unnumbered}
    return [
        one
        for one in office.ledger.candidatures.all(call.code)
        if one.by_hand and one.number not in shown and not (memory.is_newest and memory.last(one.number))
    ]


def _best(row: RowByHand, waiting: Collection[Candidature]) -> Candidature | None:
    """Of these the one that most of the row's words are of, and that says alike who it is about; None if none does."""
    found = [one for one in waiting if any(_typed(one).get(key) == text(row.values.get(key)) != "" for key in WHO)]
    return max(found, key=lambda one: sum(text(row.values.get(k)) == v for k, v in _typed(one).items()), default=None)


def _typed(candidature: Candidature) -> dict[str, str]:
    return {**candidature.corrections, **candidature.staff}


def _words(row: RowByHand) -> dict[str, str]:
    """What staff typed, by column key."""
    return {key: text(value) for key, value in row.values.items() if key != "number" and text(value)}


def _opened_with(candidature: Candidature) -> dict[str, str]:
    """The words of its row when it was last read without a number."""
    words = candidature.staff.get(BY_HAND, "")
    return dict(json.loads(words)) if words.startswith("{") else {}  # it was a digest once


def _new(office: Office, call: Call, row: RowByHand) -> str:
    now = office.clock.now()
    with office.ledger.transaction():
        opened = office.ledger.candidatures.open(_candidature(office, call, row), call.prefix)
        office.ledger.journal.note(Event(now, "staff", "ligne ajoutée à la main", call.code, opened.number))
        ask(office, call, opened.number, row.values.get("request"))
    return opened.number


def _again(office: Office, call: Call, known: Candidature, row: RowByHand) -> str:
    """The candidature with what changed in its row; what staff did since to the row with its number stands."""
    before, now = _opened_with(known), _words(row)
    changed = [key for key in row.values if key not in ("number", "request") and now.get(key) != before.get(key)]
    candidature = known
    for key in changed:
        column = candidatures_sheet(call).column(key)
        candidature = edited(candidature, column, row.values[key], before.get(key, ""), call.zone)
    staff = {**candidature.staff, BY_HAND: json.dumps(now, ensure_ascii=False)}
    with office.ledger.transaction():
        office.ledger.candidatures.save(replace(candidature, staff=staff))
        if now.get("request") != before.get("request"):
            _ask_otherwise(office, call, known.number, row)
    return known.number


def _ask_otherwise(office: Office, call: Call, number: str, row: RowByHand) -> None:
    """A letter that was taken out of the row does not leave; one that was put into it does."""
    take_out(office, call, number)
    ask(office, call, number, row.values.get("request"))


def _candidature(office: Office, call: Call, row: RowByHand) -> Candidature:
    typed = typed_by_hand(call, row.values, office.clock.now())
    return replace(typed, staff={**typed.staff, BY_HAND: json.dumps(_words(row), ensure_ascii=False)})
