"""Faults of the process (T02, T05, T07): killed at random, told to stop, started twice."""

import random
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import TOWNS, seen, settled
from tests.faults.oracle import violations
from tests.line.house import House

SENDERS = [sender for _, sender in TOWNS]


def started(house: House, now: str) -> "subprocess.Popen[bytes]":
    command = house.command("once", now=now)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=house.environment())


def killed_at_random(house: House, kills: int, seed: int) -> None:
    """Cycles killed after a random time, until one ends by itself after the last kill."""
    chance = random.Random(seed)
    for number in range(kills):
        process = started(house, f"2017-03-01T09:{number % 60:02d}")
        try:
            process.wait(chance.uniform(0.05, 2.5))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
    assert house.once(now="2017-03-01T10:10").returncode == 0
    assert house.once(now="2017-03-01T10:20").returncode == 0
    wrong = violations(seen(house), SENDERS)
    assert wrong == [], f"seed {seed}: {wrong}"


def test_T02_killed_at_random_instants_nothing_is_lost_and_nothing_done_twice(house: House, deliver: Callable) -> None:
    deliver()
    killed_at_random(house, kills=8, seed=20170228)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_T02_killed_at_many_more_random_instants_nothing_is_lost_and_nothing_done_twice(
    house: House, deliver: Callable, seed: int
) -> None:
    deliver()
    killed_at_random(house, kills=15, seed=seed)


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.3])
def test_T05_told_to_stop_it_ends_soon_and_the_next_run_finishes(house: House, deliver: Callable, delay: float) -> None:
    deliver()
    process = started(house, "2017-03-01T09:00")
    time.sleep(delay)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) in (0, -signal.SIGTERM, 1)
    process.communicate()
    assert house.once(now="2017-03-01T09:10").returncode == 0
    wrong = violations(seen(house), SENDERS)
    assert wrong == []


def test_T07_of_two_workers_started_together_one_works_and_the_other_says_so(house: House, deliver: Callable) -> None:
    deliver()
    both = [started(house, "2017-03-01T09:00") for _ in range(2)]
    said = [process.communicate(timeout=60)[1].decode() for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes
    if codes != [0, 0]:  # else one began after the other had ended
        refused = said[codes.index(1)]
        assert "holds" in refused or "is used by" in refused or "already" in refused, refused
    settled(house, SENDERS)
