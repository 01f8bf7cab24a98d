"""A ledger that was lost → a new one, from the mailbox, the raw archive, the tracker and the Sent folder.

Nobody is written to twice: a letter that the tracker or the Sent folder shows is recorded as it is shown; one of which
nothing can be said waits for a person. What arrived since is judged as usual. The ledger given here is empty.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.core.arrival import FIRST_CYCLE, FROM_ARCHIVE, Arrival, LoggedMessage, ReadingState, reception_of
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, planned
from pipeline.core.columns import candidatures_sheet, sheets_of
from pipeline.core.corrections import requested_letter
from pipeline.core.delivery import NOT_LEFT, LetterState, Outcome
from pipeline.core.envois import envoi_key
from pipeline.core.letters import LETTERS, Asked, LetterKey, OutgoingLetter, Request
from pipeline.core.merge import CellValue, without_keys
from pipeline.core.message import Message, read_message
from pipeline.core.rebuilding import (
    candidature_from,
    letter_kind,
    letter_state,
    meeting_from,
    message_from,
    moments_shown,
)
from pipeline.core.typed import text
from pipeline.failures import Unavailable
from pipeline.lost_folder import refuse_missing_folder
from pipeline.pieces import file_pieces
from pipeline.ports import Event, Office, TrackerReading
from pipeline.rivals import look_into_sent, note_in_order

log = logging.getLogger(__name__)
Row = Mapping[str, CellValue]
DAMAGED = "mails damaged in var/raw and no longer in the mailbox (see the log)"
FILED = ("candidature", "complement", "withdrawal")


def refuse_unusable_trackers(office: Office) -> None:
    """Raises Unavailable while nothing is stored yet: a candidature that is not taken from its row would be opened
    again, under another number."""
    for call in office.calls:
        refuse_missing_folder(office, call)
        seen = office.tracker.read(call)
        sheet = candidatures_sheet(call)
        if seen is not None and sheet.row_key not in seen.sheets[sheet.key].places:
            raise Unavailable(f"{office.tracker.path(call)}: {without_keys(sheet)} Then run `recover` again.")


def is_new(office: Office) -> bool:
    """Whether the ledger knows of no mail and no candidature yet."""
    return office.ledger.mail.is_empty() and not any(office.ledger.candidatures.all(call.code) for call in office.calls)


def rebuild(office: Office) -> Counter[str]:
    """Fill the empty ledger. The mail of the mailbox was collected before; what it lost comes from the archive."""
    counts: Counter[str] = Counter()
    _from_tombstones(office)
    trackers = [(call, seen) for call in office.calls if (seen := office.tracker.read(call)) is not None]
    counts += _from_archive(office, _moments(trackers))
    with office.ledger.transaction():
        for call, seen in trackers:
            counts += _from_tracker(office, call, seen)
        office.ledger.journal.reach(FIRST_CYCLE, office.clock.now().isoformat())
    return counts


def settle_answers(office: Office) -> Counter[str]:
    """Record as sent the answers that the Sent folder holds; of the others nothing can be said.

    Another ledger may have given the candidature another number, and so the letter another Message-ID: what it
    answers tells as well.
    """
    counts: Counter[str] = Counter()
    findings = look_into_sent(office)
    strangers = {one.message_id: one for one in findings.strangers}
    answered = {message_id: one for one in findings.strangers for message_id in one.answers}
    letters = [(message.message_id, _answer_to(office, message)) for message in office.ledger.mail.to_answer()]
    there = office.mailbox.sent_among({letter.message_id for _, letter in letters})
    for message_id, letter in letters:
        theirs = strangers.get(letter.message_id) or answered.get(message_id)
        if theirs or letter.message_id in there:
            office.ledger.outbox.queue(replace(letter, message_id=theirs.message_id) if theirs else letter)
            counts["answers found sent"] += 1
    note_in_order(office, findings)
    return counts


def _answer_to(office: Office, message: LoggedMessage) -> OutgoingLetter:
    """The answer that a mail was given, as the outbox would hold it after it left."""
    key = LetterKey(message.call or "", message.number, message.answer or "", message.arrival.sha256, message.sender)
    return _gone(office, key, LetterState.SENT, message.arrival.received)


def settle_queued(office: Office, why: str) -> Counter[str]:
    """The same of letters that wait in the outbox already, the others held for that reason; what staff ask for waits
    for their green light. For a ledger that is whole but not the only one; to be called before `settle_answers`.
    """
    counts: Counter[str] = Counter()
    outbox, strangers = office.ledger.outbox, look_into_sent(office).strangers
    gone = {message_id for one in strangers for message_id in (one.message_id, *one.answers)}
    for letter in outbox.letters():
        if letter.state not in NOT_LEFT or not letter.key.number:
            continue
        if gone & {letter.message_id, letter.in_reply_to}:
            _note_gone(office, letter.key)
            counts["answers found sent"] += 1
        elif letter.state is not LetterState.HELD:
            outbox.record(letter.key, Outcome(LetterState.HELD, why))
            counts["answers to confirm"] += 1
    for call in office.calls:
        for request in outbox.open_requests(call.code):
            if request.is_waiting:
                outbox.update_request(replace(request, gated=True))
                counts["letters asked for that wait for a green light"] += 1
    return counts


def _note_gone(office: Office, key: LetterKey) -> None:
    """Others sent it: all its states up to sent, or none of them."""
    outbox = office.ledger.outbox
    with office.ledger.transaction():
        outbox.record(key, Outcome(LetterState.QUEUED))
        outbox.record(key, Outcome(LetterState.SENDING))
        outbox.record(key, Outcome(LetterState.SENT, at=office.clock.now()))


def _from_tombstones(office: Office) -> None:
    """Mails that were erased stay so, though the mailbox may still hold them."""
    for sha256, content_digest in office.archive.erased():
        arrival = Arrival(sha256, "", office.clock.now(), 0)
        office.ledger.mail.record(arrival, None)
        office.ledger.mail.decide(LoggedMessage(arrival, ReadingState.ERASED, content_digest=content_digest))


def _moments(trackers: Iterable[tuple[Call, TrackerReading]]) -> dict[str, datetime]:
    """When the mails that the trackers show were received, as the lost ledger had it."""
    shown: dict[str, datetime] = {}
    for call, seen in trackers:
        if "messages" in seen.sheets:
            shown |= moments_shown(call, seen.sheets["messages"].rows)
    return shown


def _from_archive(office: Office, shown: Mapping[str, datetime]) -> Counter[str]:
    """Mails that are no longer in the mailbox; how many there are now. One that was damaged is nowhere any more: it is
    told, and stops nothing. Received when its tracker says, else a server, else by when it came into the archive."""
    known, counts = {one.sha256 for one in office.ledger.mail.waiting()}, Counter[str]()
    for sha256 in office.progress.over("mails of the archive", office.archive.hashes()):
        if sha256 in known:
            continue
        try:
            raw = office.archive.read(sha256)
        except Unavailable as fault:
            log.warning("recover: %s", fault)
            counts[DAMAGED] += 1
            continue
        came = min(office.archive.kept_at(sha256), office.clock.now())
        received = shown.get(sha256[:16]) or reception_of(read_message(raw), came)
        office.ledger.mail.record(Arrival(sha256, FROM_ARCHIVE, received, len(raw)), None)
    counts["mails"] = office.ledger.mail.count_waiting()
    return counts


def _from_tracker(office: Office, call: Call, seen: TrackerReading) -> Counter[str]:
    sheets = {key: {row.key: row.values for row in reading.rows if row.key} for key, reading in seen.sheets.items()}
    candidatures = [candidature_from(call, row) for row in sheets["candidatures"].values()]
    restored = [one for one in candidatures if office.ledger.candidatures.restore(one)]
    logged = _messages(office, call, sheets.get("messages", {}))
    letters = _letters(office, call, sheets.get("envois", {}), logged)
    _meetings(office, call, sheets.get("reunions", {}), candidatures)
    for number, row in sheets["candidatures"].items():
        letter = requested_letter(row.get("request"))
        if letter:  # perhaps it left and its cell was not emptied: staff say
            office.ledger.outbox.ask(Request(0, call.code, number, letter, office.clock.now(), gated=True))
    _remember(office, call, seen)
    for one in restored:
        event = Event(office.clock.now(), "worker", "candidature reprise du tableau", call.code, one.number)
        office.ledger.journal.note(event)
    return Counter(candidatures=len(restored), messages=len(logged), letters=letters)


def _messages(office: Office, call: Call, rows: Mapping[str, Row]) -> dict[str, LoggedMessage]:
    """The mails that the tracker shows, decided as it shows them, their documents filed."""
    found: dict[str, LoggedMessage] = {}
    waiting = list(office.ledger.mail.waiting())
    for arrival in office.progress.over("mails of the tracker", waiting, len(waiting)):
        row = rows.get(arrival.sha256[:16])
        message = read_message(office.archive.read(arrival.sha256)) if row else None
        if row is None or not isinstance(message, Message):
            continue
        logged = message_from(call, row, arrival, message)
        office.ledger.mail.decide(logged)
        found[arrival.sha256] = logged
        candidature = office.ledger.candidatures.get(call.code, logged.number)
        if candidature and logged.nature in FILED:
            file_pieces(office, candidature, arrival, message)
    return found


def _letters(office: Office, call: Call, rows: Mapping[str, Row], logged: Mapping[str, LoggedMessage]) -> int:
    """The letters that the tracker shows as gone, or as settled; of answers, under the key that they had."""
    count = 0
    for key, row in rows.items():
        letter, state = letter_kind(text(row.get("letter"))), letter_state(text(row.get("state")))
        if not letter or state is None:
            continue
        for recipient in text(row.get("recipients")).split("\n"):
            own = _own_key(call, (key, letter, text(row.get("number")), recipient), logged)
            sent = row.get("sent")
            at = sent.replace(tzinfo=call.zone) if isinstance(sent, datetime) else office.clock.now()
            letter_ = _gone(office, own, state, at)
            domain = letter_.message_id.rpartition("@")[2]
            subject, why = text(row.get("subject")), text(row.get("why"))
            own_id = letter_.message_id if envoi_key(letter_.message_id) == key else f"{key}@{domain}"
            office.ledger.outbox.queue(replace(letter_, message_id=own_id, subject=subject, why=why))
            count += 1
    return count


def _own_key(call: Call, shown: tuple[str, str, str, str], logged: Mapping[str, LoggedMessage]) -> LetterKey:
    """The key of a letter: its occasion is the mail whose answer has that row's key, else the row's key itself."""
    key, letter, number, recipient = shown
    if LETTERS[letter].asked is Asked.BY_MAIL:
        for sha256, message in logged.items():
            own = LetterKey(call.code, number, letter, sha256, recipient)
            if message.number == number and envoi_key(own.message_id("")) == key:
                return own
    return LetterKey(call.code, number, letter, f"reconstruit-{key}", recipient)


def _gone(office: Office, key: LetterKey, state: LetterState, at: datetime) -> OutgoingLetter:
    """A letter of which no bytes are left; its copy, if any, is in the Sent folder already."""
    subject = f"[{key.number}] {LETTERS[key.letter].label}"
    message_id = key.message_id(office.sender.domain)
    sent = at if state is LetterState.SENT else None
    return OutgoingLetter(key, message_id, subject, b"", at, state=state, sent=sent, in_sent_folder=True)


def _meetings(office: Office, call: Call, rows: Mapping[str, Row], candidatures: list[Candidature]) -> None:
    for plan in planned(call, []):
        invited = any(plan.key in one.meetings for one in candidatures)
        if plan.key in rows:
            office.ledger.candidatures.save_meeting(call.code, meeting_from(plan, rows[plan.key], invited))


def _remember(office: Office, call: Call, seen: TrackerReading) -> None:
    """What stands in the file, as if it had been written by the last write: none of it is taken for staff's edit."""
    generation = max(seen.generation or 0, 1)
    rows = {
        (sheet.key, row.key): row.values
        for sheet in sheets_of(call)
        if sheet.key in seen.sheets
        for row in seen.sheets[sheet.key].rows
        if row.key
    }
    office.ledger.memory.announce(call.code, [(*place, cells) for place, cells in rows.items()], generation)
    office.ledger.memory.confirm(call.code, generation)
