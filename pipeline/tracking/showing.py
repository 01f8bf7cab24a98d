"""Ledger → tracker: the cells and rows that the tracker does not show yet."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline import faults
from pipeline.core import rows
from pipeline.core.call import Call
from pipeline.core.columns import sheets_of
from pipeline.core.corrections import requested_letter
from pipeline.core.erasure import PURGED
from pipeline.core.merge import CellOut, CellValue, SheetChanges, cells_out, remembered
from pipeline.dossiers import messages_of
from pipeline.failures import Unavailable
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Announced, Edition, Office
from pipeline.tracking.by_hand import typed_before_shown, with_numbers
from pipeline.tracking.carrying import take_edits
from pipeline.tracking.contents import contents_of
from pipeline.tracking.resting import is_at_rest, is_to_stamp, note_at_rest
from pipeline.tracking.sighting import Sighting, sight, sighting_of
from pipeline.tracking.waiting import note_shown, note_waiting

log = logging.getLogger(__name__)
Cells = dict[str, dict[str, CellValue]]


def show_in_tracker(office: Office, call: Call) -> Counter[str]:
    """Show the ledger in the tracker; nothing is written when the tracker shows it already.

    Raises Unavailable, and notes since when, while the tracker cannot be written to: what is new waits in the ledger.
    """
    try:
        counts = Counter() if is_at_rest(office, call) else _show(office, call)
    except Unavailable as trouble:
        note_waiting(office, call, str(trouble))
        raise
    note_shown(office, call)
    return counts


def _show(office: Office, call: Call) -> Counter[str]:
    mark = office.ledger.mark()
    sighting = sight(office, call)
    if sighting is None and _is_over(office, call):
        return Counter()
    if sighting is None:
        refuse_lost_folder(office, call)
        sighting = _new_tracker(office, call)
    counts = take_edits(office, call, sighting)
    if office.ledger.mark() != mark:  # else all that is remembered is at hand
        sighting = sighting_of(office, call, sighting.seen)
    sighting, numbers = with_numbers(office, call, sighting)
    changes = _changes(office, call, sighting, numbers)
    claimed = _claimed(office, call, sighting)
    if any(changes.values()) or claimed or is_to_stamp(office, call, sighting.seen.generation):
        _write(office, call, sighting, changes, claimed)
        counts["tracker writes"] += 1
    if not any(counts.values()):
        note_at_rest(office, call, mark, sighting.seen.fingerprint)
    _close_requests(office, call)
    return counts


def _is_over(office: Office, call: Call) -> bool:
    """Whether the call was purged and nothing came since that a tracker would have to show."""
    purged = office.ledger.journal.milestone(PURGED.format(call=call.code))
    return bool(purged) and not (office.ledger.candidatures.all(call.code) or any(messages_of(office, call)))


def _new_tracker(office: Office, call: Call) -> Sighting:
    """A workbook without rows, like an older copy of the one that was lost: all that is remembered comes back, and with
    the next cycle the documents that were beside it."""
    if office.ledger.memory.generation(call.code):
        office.ledger.candidatures.lay_out_again(call.code)
    office.tracker.create(call)
    sighting = sight(office, call)
    if sighting is None:
        raise Unavailable(f"{office.tracker.path(call)}: the tracker was created but cannot be found.")
    return sighting


def _changes(office: Office, call: Call, sighting: Sighting, numbers: tuple[CellOut, ...]) -> dict[str, SheetChanges]:
    """What to write, by sheet key; `numbers` are the cells of rows typed by hand that get their number."""
    seen, memories = sighting.seen.sheets, sighting.memories
    changes = {
        sheet.key: cells_out(
            sheet, seen[sheet.key], memories[sheet.key], *contents_of(office, call, sighting, sheet.key)
        )
        for sheet in sheets_of(call)
        if sheet.key in memories
    }
    ours = changes["candidatures"]
    return {**changes, "candidatures": replace(ours, cells=(*numbers, *ours.cells))}


def _claimed(office: Office, call: Call, sighting: Sighting) -> Cells:
    """What the rows would show that staff typed before the candidatures of their numbers, which came by mail, were."""
    numbers = typed_before_shown(office, call, sighting)
    shown = dict(contents_of(office, call, sighting, "candidatures")[0]) if numbers else {}
    return {number: shown.get(number, {}) for number in numbers}


def _write(office: Office, call: Call, sighting: Sighting, changes: Mapping[str, SheetChanges], claimed: Cells) -> None:
    """Announce, write, record: in this order (see docs/states.md); nothing is announced while the file is held.

    `claimed`: see `remembered`.
    """
    office.tracker.refuse_if_open(call)
    memory, now = office.ledger.memory, office.clock.now()
    generation = memory.next_generation(call.code)
    memory.announce(call.code, _news(sighting, changes, claimed), generation)
    faults.point("announce")
    office.tracker.write(call, sighting.seen, changes, Edition(generation, now))
    faults.point("tracker")
    memory.confirm(call.code, generation)
    log.info("tracker of %s written, number %d", call.code, generation)


def _news(sighting: Sighting, changes: Mapping[str, SheetChanges], claimed: Cells) -> Iterator[Announced]:
    """The rows as they will stand, but those that are remembered just so already."""
    for key, known in sighting.memories.items():
        ours = claimed if key == "candidatures" else {}
        for number, row in remembered(sighting.seen.sheets[key], changes[key], known, ours):
            if row is not (before := known.now.get(number)) and row != before:
                yield key, number, row


def _close_requests(office: Office, call: Call) -> None:
    """A request is done once its letters left and its cell no longer shows it."""
    written = [request for request in office.ledger.outbox.open_requests(call.code) if request.state == "written"]
    if not written:
        return
    shown = office.ledger.memory.written(call.code, "candidatures")
    letters = office.ledger.outbox.letters(call.code)
    for request in written:
        over = rows.request_is_over(request, letters)
        if over and requested_letter(shown.get(request.number, {}).get("request")) != request.letter:
            office.ledger.outbox.update_request(replace(request, state="done"))
