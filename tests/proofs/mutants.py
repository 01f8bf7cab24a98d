"""The proof over damaged mail: thousands of mutants read and judged, none that raises, hangs or fills the memory.

    python -m tests.proofs.mutants FOLDER [--count 20000] [--processes 2]

FOLDER holds raw messages (.eml), below it at any depth: they are the seeds. Mutant N is the same on every run
(`mutation/damage.py`). Each is read, identified, searched for its contact and judged, and everything read from it can
be stored. Prints how many were read and given up, the slowest, the most memory; exits with 1 when one raised, took more
than 5 seconds, or a process took more than 1 GB.
"""

import argparse
import logging
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from pipeline.core.message import Unreadable, read_message
from pipeline.core.person import contact_of
from tests.proofs.mail.judging import verdict_on
from tests.proofs.mutation.damage import mutant
from tests.proofs.mutation.soundness import unsound

LONGEST = 5.0  # seconds
LARGEST = 1024  # MB of a process
READ, GIVEN_UP = "read", "given up"


@dataclass(frozen=True)
class Trial:
    """What became of one mutant: `state` is READ, GIVEN_UP or the fault."""

    number: int
    state: str
    seconds: float
    megabytes: int

    @property
    def failed(self) -> bool:
        return self.state not in (READ, GIVEN_UP) or self.seconds > LONGEST or self.megabytes > LARGEST


def tried(folder: Path, number: int) -> Trial:
    """Make the mutant of that number and do to it all that the worker does to a mail."""
    raw = mutant(_seeds(folder), number)
    begun = time.monotonic()
    try:
        state = _state(raw)
    except Exception as fault:  # the proof counts them
        state = f"{type(fault).__name__}: {fault}"
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Trial(number, state, time.monotonic() - begun, megabytes)


def _state(raw: bytes) -> str:
    read = read_message(raw)
    fault = unsound(read)
    if fault or isinstance(read, Unreadable):
        return fault or GIVEN_UP
    contact_of(read, ())
    verdict_on(read)
    return READ


@cache
def _seeds(folder: Path) -> tuple[bytes, ...]:
    logging.disable(logging.ERROR)
    return tuple(path.read_bytes() for path in sorted(folder.rglob("*.eml")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and print it."""
    asked = _asked(arguments)
    with get_context("fork").Pool(asked.processes) as pool:
        trials = pool.map(partial(tried, asked.folder), range(asked.first, asked.first + asked.count), chunksize=20)
    failed = [trial for trial in trials if trial.failed]
    states = Counter(trial.state for trial in trials)
    slowest = max(trials, key=lambda trial: trial.seconds)
    print(f"{len(trials)} mutants: {states[READ]} read, {states[GIVEN_UP]} given up, {len(failed)} failed")
    print(f"slowest: {slowest.seconds:.2f} s (mutant {slowest.number})")
    print(f"most memory of a process: {max(trial.megabytes for trial in trials)} MB")
    for trial in failed[:40]:
        print(f"! {trial.number}: {trial.state} ({trial.seconds:.1f} s, {trial.megabytes} MB)")
    return 1 if failed else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The proof over damaged mail")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
