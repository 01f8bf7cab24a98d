"""One sheet's edits on their way into the ledger: what each of them changes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.core import rows
from pipeline.core.arrival import ReadingState
from pipeline.core.call import Call
from pipeline.core.candidature import Status
from pipeline.core.columns import Sheet
from pipeline.core.corrections import edited, meeting_edited, requested_letter, text
from pipeline.core.filing import with_doubts
from pipeline.core.letters import Request
from pipeline.core.merge import CellValue, EditsIn
from pipeline.ports import Event, Office
from pipeline.tracking.surroundings import messages_of, plans


@dataclass(frozen=True)
class SheetEdits:
    """One sheet's edits on their way into the ledger; `known` is what stood in the cells before."""

    office: Office
    call: Call
    sheet: Sheet
    known: Mapping[str, Mapping[str, CellValue]]
    stale: bool

    def apply(self, found: EditsIn) -> None:
        by_row: dict[str, dict[str, CellValue]] = defaultdict(dict)
        for edit in found.edits:
            by_row[edit.key][edit.column] = edit.value
        for key, cells in by_row.items():
            {"candidatures": self._candidature, "messages": self._message, "reunions": self._meeting}[self.sheet.key](
                key, cells
            )
        if self.sheet.key == "candidatures":
            for key in found.removed:
                self._remove(key)
            for key, sentence in found.conflicts.items():
                self._warn(key, sentence)
        self.office.ledger.memory.remember(self.call.code, self.sheet.key, by_row)

    def _candidature(self, key: str, cells: Mapping[str, CellValue]) -> None:
        candidature = self.office.ledger.candidatures.get(self.call.code, key)
        if candidature is None:
            return
        for column, value in cells.items():
            before = self.known.get(key, {}).get(column)
            candidature = edited(candidature, self.sheet.column(column), value, before)
            self._journal(key, f"{self.sheet.column(column).heading} : {text(value)}")
        self.office.ledger.candidatures.save(candidature)
        if "request" in cells:
            self._request(key, cells["request"])

    def _request(self, number: str, value: CellValue) -> None:
        """A letter put into the out-tray, or taken out of it before it left."""
        outbox, letter = self.office.ledger.outbox, requested_letter(value)
        for request in outbox.open_requests(self.call.code):
            if request.number == number and request.state == "waiting":
                outbox.update_request(replace(request, state="cancelled"))
        if letter and not (self.stale and self._was_sent(number, letter)):
            outbox.ask(Request(0, self.call.code, number, letter, self.office.clock.now()))
        if letter == "":
            self._warn(number, f"Courrier à envoyer\u00a0: « {text(value)} » n'est pas un courrier connu.")

    def _was_sent(self, number: str, letter: str) -> bool:
        """An old copy of the file, saved over a newer one, asks again for what left meanwhile: not a new wish."""
        return any(
            one.key.number == number and one.key.letter == letter
            for one in self.office.ledger.outbox.letters(self.call.code)
        )

    def _message(self, key: str, cells: Mapping[str, CellValue]) -> None:
        message = next((one for one in messages_of(self.office, self.call) if rows.message_key(one) == key), None)
        if message is None:
            return
        typed = "number" in cells
        nature = rows.reclassified_nature(text(cells["reclass"])) if "reclass" in cells else message.staff_nature
        number = text(cells["number"]) if typed else message.number
        if (nature and nature != message.nature) or number != message.number:
            # A new candidature gets a number of its own, unless staff typed the one it belongs to.
            keeps = typed or nature != "candidature"
            again = replace(
                message,
                state=ReadingState.WAITING,
                staff_nature=nature or message.nature,
                number=number if keeps else "",
                call=self.call.code,
            )
            self.office.ledger.mail.decide(again)
            self._journal(number, f"message {key} reclassé : {nature or message.nature}")

    def _meeting(self, key: str, cells: Mapping[str, CellValue]) -> None:
        plan = next((one for one in plans(self.office, self.call) if one.key == key), None)
        if plan is None:
            return
        changed = plan
        for column, value in cells.items():
            changed = meeting_edited(changed, column, value)
        convoked = any(key in one.meetings for one in self.office.ledger.candidatures.all(self.call.code))
        sequence = plan.sequence + 1 if convoked and changed != plan else plan.sequence
        self.office.ledger.candidatures.save_meeting(self.call.code, replace(changed, sequence=sequence))

    def _remove(self, number: str) -> None:
        candidature = self.office.ledger.candidatures.get(self.call.code, number)
        if candidature and candidature.status is not Status.REMOVED:
            self.office.ledger.candidatures.save(candidature.moved(Status.REMOVED))
            self._journal(number, "ligne supprimée du tableau")

    def _warn(self, number: str, sentence: str) -> None:
        candidature = self.office.ledger.candidatures.get(self.call.code, number)
        if candidature and sentence not in candidature.to_check:
            self.office.ledger.candidatures.save(with_doubts(candidature, sentence))

    def _journal(self, number: str, what: str) -> None:
        event = Event(self.office.clock.now(), "staff", what, self.call.code, number, "tableau de suivi")
        self.office.ledger.journal.note(event)
