"""Letters that could not leave when they were written: each is looked at again, since what it says may no longer hold.

A server that is away for days must not send the reminder of a meeting that is over, nor the decision of last week. Such
a letter waits for a person, who may let it go all the same. Answers to mail hold whatever happened since.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.core import outtray
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan, Status, corrected
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
    outbox, now, counts = writer.office.ledger.outbox, writer.office.clock.now(), Counter[str]()
    look = SecondLook(writer, call)
    for letter in outbox.letters(call.code, WAITING):
        why = "" if letter.why == LET_GO else look.objection(letter)
        if why:
            outbox.record(letter.key, Outcome(LetterState.HELD, HELD_BACK.format(why=why), now), letter.state)
            counts["held"] += 1
    return counts


@dataclass(frozen=True)
class SecondLook:
    """The call as it stands today, asked for once a cycle."""

    writer: Writer
    call: Call

    @cached_property
    def today(self) -> date:
        return self.writer.office.today(self.call)

    @cached_property
    def meetings(self) -> tuple[MeetingPlan, ...]:
        return self.writer.meetings(self.call)

    @cached_property
    def convocations(self) -> list[OutgoingLetter]:
        return self.writer.office.ledger.outbox.letters(self.call.code, (LetterState.SENT,), "convocation")

    def objection(self, letter: OutgoingLetter) -> str:
        """Why a letter would not be written today, "" if it would."""
        asked = LETTERS[letter.key.letter].asked
        if asked not in (Asked.BY_STAFF, Asked.BY_CLOCK):
            return ""
        found = self.writer.office.ledger.candidatures.get(self.call.code, letter.key.number)
        if found is None or found.status is Status.REMOVED:
            return GONE
        candidature = corrected(found)
        return self._of_staff(letter, candidature) if asked is Asked.BY_STAFF else self._reminder(letter, candidature)

    def _of_staff(self, letter: OutgoingLetter, candidature: Candidature) -> str:
        written = letter.created.astimezone(self.call.zone).date()
        over = [one for one in self.meetings if one.date and written <= one.date < self.today and not one.cancelled]
        if letter.key.letter == "convocation" and over:
            return IS_OVER.format(title=over[0].title)
        around = outtray.Surroundings(self.meetings, self.call.required_documents, self.today)
        return outtray.obstacle(letter.key.letter, candidature, around)

    def _reminder(self, letter: OutgoingLetter, candidature: Candidature) -> str:
        held = [one for one in self.meetings if one.listed and not one.cancelled]
        ahead = {occasion_of(one): one for one in held if one.date and one.date >= self.today}
        meeting = ahead.get(letter.key.occasion)
        if meeting is None:
            return NO_LONGER
        return "" if is_expected(candidature, meeting, self.convocations) else NOT_EXPECTED
