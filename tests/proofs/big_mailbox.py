"""The proof over size: a mailbox of many mails, a backlog to take in, how much memory and time that takes.

    python -m tests.proofs.big_mailbox [--messages 100000] [--backlog 10000]

A real Dovecot whose maildir is written straight to the disk, the program as a process of its own. The first cycle is
killed twice: while mail is fetched, and while it is judged. Nothing that was recorded may be fetched again, nothing may
be lost, nobody may be written to twice. Prints a row per cycle; exits with 1 when a promise or the bound is broken.
"""

import argparse
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from pipeline.intake import RECORDED_AT_ONCE
from tests.adapters.imap_proxy import ImapProxy
from tests.builders import paris
from tests.line.house import ROOT, House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

MOST_MEGABYTES = 500
BEFORE, SINCE = paris("2015-06-01 12:00"), paris("2017-01-10 08:00")
LINKS = 20_000  # names of one file on the disk: file systems take 65,000 at most
ONE_IN = 25  # mails of the backlog, that is a candidature
REGION = ROOT / "config" / "territories" / "hauts_de_france.csv"


@dataclass(frozen=True)
class Cycle:
    """One run of the program: memory in bytes at its peak, time in seconds, mails recorded after it."""

    name: str
    code: int
    memory: int
    seconds: float
    recorded: int
    fetched: frozenset[int]  # UIDs whose bytes were asked for
    said: str


@dataclass(frozen=True)
class Outcome:
    """The cycles, in order, and what is wrong."""

    cycles: tuple[Cycle, ...]
    wrong: tuple[str, ...]


def fill(server: Dovecot, messages: int, backlog: int) -> None:
    """A maildir of so many mails, the last `backlog` of them received since the day from which mail is looked at."""
    folder = server.folder / "mail" / server.user
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    plain = an_old_mail()
    for number in range(messages - backlog):
        path = folder / "cur" / _file_name(number, BEFORE)
        if number % LINKS == 0:
            first = _written(path, plain, BEFORE)
        else:
            os.link(first, path)
    for number, raw in enumerate(a_backlog(backlog), messages - backlog):
        received = SINCE + timedelta(minutes=number - messages + backlog)
        _written(folder / "cur" / _file_name(number, received), raw, received)
    if os.getuid() == 0:
        for path in (folder, *folder.iterdir(), *folder.glob("cur/*")):
            shutil.chown(path, "nobody", "nogroup")


def a_backlog(count: int) -> Iterator[bytes]:
    """One mail in 25 is a candidature, each of another commune; the rest is what a shared mailbox receives."""
    towns = _towns()
    for number in range(count):
        if number % ONE_IN == 0:
            yield _candidature(number, next(towns))
        else:
            yield _other(number)


def candidatures_in(backlog: int) -> int:
    return -(-backlog // ONE_IN)


def played(house: House, backlog: int) -> Outcome:
    """Cycles killed while fetching and while judging, then one that ends, then one with nothing to do."""
    half = max(backlog // 2, 1)
    plan = (
        ("killed fetching", f"ledger:{-(-half // RECORDED_AT_ONCE)}:kill"),
        ("killed judging", f"decide:{half}:kill"),
        ("finished", ""),
        ("idle", ""),
    )
    cycles: list[Cycle] = []
    with ImapProxy(house.dovecot.port) as proxy:
        _read_through(house, proxy.port)
        for minute, (name, fault) in enumerate(plan):
            cycles.append(_cycle(house, proxy, name, f"2017-02-27T09:{minute * 10:02d}", fault))
    return Outcome(tuple(cycles), tuple(_wrong(house, cycles, backlog)))


def _wrong(house: House, cycles: Sequence[Cycle], backlog: int) -> Iterator[str]:
    codes = [cycle.code for cycle in cycles]
    if codes != [-9, -9, 0, 0]:
        yield f"exit codes {codes}: {cycles[-2].said} {cycles[-1].said}"
    if cycles[-1].recorded != backlog:
        yield f"{cycles[-1].recorded} mails are recorded of {backlog}"
    if cycles[-1].said != "Nothing new.":
        yield f"the idle cycle found something to do: {cycles[-1].said}"
    again = [len(one.fetched & other.fetched) for one, other in zip(cycles, cycles[1:], strict=False)]
    # Those of the batch under way at the kill were asked for and not recorded.
    lost = len(cycles[0].fetched) - cycles[0].recorded
    if again != [lost, 0, 0]:
        yield f"fetched again: {again}, not recorded at the kill: {lost}"
    copies = house.copies()
    if any(count > 1 for count in copies.values()) or len(copies) != candidatures_in(backlog):
        yield f"{len(copies)} letters for {candidatures_in(backlog)} candidatures, at most {max(copies.values())} times"
    for cycle in cycles:
        if cycle.memory > MOST_MEGABYTES * 1_000_000:
            yield f"{cycle.name}: {cycle.memory // 1_000_000} MB"


def _cycle(house: House, proxy: ImapProxy, name: str, now: str, fault: str) -> Cycle:
    command = [sys.executable, str(ROOT / "run.py"), "--config", str(house.config), "--now", now, "once"]
    environment = {**os.environ, "HOUSE_PASSWORD": house.dovecot.password, "FAULT": fault}
    seen, start = len(proxy.lines), time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode().strip()
    fetched = frozenset(uid for line in proxy.lines[seen:] for uid in _bodies_asked(line))
    seconds = time.monotonic() - start
    return Cycle(name, process.returncode, usage.ru_maxrss * 1024, seconds, _recorded(house), fetched, said)


def _bodies_asked(line: bytes) -> Iterator[int]:
    """The UIDs of a command such as `A12 UID FETCH 3,7:9 (BODY.PEEK[])`."""
    words = line.split(b" ")
    if words[1:3] != [b"UID", b"FETCH"] or b"BODY.PEEK[]" not in line:
        return
    for span in words[3].decode().split(","):
        first, _, last = span.partition(":")
        yield from range(int(first), int(last or first) + 1)


def _recorded(house: House) -> int:
    with sqlite3.connect(house.folder / "var" / "ledger.sqlite3") as ledger:
        return int(ledger.execute("select count(*) from mail").fetchone()[0])


def _read_through(house: House, port: int) -> None:
    text = house.config.read_text("utf-8")
    text = text.replace(f"port = {house.dovecot.tls_port}", f"port = {port}")
    house.config.write_text(text.replace('security = "tls"', 'security = "none"'), "utf-8")


def _written(path: Path, raw: bytes, received: datetime) -> Path:
    path.write_bytes(raw)
    os.utime(path, (received.timestamp(), received.timestamp()))
    return path


def _file_name(number: int, received: datetime) -> str:
    return f"{int(received.timestamp())}.M{number}P1.mx:2,S"


def an_old_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Archives <archives@cerdd.example>", "agoxe@cerdd.org", "Compte rendu"
    mail["Message-ID"] = "<old@cerdd.example>"
    mail.set_content("Compte rendu d'une réunion d'il y a longtemps.\n")
    return mail.as_bytes()


def _candidature(number: int, town: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Jeanne Petit <mairie@ville{number}.example>", "agoxe@cerdd.org"
    mail["Subject"], mail["Message-ID"] = "Candidature Visions +21", f"<{number}@ville{number}.example>"
    words = f"La ville de {town} est candidate à l'appel à manifestation d'intérêt Visions +21."
    mail.set_content(f"Bonjour,\n\n{words}\n\nJeanne Petit\nMaire\nMairie de {town}\n")
    mail.add_attachment(b"%PDF-1.4 " * 500, maintype="application", subtype="pdf", filename="dossier.pdf")
    return mail.as_bytes()


def _other(number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Lettre <lettre@revue{number % 97}.example>", "agoxe@cerdd.org"
    mail["Subject"], mail["Message-ID"] = f"Lettre d'information n° {number}", f"<{number}@revue.example>"
    mail.set_content(f"Voici notre lettre n° {number}.\n" + "Le sommaire de ce mois-ci, et nos rendez-vous.\n" * 40)
    return mail.as_bytes()


def _towns() -> Iterator[str]:
    """The largest communes of the region that share their name with nobody."""
    with REGION.open(encoding="utf-8", newline="") as file:
        communes = [row for row in csv.DictReader(file) if row["type"] == "COM"]
    names = Counter(row["name"] for row in communes)
    communes.sort(key=lambda row: -int(row["population"] or 0))
    return (row["name"] for row in communes if names[row["name"]] == 1)


def report(outcome: Outcome) -> list[str]:
    """A row per cycle."""
    lines = [f"{'cycle':<18}{'exit':>5}{'peak MB':>9}{'seconds':>9}{'fetched':>9}{'recorded':>10}"]
    for one in outcome.cycles:
        numbers = f"{one.code:>5}{one.memory / 1e6:>9.0f}{one.seconds:>9.1f}{len(one.fetched):>9}{one.recorded:>10}"
        lines.append(f"{one.name:<18}{numbers}")
    return [*lines, *(outcome.wrong or ("nothing lost, nothing fetched twice, nobody written to twice",))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and print it."""
    parser = argparse.ArgumentParser(description="The proof over size")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--backlog", type=int, default=10_000)
    parser.add_argument("--list-unrelated", choices=("true", "false"), default="true")
    asked = parser.parse_args(arguments)
    server = Dovecot()
    try:
        with tempfile.TemporaryDirectory() as folder, SmtpSink() as sink:
            fill(server, asked.messages, asked.backlog)
            house = furnish(Path(folder), server, sink, list_unrelated=asked.list_unrelated)
            outcome = played(house, asked.backlog)
    finally:
        server.stop()
    print(*report(outcome), sep="\n")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
