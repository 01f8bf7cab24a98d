"""A cycle with nothing new: over mailboxes of three sizes, and with many candidatures recorded."""

import functools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from tests.benchmarks.boxes import fill, serving
from tests.benchmarks.installation import Installation, installed
from tests.benchmarks.mails import BEGINS
from tests.benchmarks.measuring import Contender, Goal, Outcome, Rounds, Run, Scale, interleaved
from tests.benchmarks.recorded import record
from tests.benchmarks.start import OLD_MAIL
from tests.servers.slow_line import SlowLine

LATER = "2017-03-01T15:00"  # the same day: once a day the mails of a folder are counted another way, too


def idle(scale: Scale) -> Outcome:
    """The mail in the boxes is older than what is looked at, as it is in a mailbox of many years."""
    sizes = (20, 40) if scale.small else (1_000, 10_000, 100_000)
    candidatures = scale.of(10, 10_000)
    with ExitStack() as doors:
        server, users = doors.enter_context(serving(len(sizes) + 1))
        contenders: dict[str, Contender] = {}
        for size in (*sizes, 0):
            user = next(users)
            fill(server, user, size or 1, OLD_MAIL, BEGINS)
            line = doors.enter_context(SlowLine(server.tls_port))
            place = doors.enter_context(installed(server, user, scale, port=str(line.port), since="2017-02-01"))
            place.prepare()
            if not size:
                record(place, candidatures)
            contenders[name_of(size, candidatures)] = functools.partial(cycle, place, line)
        rounds = interleaved(contenders, scale.rounds)
    work = f"boxes of {', '.join(map(str, sizes))} mails; {candidatures} candidatures in ledger and tracker"
    return Outcome("idle", work, rounds, tuple(goals(rounds, list(contenders))))


def name_of(size: int, candidatures: int) -> str:
    return f"{size} mails in the box" if size else f"{candidatures} candidatures recorded"


def cycle(place: Installation, line: SlowLine) -> Run:
    """One cycle, its bytes and round trips counted on the line."""
    before = line.counts()
    run = place.once(now=LATER)
    counted = {name: value - before[name] for name, value in line.counts().items()}
    return replace(run, counts={"bytes": counted["up"] + counted["down"], "turns": counted["turns"]})


def goals(rounds: Rounds, names: list[str]) -> Iterator[Goal]:
    small, large, recorded = names[0], names[-2], names[-1]
    yield Goal("largest box ≤ 1.2 × the smallest, time", rounds.ratio(large, small), at_most=1.2)
    yield Goal("largest box ≤ 1.2 × the smallest, bytes", rounds.ratio(large, small, "bytes"), at_most=1.2)
    beyond = rounds.median(recorded) - rounds.median(small)
    yield Goal("candidatures recorded: ≤ 0.3 s above an empty ledger", beyond, at_most=0.3)
