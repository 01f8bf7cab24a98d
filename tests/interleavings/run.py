"""Random interleavings of staff's actions and the worker's, each on a tracker of its own, and what was lost.

    python -m tests.interleavings.run [--count 10000] [--first 0] [--actions 10] [--jobs 2] [--libreoffice]

Each is played again by its number: `--first 4711 --count 1` shows its actions. With `--libreoffice` staff save in
LibreOffice too, which takes seconds each. Exits with 1 when anything was lost.
"""

import argparse
import io
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import openpyxl

from tests.builders import a_call
from tests.interleavings.play import Play
from tests.interleavings.stage import a_stage
from tests.proofs.readers import converted

BATCH = 50
OPENED_EACH = 10  # one result in so many is opened in openpyxl as well
MEMORY = Path("/dev/shm")


@dataclass
class Outcome:
    """What became of some plays."""

    plays: int = 0
    lost: dict[int, list[str]] = field(default_factory=dict)
    actions: Counter[str] = field(default_factory=Counter)


def played(seeds: Sequence[int], actions: int, libreoffice: bool = False) -> Outcome:
    """Play these numbers."""
    outcome = Outcome()
    with (
        tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
        a_stage(Path(folder)) as office,
    ):
        for seed in seeds:
            call = replace(a_call(), code=f"essai-{seed}")
            play = Play(office, call, seed, saved_by_libreoffice if libreoffice else None)
            outcome.plays += 1
            try:
                losses = play.run(actions)
                if not seed % OPENED_EACH:
                    openpyxl.load_workbook(io.BytesIO(office.tracker.path(call).read_bytes()))
            except Exception as fault:
                losses = [f"{type(fault).__name__}: {fault}", *traceback.format_exc().splitlines()[-6:]]
            if losses:
                outcome.lost[seed] = [*losses, "after " + ", ".join(play.done)]
            outcome.actions += play.counts
            shutil.rmtree(office.tracker.path(call).parent, ignore_errors=True)
    return outcome


def saved_by_libreoffice(content: bytes) -> bytes:
    return converted({"suivi": content})["suivi"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Play many, and print what was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.interleavings.run", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--actions", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--libreoffice", action="store_true")
    asked = parser.parse_args(arguments)
    begun, total = time.monotonic(), Outcome()
    seeds = range(asked.first, asked.first + asked.count)
    batches = [seeds[start : start + BATCH] for start in range(0, len(seeds), BATCH)]
    with ProcessPoolExecutor(asked.jobs) as pool:
        for done in pool.map(partial(played, actions=asked.actions, libreoffice=asked.libreoffice), batches):
            total.plays += done.plays
            total.lost |= done.lost
            total.actions += done.actions
            for seed, losses in done.lost.items():
                print(f"{seed}:", *losses, sep="\n  ", flush=True)
            print(f"{total.plays} played, {len(total.lost)} with losses", file=sys.stderr, flush=True)
    print(f"{total.plays} interleavings, {sum(total.actions.values())} actions, {len(total.lost)} with losses")
    print(", ".join(f"{name} {count}" for name, count in sorted(total.actions.items())))
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if total.lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
