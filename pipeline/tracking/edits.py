"""One sheet's edits on their way into the ledger: what each of them changes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.core.attendance import answered_before
from pipeline.core.call import Call
from pipeline.core.candidature import MeetingPlan, Status
from pipeline.core.columns import ENVOIS_SHEET, Sheet
from pipeline.core.corrections import edited, meeting_edited, requested_letter
from pipeline.core.delivery import LetterState
from pipeline.core.filing import with_doubts
from pipeline.core.letters import LETTERS
from pipeline.core.merge import CellValue, Clash, Edit, EditsIn, Memory
from pipeline.core.typed import text
from pipeline.dossiers import plans
from pipeline.ports import Event, Office, Span
from pipeline.tracking.asking import ask, take_out, warn
from pipeline.tracking.letting_go import LettingGo
from pipeline.tracking.reclassifying import Reclassifying

EMPTY = "(vide)"
CLASH = "{heading}\u00a0: deux versions du tableau différaient\u00a0; gardé « {kept} », l'autre disait « {other} »."
ASKED_IN_AN_OLD_COPY = (
    "{letter}\u00a0: déjà envoyé, et demandé dans une ancienne copie du tableau\u00a0; "
    "redemandez-le s'il doit repartir."
)
CAME_BACK = "Ligne supprimée puis revenue\u00a0: supprimez-la de nouveau si elle ne doit plus être suivie."
ANNOUNCED = ("title", "date")  # what the sheet Réunions shows of the call's file
MERGED_OTHERWISE = ("to_check", "request")  # sentence by sentence; by what became of the letter


@dataclass(frozen=True)
class SheetEdits:
    """One sheet's edits on their way into the ledger; `memory` is what was remembered of the sheet."""

    office: Office
    call: Call
    sheet: Sheet
    memory: Memory

    def apply(self, found: EditsIn) -> None:
        by_row: dict[str, list[Edit]] = defaultdict(list)
        for edit in found.edits:
            by_row[edit.key].append(edit)
        if self.sheet.key == "candidatures":
            self._rows(found)
        if self.sheet.key == ENVOIS_SHEET.key:
            for key in found.removed:
                LettingGo(self.office, self.call).take_out(key)
        for key, edits in by_row.items():
            self._meaning()(key, edits)
        for clash in found.clashes:
            self._clash(clash)
        self._remember(found, by_row)

    def _meaning(self) -> Callable[[str, Sequence[Edit]], None]:
        """What an edit of this sheet does."""
        return {
            "candidatures": self._candidature,
            "messages": Reclassifying(self.office, self.call, self.memory).apply,
            "reunions": self._meeting,
            "envois": LettingGo(self.office, self.call).apply,
        }[self.sheet.key]

    def _remember(self, found: EditsIn, by_row: Mapping[str, list[Edit]]) -> None:
        memory, span = self.office.ledger.memory, Span.of_staff(self.office.ledger.memory.generation(self.call.code))
        memory.take_out(self.call.code, self.sheet.key, (*found.removed, *found.moved), span)
        typed = {key: {edit.column: edit.value for edit in edits} for key, edits in by_row.items()}
        back: dict[str, dict[str, CellValue]] = {key: {} for key in found.returned}
        memory.remember(self.call.code, self.sheet.key, {**back, **typed}, span)

    def _rows(self, found: EditsIn) -> None:
        """Rows of Candidatures that staff deleted, brought back, or put into a sheet of their own."""
        for number in found.removed:
            self._remove(number)
        for number in found.returned:
            self._bring_back(number)
        for number, name in found.moved.items():
            self._journal(number, f"ligne déplacée vers la feuille {name}")

    def _candidature(self, number: str, edits: Sequence[Edit]) -> None:
        candidature = self.office.ledger.candidatures.get(self.call.code, number)
        if candidature is None:
            return
        for edit in edits:
            candidature = edited(candidature, self.sheet.column(edit.column), edit.value, edit.before, self.call.zone)
            self._journal(number, f"{self.sheet.column(edit.column).heading} : {text(edit.value)}")
        self.office.ledger.candidatures.save(candidature)
        for edit in edits:
            if edit.column == "request":
                self._request(number, edit.value)

    def _request(self, number: str, value: CellValue) -> None:
        """A letter put into the out-tray, or taken out of it before it left."""
        letter = requested_letter(value)
        take_out(self.office, self.call, number)
        if letter and not self.memory.is_newest and self._was_sent(number, letter):
            self._warn(number, ASKED_IN_AN_OLD_COPY.format(letter=LETTERS[letter].label))
        else:
            ask(self.office, self.call, number, value)

    def _was_sent(self, number: str, letter: str) -> bool:
        """An old copy of the file, saved over a newer one, asks for what left meanwhile: perhaps not a new wish."""
        return any(
            one.key.number == number and one.key.letter == letter and one.state is not LetterState.CANCELLED
            for one in self.office.ledger.outbox.letters(self.call.code)
        )

    def _clash(self, clash: Clash) -> None:
        """Staff's own words win; what stood there on the other side is said, so that nothing is lost."""
        column = self.sheet.column(clash.column)
        if self.sheet.key == "candidatures" and column.key not in MERGED_OTHERWISE:
            kept, other = text(clash.kept) or EMPTY, text(clash.other) or EMPTY
            self._warn(clash.key, CLASH.format(heading=column.heading, kept=kept, other=other))

    def _meeting(self, key: str, edits: Sequence[Edit]) -> None:
        plan = next((one for one in plans(self.office, self.call) if one.key == key), None)
        if plan is None:
            return
        plan = changed = self._as_shown(plan)
        for edit in edits:
            changed = meeting_edited(changed, edit.column, edit.value)
        candidatures = self.office.ledger.candidatures.all(self.call.code)
        convoked = any(key in one.meetings for one in candidatures)
        sequence = plan.sequence + 1 if convoked and changed != plan else plan.sequence
        self.office.ledger.candidatures.save_meeting(self.call.code, replace(changed, sequence=sequence))
        for number, said in answered_before(candidatures, plan, changed).items():
            self._warn(number, said)

    def _as_shown(self, plan: MeetingPlan) -> MeetingPlan:
        """A meeting as the sheet shows it, which is what staff plan by: the call's file may say something else now."""
        shown, saved = self.memory.last(plan.key), self.office.ledger.candidatures.meetings(self.call.code)
        if any(one.key == plan.key for one in saved):
            return plan
        for column in ANNOUNCED:
            plan = meeting_edited(plan, column, shown[column]) if column in shown else plan
        return plan

    def _remove(self, number: str) -> None:
        candidature = self.office.ledger.candidatures.get(self.call.code, number)
        if candidature and candidature.status is not Status.REMOVED:
            self.office.ledger.candidatures.save(candidature.moved(Status.REMOVED))
            self._journal(number, "ligne supprimée du tableau")

    def _bring_back(self, number: str) -> None:
        candidature = self.office.ledger.candidatures.get(self.call.code, number)
        if candidature and candidature.status is Status.REMOVED:
            self.office.ledger.candidatures.save(with_doubts(candidature.moved(Status.OPEN), CAME_BACK))
            self._journal(number, "ligne remise dans le tableau")

    def _warn(self, number: str, sentence: str) -> None:
        warn(self.office, self.call, number, sentence)

    def _journal(self, number: str, what: str) -> None:
        event = Event(self.office.clock.now(), "staff", what, self.call.code, number, "tableau de suivi")
        self.office.ledger.journal.note(event)
