"""Fetching to memory over TLS: the mailbox adapter against one pipelined command on a bare socket."""

import functools
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.adapters.credentials import Credentials
from pipeline.adapters.mailbox import ImapMailbox, MailServer
from pipeline.ports import Fetched
from tests.benchmarks.boxes import put, serving, stored
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import Goal, Outcome, Run, Scale, apart, interleaved
from tests.benchmarks.raw_imap import RawImap
from tests.servers.dovecot import Dovecot
from tests.servers.slow_line import SlowLine

LARGEST = 50_000_000
TASKS = {"mailbox adapter": "by_adapter", "raw socket": "by_raw_socket"}
Work = Callable[[], dict[str, float]]


def fetch(scale: Scale) -> Outcome:
    """Every mail of a box, each run over a new connection; round trips are counted in a run of their own."""
    mails = scale.of_mails(10, 300)
    with tempfile.TemporaryDirectory() as folder, serving(1) as (server, users):
        kept = stored(load(mails), Path(folder) / "mails")
        user = next(users)
        put(kept, server, user)
        scale.apart("fetch:by_raw_socket", **login(server, user))  # warms Dovecot's index and the page cache
        run = functools.partial(fetched, scale, server, user, kept.size)
        rounds = interleaved({name: functools.partial(run, task) for name, task in TASKS.items()}, scale.rounds)
        trips = counted(server, user)
    goals = (
        Goal("≤ 1.3 × a raw pipelined read", rounds.ratio("mailbox adapter", "raw socket"), at_most=1.3),
        Goal("the same in client CPU", rounds.ratio("mailbox adapter", "raw socket", "cpu")),
        Goal("round trips a mail, log-in included", trips / mails, at_most=0.1 if not scale.small else None),
    )
    return Outcome("fetch", f"{mails} mails, {kept.size / 1e6:.0f} MB", rounds, goals, dict.fromkeys(TASKS, mails))


def fetched(scale: Scale, server: Dovecot, user: str, size: int, task: str) -> Run:
    run = scale.apart(f"fetch:{task}", **login(server, user))
    assert run.counts["bytes"] == size, f"{task}: {run.counts['bytes']} bytes of {size}"
    return run


def counted(server: Dovecot, user: str) -> float:
    """The round trips of the adapter, seen by a line between."""
    with SlowLine(server.tls_port) as line:
        apart("fetch:by_adapter", **(login(server, user) | {"port": line.port}))
        return line.turns


def login(server: Dovecot, user: str) -> dict[str, object]:
    return {"port": server.tls_port, "user": user, "password": server.password, "ca_file": str(server.ca_file)}


def mailbox(port: int, user: str, password: str, ca_file: str) -> ImapMailbox:
    """As the office builds it."""
    server = MailServer("127.0.0.1", port, "tls", ca_file, ("INBOX",), "", "leave", date(2016, 12, 1), LARGEST)
    return ImapMailbox(server, Credentials("[mailbox]", user, {"PASSWORD": password}, "PASSWORD"))


def by_adapter(port: int, user: str, password: str, ca_file: str) -> Work:
    def work() -> dict[str, float]:
        box = mailbox(port, user, password, ca_file)
        folder = box.open("INBOX")
        total = 0
        for item in box.fetch(folder, box.uids(folder, above=0)):
            assert isinstance(item, Fetched), item
            total += len(item.raw)
        box.close()
        return {"bytes": total}

    return work


def by_raw_socket(port: int, user: str, password: str, ca_file: str) -> Work:
    def work() -> dict[str, float]:
        box = RawImap(port, user, password, ca_file)
        total = sum(map(len, box.bodies()))
        box.close()
        return {"bytes": total}

    return work
