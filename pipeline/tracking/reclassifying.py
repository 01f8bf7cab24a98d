"""What staff wrote in Reclasser en, or over the number, of a row of Messages, on its way into the ledger.

The mail is judged again with their word; what the word before it did and that is no longer so is undone here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.core import rows
from pipeline.core.arrival import LoggedMessage, ReadingState
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, Status
from pipeline.core.filing import followed_again, with_doubts, withdrawal_asked, without_doubt
from pipeline.core.merge import Edit, Memory
from pipeline.core.sorting import nature_in, number_in, stray_number
from pipeline.core.verdict import Nature
from pipeline.dossiers import is_known, messages_of
from pipeline.ports import Event, Office
from pipeline.taking_back import take_back

RECLASSIFIED = "Le message d'origine a été reclassé\u00a0: supprimez cette ligne si elle n'a plus lieu d'être."
TAKEN_BACK = "son message a été reclassé avant qu'il parte"


@dataclass(frozen=True)
class Reclassifying:
    """Mails of one call that staff sort otherwise; `memory` is what was remembered of the sheet."""

    office: Office
    call: Call
    memory: Memory

    def apply(self, key: str, edits: Sequence[Edit]) -> None:
        """What staff wrote in the row of that key; a mail stays where it is while the number in its row is nobody's."""
        typed = {edit.column: edit.value for edit in edits}
        row = {**self.memory.last(key), **typed}
        message = next((one for one in messages_of(self.office, self.call) if rows.message_key(one) == key), None)
        if message is None or stray_number(row, message.number, self.call.prefix, self._is_known):
            return  # the mail stays where it is until they mend the number: told in its row
        nature = nature_in(row) or message.staff_nature or message.nature
        number = number_in(row, self.call.prefix) if "number" in typed else message.number
        if (nature, number) == (message.nature, message.number):
            return
        if nature == Nature.CANDIDATURE and "number" not in typed and not self._opened(message):
            number = ""  # a new candidature gets a number of its own, unless staff typed the one it belongs to
        self._undo(message)
        self.office.ledger.mail.decide(
            replace(message, state=ReadingState.WAITING, staff_nature=nature, number=number, call=self.call.code)
        )
        if nature == Nature.CANDIDATURE and number == message.number:
            self._change(number, lambda one: without_doubt(one, RECLASSIFIED))
        what = f"message {key} reclassé : {nature}"
        event = Event(self.office.clock.now(), "staff", what, self.call.code, number, "tableau de suivi")
        self.office.ledger.journal.note(event)

    def _undo(self, message: LoggedMessage) -> None:
        """The answer that has not left does not leave; who no longer withdraws is followed again."""
        letters = self.office.ledger.outbox.letters(message.call)
        take_back(self.office, [one for one in letters if one.key.occasion == message.arrival.sha256], TAKEN_BACK)
        if message.nature == Nature.CANDIDATURE:
            self._change(message.number, lambda one: with_doubts(one, RECLASSIFIED))
        if message.nature == Nature.WITHDRAWAL:
            said = withdrawal_asked(message.arrival.received, self.call)
            self._change(message.number, lambda one: without_doubt(one, said))
            if not self._others_withdraw(message):
                self._change(message.number, followed_again)

    def _others_withdraw(self, message: LoggedMessage) -> bool:
        mails = [one for one in messages_of(self.office, self.call) if one.arrival.sha256 != message.arrival.sha256]
        return any(one.number == message.number and one.nature == Nature.WITHDRAWAL for one in mails)

    def _opened(self, message: LoggedMessage) -> bool:
        """Whether the candidature that the mail belongs to is the one that it opened."""
        found = self.office.ledger.candidatures.get(self.call.code, message.number)
        if found is None or found.by_hand or found.status is Status.REMOVED:
            return False
        received = message.arrival.received if "received" in found.corrections else found.received
        return (received, found.subject) == (message.arrival.received, message.subject)

    def _change(self, number: str, changed: Callable[[Candidature], Candidature]) -> None:
        found = self.office.ledger.candidatures.get(self.call.code, number)
        if found:
            self.office.ledger.candidatures.save(changed(found))

    def _is_known(self, number: str) -> bool:
        return is_known(self.office, self.call, number)
