"""Runs that can be compared: each in a process of its own, interleaved round by round, judged by ratios.

What is measured is left to the benchmarks, how it is shown to `reporting`.
"""

import json
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.apart import measured

ROOT = Path(__file__).parents[2]
PATIENCE = 7200  # seconds for one run
TASKS = "tests.benchmarks."


@dataclass(frozen=True)
class Run:
    """One run: wall and CPU seconds, megabytes at the peak, and what was counted ("sent", "trips" …)."""

    seconds: float
    cpu: float
    peak: float
    counts: Mapping[str, float] = field(default_factory=dict)

    def figure(self, name: str) -> float:
        return float(getattr(self, name) if name in ("seconds", "cpu", "peak") else self.counts[name])


@dataclass(frozen=True)
class Scale:
    """How much work, how often: `small` proves the harness alone, `mails` replaces the number of mails."""

    small: bool = False
    rounds: int = 3
    mails: int = 0

    def of(self, small: int, usual: int) -> int:
        return small if self.small else usual

    def apart(self, task: str, **arguments: Any) -> Run:
        """One run in a process of its own; small, it stays in this one: half a second less."""
        return run_of(measured(f"{TASKS}{task}", arguments)) if self.small else apart(task, **arguments)

    def of_mails(self, small: int, usual: int) -> int:
        return small if self.small else self.mails or usual


Contender = Callable[[], Run]


@dataclass(frozen=True)
class Rounds:
    """The runs of each contender, one a round."""

    runs: Mapping[str, Sequence[Run]]

    def median(self, name: str, figure: str = "seconds") -> float:
        return statistics.median(run.figure(figure) for run in self.runs[name])

    def ratio(self, over: str, under: str, figure: str = "seconds") -> float:
        """The median of the ratios, round by round."""
        pairs = zip(self.runs[over], self.runs[under], strict=True)
        return statistics.median(one.figure(figure) / max(other.figure(figure), 1e-9) for one, other in pairs)

    def spread(self, name: str) -> tuple[float, float]:
        """The least and the most wall time, as shares of the median."""
        middle, seconds = max(self.median(name), 1e-9), [run.seconds for run in self.runs[name]]
        return min(seconds) / middle, max(seconds) / middle


@dataclass(frozen=True)
class Goal:
    """What is asked for, in words, and the figure that was found; without a bound it is a figure worth knowing."""

    text: str
    found: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool | None:
        if self.at_least is None and self.at_most is None:
            return None
        enough = self.at_least is None or self.found >= self.at_least
        return enough and (self.at_most is None or self.found <= self.at_most)


@dataclass(frozen=True)
class Outcome:
    """What a benchmark found: `work` says what was done, `units` how many things of it each contender did."""

    title: str
    work: str
    rounds: Rounds
    goals: tuple[Goal, ...]
    units: Mapping[str, int] = field(default_factory=dict)


def interleaved(contenders: Mapping[str, Contender], rounds: int) -> Rounds:
    """Every contender once a round, in an order that changes, so that a noisy minute disturbs all alike."""
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    chance = random.Random(rounds)
    for number in range(1, rounds + 1):
        for name in chance.sample(list(contenders), len(contenders)):
            run = contenders[name]()
            runs[name].append(run)
            print(f"  round {number}: {name}: {run.seconds:.3f} s, CPU {run.cpu:.3f} s", file=sys.stderr, flush=True)
    return Rounds(runs)


def apart(task: str, **arguments: Any) -> Run:
    """Run `module:function` of tests.benchmarks in a process of its own; see `apart.py` for what is timed."""
    words = [sys.executable, "-m", "tests.benchmarks.apart", f"{TASKS}{task}", json.dumps(arguments)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode:
        raise AssertionError(f"{task} failed: {done.stderr[-2000:] or done.stdout[-2000:]}")
    return run_of(json.loads(done.stdout.splitlines()[-1]))


def run_of(counts: dict[str, float]) -> Run:
    return Run(counts.pop("seconds"), counts.pop("cpu"), counts.pop("peak"), counts)
