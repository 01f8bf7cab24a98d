"""Whether a cap on sending holds anything else back: the same first cycle with a cap, and without one."""

import functools
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.boxes import Load, put, serving, stored
from tests.benchmarks.installation import NO_LIMIT, installed
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import Goal, Outcome, Run, Scale, interleaved
from tests.builders import a_call
from tests.servers.dovecot import Dovecot

CAPPED, FREE = "at most 30 letters a minute", "without a cap"
CAPS = {CAPPED: 30, FREE: int(NO_LIMIT)}  # 30 a minute is what Exchange Online lets through


def pacing(scale: Scale) -> Outcome:
    """Small documents: what is held back would be seen beside little else."""
    mails = scale.of_mails(4, 300)
    with tempfile.TemporaryDirectory() as folder, serving(len(CAPS) * scale.rounds) as (server, users):
        kept = stored(load(mails, mean_kb=10), Path(folder) / "mails")
        runs = {name: functools.partial(paced, cap, kept, server, users, scale) for name, cap in CAPS.items()}
        rounds = interleaved(runs, scale.rounds)
    goals = (
        Goal("a cap makes no cycle longer", rounds.ratio(CAPPED, FREE), at_most=1.05),
        Goal("letters of a cycle that is capped", rounds.median(CAPPED, "sent"), at_most=CAPS[CAPPED]),
    )
    work = f"{mails} mails ({kept.kinds['candidature']} candidatures)"
    return Outcome("pacing", work, rounds, goals, dict.fromkeys(CAPS, mails))


def paced(cap: int, kept: Load, server: Dovecot, users: Iterator[str], scale: Scale) -> Run:
    """Every mail must be in the ledger and in the tracker; of the letters, as many as the cap lets through."""
    user = next(users)
    put(kept, server, user)
    with installed(server, user, scale) as place:
        limits = place.house.config.read_text("utf-8")
        place.house.config.write_text(
            limits.replace(f"max_per_minute = {NO_LIMIT}", f"max_per_minute = {cap}"), "utf-8"
        )
        run = place.with_counts(place.once(), recorded=place.recorded())
        sheets = place.house.seen(a_call()).sheets
        run = replace(run, counts={**run.counts, "rows": len(sheets["candidatures"].rows)})
    candidatures = kept.kinds["candidature"]
    due = {"recorded": kept.count, "rows": candidatures, "sent": min(cap, candidatures)}
    assert due.items() <= run.counts.items(), f"{run.counts}, not {due}"
    assert len(sheets["messages"].rows) == kept.count
    return run
