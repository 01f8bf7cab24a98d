from dataclasses import replace
from datetime import date

import pytest

from pipeline.core.candidature import MeetingPlan
from pipeline.core.reminders import to_remind_of
from tests.builders import a_call, paris

MEETING = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7), "14:00")


@pytest.mark.parametrize(
    ("changes", "recalled"),
    [({}, True), ({"cancelled": True}, False), ({"listed": False}, False), ({"date": None}, False)],
)
def test_a_meeting_is_recalled_while_it_is_to_be_held(changes, recalled):
    meeting = replace(MEETING, **changes)
    assert to_remind_of(a_call(), [meeting], paris("2017-03-04 09:00")) == ([meeting] if recalled else [])
