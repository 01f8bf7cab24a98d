"""What each part of a cycle costs, step after step over the same mails, on SQLite and where installed on PostgreSQL.

Each step takes them all, then the next does; then a cycle with nothing new, and one with a single mail more. These are
the figures of docs/scale.md. Nothing is compared, so the rounds are the spread.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.correspondence import write_letters_due
from pipeline.cycle import run_cycle
from pipeline.dispatch import keep_copies, send_outbox
from pipeline.intake import collect_mail
from pipeline.ports import Office
from pipeline.reading import read_mail
from pipeline.tracking import show_in_tracker
from pipeline.watching import refuse_rival
from tests.benchmarks.apart import peak
from tests.benchmarks.boxes import put, serving, stored
from tests.benchmarks.installation import NOW, Installation, installed
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import Outcome, Rounds, Run, Scale
from tests.faults.conftest import RECEIVED, a_candidature_mail
from tests.servers.postgres import PostgreSQL, postgresql_programs

Step = Callable[[Office], object]
STEPS: dict[str, Step] = {
    "fetch, archive, ledger": lambda office: collect_mail(office, "INBOX"),
    "judge and file": read_mail,
    "look into Sent": refuse_rival,
    "write the letters": write_letters_due,
    "send them": send_outbox,
    "keep their copies": keep_copies,
    "show in the tracker": lambda office: [show_in_tracker(office, call) for call in office.calls],
}
LATER = {"the rest of the cycle": "", "a cycle, nothing new": "", "a cycle, one mail more": "Wattignies"}


def parts(scale: Scale) -> Outcome:
    """In one process, so that the start is in none of them; the ledgers take turns."""
    mails = scale.of_mails(3, 200)
    runs: dict[str, list[Run]] = {}
    with ExitStack() as doors:
        folder = Path(doors.enter_context(TemporaryDirectory()))
        programs = None if scale.small else postgresql_programs()
        database = PostgreSQL(programs) if programs else None
        if database:
            doors.callback(database.stop)
        ledgers = ("SQLite", "PostgreSQL") if database else ("SQLite",)
        server, users = doors.enter_context(serving(len(ledgers) * scale.rounds))
        kept = stored(load(mails), folder / "mails")
        for _ in range(scale.rounds):
            for ledger in ledgers:
                user = next(users)
                put(kept, server, user)
                url = database.url(database.new_database()) if database and ledger == "PostgreSQL" else ""
                with installed(server, user, scale) as place:
                    for name, run in measured(place, url, user).items():
                        runs.setdefault(f"{ledger}: {name}", []).append(run)
    units = {name: mails for name in runs if name.partition(": ")[2] in STEPS}
    return Outcome("parts", f"{mails} mails, {kept.size / 1e6:.0f} MB", Rounds(runs), (), units)


def measured(place: Installation, url: str, user: str) -> dict[str, Run]:
    if url:
        with place.house.config.open("a", encoding="utf-8") as file:
            file.write(f'[ledger]\nurl = "{url}"\n')
    found = {name: timed(step, place) for name, step in STEPS.items()}
    for name, town in LATER.items():
        if town:
            mail = a_candidature_mail(town, "mairie@wattignies.example", message_id="<more@wattignies.example>")
            place.house.dovecot.deliver(mail, RECEIVED, user=user)
        found[name] = timed(run_cycle, place)
    return found


def timed(step: Step, place: Installation) -> Run:
    """One step, the office opened before."""
    with place.house.office(NOW) as office:
        begun, used = time.perf_counter(), time.process_time()
        step(office)
        return Run(time.perf_counter() - begun, time.process_time() - used, peak())
