"""What a date makes due: the reminder of a meeting, three days before. Who gets it is decided in `core.reminders`."""

from collections import Counter
from dataclasses import replace

from pipeline import faults
from pipeline.core import french, outtray
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan, corrected
from pipeline.core.delivery import NOT_LEFT, LetterState
from pipeline.core.filing import with_doubts
from pipeline.core.letters import LetterKey
from pipeline.core.reminders import is_expected, is_held, occasion_of, to_remind_of
from pipeline.correspondence.writing import NO_FOLDER, Dossier, Writer
from pipeline.taking_back import take_back

LETTER = "rappel_reunion"
UNSENT = "Rappel de la réunion du {day} non envoyé\u00a0: {reason}"
NOTHING_TO_RECALL = "la réunion, ou qui y est attendu, a changé avant qu'il parte"


def remind(writer: Writer, call: Call) -> Counter[str]:
    """Write the reminders that are due, each once; take back those that have not left and recall nothing any more."""
    ledger, counts = writer.office.ledger, Counter[str]()
    _take_back(writer, call)
    for meeting in to_remind_of(call, writer.meetings(call), writer.office.clock.now()):
        letters = ledger.outbox.letters(call.code, (LetterState.SENT,), "convocation")
        for number in dict.fromkeys(one.key.number for one in letters):
            found = ledger.candidatures.get(call.code, number)
            if found and is_expected(corrected(found), meeting, letters):
                counts["queued"] += _write(writer, call, found, meeting)
    return counts


def _take_back(writer: Writer, call: Call) -> None:
    office = writer.office
    waiting = office.ledger.outbox.letters(call.code, NOT_LEFT, LETTER)
    if not waiting:
        return
    today = office.today(call)
    ahead = {occasion_of(one): one for one in writer.meetings(call) if is_held(one) and one.date and one.date >= today}
    convocations = office.ledger.outbox.letters(call.code, (LetterState.SENT,), "convocation")
    for letter in waiting:
        found, meeting = office.ledger.candidatures.get(call.code, letter.key.number), ahead.get(letter.key.occasion)
        if not (found and meeting and is_expected(corrected(found), meeting, convocations)):
            take_back(office, [letter], NOTHING_TO_RECALL)


def _write(writer: Writer, call: Call, found: Candidature, meeting: MeetingPlan) -> int:
    candidature = corrected(found)
    to = outtray.recipients(candidature)
    key = LetterKey(call.code, candidature.number, LETTER, occasion_of(meeting), to[0])
    if writer.office.ledger.outbox.has(key):
        return 0
    reason = outtray.no_address(candidature) or writer.objection(call, LETTER)
    if reason:
        _say(writer, found, meeting, reason)
        return 0
    written = writer.written(key, Dossier(call, candidature, (meeting,)))
    if written is None:
        return 0
    with writer.office.ledger.transaction():
        queued = [writer.office.ledger.outbox.queue(replace(written, key=replace(key, recipient=one))) for one in to]
    faults.point("queue")
    return sum(queued)


def _say(writer: Writer, found: Candidature, meeting: MeetingPlan, reason: str) -> None:
    """In À vérifier, once; not that the tracker is away, which nobody reads there."""
    if reason == NO_FOLDER or not meeting.date:
        return
    sentence = UNSENT.format(day=french.day(meeting.date), reason=reason)
    if sentence not in found.to_check:
        writer.office.ledger.candidatures.save(with_doubts(found, sentence))
