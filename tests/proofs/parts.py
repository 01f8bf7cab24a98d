"""What each part of a cycle costs: the figures of docs/scale.md.

    python -m tests.proofs.parts [--mails 1000] [--postgresql]

So many candidatures of as many towns wait in a real Dovecot; each step takes them all, one step after the other; then a
cycle with nothing new, and one with a single mail more.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from pipeline.correspondence import write_letters_due
from pipeline.cycle import run_cycle
from pipeline.dispatch import keep_copies, send_outbox
from pipeline.intake import collect_mail
from pipeline.ports import Office
from pipeline.reading import read_mail
from pipeline.tracking import show_in_tracker
from pipeline.watching import refuse_rival
from tests.faults.conftest import RECEIVED, a_candidature_mail
from tests.line.house import House, furnish
from tests.proofs.several_workers import towns, with_ledger
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import PostgreSQL, postgresql_programs
from tests.servers.smtp_sink import SmtpSink

NOW = "2017-02-27T09:00"
STEPS: tuple[tuple[str, Callable[[Office], object]], ...] = (
    ("fetch, archive, ledger", lambda office: collect_mail(office, "INBOX")),
    ("judge and file", read_mail),
    ("look into Sent", refuse_rival),
    ("write the letters", write_letters_due),
    ("send them", send_outbox),
    ("keep their copies", keep_copies),
    ("show in the tracker", lambda office: [show_in_tracker(office, call) for call in office.calls]),
)


def timed(do: Callable[[Office], object], house: House) -> float:
    """Seconds of one step, the office opened before."""
    with house.office(NOW) as office:
        begun = time.perf_counter()
        do(office)
        return time.perf_counter() - begun


def parts(house: House, mails: int) -> None:
    """Deliver, measure, print a table."""
    for number, (town, sender) in enumerate(towns(mails + 1)):
        mail = a_candidature_mail(town, sender, message_id=f"<{number}@commune{number}.example>")
        if number == mails:
            last = mail
        else:
            house.dovecot.deliver(mail, RECEIVED)
    for name, step in STEPS:
        seconds = timed(step, house)
        print(f"{name:24} {seconds:7.2f} s {seconds * 1000 / mails:7.2f} ms a mail", flush=True)
    timed(run_cycle, house)
    print(f"{'a cycle, nothing new':24} {timed(run_cycle, house):7.2f} s")
    house.dovecot.deliver(last, RECEIVED)
    print(f"{'a cycle, one mail more':24} {timed(run_cycle, house):7.2f} s")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--postgresql", action="store_true")
    chosen = parser.parse_args(arguments)
    with ExitStack() as doors:
        dovecot = Dovecot()
        doors.callback(dovecot.stop)
        folder = doors.enter_context(tempfile.TemporaryDirectory())
        house, url = furnish(Path(folder), dovecot, doors.enter_context(SmtpSink())), ""
        if chosen.postgresql:
            programs = postgresql_programs()
            assert programs, "PostgreSQL is not installed"
            server = PostgreSQL(programs)
            doors.callback(server.stop)
            url = server.url(server.new_database())
        parts(with_ledger(house, url), chosen.mails)
    return 0


if __name__ == "__main__":
    sys.exit(main())
