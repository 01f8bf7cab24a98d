"""Answers to our invitations, and invitations of others. Writing the attendance is left to `reading`."""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.core import french
from pipeline.core.call import Call, with_code
from pipeline.core.invitations import Reply, meeting_of, read_reply
from pipeline.core.triage.case import Case
from pipeline.core.triage.dossiers import Found, find
from pipeline.core.triage.folding import NBSP, Sentence, fold
from pipeline.core.triage.intent import applied, asked
from pipeline.core.triage.naming import Strength, call_meant, says_day
from pipeline.core.triage.wording.attending import (
    ABSENT_FROM_MEETING,
    ANSWERS_INVITATION,
    ATTENDS,
    MEETING,
    NOT_REPRESENTED,
    PERHAPS,
    REPRESENTED,
)
from pipeline.core.triage.wording.following_up import BUT
from pipeline.core.triage.wording.withdrawing import MAINTAINS
from pipeline.core.verdict import KnownCandidature, Nature, Verdict

_METHOD = re.compile(rb"^METHOD(?:;[^:\r\n]*)?:\s*([A-Z]+)", re.IGNORECASE | re.MULTILINE)
_SAID = {
    "accepted": "accepte",
    "declined": "décline",
    "tentative": "répond peut-être à",
    "delegated": "délègue sa réponse à",
}
_ANSWERS = {b"REPLY", b"COUNTER"}


def reply_to_invitation(case: Case) -> Verdict | None:
    """A calendar program answers an invitation of ours for a candidature."""
    methods = {method for calendar in case.message.calendars for method in _methods(calendar)}
    if not methods & _ANSWERS:
        return None
    reply = next((one for calendar in case.message.calendars if (one := read_reply(calendar))), None)
    known = _invited(case, reply)
    if known:
        return _attendance(known, reply)
    meeting = _meeting_call(case) or _named_call(case)
    if meeting is None:
        return Verdict(Nature.UNRELATED, ("Réponse à une invitation qui n'est pas l'une des nôtres.",))
    why = "Réponse à une invitation de l'appel, mais on ne sait pas pour quelle candidature."
    return Verdict(Nature.UNSURE, (why,), meeting.code)


def invitation_of_somebody(case: Case) -> Verdict | None:
    """Somebody invites us, or changes an invitation of theirs."""
    if not case.message.calendars or case.has_documents or applied(case):
        return None
    return Verdict(Nature.UNRELATED, ("C'est une invitation d'agenda qui nous est adressée, pas une réponse.",))


def attendance_in_words(case: Case) -> Verdict | None:
    """An applicant says in words whether it comes to a meeting, be it while it maintains its candidature."""
    application = applied(case)
    if case.has_documents or (application and not MAINTAINS.search(application.folded)) or asked(case):
        return None
    told = ANSWERS_INVITATION.match(case.subject) and not case.body
    said = (case.headline,) if told else tuple(one for one in case.sentences if ATTENDS.search(one.folded))
    found = find(case) if said and speaks_of_a_meeting(case) else None
    if not found or not found.candidature:
        return None
    known = found.candidature
    to_write = _to_write(said, known, case)
    if told:  # a calendar program's subject, without its calendar
        why = (found.why, "Le message répond à une convocation, sans son invitation.")
        return Verdict(Nature.RSVP, why, known.call, known.number, to_check=(to_write,))
    return Verdict(Nature.UNSURE, (found.why, to_write), known.call, known.number, to_check=(to_write,))


def speaks_of_a_meeting(case: Case) -> bool:
    """Whether it says so, or names the day of one."""
    return bool(MEETING.search(case.words)) or bool(days_named(case, case.words))


def days_named(case: Case, folded: str) -> frozenset[date]:
    """The days of our meetings that a folded text names."""
    days = {meeting.date for call in case.calls for meeting in call.meetings if meeting.date}
    return frozenset(day for day in days if says_day(folded, day))


def _to_write(said: Sequence[Sentence], known: KnownCandidature, case: Case) -> str:
    """What staff may write of it: the worker does not guess who comes to which meeting."""
    word = _answer(said, case)
    differ = word is None
    quoted = " ".join(f"«{NBSP}{one.written[:120]}{NBSP}»" for one in (said if differ else said[:1]))
    if differ:
        return (
            f"Présence annoncée en toutes lettres{NBSP}: {quoted} Les réponses diffèrent{NBSP}: à inscrire réunion par "
            f"réunion, ligne {known.number}."
        )
    column = f"dans la colonne de la réunion{_of_the_day(said, known, case)}"
    proposed = f"Proposition{NBSP}: «{NBSP}{word}{NBSP}» {column}, ligne {known.number}."
    return f"Présence annoncée en toutes lettres{NBSP}: {quoted}. {proposed}"


def _of_the_day(said: Sequence[Sentence], known: KnownCandidature, case: Case) -> str:
    """Which meeting the answer is to, where it names one of several."""
    days = {day for one in said for day in days_named(case, one.folded)}
    call = with_code(known.call, case.calls)
    several = call is not None and len(call.meetings) > 1
    return f" du {french.day(days.pop())}" if several and len(days) == 1 else ""


def _answer(said: Sequence[Sentence], case: Case) -> str | None:
    """accepté, décliné or peut-être; None where the answers differ from one meeting to the other."""
    if any(REPRESENTED.search(one.folded) and not NOT_REPRESENTED.search(one.folded) for one in said):
        return "accepté"
    words = {_word(clause) for one in said for clause in _clauses(one.folded)}
    several_days = any(len(days_named(case, one.folded)) > 1 and BUT.search(one.folded) for one in said)
    return None if len(words) > 1 or several_days else words.pop()


def _clauses(folded: str) -> list[str]:
    """What a sentence says before and after "mais", each where it tells who comes; else the sentence."""
    said = [one for one in BUT.compiled.split(folded) if ATTENDS.search(one)]
    return said if len(said) > 1 else [folded]


def _word(folded: str) -> str:
    if PERHAPS.search(folded):
        return "peut-être"
    return "décliné" if ABSENT_FROM_MEETING.search(folded) else "accepté"


def _methods(calendar: bytes) -> list[bytes]:
    return [method.upper() for method in _METHOD.findall(calendar[:200_000])]


def _invited(case: Case, reply: Reply | None) -> KnownCandidature | None:
    """By our UID, by the invited address, else by who writes."""
    place = meeting_of(reply.uid) if reply else None
    known = case.known.candidatures
    by_uid = [one for one in known if place and (one.call, one.number) == place[:2]]
    people = {reply.attendee, reply.sent_by} - {""} if reply else set()
    by_person = _in_call([one for one in known if one.addresses & people], _meeting_call(case))
    found: Found | None = None if by_uid or len(by_person) == 1 else find(case)
    if place and not by_uid and with_code(place[0], case.calls):
        return KnownCandidature(place[0], place[1], "", "", frozenset())
    return next(iter(by_uid or by_person[:1]), found.candidature if found else None)


def _in_call(found: list[KnownCandidature], call: Call | None) -> list[KnownCandidature]:
    """Of one person's several candidatures, those of the call whose meeting it is."""
    fitting = [one for one in found if call and one.call == call.code] if len(found) > 1 else found
    return fitting if len(fitting) == 1 else []


def _meeting_call(case: Case) -> Call | None:
    """The call whose meeting the message names."""
    text = f"{case.words} {' '.join(fold(_unfolded(one)) for one in case.message.calendars)}"
    found = [call for call in case.calls if any(fold(meeting.title) in text for meeting in call.meetings)]
    return found[0] if len(found) == 1 else None


def _named_call(case: Case) -> Call | None:
    naming = call_meant(case)
    return naming.call if naming.strength is Strength.NAMED else None


def _unfolded(calendar: bytes) -> str:
    return re.sub(r"\r?\n[ \t]", "", calendar[:200_000].decode("utf-8", "replace"))


def _attendance(known: KnownCandidature, reply: Reply | None) -> Verdict:
    if reply is None:
        why = "Réponse d'agenda qui n'a pas pu être lue."
        return Verdict(Nature.RSVP, (why,), known.call, known.number, to_check=(why,))
    why = f"L'agenda de {reply.attendee} {_SAID[reply.partstat]} notre invitation (candidature {known.number})."
    by = (f"Répondu par {reply.sent_by}.",) if reply.sent_by else ()
    other_time = ("Un autre horaire est proposé pour la réunion.",) if reply.counter else ()
    return Verdict(Nature.RSVP, (why, *by), known.call, known.number, to_check=other_time)
