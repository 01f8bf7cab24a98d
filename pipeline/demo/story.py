"""The demo, from the first mail to the laureates: real worker, real IMAP and SMTP, real workbook, in one process.

The clock is that of February and March 2017. What happens is told through `tell`, one line at a time.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pipeline.commands.office import opened_office
from pipeline.core.call import Call
from pipeline.core.columns import meeting_column
from pipeline.cycle import run_cycle
from pipeline.demo import applicants, staff
from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING, Delivery
from pipeline.demo.post_office import PostOffice
from pipeline.failures import Unavailable
from pipeline.ports import Office, TrackerReading
from pipeline.report import Report

MAILBOX = "agoxe@cerdd.org"
PASSWORD = "demo"  # of a server that lives for some seconds on this machine
CALL_CODE = "visions21-2017"
RETAINED = ("Saint-Laurent-Blangy", "Communauté de communes du Ternois", "Fourmies")
NOT_RETAINED = ("Communauté de communes Osartis Marquion",)
ANSWERS = ("ACCEPTED", "DECLINED", "ACCEPTED", "TENTATIVE", "ACCEPTED", "ACCEPTED")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """The stage: where the files are, the mail server, how the story is told."""

    folder: Path
    post: PostOffice
    tell: Tell

    def play(self) -> TrackerReading:
        """The whole story; the tracker as it stands at its end."""
        self.tell("Winter 2016-2017: mail arrives at the shared mailbox.")
        self.deliver(BEFORE_CLOSING)
        self.cycle("2017-02-28T18:00")
        self.tell("The call closes on 28 February at midnight.")
        self.deliver(AROUND_CLOSING)
        self.cycle("2017-03-01T09:00")
        self.tell("2 March: a staff member opens the tracker, decides, sets the meetings, asks for letters, saves.")
        self.staff_decide("2017-03-02T09:30")
        self.cycle("2017-03-02T10:00")
        self.tell("  ten minutes later, the delay she has for changing her mind is over:")
        self.cycle("2017-03-02T10:15")
        self.tell("3 March: the laureates answer the invitations in their calendars.")
        self.applicants_answer()
        self.cycle("2017-03-03T18:00")
        return self.tracker("2017-03-03T18:05")

    def cycle(self, at: str) -> Report:
        """One cycle of the worker at that moment of 2017."""
        with self.office(at) as office:
            report = run_cycle(office)
        done = report.said()
        self.tell(f"  {at.replace('T', ' ')}  the worker's cycle: {done or 'nothing new'}")
        if report.troubles:
            raise Unavailable("the demo met trouble: " + "; ".join(report.troubles))
        return report

    def office(self, at: str) -> AbstractContextManager[Office]:
        options = {"config": self.folder / "config" / "pipeline.toml", "now": at}
        return opened_office(options, alone=True, environment={"DEMO_PASSWORD": PASSWORD})

    def deliver(self, bag: tuple[Delivery, ...]) -> None:
        for mail in bag:
            self.post.deliver(MAILBOX, mail.raw(), mail.received)
            self.tell(f"  {mail.received:%Y-%m-%d %H:%M}  {mail.what}")

    def staff_decide(self, at: str) -> None:
        """Decisions, a letter for each of those decided, hours and places of the meetings."""
        with self.office(at) as office:
            call = office.calls[0]
            seen = _existing(office, call)
            numbers = staff.numbers_by_collectivite(seen)
            retained = {numbers[name]: {"decision": "Retenu", "request": "Convocation"} for name in RETAINED}
            others = {numbers[name]: {"decision": "Non retenu", "request": "Non retenu"} for name in NOT_RETAINED}
            staff.type_into(office.tracker, call, "candidatures", retained | others)
            staff.type_into(office.tracker, call, "reunions", staff.MEETINGS)
        self.tell(f"  Retenu: {', '.join(RETAINED)}; Non retenu: {', '.join(NOT_RETAINED)}")

    def applicants_answer(self) -> None:
        """Each laureate answers each of the two invitations, one way or another."""
        choices = iter(ANSWERS)
        for posted in list(self.post.posted):
            for invitation in applicants.invitations_in(posted.raw):
                with self.office("2017-03-03T10:00") as office:
                    at = office.clock.now() + timedelta(minutes=1)
                choice = next(choices)
                self.post.deliver(MAILBOX, applicants.answer(invitation, choice, posted.raw, at), at)
                self.tell(f"  {posted.recipient}: {choice.lower()}")

    def tracker(self, at: str) -> TrackerReading:
        with self.office(at) as office:
            return _existing(office, office.calls[0])


def _existing(office: Office, call: Call) -> TrackerReading:
    seen = office.tracker.read(call)
    if seen is None:
        raise Unavailable(f"{office.tracker.path(call)}: the tracker was not written.")
    return seen


def table_of(seen: TrackerReading) -> list[tuple[str, ...]]:
    """(number, collectivité, in time, pieces, decision, last letter, first meeting, second meeting) of each row."""
    columns = (
        "number",
        "collectivite",
        "in_time",
        "pieces",
        "decision",
        "last_letter",
        meeting_column("prep-1"),
        meeting_column("prep-2"),
    )
    rows = seen.sheets["candidatures"].rows
    return [tuple(str(row.values.get(column) or "") for column in columns) for row in rows]
