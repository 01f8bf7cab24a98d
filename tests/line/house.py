"""A whole installation for a test: configuration, a real Dovecot, an SMTP sink, and the program as a person runs it."""

import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from pipeline import faults
from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.commands import main
from pipeline.commands.export import export_of
from pipeline.commands.office import opened_office
from pipeline.core.call import Call
from pipeline.cycle import run_cycle
from pipeline.demo.post_bag import Delivery
from pipeline.ports import Office, TrackerReading
from pipeline.report import Report
from tests.builders import a_call
from tests.line.warm import run_warm
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink, Taken

ROOT = Path(__file__).parents[2]
NOW = "2017-03-01T09:00"
Done = subprocess.CompletedProcess[str]
LOGIN = 'username = "{user}"\npassword_env = "HOUSE_PASSWORD"\n'


@dataclass(frozen=True)
class House:
    """An installation in `folder`; `run` starts a process of its own, which a fault point may kill."""

    folder: Path
    dovecot: Dovecot
    sink: SmtpSink

    @property
    def config(self) -> Path:
        return self.folder / "config" / "pipeline.toml"

    @property
    def tracker(self) -> ExcelTracker:
        return ExcelTracker(self.folder / "sheets", self.folder / "var")

    def command(self, *words: str, now: str = NOW) -> list[str]:
        return [sys.executable, str(ROOT / "run.py"), "--config", str(self.config), "--now", now, *words]

    def environment(self, fault: str = "") -> dict[str, str]:
        return {**os.environ, "HOUSE_PASSWORD": self.dovecot.password, "FAULT": fault}

    def run(self, *words: str, now: str = NOW, fault: str = "", under: Sequence[str] = (), apart: bool = False) -> Done:
        """The program to its end: in this process, a second of work less; in one of its own that is warm, where a fault
        may end it or it is to be kept `apart`; in one started for it by the command `under`, with its arguments."""
        if not (apart or fault or under):
            return self._here(*words, now=now)
        if not under:
            return run_warm(self.command(*words, now=now)[2:], self.environment(fault))
        return subprocess.run(
            [*under, *self.command(*words, now=now)],
            capture_output=True,
            text=True,
            timeout=300,
            env=self.environment(fault),
        )

    def killed_after(self, seconds: float, now: str = NOW) -> Done:
        """A cycle that is killed after that time, unless it ended."""
        return run_warm(self.command("once", now=now)[2:], self.environment(), seconds)

    def _here(self, *words: str, now: str) -> Done:
        forget_logbook()
        said, complained = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as changed, redirect_stdout(said), redirect_stderr(complained):
            changed.setenv("HOUSE_PASSWORD", self.dovecot.password)
            code = main(["--config", str(self.config), "--now", now, *words])
        forget_logbook()
        return Done(words, code, said.getvalue(), complained.getvalue())

    def once(self, now: str = NOW, fault: str = "", under: Sequence[str] = (), apart: bool = False) -> Done:
        return self.run("once", now=now, fault=fault, under=under, apart=apart)

    def cycle(self, now: str = NOW, fault: str = "") -> Report:
        """One cycle in this process, with doors of its own: a second of work less. A fault point may not kill it."""
        faults.arm(fault)
        try:
            with self.office(now) as office:
                return run_cycle(office)
        finally:
            faults.arm("")

    def passages(self, now: str = NOW) -> Counter[str]:
        """A cycle that nothing disturbs, and how often it passed each fault point."""
        faults.arm("")
        with self.office(now) as office:
            report = run_cycle(office)
        assert report.troubles == []
        return Counter(faults.passages)

    def export(self) -> dict:
        """What `export` writes, without the cost of a process."""
        with self.office(None, alone=False) as office:
            return json.loads(json.dumps(export_of(office)))

    def deliver(self, bag: tuple[Delivery, ...]) -> None:
        for mail in bag:
            self.dovecot.deliver(mail.raw(), mail.received)

    def seen(self, call: Call | None = None) -> TrackerReading:
        reading = self.tracker.read(call or a_call())
        assert reading is not None
        return reading

    def copies(self) -> Counter[tuple[str, str]]:
        """How many copies of each letter reached each recipient, by the sink alone."""
        return Counter((_message_id(taken), taken.recipients[0]) for taken in self.sink.taken)

    def state(self) -> dict:
        """Everything the outside can see, without what depends on the moment: two runs may be compared."""
        exported = self.export()
        return {
            "messages": sorted((m["sha256"], m["nature"], m["candidature"], m["answer"]) for m in exported["messages"]),
            "candidatures": [{k: v for k, v in c.items() if k not in ("received",)} for c in exported["candidatures"]],
            "letters": sorted((x["number"], x["letter"], x["to"], x["message_id"]) for x in exported["letters"]),
            "rows": [
                (r.key, r.values["collectivite"], r.values["pieces"]) for r in self.seen().sheets["candidatures"].rows
            ],
            "messages shown": sorted(r.key for r in self.seen().sheets["messages"].rows),
            "documents": sorted(str(p.relative_to(self.folder)) for p in (self.folder / "sheets").rglob("pieces/*/*")),
        }

    def office(self, now: str | None, alone: bool = True) -> AbstractContextManager[Office]:
        options = {"config": self.config, "now": now}
        return opened_office(options, alone, environment={"HOUSE_PASSWORD": self.dovecot.password})

    def letter_states(self) -> dict[str, str]:
        """{Message-ID: state} by the ledger's own table."""
        with sqlite3.connect(self.folder / "var" / "ledger.sqlite3") as ledger:
            return dict(ledger.execute("select message_id, state from letter"))


@pytest.fixture
def house(tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink) -> House:
    """The installation of a test, for the conftests."""
    return furnish(tmp_path, dovecot, smtp_sink)


def furnish(folder: Path, dovecot: Dovecot, sink: SmtpSink, **changes: str) -> House:
    """Write the configuration a person would write; `changes` are lines that replace keys of [mailbox]."""
    (folder / "config" / "calls").mkdir(parents=True)
    for call in ("visions21-2017.toml",):
        text = (ROOT / "config" / "calls" / call).read_text(encoding="utf-8")
        (folder / "config" / "calls" / call).write_text(text, encoding="utf-8")
    mailbox = {
        "address": '"agoxe@cerdd.org"',
        "organisation_domains": '["cerdd.org", "cerdd.example"]',
        "host": '"127.0.0.1"',
        "port": str(dovecot.tls_port),
        "security": '"tls"',
        "ca_file": f'"{dovecot.ca_file}"',
        "first_run": '"answer"',
        "trusted_authserv": '"mx.cerdd.org"',
    } | changes
    lines = "\n".join(f"{key} = {value}" for key, value in mailbox.items())
    login = LOGIN.format(user=dovecot.user)
    (folder / "config" / "pipeline.toml").write_text(
        f"[mailbox]\n{lines}\n{login}"
        f'[smtp]\nhost = "127.0.0.1"\nport = {sink.port}\nsecurity = "none"\n{login}'
        'from_name = "Cerdd – Antoine Goxe"\nmax_per_minute = 1000\n'
        f"[schedule]\ngrace_minutes = 0\n[limits]\nacks_per_cycle = 1000\n"
        f"[paths]\ntemplates = '{ROOT / 'mail_templates'}'\n",
        encoding="utf-8",
    )
    return House(folder, dovecot, sink)


def forget_logbook() -> None:
    """Each house has a log of its own."""
    for handler in [one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)]:
        logging.getLogger().removeHandler(handler)
        handler.close()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _message_id(taken: Taken) -> str:
    head = taken.raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace").lower()
    return next(line.partition(":")[2].strip(" <>") for line in head.split("\r\n") if line.startswith("message-id:"))
