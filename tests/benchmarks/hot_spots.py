"""Where the time of a first cycle goes, by the standard profiler: no comparison, a list to work down."""

import cProfile
import pstats
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.boxes import put, serving, stored
from tests.benchmarks.installation import installed
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import ROOT, Outcome, Rounds, Run, Scale

LONGEST = 25
Spot = tuple[str, Run]


def hot_spots(scale: Scale) -> Outcome:
    """One cycle under the profiler, which makes Python's own steps look dearer than they are."""
    mails = scale.of_mails(4, 100)
    with tempfile.TemporaryDirectory() as folder, serving(1) as (server, users):
        kept, user, profile = stored(load(mails), Path(folder) / "mails"), next(users), Path(folder) / "profile"
        put(kept, server, user)
        with installed(server, user, scale) as place:
            if scale.small:
                profiler = cProfile.Profile()
                profiler.runcall(place.prepare)
                profiler.dump_stats(profile)
            else:
                place.once(("-m", "cProfile", "-o", str(profile), "run.py"))
        found = {name: [run] for name, run in (*by_whole(profile), *by_own(profile))}
    work = f"{mails} mails under the profiler; s: with what it calls, CPU s: its own steps alone"
    return Outcome("hot_spots", work, Rounds(found), ())


def by_whole(profile: Path) -> list[Spot]:
    """Our functions that take longest with what they call, those that hold nearly everything left out."""
    stats = list(spots(profile))
    total = max(run.seconds for _, run in stats)
    ours = [one for one in stats if one[0].startswith("pipeline") and one[1].seconds < 0.5 * total]
    return sorted(ours, key=lambda one: -one[1].seconds)[:LONGEST]


def by_own(profile: Path) -> list[Spot]:
    """Functions of anybody that take longest themselves."""
    return sorted(spots(profile), key=lambda one: -one[1].cpu)[:LONGEST]


def spots(profile: Path) -> Iterator[Spot]:
    """Every function, with its seconds and how often it was called."""
    stats = pstats.Stats(str(profile)).stats  # type: ignore[attr-defined]
    for (file, line, name), (_, calls, own, whole, _) in stats.items():
        place = re.sub(r".*/(?:site-packages|python3[.0-9]*)/", "", file.replace(f"{ROOT}/", ""))
        said = f"{place}:{line} {name}" if line else name
        yield said.replace("<", "").replace(">", "").replace("|", "/"), Run(whole, own, 0.0, {"calls": calls})
