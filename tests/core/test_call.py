from datetime import UTC, date, datetime

import pytest

from pipeline.core.call import home_of
from tests.builders import a_call, paris


@pytest.mark.parametrize(
    ("received", "in_time"),
    [
        (paris("2017-02-28 23:59:59"), True),
        (paris("2017-03-01 00:00:00"), False),
        (datetime(2017, 2, 28, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2017, 2, 28, 23, 0, 0, tzinfo=UTC), False),
    ],
)
def test_the_deadline_is_the_last_instant_of_the_closing_day_in_paris(received, in_time):
    assert a_call().is_in_time(received) is in_time


def test_a_call_is_open_from_the_first_instant_of_its_opening_day():
    assert a_call().has_opened(paris("2016-12-01 00:00"))
    assert not a_call().has_opened(paris("2016-11-30 23:59"))


def test_a_message_of_no_call_is_shown_where_the_last_call_had_opened():
    first, second = a_call(), a_call(code="second", prefix="S", opens=date(2017, 1, 10))
    both = (second, first)
    assert home_of(None, paris("2017-01-09 12:00"), both) == first
    assert home_of(None, paris("2017-01-10 12:00"), both) == second
    assert home_of(None, paris("2016-01-01 12:00"), both) == first
    assert home_of("visions21-2017", paris("2017-02-01 12:00"), both) == first
    assert home_of("closed long ago", paris("2017-02-01 12:00"), both) is None


@pytest.mark.parametrize(
    ("closes", "deadline"),
    [
        (date(2017, 2, 28), datetime(2017, 2, 28, 23, tzinfo=UTC)),
        (date(2016, 2, 28), datetime(2016, 2, 28, 23, tzinfo=UTC)),
        (date(2017, 3, 25), datetime(2017, 3, 25, 23, tzinfo=UTC)),
        (date(2017, 3, 26), datetime(2017, 3, 26, 22, tzinfo=UTC)),
        (date(2017, 10, 29), datetime(2017, 10, 29, 23, tzinfo=UTC)),
        (date(2017, 12, 31), datetime(2017, 12, 31, 23, tzinfo=UTC)),
    ],
    ids=["winter", "eve of 29 February", "eve of summer time", "summer time begins", "it ends", "end of the year"],
)
def test_the_closing_day_is_whole_whatever_the_season(closes: date, deadline: datetime):
    assert a_call(closes=closes).deadline() == deadline


def test_of_two_calls_that_open_the_same_day_one_shows_the_messages_of_none_whatever_their_order():
    one, other = a_call(code="a"), a_call(code="b")
    shown = {
        home_of(None, paris(day), calls)
        for day in ("2017-01-09", "2017-02-01")
        for calls in ((one, other), (other, one))
    }
    assert shown == {other}
    assert home_of(None, paris("2016-01-01"), (other, one)) == one


def test_where_there_is_no_call_a_message_is_shown_nowhere():
    assert home_of(None, paris("2017-01-09"), ()) is None
    assert home_of("", paris("2017-01-09"), (a_call(),)) == a_call()
