"""The proof over a long run: one `worker` process, mails that arrive, servers that restart, staff in LibreOffice.

    python -m tests.proofs.long_run [--minutes 30] [--every 12] [--restart 240] [--staff 150] [--seed 21]

A real Dovecot (IDLE) and an SMTP server that keeps what it takes. A mail arrives every 12 seconds or so; now and then
Dovecot is cut and started again, and the tracker is written anew by LibreOffice with a note that staff typed. The time
from arrival to acknowledgement and the worker's memory are measured. At the end the worker is told to stop, a cycle
finishes, and the oracle, which shares no code with the program, counts; each note must still be there. Exits with 1
otherwise.
"""

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.builders import a_call
from tests.faults.conftest import a_candidature_mail, seen
from tests.faults.oracle import violations
from tests.line.house import ROOT, House, furnish
from tests.proofs.several_workers import towns
from tests.servers.dovecot import Dovecot, until
from tests.servers.libreoffice import converted
from tests.servers.smtp_sink import SmtpSink

NOW = "2017-02-27T09:00"
RESTING = 5.0  # seconds of silence around a restart that the latency is not measured in


@dataclass
class Run:
    """What goes on and what was measured."""

    house: House
    worker: "subprocess.Popen[str]"
    chance: random.Random
    over: threading.Event = field(default_factory=threading.Event)
    latencies: list[float] = field(default_factory=list)
    shaken: list[float] = field(default_factory=list)  # latencies of mails around a restart
    memory: list[int] = field(default_factory=list)  # kB
    notes: dict[str, str] = field(default_factory=dict)
    restarts: int = 0
    restarted: float = 0.0
    delivering: threading.Lock = field(default_factory=threading.Lock)

    def mails(self, every: float) -> None:
        """One mail after the other, each timed until its acknowledgement left."""
        for number, (town, sender) in enumerate(towns(100_000)):
            if self.over.wait(self.chance.uniform(0.5, 1.5) * every):
                return
            mail = a_candidature_mail(town, sender, message_id=f"<{number}@commune{number}.example>")
            with self.delivering:
                self.house.dovecot.deliver(mail, datetime.fromisoformat(f"{NOW}+01:00"))
            begun = time.monotonic()
            while not any(sender in one.recipients for one in self.house.sink.taken[-20:]):
                if time.monotonic() - begun > 400 or self.over.wait(0.01):
                    return
            calm = begun - self.restarted > RESTING and self.restarted < begun
            (self.latencies if calm else self.shaken).append(time.monotonic() - begun)

    def restart_now_and_then(self, every: float) -> None:
        while not self.over.wait(self.chance.uniform(0.5, 1.5) * every):
            with self.delivering:
                self.restarted = time.monotonic()
                self.house.dovecot.restart()
                self.restarts += 1

    def staff(self, every: float) -> None:
        """Type a note into a row and have LibreOffice write the whole file, as a person does who saves."""
        while not self.over.wait(self.chance.uniform(0.5, 1.5) * every):
            path = self.house.tracker.path(a_call())
            rows = seen(self.house).candidatures
            if rows:
                number = str(self.chance.choice(rows)["N°"])
                note = f"vu le {len(self.notes) + 1}"
                if saved_by_libreoffice(path, number, note):
                    self.notes[number] = note

    def watch(self) -> None:
        while not self.over.wait(5):
            status = Path(f"/proc/{self.worker.pid}/status").read_text()
            self.memory.append(int(status.split("VmRSS:")[1].split()[0]))


def saved_by_libreoffice(path: Path, number: str, note: str) -> bool:
    """False when the worker wrote between our opening and our saving: Excel and LibreOffice ask then, staff give up."""
    opened = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "in" / path.name
        copy.parent.mkdir()
        copy.write_bytes(opened)
        typed = json.dumps({number: {"Notes": note}})
        typing = [sys.executable, "-m", "tests.staff.typing", str(copy), "Candidatures", "N°", typed]
        subprocess.run(typing, cwd=ROOT, check=True, capture_output=True)
        (saved,) = converted([copy], Path(folder), Path(folder) / "profile")
        if path.read_bytes() != opened:
            return False
        shutil.copyfile(saved, path.with_name("~saving.xlsx"))
        os.replace(path.with_name("~saving.xlsx"), path)
        return True


def a_worker(house: House) -> "subprocess.Popen[str]":
    command = [sys.executable, ROOT / "run.py", "--config", house.config, "--now", NOW, "worker"]
    environment = {**os.environ, "HOUSE_PASSWORD": house.dovecot.password}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)


def long_run(house: House, minutes: float, every: float, restart: float, staff: float, seed: int) -> Run:
    run = Run(house, a_worker(house), random.Random(seed))
    until(lambda: house.tracker.path(a_call()).exists(), "the worker did not begin", seconds=60)
    jobs = [(run.mails, every), (run.restart_now_and_then, restart), (run.staff, staff)]
    threads = [threading.Thread(target=job, args=(wait,)) for job, wait in jobs] + [threading.Thread(target=run.watch)]
    reader = threading.Thread(target=lambda: [print(line, end="") for line in run.worker.stdout or () if "@" in line])
    for thread in (*threads, reader):
        thread.start()
    time.sleep(minutes * 60)
    run.over.set()
    for thread in threads:
        thread.join()
    run.worker.send_signal(signal.SIGTERM)
    run.worker.wait(120)
    reader.join()
    return run


def lost_notes(run: Run) -> list[str]:
    shown = {str(row["N°"]): str(row["Notes"]) for row in seen(run.house).candidatures}
    return [f"note lost: {number} {note}" for number, note in run.notes.items() if shown.get(number) != note]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    defaults = (("minutes", 30.0), ("every", 12.0), ("restart", 240.0), ("staff", 150.0), ("seed", 21))
    for name, default in defaults:
        parser.add_argument(f"--{name}", type=type(default), default=default)
    dovecot = Dovecot()
    try:
        with tempfile.TemporaryDirectory() as folder, SmtpSink() as sink:
            house = furnish(Path(folder), dovecot, sink)
            run = long_run(house, **vars(parser.parse_args(arguments)))
            once = house.once(now="2017-02-27T12:00")
            once = house.once(now="2017-02-27T12:10")
            senders = [sender for _, sender in towns(len(dovecot.messages()))]
            wrong = violations(seen(house), senders) + lost_notes(run)
            wrong += [] if once.stdout == "Nothing new.\n" else [f"not settled: {once.stdout}{once.stderr}"]
            tenths = statistics.quantiles(run.latencies, n=20)
            print(f"mails {len(senders)}, letters {len(sink.taken)}, Dovecot restarts {run.restarts}")
            print(f"saves by LibreOffice {len(run.notes)}, worker's exit code {run.worker.returncode}")
            print(
                f"seconds to the acknowledgement: median {tenths[9]:.2f}, 95 % {tenths[18]:.2f} ({len(run.latencies)})"
            )
            print(f"around a restart, at most {max(run.shaken, default=0):.1f} ({len(run.shaken)})")
            half = len(run.memory) // 2
            first, second = max(run.memory[:half]) / 1000, max(run.memory[half:]) / 1000
            print(f"memory, MB: first half {first:.0f}, second half {second:.0f}")
            print(f"violations {len(wrong)}", *wrong[:20], sep="\n")
            return 1 if wrong else 0
    finally:
        dovecot.stop()


if __name__ == "__main__":
    sys.exit(main())
