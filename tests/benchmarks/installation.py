"""An installation for one run: a box with mails, an SMTP server over STARTTLS, a configuration; then the program."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.apart import peak
from tests.benchmarks.boxes import Load, put
from tests.benchmarks.measuring import Run, Scale, apart
from tests.line.house import House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

NOW = "2017-03-01T09:00"
NO_LIMIT = "1000000"
PROGRAM, CARELESS = ("run.py",), ("-m", "tests.benchmarks.careless")


@dataclass(frozen=True)
class Installation:
    """Where the program works, for the mailbox of `user`."""

    house: House
    user: str
    is_small: bool

    def once(self, program: Sequence[str] = PROGRAM, now: str = NOW) -> Run:
        """One cycle, a process of its own; it must end without trouble. In a small run it stays here: a second less."""
        if self.is_small and program == PROGRAM:
            return self.prepare(now)
        words = ["python", *program, "--config", str(self.house.config), "--now", now, "once"]
        return apart("commanding:command", words=words, environment={"HOUSE_PASSWORD": self.house.dovecot.password})

    def prepare(self, now: str = NOW) -> Run:
        """The same in this process, for what is not measured."""
        begun, used = time.perf_counter(), time.process_time()
        done = self.house.once(now)
        assert done.returncode == 0, done.stderr
        return Run(time.perf_counter() - begun, time.process_time() - used, peak())

    def check(self) -> None:
        """Everything tried, as the guide has it before a first cycle: it makes the ledger."""
        done = self.house.run("check")
        assert done.returncode == 0, done.stderr

    def script(self, name: str) -> Run:
        """One of the scripts we are compared with."""
        server, sink = self.house.dovecot, self.house.sink
        words = ["python", "-m", f"tests.benchmarks.{name}", str(server.tls_port), str(sink.port), self.user]
        return apart("commanding:command", words=[*words, server.password, str(server.ca_file), str(self.folder)])

    @property
    def folder(self) -> Path:
        return self.house.folder

    def with_counts(self, run: Run, **counts: float) -> Run:
        """The run with the letters that arrived, each but once."""
        taken = [one.recipients[0] for one in self.house.sink.taken]
        assert len(taken) == len(set(taken)), "somebody was written to twice"
        return replace(run, counts={"sent": len(taken), "connections": self.house.sink.connections, **counts})

    def recorded(self) -> int:
        """The mails in the ledger."""
        with sqlite3.connect(self.folder / "var" / "ledger.sqlite3") as ledger:
            return int(ledger.execute("SELECT count(*) FROM mail").fetchone()[0])


@contextmanager
def installed(server: Dovecot, user: str, scale: Scale, **changes: str) -> Iterator[Installation]:
    """For the box of `user`, without limits that would hold letters back; `changes` are keys of [mailbox]."""
    with TemporaryDirectory() as folder, SmtpSink(server.certificate.server_context(), "starttls") as sink:
        house = furnish(Path(folder), server, sink, **changes)
        text = house.config.read_text("utf-8").replace(f'username = "{server.user}"', f'username = "{user}"')
        smtp = f'security = "starttls"\nca_file = "{server.ca_file}"'
        text = text.replace('security = "none"', smtp)
        for limit in ("max_per_minute", "acks_per_cycle"):
            text = text.replace(f"{limit} = 1000", f"{limit} = {NO_LIMIT}")
        house.config.write_text(text, "utf-8")
        yield Installation(house, user, scale.small)


def taken_in(kept: Load, server: Dovecot, users: Iterator[str], scale: Scale) -> Run:
    """One first cycle over a box of its own."""
    user = next(users)
    put(kept, server, user)
    with installed(server, user, scale) as place:
        place.check()
        run = place.with_counts(place.once(), recorded=place.recorded())
    assert run.counts["recorded"] == kept.count, f"{run.counts} of {kept.count} mails"
    return run
