"""What staff wrote in Retenir and Feu vert of the sheet Envois, on its way into the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.core import french
from pipeline.core.arrival import unanswered
from pipeline.core.call import Call
from pipeline.core.columns import ENVOIS_SHEET
from pipeline.core.delivery import NOT_LEFT
from pipeline.core.envois import HOLD, RELEASE, WORDED, envoi_key, key_of, moved
from pipeline.core.letters import LETTERS, OutgoingLetter, Request
from pipeline.core.merge import Edit
from pipeline.core.typed import says_no, says_yes
from pipeline.ports import Event, Office
from pipeline.taking_back import take_back, take_back_request
from pipeline.tracking.asking import warn

TAKEN_OUT = (
    "{letter}\u00a0: sa ligne a été supprimée de la feuille Envois, ce courrier ne part pas\u00a0; redemandez-le s'il "
    "doit partir."
)
ROW_DELETED = "sa ligne a été supprimée de la feuille Envois avant qu'il parte"
REWORDED = (
    "{letter}\u00a0: vous avez modifié {headings} dans la feuille Envois, qui montre le courrier et ne le change pas. "
    "Il ne part pas\u00a0: corrigez Courriel, Copie à ou le modèle du courrier, puis redemandez-le."
)
NOT_ANSWERED = "Pas de réponse automatique\u00a0: le courrier a été annulé, {why}."
WORDS_CHANGED = "sa ligne a été modifiée dans la feuille Envois avant qu'il parte"
SAID = {
    (HOLD, True): "retenu",
    (HOLD, False): "plus retenu",
    (RELEASE, True): "feu vert",
    (RELEASE, False): "feu repris",
}


@dataclass(frozen=True)
class LettingGo:
    """Letters of one call that staff keep back or let go."""

    office: Office
    call: Call

    def apply(self, key: str, edits: Sequence[Edit]) -> None:
        """What staff wrote in the row of that key.

        Whatever they wrote in Retenir keeps a letter back, but for non; only a sure yes lets one go. A letter that they
        wanted in other words does not leave in its own.
        """
        reworded = [ENVOIS_SHEET.column(edit.column).heading for edit in edits if edit.column in WORDED]
        if reworded:
            headings = french.listing([french.quoted(heading) for heading in reworded])
            self._cancel(key, WORDS_CHANGED, REWORDED.replace("{headings}", headings))
        holds = [(HOLD, not says_no(edit.value)) for edit in edits if edit.column == HOLD]
        words = [*holds, *((RELEASE, says_yes(edit.value)) for edit in edits if edit.column == RELEASE)]
        letters = [one for one in self.office.ledger.outbox.letters(self.call.code) if envoi_key(one.message_id) == key]
        for column, yes in words:
            requests = [one for one in self.office.ledger.outbox.open_requests(self.call.code) if key_of(one) == key]
            for request in requests:
                self._request(request, column, yes)
            for letter in letters:
                self._letter(letter, column, yes)
            number = next((one.number for one in requests), "") or next((one.key.number for one in letters), "")
            self._journal(number, SAID[column, yes])

    def take_out(self, key: str) -> None:
        """Staff deleted the row of that key: a letter that has not left does not leave, and that is said."""
        self._cancel(key, ROW_DELETED, TAKEN_OUT)

    def _cancel(self, key: str, why: str, warning: str) -> None:
        """What has not left of a letter does not leave, nor is the mail that it answers due for it any more; its
        candidature is told by a `warning`."""
        outbox = self.office.ledger.outbox
        letters = [one for one in outbox.letters(self.call.code) if envoi_key(one.message_id) == key]
        waiting = [one.key for one in letters if one.state in NOT_LEFT]
        take_back(self.office, letters, why)
        for one in waiting:
            answered = self.office.ledger.mail.get(one.occasion)
            if answered and answered.answer == one.letter:
                self.office.ledger.mail.decide(unanswered(answered, NOT_ANSWERED.format(why=why)))
        said = {(one.number, one.letter) for one in waiting}
        for request in outbox.open_requests(self.call.code):
            if key_of(request) == key and (request.is_waiting or waiting):
                take_back_request(self.office, request, why)
                said.add((request.number, request.letter))
        for number, letter in said:
            warn(self.office, self.call, number, warning.format(letter=LETTERS[letter].label))

    def _request(self, request: Request, column: str, yes: bool) -> None:
        if request.is_waiting:
            changed = replace(request, held=yes) if column == HOLD else replace(request, released=yes)
            self.office.ledger.outbox.update_request(changed)

    def _letter(self, letter: OutgoingLetter, column: str, yes: bool) -> None:
        outcome = moved(letter, column, yes, self.office.clock.now())
        if outcome:
            self.office.ledger.outbox.record(letter.key, outcome, letter.state)

    def _journal(self, number: str, what: str) -> None:
        event = Event(self.office.clock.now(), "staff", f"courrier {what}", self.call.code, number, "feuille Envois")
        self.office.ledger.journal.note(event)
