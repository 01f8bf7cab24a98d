"""Who is reminded of which meeting, and when."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.core.candidature import Attendance, Candidature, MeetingPlan, Status
from pipeline.core.delivery import LetterState
from pipeline.core.letters import LetterKey, OutgoingLetter
from pipeline.core.reminders import is_expected, occasion_of, to_remind_of
from tests.builders import a_call, a_candidature, a_letter, paris

MEETING = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7), "14:00")


@pytest.mark.parametrize(
    ("now", "reminded"),
    [
        ("2017-03-03 23:59", False),
        ("2017-03-04 07:59", False),
        ("2017-03-04 08:00", True),
        ("2017-03-06 23:59", True),
        ("2017-03-07 08:00", False),
        ("2017-03-08 08:00", False),
    ],
)
def test_a_meeting_is_recalled_from_eight_three_days_before_until_the_eve(now: str, reminded: bool) -> None:
    assert to_remind_of(a_call(), [MEETING], paris(now)) == [MEETING] * reminded


@pytest.mark.parametrize("changes", [{"date": None}, {"cancelled": True}, {"listed": False}])
def test_a_meeting_that_is_cancelled_or_has_no_date_or_row_is_not_recalled(changes: dict) -> None:
    assert to_remind_of(a_call(), [replace(MEETING, **changes)], paris("2017-03-06 09:00")) == []


def convoked(answer: Attendance | None = Attendance.ACCEPTED, **changes: object) -> Candidature:
    meetings = {"prep-1": answer} if answer else {}
    return a_candidature(**{"staff": {"decision": "Retenu"}, "meetings": meetings} | changes)


def convocation(
    state: LetterState = LetterState.SENT, number: str = "V21-001", kind: str = "convocation"
) -> OutgoingLetter:
    return a_letter(key=LetterKey("visions21-2017", number, kind, "x", "marc@ternois.example"), state=state)


@pytest.mark.parametrize(
    ("candidature", "letter", "expected"),
    [
        (convoked(), convocation(), True),
        (convoked(Attendance.INVITED), convocation(), True),
        (convoked(Attendance.TENTATIVE), convocation(), True),
        (convoked(Attendance.DECLINED), convocation(), False),
        (convoked(None), convocation(), False),
        (convoked(staff={"decision": "Liste d'attente"}), convocation(), False),
        (convoked(status=Status.WITHDRAWN), convocation(), False),
        (convoked(), convocation(LetterState.BOUNCED), False),
        (convoked(), convocation(LetterState.UNKNOWN), False),
        (convoked(), convocation(number="V21-002"), False),
        (convoked(), convocation(kind="laureat"), False),
    ],
)
def test_who_was_convoked_by_a_letter_that_arrived_and_has_not_declined_is_expected(
    candidature: Candidature, letter: OutgoingLetter, expected: bool
) -> None:
    assert is_expected(candidature, MEETING, [letter]) is expected


def test_one_convocation_that_arrived_is_enough_whatever_became_of_the_others() -> None:
    assert is_expected(convoked(), MEETING, [convocation(LetterState.REFUSED), convocation()])
    assert not is_expected(convoked(), MEETING, [])


def test_a_meeting_that_was_put_off_is_recalled_again() -> None:
    later = replace(MEETING, date=date(2017, 3, 9))
    assert (occasion_of(MEETING), occasion_of(later)) == ("prep-1-2017-03-07", "prep-1-2017-03-09")
    assert occasion_of(replace(MEETING, date=None)) == "prep-1"
