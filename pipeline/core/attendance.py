"""What the answers of calendar programs make of a candidature's attendance. Pure; the verdict is left to `triage`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.core import french
from pipeline.core.candidature import ATTENDANCE_WORDS, Attendance, Candidature, MeetingPlan
from pipeline.core.delivery import NEVER_LEAVES
from pipeline.core.invitations import Reply, hour_of, meeting_of, read_reply
from pipeline.core.letters import OutgoingLetter

FORMER = (
    "La réponse « {word} » de {who} à « {title} » concerne une invitation remplacée depuis{when}\u00a0: elle n'est pas "
    "comptée. Inscrivez-la dans la colonne de la réunion si elle vaut encore."
)
BEFORE = (
    "La réponse « {word} » à « {title} » a été donnée pour l'ancienne date ({when})\u00a0: redemandez « Convocation »."
)


def answered(
    candidature: Candidature, calendars: Iterable[bytes], meetings: Sequence[MeetingPlan], zone: ZoneInfo
) -> tuple[Candidature, tuple[str, ...]]:
    """The candidature with what its people answered to the invitations, and what to say of the answers that were to an
    earlier date."""
    answers, former = dict(candidature.meetings), []
    plans = {meeting.key: meeting for meeting in meetings}
    for reply in filter(None, map(read_reply, calendars)):
        place = meeting_of(reply.uid)
        # The UID comes from outside: it counts for the candidature that the mail was found to belong to, and no other.
        if not place or place[:2] != (candidature.call, candidature.number):
            continue
        plan = plans.get(place[2])
        if plan is None or is_to_the_latest(reply, plan, zone):
            answers[place[2]] = reply.attendance
        else:
            former.append(_said(reply, plan, zone))
    return replace(candidature, meetings=answers), tuple(former)


def uninvited(candidature: Candidature, convocations: Iterable[OutgoingLetter]) -> Candidature:
    """The candidature without the invitations that it has not answered, when no convocation left or may leave to it."""
    if any(one.key.number == candidature.number and one.state not in NEVER_LEAVES for one in convocations):
        return candidature
    answers: dict[str, Attendance] = {
        key: said for key, said in candidature.meetings.items() if said is not Attendance.INVITED
    }
    return replace(candidature, meetings=answers)


def is_to_the_latest(reply: Reply, meeting: MeetingPlan, zone: ZoneInfo) -> bool:
    """Whether an answer is one to the meeting as it stands (RFC 5546, 2.1.4).

    Programs that leave SEQUENCE out, or always say 0, are judged by the start that they give back: who answered before
    the place changed has answered for the same day. The start of a counter-proposal is another one by nature.
    """
    if reply.sequence >= meeting.sequence:
        return True
    return reply.start is not None and not reply.counter and _starts_with(meeting, reply.start, zone)


def answered_before(candidatures: Iterable[Candidature], was: MeetingPlan, is_now: MeetingPlan) -> dict[str, str]:
    """By number, what to say of the answers that stand in a meeting's column once staff moved it to another time."""
    if was.date is None or (was.date, was.start) == (is_now.date, is_now.start):
        return {}
    hour = hour_of(was.start)
    when = french.moment(datetime.combine(was.date, hour)) if hour else f"le {french.day(was.date)}"
    answers = {one.number: one.meetings.get(was.key, Attendance.INVITED) for one in candidatures}
    return {
        number: BEFORE.format(word=ATTENDANCE_WORDS[answer], title=was.title, when=when)
        for number, answer in answers.items()
        if answer is not Attendance.INVITED
    }


def _starts_with(meeting: MeetingPlan, start: date | datetime, zone: ZoneInfo) -> bool:
    """By the day alone where one of them has no hour; a time without zone is that of the call's."""
    there, hour = _local(start, zone), hour_of(meeting.start)
    day = there.date() if isinstance(there, datetime) else there
    return day == meeting.date and (hour is None or not isinstance(there, datetime) or there.time() == hour)


def _local(start: date | datetime, zone: ZoneInfo) -> date | datetime:
    if isinstance(start, datetime) and start.tzinfo:
        return start.astimezone(zone).replace(tzinfo=None)
    return start


def _said(reply: Reply, meeting: MeetingPlan, zone: ZoneInfo) -> str:
    start = None if reply.start is None or reply.counter else _local(reply.start, zone)
    told = french.moment(start) if isinstance(start, datetime) else start and f"le {french.day(start)}"
    who, word = reply.sent_by or reply.attendee, ATTENDANCE_WORDS[reply.attendance]
    return FORMER.format(word=word, who=who, title=meeting.title, when=f" ({told})" if told else "")
