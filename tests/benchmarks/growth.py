"""Whether anything grows faster than the mails: one first cycle over three sizes of the same load."""

import functools
import tempfile
from pathlib import Path

from tests.benchmarks.boxes import serving, stored
from tests.benchmarks.installation import taken_in
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import Goal, Outcome, Scale, interleaved

STEPS = (4, 2, 1)  # the sizes: a quarter, a half, all
MEAN_KB = 10  # small documents: what grows with the number is seen better


def growth(scale: Scale) -> Outcome:
    """Mails with small documents; `--mails 10000` for the size of the issue."""
    sizes = [scale.of_mails(8, 1_000) // step for step in STEPS]
    with tempfile.TemporaryDirectory() as folder, serving(len(sizes) * scale.rounds) as (server, users):
        loads = [stored(load(size, MEAN_KB), Path(folder) / str(size)) for size in sizes]
        runs = {f"{kept.count} mails": functools.partial(taken_in, kept, server, users, scale) for kept in loads}
        rounds = interleaved(runs, scale.rounds)
    units = dict(zip(runs, sizes, strict=True))
    quarter, half, whole = (rounds.median(name) for name in runs)
    goals = (
        Goal("time a mail, all ≤ 1.2 × a quarter", whole / STEPS[0] / quarter, at_most=1.2),
        # The start is in all of them and hides what grows: differences have none of it.
        Goal("second half ≤ 1.2 × twice the second quarter", (whole - half) / 2 / (half - quarter), at_most=1.2),
    )
    return Outcome("growth", f"first cycles, documents of {MEAN_KB} kB", rounds, goals, units)
