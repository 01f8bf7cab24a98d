"""The out-tray: whether a letter staff asked for may leave, and what stands in its way, in French. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipeline.core import french
from pipeline.core.answers import chosen
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan, Status
from pipeline.core.columns import REFUSED, RETAINED, WAITING_LIST
from pipeline.core.complements import asked_for
from pipeline.core.copy_to import copies, fault
from pipeline.core.delivery import LetterState
from pipeline.core.envelope import is_writable
from pipeline.core.letters import OutgoingLetter, Request, upcoming

A_DAY = timedelta(days=1)
NOT_LISTED = (
    "« {title} » n'est plus dans la feuille Réunions\u00a0: remettez sa ligne (« Annuler », ou une sauvegarde)\u00a0; "
    "si cette réunion n'a pas lieu, écrivez « oui » dans Annulée."
)
DECISION_NEEDED = {
    "convocation": RETAINED,
    "laureat": RETAINED,
    "liste_attente": WAITING_LIST,
    "non_retenu": REFUSED,
}


@dataclass(frozen=True)
class Surroundings:
    """What a letter depends on besides its candidature: the meetings, the documents the call requires, the day."""

    meetings: Sequence[MeetingPlan]
    required: tuple[str, ...]
    today: date


def may_leave(request: Request, now: datetime, grace_minutes: int) -> bool:
    """Whether nothing stands in its way and the delay staff have for changing their mind is over."""
    stopped = request.blocked or request.held or (request.gated and not request.released)
    # What was asked for in a day to come was so by a clock that was set back since: that delay is over.
    is_over = request.leaves_at(grace_minutes) <= now or request.asked > now + A_DAY
    return request.is_waiting and not stopped and is_over


def gated(requests: Sequence[Request], most: int) -> list[Request]:
    """The requests, those that could leave made to wait for a green light when they are more than `most`: a column
    filled down by mistake sends nothing. What waits for it goes on waiting though others were taken back."""
    free = [one.id for one in requests if not (one.blocked or one.held or one.released)]
    return [replace(one, gated=one.gated or (len(free) > most and one.id in free)) for one in requests]


def is_all_to_come(letters: Collection[OutgoingLetter]) -> bool:
    """Whether letters that were written for a request may all be written anew: nobody received one, nor may have."""
    to_come = (LetterState.QUEUED, LetterState.RETRY, LetterState.REFUSED)
    return bool(letters) and all(one.state in to_come for one in letters)


def is_another_now(letters: Iterable[OutgoingLetter], written: Request, drafted: Request) -> bool:
    """Whether what was `written` for a request is not what would be now, as it was `drafted` again. Letters that were
    all refused are done with, but where staff mended the addresses."""
    if all(one.state is LetterState.REFUSED for one in letters):
        return not drafted.blocked and drafted.draft.recipients != written.draft.recipients
    return bool(drafted.blocked) or drafted.draft != written.draft


def obstacle(letter: str, candidature: Candidature, around: Surroundings) -> str:
    """Why this letter cannot leave for this (corrected) candidature, "" when nothing stands in the way."""
    checks = (
        no_address(candidature),
        _no_address_in_copy(candidature),
        _withdrawn(letter, candidature),
        _decision(letter, candidature),
    )
    own = {
        "convocation": lambda: _meetings(candidature, around),
        "demande_complements": lambda: _nothing_missing(candidature, around.required),
    }.get(letter)
    return next((reason for reason in (*checks, own() if own else "") if reason), "")


def announced(meetings: Iterable[MeetingPlan], today: date) -> tuple[MeetingPlan, ...]:
    """The meetings that a convocation invites to: those still to come."""
    return tuple(one for one in upcoming(meetings, today) if not one.cancelled)


def withdrawn(meetings: Iterable[MeetingPlan], candidature: Candidature) -> tuple[MeetingPlan, ...]:
    """The cancelled meetings to which this candidature had been invited: a convocation takes them back."""
    return tuple(one for one in meetings if one.cancelled and one.key in candidature.meetings)


def recipients(candidature: Candidature) -> tuple[str, ...]:
    """Who receives a letter of staff's: the contact, then Copie à."""
    return (candidature.contact.email.strip(), *copies(candidature))


def reply_by(call: Call, request: Request) -> date | None:
    """Until when complements are asked for: so many days after the request, a Monday rather than a week-end."""
    if request.letter != "demande_complements" or not call.reply_days:
        return None
    day = request.asked.astimezone(call.zone).date() + timedelta(days=call.reply_days)
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def no_address(candidature: Candidature) -> str:
    """Why there is nobody to write to, "" when there is."""
    email = candidature.contact.email.strip()
    if is_writable(email):
        return ""
    return f"« {email} » n'est pas une adresse valide." if email else "la colonne Courriel est vide."


def _no_address_in_copy(candidature: Candidature) -> str:
    """A letter to some now and to the others once the cell is mended would be written to the contact twice."""
    what = fault(candidature)
    return f"dans la colonne Copie à, {what}" if what else ""


def _withdrawn(letter: str, candidature: Candidature) -> str:
    if candidature.status is Status.WITHDRAWN and letter in DECISION_NEEDED:
        return "la collectivité a retiré sa candidature."
    return ""


def _decision(letter: str, candidature: Candidature) -> str:
    needed = DECISION_NEEDED.get(letter)
    decision = candidature.staff.get("decision", "").strip()
    if needed is None or chosen((needed,), decision):
        return ""
    stands = f"elle indique « {decision} »" if decision else "elle est vide"
    return f"la colonne Décision doit indiquer « {needed} » ({stands})."


def _meetings(candidature: Candidature, around: Surroundings) -> str:
    ahead = announced(around.meetings, around.today)
    for meeting in ahead:
        if not meeting.listed:
            return NOT_LISTED.format(title=meeting.title)
        needed = (("la date", meeting.date), ("l'heure de début", meeting.start), ("le lieu", meeting.place))
        lacking = [word for word, value in needed if not value]
        if lacking:
            return f"indiquez {' et '.join(lacking)} de « {meeting.title} » dans la feuille Réunions."
        wrong = _hours(meeting)
        if wrong:
            return wrong
    return "" if ahead or withdrawn(around.meetings, candidature) else "cet appel n'a pas de réunion à venir."


def _hours(meeting: MeetingPlan) -> str:
    """Hours that cannot be ("14h75", "14h-17h"); words ("l'après-midi") are the reader's to understand."""
    for hour in (meeting.start, meeting.end):
        if hour[:1].isdigit() and french.time_of(hour) is None:
            return f"« {hour} » n'est pas une heure\u00a0: corrigez « {meeting.title} » dans la feuille Réunions."
    start, end = french.time_of(meeting.start), french.time_of(meeting.end)
    if start and end and end <= start:
        return f"« {meeting.title} » finit avant de commencer\u00a0: corrigez la feuille Réunions."
    return ""


def _nothing_missing(candidature: Candidature, required: tuple[str, ...]) -> str:
    if asked_for(candidature, required):
        return ""
    received = " et les documents demandés par l'appel semblent reçus" if required else ""
    return f"la colonne Pièces manquantes est vide{received}."
