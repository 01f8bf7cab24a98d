"""A moment as a milestone keeps it."""

import pytest

from pipeline.core.dated import before
from tests.builders import paris

NOW = paris("2017-03-01 10:00")


@pytest.mark.parametrize(
    ("noted", "counts"),
    [("2017-03-01T09:59:59+01:00", True), ("2017-03-01T10:00:00+01:00", True), ("2017-03-01T10:00:01+01:00", False)],
)
def test_a_moment_to_come_was_noted_by_a_clock_that_was_set_back_and_does_not_count(noted: str, counts: bool) -> None:
    assert (before(noted, NOW) is not None) is counts


def test_where_nothing_is_noted_there_is_no_moment() -> None:
    assert before("", NOW) is None
