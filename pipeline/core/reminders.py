"""Who is to be reminded of which meeting, and when. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pipeline.core.call import Call
from pipeline.core.candidature import Attendance, Candidature, MeetingPlan
from pipeline.core.delivery import LetterState
from pipeline.core.laureates import is_laureate
from pipeline.core.letters import OutgoingLetter

DAYS_BEFORE = 3
FROM_HOUR = 8  # nobody is written to in the night


def to_remind_of(call: Call, meetings: Sequence[MeetingPlan], now: datetime) -> list[MeetingPlan]:
    """The meetings of the three days to come, tomorrow's the last to be recalled; none whose row staff deleted."""
    local = now.astimezone(call.zone)
    if local.hour < FROM_HOUR:
        return []
    last = local.date() + timedelta(days=DAYS_BEFORE)
    return [one for one in meetings if is_held(one) and one.date and local.date() < one.date <= last]


def is_held(meeting: MeetingPlan) -> bool:
    """Whether it takes place, as far as its row says."""
    return meeting.listed and not meeting.cancelled


def is_expected(candidature: Candidature, meeting: MeetingPlan, letters: Iterable[OutgoingLetter]) -> bool:
    """Whether a laureate was convoked to that meeting, by a letter that arrived, and has not declined."""
    answer = candidature.meetings.get(meeting.key)
    if answer in (None, Attendance.DECLINED) or not is_laureate(candidature):
        return False
    return any(
        one.key.number == candidature.number and one.key.letter == "convocation" and one.state is LetterState.SENT
        for one in letters
    )


def occasion_of(meeting: MeetingPlan) -> str:
    """Once for each date of a meeting: one that was put off is recalled again."""
    return f"{meeting.key}-{meeting.date:%Y-%m-%d}" if meeting.date else meeting.key
