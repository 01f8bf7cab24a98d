"""The most memory the program takes: over a load, over one with a mail of 50 MB in it, and over idle cycles."""

import functools
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from pipeline.commands.office import opened_office
from pipeline.cycle import run_cycle
from tests.benchmarks.boxes import serving, stored
from tests.benchmarks.installation import NOW, installed, taken_in
from tests.benchmarks.mails import BEGINS, Mail, load
from tests.benchmarks.measuring import Goal, Outcome, Run, Scale, interleaved
from tests.servers.dovecot import Dovecot

MEAN_KB, LARGE = 40, 49_000_000  # bytes of a mail just below the limit of what is taken
LOAD, WITH_LARGE, FEW, MANY = "the load", "the load and a mail of 49 MB", "one idle cycle", "many idle cycles"


def memory(scale: Scale) -> Outcome:
    """Peaks (VmHWM); `--mails 10000` for the size of the issue."""
    mails, cycles = scale.of_mails(3, 300), scale.of(2, 100)
    large = scale.of(200_000, LARGE)
    with tempfile.TemporaryDirectory() as folder, serving(4 * scale.rounds) as (server, users):
        plain = stored(load(mails, MEAN_KB), Path(folder) / "plain")
        heavy = stored(chain(load(mails, MEAN_KB), [a_large_mail(large)]), Path(folder) / "heavy")
        runs = {
            LOAD: functools.partial(taken_in, plain, server, users, scale),
            WITH_LARGE: functools.partial(taken_in, heavy, server, users, scale),
            FEW: functools.partial(idled, server, users, 1, scale),
            MANY: functools.partial(idled, server, users, cycles, scale),
        }
        rounds = interleaved(runs, scale.rounds)
    goals = (
        Goal("peak ≤ 150 MB", rounds.median(LOAD, "peak"), at_most=150),
        Goal("peak ≤ 200 MB with a large mail", rounds.median(WITH_LARGE, "peak"), at_most=200),
        Goal(f"{cycles} idle cycles ≤ 1.05 × one", rounds.ratio(MANY, FEW, "peak"), at_most=1.05),
    )
    return Outcome("memory", f"{mails} mails, documents of {MEAN_KB} kB", rounds, goals)


def a_large_mail(size: int) -> Mail:
    head = b"From: Marc Petit <marc@large.example>\r\nTo: agoxe@cerdd.org\r\nSubject: Candidature\r\n"
    kind = b"Message-ID: <large@large.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=plan.pdf\r\n"
    line = b"JVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBE\r\n"
    coded = b"Content-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + kind + coded + line * (size // len(line)), BEGINS, "large"


def idled(server: Dovecot, users: Iterator[str], cycles: int, scale: Scale) -> Run:
    """Cycles with nothing new in one process, as the worker runs them."""
    with installed(server, next(users), scale) as place:
        place.prepare()
        return scale.apart("memory:cycles", config=str(place.house.config), password=server.password, times=cycles)


def cycles(config: str, password: str, times: int) -> Callable[[], None]:
    def work() -> None:
        options = {"config": Path(config), "now": NOW}
        with opened_office(options, alone=True, environment={"HOUSE_PASSWORD": password}) as office:
            for _ in range(times):
                assert run_cycle(office).troubles == []

    return work
