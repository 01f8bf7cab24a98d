"""When a folder is counted anew."""

from datetime import timedelta

import pytest

from pipeline.core.counting import Count, Hidden, Refusal, read_count, read_hidden, read_refusal, to_count_above
from tests.builders import paris

LAST = Count("2017-03-01", 7, 101, 90)


@pytest.mark.parametrize(
    ("now", "newest", "news", "above"),
    [
        (Count("2017-03-01", 7, 101, 90), 100, 0, None),
        (Count("2017-03-02", 7, 101, 90), 100, 0, 0),  # once a day
        (Count("2017-03-01", 8, 101, 90), 100, 0, 0),  # renumbered
        (Count("2017-03-01", 7, 103, 92), 102, 2, None),  # two came and were found
        (Count("2017-03-01", 7, 103, 92), 100, 0, 100),  # two came, the search finds none
        (Count("2017-03-01", 7, 103, 92), 101, 1, 101),  # … or the first only
        (Count("2017-03-01", 7, 103, 92), 102, 1, 102),  # … or the last only
        (Count("2017-03-01", 7, 103, 60), 102, 2, None),  # others were deleted meanwhile
        (Count("2017-03-01", 7, 101, 80), 100, 0, None),
        (Count("2017-03-01", 7, 101, 90), 98, 0, None),  # the newest two were deleted before they were seen
        (Count("2017-03-01", 7, 103, 60), 100, 0, 100),  # two came, the search finds none, others were deleted
        (Count("2017-03-01", 7, 0, 91), 100, 0, 100),  # a server that does not say what the next UID will be
    ],
)
def test_a_folder_is_counted_once_a_day_and_where_it_grew_by_more_than_was_found(
    now: Count, newest: int, news: int, above: int | None
) -> None:
    assert to_count_above(now, LAST, newest, news) == above


def test_a_folder_never_counted_is_counted_whole() -> None:
    assert to_count_above(LAST, None, 100, 100) == 0


def test_what_is_noted_is_read_again() -> None:
    assert (read_count(""), read_hidden("")) == (None, None)
    assert read_count(LAST.noted()) == LAST
    assert read_hidden(Hidden(7, 101, 2).noted()) == Hidden(7, 101, 2)


def test_a_server_that_refuses_mails_may_be_ill_for_an_hour() -> None:
    since = paris("2017-03-01 10:00")
    refused = Refusal(since, 2)
    assert not refused.has_lasted(since + timedelta(minutes=59, seconds=59))
    assert refused.has_lasted(since + timedelta(hours=1))
    assert read_refusal(Refusal(since.replace(microsecond=7), 2).noted()) == refused
    assert read_refusal("") is None
