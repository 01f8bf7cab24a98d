"""One pass of the worker: takes in the mail, carries in what staff decided in the tracker, writes the letters that
are due, sends them, shows everything in the tracker, compiles the laureates, and tells staff what needs them."""

from collections import Counter

from pipeline.compilation import compile_laureates
from pipeline.correspondence import write_letters_due
from pipeline.dispatch import keep_copies, send_outbox, settle_uncertain
from pipeline.erasure import forget_unrelated
from pipeline.informing import inform_of_standstill, inform_staff
from pipeline.intake import collect_mail, refuse_lost_ledger, settle_first_run
from pipeline.ports import Office
from pipeline.report import Report
from pipeline.tracking import carry_in_staff_edits, show_in_tracker
from pipeline.upkeep import cut_short, keep_backup, note_cycle, note_troubles
from pipeline.watching import heed_stop, refuse_renamed_call, refuse_rival, tell_hidden_mail


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
    report.attempt(refuse_renamed_call, office)
    if report.troubles or cut_short(office):
        report.at_the_desk(warn, office)
    for folder in office.mailbox.folders():
        report.attempt(collect_mail, office, folder)
    report.attempt(tell_hidden_mail, office)
    if report.at_the_desk(decide, office):
        report.attempt(send_outbox, office)
        report.at_the_desk(show, office)
    note_troubles(office, report.troubles)
    return report


def warn(office: Office, report: Report) -> None:
    """Runs that end one after the other before they tell anything are told of first: this one may end so too."""
    report.attempt(inform_of_standstill, office, (*report.troubles, *cut_short(office)))
    report.attempt(send_outbox, office, True)


def decide(office: Office, report: Report) -> None:
    """Carry in what staff decided, judge the mail, write the letters that are due."""
    for call in office.calls:
        report.attempt(carry_in_staff_edits, office, call)
    report.attempt(read_waiting_mail, office)
    report.attempt(settle_first_run, office)
    report.attempt(refuse_rival, office)
    report.attempt(write_letters_due, office)
    report.attempt(settle_uncertain, office)


def read_waiting_mail(office: Office) -> Counter[str]:
    """Judge and file the mail that waits, and lay out its documents."""
    ledger = office.ledger
    if next(iter(ledger.mail.waiting()), None) is None and not ledger.candidatures.pieces_to_lay_out():
        return Counter()
    # Imported here: what it takes to judge a mail is half of the start of a cycle that has none.
    from pipeline.reading import read_mail  # noqa: PLC0415

    return read_mail(office)


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
