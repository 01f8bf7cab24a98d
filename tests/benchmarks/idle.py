"""A cycle with nothing new: over mailboxes of three sizes, and with many candidatures recorded."""

import functools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

from tests.benchmarks.boxes import fill, serving
from tests.benchmarks.installation import Installation, installed
from tests.benchmarks.mails import BEGINS
from tests.benchmarks.measuring import Contender, Goal, Outcome, Rounds, Run, Scale, interleaved
from tests.benchmarks.recorded import record
from tests.benchmarks.start import OLD_MAIL
from tests.servers.slow_line import SlowLine

RECENT_MAIL = OLD_MAIL.replace(b"Subject: ", b"Subject: Re: ", 1)
RECENT = datetime(2017, 2, 20, 9, tzinfo=UTC)
LATER = "2017-03-01T15:00"  # the same day: once a day the mails of a folder are counted another way, too


def idle(scale: Scale) -> Outcome:
    """The mail in the boxes is older than what is looked at, as in a mailbox of many years, but for the newest, which
    is recorded. One more box has no mail so new: there the server looks at all of them in each cycle."""
    sizes = (20, 40) if scale.small else (1_000, 10_000, 100_000)
    candidatures = scale.of(10, 10_000)
    with ExitStack() as doors:
        server, users = doors.enter_context(serving(len(sizes) + 2))
        contenders: dict[str, Contender] = {}
        for size, is_recent in (*((size, True) for size in sizes), (sizes[-1], False), (0, False)):
            user = next(users)
            fill(server, user, size or 1, OLD_MAIL, BEGINS)
            if is_recent:
                server.deliver(RECENT_MAIL, RECENT, user=user)
            line = doors.enter_context(SlowLine(server.tls_port))
            place = doors.enter_context(installed(server, user, scale, port=str(line.port), since="2017-02-01"))
            place.prepare()
            if not size:
                record(place, candidatures)
            contenders[name_of(size, is_recent, candidatures)] = functools.partial(cycle, place, line)
        rounds = interleaved(contenders, scale.rounds)
    work = f"boxes of {', '.join(map(str, sizes))} mails; {candidatures} candidatures in ledger and tracker"
    return Outcome("idle", work, rounds, tuple(goals(rounds, list(contenders))))


def name_of(size: int, is_recent: bool, candidatures: int) -> str:
    if not size:
        return f"{candidatures} candidatures recorded"
    return f"{size} mails in the box" + ("" if is_recent else ", none recent")


def cycle(place: Installation, line: SlowLine) -> Run:
    """One cycle, its bytes and round trips counted on the line."""
    before = line.counts()
    run = place.once(now=LATER)
    counted = {name: value - before[name] for name, value in line.counts().items()}
    return replace(run, counts={"bytes": counted["up"] + counted["down"], "turns": counted["turns"]})


def goals(rounds: Rounds, names: list[str]) -> Iterator[Goal]:
    small, large, recorded = names[0], names[-3], names[-1]
    yield Goal("largest box ≤ 1.2 × the smallest, time", rounds.ratio(large, small), at_most=1.2)
    yield Goal("largest box ≤ 1.2 × the smallest, bytes", rounds.ratio(large, small, "bytes"), at_most=1.2)
    beyond = rounds.median(recorded) - rounds.median(small)
    yield Goal("candidatures recorded: ≤ 0.3 s above an empty ledger", beyond, at_most=0.3)
