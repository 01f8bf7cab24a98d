"""The proof over several workers: they share one mailbox, one tracker and one PostgreSQL ledger, and are killed.

    python -m tests.proofs.several_workers [--mails 5000] [--minutes 10] [--workers 2] [--kills 40] [--seed 21]

A real Dovecot and a real PostgreSQL, an SMTP server that keeps what it takes, each worker a process of its own that
begins another cycle when one ends. Mails of as many towns arrive all the while; now and then a worker is killed where
it stands. When all have arrived a last cycle finishes, and the oracle, which shares no code with the program, counts:
nothing lost, nothing sent twice, no row twice, and the next cycle finds nothing to do. Exits with 1 otherwise.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from tests.faults.conftest import RECEIVED, Town, a_candidature_mail, seen
from tests.faults.oracle import violations
from tests.line.house import ROOT, House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import PostgreSQL, postgresql_programs
from tests.servers.smtp_sink import SmtpSink

NOW = datetime(2017, 2, 27, 9)
STATES = "SELECT state, count(*) FROM letter GROUP BY state"
FETCHERS = "SELECT count(DISTINCT claimed_by) FROM mail_copy WHERE mail_id IS NOT NULL"


@dataclass
class Run:
    """What is going on: until when mails arrive, how often workers began, were killed, and had something to say."""

    house: House
    arrived: threading.Event = field(default_factory=threading.Event)
    processes: dict[int, "subprocess.Popen[str]"] = field(default_factory=dict)
    cycles: int = 0
    kills: int = 0
    begun: float = field(default_factory=time.monotonic)
    troubles: Counter[str] = field(default_factory=Counter)

    def work(self, worker: int) -> None:
        """One worker: cycle after cycle, a process each, until everything has arrived."""
        while not self.arrived.is_set():
            process = started(self.house, self.now())
            self.processes[worker] = process
            _, said = process.communicate()
            self.cycles += 1
            self.troubles.update(said.splitlines())

    def now(self) -> str:
        """The moment in the call, going on as time does."""
        return (NOW + timedelta(seconds=time.monotonic() - self.begun)).isoformat(timespec="seconds")

    def kill_now_and_then(self, chance: random.Random, every: float) -> None:
        """Kill one of the workers, whichever, wherever it stands."""
        while not self.arrived.wait(chance.uniform(0.5, 1.5) * every):
            process = chance.choice([*self.processes.values()])
            if process.poll() is None:
                process.kill()
                self.kills += 1


def started(house: House, now: str) -> "subprocess.Popen[str]":
    command = [sys.executable, ROOT / "run.py", "--config", house.config, "--now", now, "once"]
    environment = {**os.environ, "HOUSE_PASSWORD": house.dovecot.password}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def towns(count: int) -> list[Town]:
    """Towns of Hauts-de-France that differ by their names, again from the first with another writer after the last."""
    with (ROOT / "config" / "territories" / "hauts_de_france.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["type"] == "COM"]
    once = [name for name, times in Counter(names).items() if times == 1]
    return [(once[number % len(once)], f"mairie{number}@commune{number}.example") for number in range(count)]


def several_workers(house: House, mails: int, minutes: float, workers: int, kills: int, seed: int) -> Run:
    """Let the mails arrive, evenly, while the workers work; a last cycle finishes what the last kill left."""
    run, chance = Run(house), random.Random(seed)
    threads = [threading.Thread(target=run.work, args=(number,)) for number in range(workers)]
    if kills:
        threads.append(threading.Thread(target=run.kill_now_and_then, args=(chance, minutes * 60 / kills)))
    for thread in threads:
        thread.start()
    for number, (town, sender) in enumerate(towns(mails)):
        time.sleep(max(0.0, run.begun + minutes * 60 * number / mails - time.monotonic()))
        mail = a_candidature_mail(town, sender, message_id=f"<{number}@commune{number}.example>")
        house.dovecot.deliver(mail, RECEIVED)
    run.arrived.set()
    for thread in threads:
        thread.join()
    for _ in range(20):
        if started(house, run.now()).communicate()[0] == "Nothing new.\n":
            break
    return run


def asked_of(database: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.replace("postgresql+psycopg", "postgresql")) as connection:
        return connection.execute(query.encode()).fetchall()


def with_ledger(house: House, url: str) -> House:
    """The same house, its limits out of the way and its ledger at `url`, if any."""
    text = house.config.read_text("utf-8")
    for limit in ("max_per_minute", "acks_per_cycle"):
        text = text.replace(f"{limit} = 1000", f"{limit} = 100000")
    house.config.write_text(f'{text}[ledger]\nurl = "{url}"\n', "utf-8")
    return house


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    for name, default in (("mails", 5000), ("minutes", 10), ("workers", 2), ("kills", 40), ("seed", 21)):
        parser.add_argument(f"--{name}", type=float if name == "minutes" else int, default=default)
    chosen = parser.parse_args(arguments)
    programs = postgresql_programs()
    assert programs, "PostgreSQL is not installed"
    server, dovecot = PostgreSQL(programs), Dovecot()
    try:
        with tempfile.TemporaryDirectory() as folder, SmtpSink() as sink:
            url = server.url(server.new_database())
            house = with_ledger(furnish(Path(folder), dovecot, sink), url)
            run = several_workers(house, **vars(chosen))
            wrong = violations(seen(house), [sender for _, sender in towns(chosen.mails)])
            print(f"mails {chosen.mails}, workers {chosen.workers}, minutes {chosen.minutes:g}, seed {chosen.seed}")
            print(f"cycles {run.cycles}, kills {run.kills}, workers that fetched {asked_of(url, FETCHERS)[0][0]}")
            print(f"letters taken {len(sink.taken)}, by state {dict(asked_of(url, STATES))}")
            print(*(f"said {times} time(s): {line}" for line, times in run.troubles.most_common(10)), sep="\n")
            print(f"violations {len(wrong)}", *wrong[:20], sep="\n")
            return 1 if wrong else 0
    finally:
        dovecot.stop()
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
