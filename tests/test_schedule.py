"""When the worker goes round: at once, as mail comes, as something is due, whatever happens to the clock."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from pipeline.failures import CannotWait, Unavailable
from pipeline.schedule import News, Rounds


def rounds_of(pauses: list[Callable[[Callable[[], bool]], None]], due: float = 3600.0) -> list[str]:
    """What happens, in order, when the pauses end so, the last one by a stop; poll_minutes is 5."""
    seen: list[str] = []

    def pause(is_over: Callable[[], bool]) -> None:
        seen.append("over" if is_over() else "waiting")
        if pauses:
            pauses.pop(0)(is_over)
            seen.append("over" if is_over() else "waiting")
        else:
            rounds.stop()

    def a_round() -> float:
        seen.append("round")
        return due

    rounds = Rounds(5, pause)
    rounds.run(a_round)
    return seen


def test_the_first_round_is_at_once_and_the_worker_then_waits() -> None:
    assert rounds_of([]) == ["round", "waiting"]


def test_a_pause_that_ends_early_is_a_reason_for_a_round() -> None:
    assert rounds_of([lambda _: None]) == ["round", "waiting", "waiting", "round", "waiting"]


def test_what_is_due_sooner_than_the_next_poll_ends_the_pause() -> None:
    assert rounds_of([], due=0.0) == ["round", "over"]


@pytest.mark.parametrize(("jump", "then"), [(timedelta(minutes=6), "over"), (timedelta(hours=-2), "waiting")])
def test_a_sleep_of_the_machine_ends_the_pause_and_a_clock_put_back_does_not(jump: timedelta, then: str) -> None:
    with time_machine.travel("2017-03-01T09:00:00+01:00") as traveller:
        assert rounds_of([lambda _: traveller.shift(jump)]) == ["round", "waiting", then, "round", "waiting"]


def test_a_clock_put_back_two_hours_delays_no_round(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.monotonic()
    with time_machine.travel("2017-10-29T02:59:00+02:00") as traveller:

        def set_back(_: object) -> None:
            traveller.shift(timedelta(hours=-2))
            monkeypatch.setattr("pipeline.schedule.time.monotonic", lambda: begun + 301)

        assert rounds_of([set_back])[:3] == ["round", "waiting", "over"]


def test_a_round_that_fails_does_not_end_the_rounds() -> None:
    count = []

    def pause(_: object) -> None:
        if len(count) == 3:
            rounds.stop()

    def a_round() -> float:
        count.append(1)
        raise RuntimeError("a fault of ours")

    rounds = Rounds(5, pause)
    rounds.run(a_round)
    assert len(count) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_rounds_once_the_one_under_way_is_done(number: signal.Signals) -> None:
    seen: list[object] = []

    def a_round() -> float:
        os.kill(os.getpid(), number)
        seen.append("done")
        return 3600.0

    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}

    def pause(is_over: Callable[[], bool]) -> None:
        seen.append("over" if is_over() else "waiting")
        rounds.stop()

    try:
        for one in before:
            signal.signal(one, lambda *_: seen.append("not obeyed"))
        rounds = Rounds(5, pause)
        rounds.obey_signals()
        rounds.run(a_round)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert seen == ["done", "over"]


class Told:
    """A mailbox whose waits end as told."""

    def __init__(self, *ends: Exception | None) -> None:
        self.ends, self.asked = list(ends), 0

    def await_news(self, is_over: Callable[[], bool]) -> None:
        self.asked += 1
        end = self.ends.pop(0)
        if end:
            raise end


def test_a_server_that_does_not_tell_is_asked_once_whether_it_does() -> None:
    mailbox = Told(CannotWait())
    news = News(mailbox, is_wanted=True)
    for _ in range(3):
        news.wait(lambda: True)
    assert mailbox.asked == 1


def test_idle_that_is_not_wanted_is_not_asked_for() -> None:
    mailbox = Told()
    News(mailbox, is_wanted=False).wait(lambda: True)
    assert mailbox.asked == 0


def test_after_a_loss_the_server_is_tried_again_soon_but_once(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    clock = iter(range(10_000))
    monkeypatch.setattr("pipeline.schedule.time.sleep", slept.append)
    monkeypatch.setattr("pipeline.schedule.time.monotonic", lambda: float(next(clock)))
    news = News(Told(Unavailable("lost"), Unavailable("lost"), None, Unavailable("lost")), is_wanted=True)
    counts = []
    for _ in range(4):
        slept.clear()
        news.wait(lambda: len(slept) >= 300)
        counts.append(len(slept))
    assert counts == [9, 300, 0, 9]
