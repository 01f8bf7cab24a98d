"""A letter's words from its template, and its frozen bytes. Which, to whom and when is its neighbours'."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.core import outtray
from pipeline.core.arrival import LoggedMessage
from pipeline.core.call import Call
from pipeline.core.candidature import Attendance, Candidature, MeetingPlan, corrected
from pipeline.core.complements import asked_for
from pipeline.core.enclosing import Enclosure, objection
from pipeline.core.envelope import Attachment, Envelope, Invitation, compose
from pipeline.core.letters import (
    LETTERS,
    Asked,
    LetterKey,
    Occasion,
    OutgoingLetter,
    Request,
    TemplateFault,
    values_for,
)
from pipeline.core.message import Address
from pipeline.dossiers import plans
from pipeline.failures import Misconfigured, Unavailable, where
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Office, Written

log = logging.getLogger(__name__)
NO_FOLDER = "le dossier du tableau, où sont les fichiers à joindre, n'est pas accessible."
ENCLOSING = "files enclosed: {call} {letter}"  # milestone: whether an answer had some when they were last seen
NOT_WRITTEN = "ce courrier n'a pas pu être écrit ({})"


@dataclass(frozen=True)
class Dossier:
    """What a letter is about: a candidature with its corrections, in its call; `meetings` as staff set them."""

    call: Call
    candidature: Candidature
    meetings: tuple[MeetingPlan, ...]
    answers: LoggedMessage | None = None
    reply_by: date | None = None


@dataclass(frozen=True)
class Writer:
    """Writes the letters of one cycle; `met` collects what kept one from being written."""

    office: Office
    met: list[TemplateFault] = field(default_factory=list)

    def meetings(self, call: Call) -> tuple[MeetingPlan, ...]:
        return tuple(plans(self.office, call))

    def dossier(self, call: Call, candidature: Candidature, request: Request) -> Dossier:
        """What a letter that staff asked for is about."""
        return Dossier(call, corrected(candidature), self.meetings(call), reply_by=outtray.reply_by(call, request))

    def objection(self, call: Call, letter: str) -> str:
        """Why the files that staff want sent with a letter cannot be, "" if they can.

        Where their folder is away, an answer that had none waits for nothing.
        """
        noted, answers = ENCLOSING.format(call=call.code, letter=letter), LETTERS[letter].asked is Asked.BY_MAIL
        had_files = self.office.ledger.journal.milestone(noted) if answers else ""
        if self._is_away(call):
            return "" if answers and not had_files else NO_FOLDER
        files = self._files(call, letter)
        if answers and bool(files) != bool(had_files):
            self.office.ledger.journal.reach(noted, "files" if files else "")
        return objection(letter, files)

    def _files(self, call: Call, letter: str) -> tuple[Enclosure, ...]:
        return () if self._is_away(call) else self.office.enclosures.listed(call.code, letter)

    def _is_away(self, call: Call) -> bool:
        try:
            refuse_lost_folder(self.office, call)
        except Unavailable:
            return True
        return False

    def words(self, letter: str, dossier: Dossier) -> Written | None:
        """Subject, text and HTML; None when they cannot be written."""
        with self._alone(letter, dossier):
            files = tuple(one.name for one in self._files(dossier.call, letter))
            values = values_for(dossier.call, dossier.candidature, self._occasion(dossier, files))
            return self.office.letterhead.write(letter, dossier.call.code, values)
        return None

    def written(self, key: LetterKey, dossier: Dossier) -> OutgoingLetter | None:
        """The letter with its bytes frozen; None when it cannot be written."""
        words = self.words(key.letter, dossier)
        with self._alone(key.letter, dossier):
            return self._frozen(key, dossier, words) if words else None
        return None

    @contextmanager
    def _alone(self, letter: str, dossier: Dossier) -> Iterator[None]:
        """What goes wrong inside stops this letter only: a template at fault, or what nobody foresaw."""
        try:
            yield
        except TemplateFault as fault:
            self.met.append(fault)
        except (Unavailable, Misconfigured, OSError):
            raise  # the next letter would meet the same
        except Exception as fault:
            log.error("%s %s could not be written: %s", letter, dossier.candidature.number, where(fault))
            why = NOT_WRITTEN.format(type(fault).__name__)
            self.met.append(TemplateFault(f"{letter} {dossier.candidature.number}", why))

    def _frozen(self, key: LetterKey, dossier: Dossier, words: Written) -> OutgoingLetter:
        now, answers = self.office.clock.now(), dossier.answers
        organiser = self.office.sender
        message_id = key.message_id(organiser.domain)
        envelope = Envelope(
            organiser,
            Address(answers.sender_name if answers else dossier.candidature.contact.name, key.recipient),
            words.subject,
            words.text,
            words.html,
            message_id,
            now,
            answers_mail=answers is not None,
            in_reply_to=answers.message_id if answers else "",
            references=answers.threads if answers else (),
            invitations=self._invitations(dossier, key.recipient) if key.letter == "convocation" else (),
            attachments=self._attachments(dossier.call, key.letter),
        )
        return OutgoingLetter(key, message_id, words.subject, compose(envelope), now, envelope.in_reply_to)

    def _attachments(self, call: Call, letter: str) -> tuple[Attachment, ...]:
        enclosures = self.office.enclosures
        return tuple(
            Attachment(one.name, enclosures.read(call.code, letter, one.name), one.media_type)
            for one in self._files(call, letter)
        )

    def _occasion(self, dossier: Dossier, files: tuple[str, ...]) -> Occasion:
        # Imported here: what knows names is loaded when a letter is written, not by each cycle.
        from pipeline.core.person import addressee  # noqa: PLC0415

        answers, candidature = dossier.answers, dossier.candidature
        of_this_mail = answers.arrival.sha256 if answers else None
        return Occasion(
            self.office.clock.now(),
            received=answers.arrival.received if answers else None,
            addressee=addressee(candidature.contact, answers.sender, answers.sender_name) if answers else None,
            pieces=tuple(one.name for one in candidature.pieces if of_this_mail in (None, one.message_sha)),
            meetings=tuple(one for one in dossier.meetings if not one.cancelled),
            cancelled=outtray.withdrawn(dossier.meetings, candidature),
            missing=asked_for(candidature, dossier.call.required_documents),
            reply_by=dossier.reply_by,
            reason=candidature.staff.get("reason", ""),
            attachments=files,
        )

    def announced(self, dossier: Dossier) -> tuple[MeetingPlan, ...]:
        """The meetings that it invites to."""
        return outtray.announced(dossier.meetings, self.office.today(dossier.call))

    def _invitations(self, dossier: Dossier, recipient: str) -> tuple[Invitation, ...]:
        """To each meeting still to come; what takes back the invitation to one that is cancelled."""
        # Imported here: calendars are a library that convocations alone need.
        from pipeline.core.invitations import Guest, invitation  # noqa: PLC0415

        call, organiser, now = dossier.call, self.office.sender, self.office.clock.now()
        withdrawn = outtray.withdrawn(dossier.meetings, dossier.candidature)
        guest = Guest(dossier.candidature.number, Address(dossier.candidature.contact.name, recipient))
        return tuple(
            Invitation(one.key, invitation(call, one, organiser, guest, now), "CANCEL" if one.cancelled else "REQUEST")
            for one in (*self.announced(dossier), *withdrawn)
            if one.date
        )


def invited(candidature: Candidature, meetings: Sequence[MeetingPlan]) -> Candidature:
    """The candidature once its invitations are written; answers already given to them stand."""
    asked = {meeting.key: Attendance.INVITED for meeting in meetings}
    return replace(candidature, meetings=asked | candidature.meetings)
