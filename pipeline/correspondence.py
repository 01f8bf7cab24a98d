"""Ledger → letters that are due → outbox. Every letter is written once for its key; sending is left to `dispatch`."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline import faults
from pipeline.core import outtray
from pipeline.core.arrival import LoggedMessage, unanswered
from pipeline.core.call import Call
from pipeline.core.candidature import Attendance, Candidature, MeetingPlan, Status, corrected, planned
from pipeline.core.delivery import LetterState
from pipeline.core.envelope import Envelope, Invitation, compose
from pipeline.core.invitations import Guest, invitation
from pipeline.core.letters import LetterKey, Occasion, OutgoingLetter, Request, TemplateFault, values_for
from pipeline.core.message import Address
from pipeline.core.person import addressee
from pipeline.core.rows import request_occasion
from pipeline.failures import Unavailable
from pipeline.ports import Event, Office

DAY = timedelta(days=1)
TOO_MANY_FROM_SENDER = "retenu\u00a0: cette adresse a déjà reçu {count} accusés en 24 heures"
TOO_MANY_AT_ONCE = "retenu\u00a0: plus de {count} accusés dans le même passage"
CONFIRM = (
    "{count} courriers sont demandés à la fois, plus que les {limit} prévus\u00a0: "
    "videz des cellules, ou relevez limits.confirm_above."
)


def write_letters_due(office: Office) -> Counter[str]:
    """Write every acknowledgement and every letter of the out-tray that is due, each exactly once.

    A template at fault stops its letter only: the others are written, then Unavailable says which.
    """
    desk = _Desk(office, [])
    counts = desk.acknowledge()
    for call in office.calls:
        counts += desk.follow_requests(call)
    if desk.met:
        raise Unavailable("; ".join(dict.fromkeys(f"{fault.where}: {fault.what}" for fault in desk.met)))
    return counts


@dataclass(frozen=True)
class _Desk:
    """The letters of one cycle; `met` collects the template faults."""

    office: Office
    met: list[TemplateFault]

    def acknowledge(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for message in self.office.ledger.mail.to_answer():
            call = next((one for one in self.office.calls if one.code == message.call), None)
            candidature = self.office.ledger.candidatures.get(call.code, message.number) if call else None
            if call is None or candidature is None:
                self.office.ledger.mail.decide(unanswered(message, "Sans candidature\u00a0: pas de réponse."))
                continue
            reason = self._held_back(message, counts["queued"])
            counts["held" if reason else "queued"] += self._write_acknowledgement(call, candidature, message, reason)
        return counts

    def _held_back(self, message: LoggedMessage, written: int) -> str:
        """Why an acknowledgement waits for a person though it is due, "" if it may leave (contract, [limits])."""
        limits = self.office.limits
        if written >= limits.acks_per_cycle:
            return TOO_MANY_AT_ONCE.format(count=limits.acks_per_cycle)
        day_ago = self.office.clock.now() - DAY
        if self.office.ledger.outbox.written_to(message.sender, day_ago) >= limits.acks_per_sender_per_day:
            return TOO_MANY_FROM_SENDER.format(count=limits.acks_per_sender_per_day)
        return ""

    def _write_acknowledgement(self, call: Call, candidature: Candidature, message: LoggedMessage, held: str) -> int:
        letter = message.answer or ""
        key = LetterKey(call.code, candidature.number, letter, message.arrival.sha256, message.sender)
        written = self._written(call, corrected(candidature), key, message)
        if written is None:
            return 0
        if held:
            written = replace(written, state=LetterState.HELD, why=held)
        queued = self.office.ledger.outbox.queue(written)
        faults.point("queue")
        return int(queued)

    def follow_requests(self, call: Call) -> Counter[str]:
        """The out-tray of one call: what may leave is written, what may not says why."""
        now = self.office.clock.now()
        outbox = self.office.ledger.outbox
        ripe = [r for r in outbox.open_requests(call.code) if outtray.is_ripe(r, now, self.office.limits.grace_minutes)]
        obstacles = {request.id: self._obstacle(call, request) for request in ripe}
        free = [request for request in ripe if not obstacles[request.id]]
        if len(free) > self.office.limits.confirm_above:
            reason = CONFIRM.format(count=len(free), limit=self.office.limits.confirm_above)
            obstacles |= {request.id: reason for request in free}
        counts: Counter[str] = Counter()
        for request in ripe:
            if obstacles[request.id]:
                outbox.update_request(replace(request, blocked=obstacles[request.id]))
                counts["blocked"] += 1
            else:
                counts["queued"] += self._fulfil(call, request)
        return counts

    def _obstacle(self, call: Call, request: Request) -> str:
        found = self.office.ledger.candidatures.get(call.code, request.number)
        if found is None or found.status is Status.REMOVED:
            return "cette candidature n'est plus dans le tableau."
        required = call.required_documents
        return outtray.obstacle(request.letter, corrected(found), self._meetings(call), required)

    def _fulfil(self, call: Call, request: Request) -> int:
        """Write a letter staff asked for, to the contact and to Copie à, all or none."""
        found = self.office.ledger.candidatures.get(call.code, request.number)
        if found is None:
            return 0
        candidature = corrected(found)
        recipients = (candidature.contact.email, *outtray.copies(candidature))
        key = LetterKey(call.code, request.number, request.letter, request_occasion(request), recipients[0])
        written = self._written(call, candidature, key)
        if written is None:
            return 0
        ledger = self.office.ledger
        with ledger.transaction():
            for recipient in recipients:
                ledger.outbox.queue(replace(written, key=replace(key, recipient=recipient)))
            ledger.outbox.update_request(replace(request, state="written", blocked=""))
            if request.letter == "convocation":
                ledger.candidatures.save(_invited(found, self._meetings(call)))
            ledger.journal.note(
                Event(written.created, "worker", f"courrier écrit : {request.letter}", call.code, request.number)
            )
        faults.point("queue")
        return len(recipients)

    def _written(
        self, call: Call, candidature: Candidature, key: LetterKey, answers: LoggedMessage | None = None
    ) -> OutgoingLetter | None:
        """A letter to a (corrected) candidature, its bytes frozen; None when its template is at fault."""
        try:
            return self._frozen(call, candidature, key, answers)
        except TemplateFault as fault:
            self.met.append(fault)
            return None

    def _frozen(
        self, call: Call, candidature: Candidature, key: LetterKey, answers: LoggedMessage | None
    ) -> OutgoingLetter:
        now = self.office.clock.now()
        organiser = Address(self.office.from_name, self.office.address)
        recipient = Address(_name_for(candidature, answers), key.recipient)
        words = values_for(call, candidature, self._occasion(call, candidature, answers))
        letter = self.office.letterhead.write(key.letter, call.code, words)
        message_id = key.message_id(organiser.domain)
        envelope = Envelope(
            organiser,
            recipient,
            letter.subject,
            letter.text,
            letter.html,
            message_id,
            now,
            answers_mail=answers is not None,
            in_reply_to=answers.message_id if answers else "",
            references=answers.threads if answers else (),
            invitations=self._invitations(call, candidature, recipient) if key.letter == "convocation" else (),
        )
        return OutgoingLetter(key, message_id, letter.subject, compose(envelope), now, envelope.in_reply_to)

    def _occasion(self, call: Call, candidature: Candidature, answers: LoggedMessage | None) -> Occasion:
        of_this_mail = answers.arrival.sha256 if answers else None
        pieces = tuple(p.name for p in candidature.pieces if of_this_mail in (None, p.message_sha))
        return Occasion(
            self.office.clock.now(),
            received=answers.arrival.received if answers else None,
            addressee=addressee(candidature.contact, answers.sender, answers.sender_name) if answers else None,
            pieces=pieces,
            meetings=tuple(self._meetings(call)),
            missing=candidature.staff.get("missing", ""),
        )

    def _invitations(self, call: Call, candidature: Candidature, recipient: Address) -> tuple[Invitation, ...]:
        organiser, now = Address(self.office.from_name, self.office.address), self.office.clock.now()
        guest = Guest(candidature.number, recipient)
        return tuple(
            Invitation(meeting.key, invitation(call, meeting, organiser, guest, now))
            for meeting in self._meetings(call)
        )

    def _meetings(self, call: Call) -> list[MeetingPlan]:
        return planned(call, self.office.ledger.candidatures.meetings(call.code))


def _invited(candidature: Candidature, meetings: list[MeetingPlan]) -> Candidature:
    """The candidature once its invitations are written; answers already given to them stand."""
    invited = {meeting.key: Attendance.INVITED for meeting in meetings}
    return replace(candidature, meetings=invited | candidature.meetings)


def _name_for(candidature: Candidature, answers: LoggedMessage | None) -> str:
    """The name in the To header: the writer's own for an answer, else the contact's."""
    return answers.sender_name if answers else candidature.contact.name
