"""Letters that could not leave when they were written: each is looked at again, since what it says may no longer hold.

A server that is away for days must not send the reminder of a meeting that is over, nor the decision of last week. Such
a letter waits for a person, who may let it go all the same. Answers to mail hold whatever happened since.
"""

from collections import Counter

from pipeline.core import outtray
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, Status, corrected
from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.envois import LET_GO
from pipeline.core.letters import LETTERS, Asked, OutgoingLetter
from pipeline.core.reminders import is_expected, occasion_of
from pipeline.correspondence.out_tray import GONE
from pipeline.correspondence.writing import Writer

WAITING = (LetterState.QUEUED, LetterState.RETRY)
HELD_BACK = "retenu, faute d'avoir pu partir à temps\u00a0: {why}"
NO_LONGER = "cette réunion est passée, déplacée ou annulée."
NOT_EXPECTED = "cette collectivité n'y est plus attendue."
IS_OVER = "« {title} » est passée\u00a0; redemandez la convocation."


def look_again(writer: Writer, call: Call) -> Counter[str]:
    """Hold the letters of a call that have not left and no longer hold."""
    ledger, counts = writer.office.ledger, Counter[str]()
    for letter in ledger.outbox.letters(call.code, WAITING):
        candidature = ledger.candidatures.get(call.code, letter.key.number)
        why = "" if letter.why == LET_GO else _why_not(writer, call, letter, candidature)
        if why:
            outcome = Outcome(LetterState.HELD, HELD_BACK.format(why=why), writer.office.clock.now())
            ledger.outbox.record(letter.key, outcome, letter.state)
            counts["held"] += 1
    return counts


def _why_not(writer: Writer, call: Call, letter: OutgoingLetter, candidature: Candidature | None) -> str:
    """Why a letter would not be written today, "" if it would."""
    asked = LETTERS[letter.key.letter].asked
    if asked not in (Asked.BY_STAFF, Asked.BY_CLOCK):
        return ""
    if candidature is None or candidature.status is Status.REMOVED:
        return GONE
    seen = corrected(candidature)
    if asked is Asked.BY_CLOCK:
        return _no_reminder(writer, call, letter, seen)
    meetings, today = writer.meetings(call), writer.office.today(call)
    written = letter.created.astimezone(call.zone).date()
    over = [one for one in meetings if one.date and written <= one.date < today and not one.cancelled]
    if letter.key.letter == "convocation" and over:
        return IS_OVER.format(title=over[0].title)
    return outtray.obstacle(letter.key.letter, seen, outtray.Surroundings(meetings, call.required_documents, today))


def _no_reminder(writer: Writer, call: Call, letter: OutgoingLetter, candidature: Candidature) -> str:
    today = writer.office.today(call)
    held = [one for one in writer.meetings(call) if one.listed and not one.cancelled and one.date and one.date >= today]
    meeting = next((one for one in held if occasion_of(one) == letter.key.occasion), None)
    if meeting is None:
        return NO_LONGER
    convoked = writer.office.ledger.outbox.letters(call.code, (LetterState.SENT,), "convocation")
    return "" if is_expected(candidature, meeting, convoked) else NOT_EXPECTED
