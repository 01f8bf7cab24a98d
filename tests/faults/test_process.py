"""Faults of the process (T02, T05, T07): killed at random, told to stop, started twice."""

import random
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

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
        house.killed_after(chance.uniform(0.01, 1.2), f"2017-03-01T09:{number % 60:02d}")
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


@pytest.mark.parametrize("delay", [0.3, 0.8, pytest.param(1.3, marks=pytest.mark.long)])
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


@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-"])
def test_a_cycle_whose_caller_closed_the_streams_does_its_work(house: House, deliver: Callable, closed: str) -> None:
    deliver()
    assert house.once(under=("bash", "-c", f'exec "$@" {closed}', "-")).returncode == 0
    settled(house, SENDERS)


def test_T07_of_two_started_at_the_same_moment_exactly_one_works_and_the_other_says_so(
    house: House, deliver: Callable
) -> None:
    deliver()
    house.sink.wait_after(1)  # whichever works is still at it when the other one is refused
    both = [started(house, "2017-03-01T09:00") for _ in range(2)]
    refused, working = both if ended_first(*both) else reversed(both)
    said, complained = refused.communicate()
    assert (refused.returncode, said, working.poll()) == (1, b"", None)
    holder = rf"(process {working.pid} on {re.escape(socket.gethostname())}|another process)"  # it may have but begun
    assert re.fullmatch(
        rf"{house.folder / 'var'}: a worker is already running \({holder}\)\. Wait for it to end, or stop it\.\n",
        complained.decode(),
    )
    house.sink.go_on()
    assert (working.communicate(timeout=60)[1], working.returncode) == (b"", 0)
    settled(house, SENDERS)


def ended_first(one: "subprocess.Popen[bytes]", other: "subprocess.Popen[bytes]") -> bool:
    """Whether it was this one of the two, once one of them has ended."""
    for _ in range(600):
        for process in (one, other):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
                return process is one
    raise AssertionError("neither ended")
