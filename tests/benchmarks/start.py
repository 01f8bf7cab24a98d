"""Starting: `--help`, and `once` with nothing to do; the CPU seconds of the whole process."""

import functools

from tests.benchmarks.boxes import fill, serving
from tests.benchmarks.installation import NOW, Installation, installed
from tests.benchmarks.mails import BEGINS
from tests.benchmarks.measuring import Goal, Outcome, Scale, apart, interleaved

HELP, ONCE, PYTHON = "--help", "once, nothing to do", "python alone"
OLD_MAIL = b"From: a@b.example\r\nSubject: Compte rendu\r\nMessage-ID: <1@b.example>\r\n\r\nBonjour\r\n"


def start(scale: Scale) -> Outcome:
    """`once` after a first cycle that took in a mail."""
    with serving(1) as (server, users):
        user = next(users)
        fill(server, user, 1, OLD_MAIL, BEGINS)
        with installed(server, user, scale) as place:
            place.prepare(NOW)
            rounds = interleaved(
                {
                    HELP: functools.partial(apart, "commanding:command", words=["python", "run.py", "--help"]),
                    ONCE: functools.partial(Installation.once, place),
                    PYTHON: functools.partial(apart, "commanding:command", words=["python", "-c", "pass"]),
                },
                scale.rounds,
            )
    goals = (
        Goal("--help ≤ 0.25 s CPU", rounds.median(HELP, "cpu"), at_most=0.25),
        Goal("once with nothing to do ≤ 0.7 s CPU", rounds.median(ONCE, "cpu"), at_most=0.7),
    )
    return Outcome("start", "whole processes, caches warm", rounds, goals)
