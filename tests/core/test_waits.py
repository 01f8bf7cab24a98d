"""Since when a tracker waits to be written to, as the journal keeps it."""

from datetime import timedelta

from pipeline.core.dated import dated, read_dated
from pipeline.core.waits import PATIENCE, Wait, read_wait, tracker_wait
from tests.builders import paris

SINCE = paris("2017-03-02 09:05:07")


def test_a_wait_is_read_again_as_it_was_noted_words_and_moment() -> None:
    wait = Wait(SINCE, "ouvert par Zoé « compta »")
    assert wait.noted() == '["2017-03-02T09:05:07+01:00", "ouvert par Zoé « compta »"]'
    assert read_wait(wait.noted()) == wait


def test_a_tracker_that_shows_everything_waits_for_nothing() -> None:
    assert read_wait("") is None
    assert read_dated("") is None


def test_each_call_has_its_own_wait() -> None:
    noted = {"tracker waiting: visions21-2017": Wait(SINCE, "ouvert").noted()}
    assert tracker_wait(lambda key: noted.get(key, ""), "visions21-2017") == Wait(SINCE, "ouvert")
    assert tracker_wait(lambda key: noted.get(key, ""), "second") is None


def test_a_moment_is_noted_to_the_second_with_its_zone() -> None:
    assert dated(SINCE + timedelta(microseconds=999_999), "") == '["2017-03-02T09:05:07+01:00", ""]'


def test_a_tracker_held_open_is_told_by_a_letter_after_four_hours() -> None:
    assert timedelta(hours=4) == PATIENCE
