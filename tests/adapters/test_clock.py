"""The clocks."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pipeline.adapters.clock import ShiftedClock, SystemClock

PARIS = ZoneInfo("Europe/Paris")


def test_the_clock_of_the_machine_is_told_in_the_zone_of_the_configuration() -> None:
    with time_machine.travel(datetime(2017, 2, 28, 22, 59, 59, tzinfo=UTC), tick=False):
        now = SystemClock(PARIS).now()
    assert now.isoformat() == "2017-02-28T23:59:59+01:00"
    assert now.tzinfo is PARIS


def test_a_clock_that_was_set_begins_there_and_runs_on() -> None:
    start = datetime(2017, 2, 20, 10, 0, tzinfo=PARIS)
    clock = ShiftedClock(start)
    first, second = clock.now(), clock.now()
    assert start <= first <= second < start + timedelta(seconds=30)
    assert first.tzinfo is PARIS


@pytest.mark.parametrize(
    ("start", "after"),
    [
        ("2017-03-26T01:59:59+01:00", "2017-03-26T03:00:09+02:00"),
        ("2017-10-29T02:59:59+02:00", "2017-10-29T02:00:09+01:00"),
    ],
)
def test_a_clock_that_was_set_lives_through_the_nights_when_the_hour_changes(
    start: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter((100.0, 110.0))  # time_machine leaves the monotonic clock alone
    monkeypatch.setattr("pipeline.adapters.clock.time", SimpleNamespace(monotonic=lambda: next(ticks)))
    clock = ShiftedClock(datetime.fromisoformat(start).astimezone(PARIS))
    assert clock.now().isoformat() == after
