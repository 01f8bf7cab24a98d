"""One pass of the worker: takes in the mail, carries in what staff decided in the tracker, writes the letters that
are due, sends them, shows everything in the tracker, compiles the laureates, and tells staff what needs them."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.compilation import compile_laureates
from pipeline.correspondence import write_letters_due
from pipeline.dispatch import keep_copies, send_outbox, settle_uncertain
from pipeline.erasure import forget_unrelated
from pipeline.failures import Elsewhere, Halted, Unavailable, system_failure, where
from pipeline.informing import inform_staff
from pipeline.intake import collect_mail, refuse_lost_ledger, settle_first_run
from pipeline.ports import Office
from pipeline.reading import read_mail
from pipeline.tracking import carry_in_staff_edits, show_in_tracker
from pipeline.watching import heed_stop, refuse_rival, tell_hidden_mail

log = logging.getLogger(__name__)
LAST_CYCLE = "last_cycle"


@dataclass
class Report:
    """What a cycle did (`counts`, by word) and what could not be done now (`troubles`, one line each)."""

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    is_halted: bool = False  # a person has to see to it: nothing more is done

    def at_the_desk(self, part: "Callable[[Office, Report], None]", office: Office) -> bool:
        """Do a part of the cycle that one worker at a time does; False when another one is at it."""
        try:
            with office.ledger.desk():
                part(office, self)
        except Elsewhere as other:
            log.info("%s: %s", part.__name__, other)
            return False
        return True

    def attempt(self, step: Callable[..., Counter[str]], *arguments: object) -> None:
        """Do a step; what is unavailable or fails in the system is said, and the next step goes on without it, unless
        all is halted."""
        if self.is_halted:
            return
        try:
            self.counts += step(*arguments)
        except Unavailable as trouble:
            self.is_halted = isinstance(trouble, Halted)
            log.warning("%s: %s", step.__name__, trouble)
            self.troubles.append(str(trouble))
        except (OSError, MemoryError) as fault:
            log.warning("%s: %s", step.__name__, where(fault))
            self.troubles.append(system_failure(fault))


def run_cycle(office: Office, known: tuple[str, ...] = ()) -> Report:
    """Do everything that can be done now. A locked workbook delays no acknowledgement, a silent server no tracker.

    `known` are troubles from before, which staff are told of like those of the cycle.
    Several workers of one ledger fetch and send side by side; what is between is done by one at a time.
    A stop file halts it; so does a ledger that was lost, is old, or is not the only one over this mailbox (`recover`).
    Raises Misconfigured only (first_run = "ask", see `intake.settle_first_run`).
    """
    report = Report(troubles=list(known))
    report.attempt(heed_stop, office)
    report.attempt(refuse_lost_ledger, office)
    for folder in office.mailbox.folders():
        report.attempt(collect_mail, office, folder)
    report.attempt(tell_hidden_mail, office)
    if report.at_the_desk(decide, office):
        report.attempt(send_outbox, office)
        report.at_the_desk(show, office)
    return report


def decide(office: Office, report: Report) -> None:
    """Carry in what staff decided, judge the mail, write the letters that are due."""
    for call in office.calls:
        report.attempt(carry_in_staff_edits, office, call)
    report.attempt(read_mail, office)
    report.attempt(settle_first_run, office)
    report.attempt(refuse_rival, office)
    report.attempt(write_letters_due, office)
    report.attempt(settle_uncertain, office)


def show(office: Office, report: Report) -> None:
    """Show what became of everything."""
    report.attempt(keep_copies, office)
    for call in office.calls:
        report.attempt(show_in_tracker, office, call)
        report.attempt(compile_laureates, office, call)
    report.attempt(inform_staff, office, tuple(report.troubles))
    report.attempt(forget_unrelated, office)
    report.attempt(note_cycle, office)
    report.attempt(keep_backup, office)


def keep_backup(office: Office) -> Counter[str]:
    """Once a day, a copy of the ledger."""
    office.ledger.back_up(office.clock.now().date())
    return Counter()


def note_cycle(office: Office) -> Counter[str]:
    """Remember when the last cycle ended, for `status`; then the courtesy of `[mailbox] after`."""
    office.ledger.journal.reach(LAST_CYCLE, office.clock.now().isoformat(timespec="seconds"))
    copies = office.ledger.mail.copies_to_mark()
    office.mailbox.mark_handled(copies)
    office.ledger.mail.note_marked(copies)
    return Counter()
