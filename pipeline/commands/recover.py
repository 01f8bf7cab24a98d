"""`recover`: a lost or damaged tracker from its backups and the ledger; a lost ledger from everything else."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import click

from pipeline.adapters.ledger import set_aside
from pipeline.commands.office import configured, opened_office
from pipeline.commands.troubles import told_troubles
from pipeline.core.arrival import REBUILDING
from pipeline.core.rebuilding import TO_CONFIRM
from pipeline.correspondence import hold_answers
from pipeline.failures import LedgerBehind, LedgerDamaged, Misconfigured, Unavailable
from pipeline.intake import collect_mail, refuse_lost_ledger
from pipeline.ports import Office
from pipeline.reading import read_mail
from pipeline.recovery import is_new, rebuild, refuse_unusable_trackers, settle_answers, settle_queued
from pipeline.report import Report
from pipeline.rivals import look_into_sent
from pipeline.tracking import carry_in_staff_edits, show_in_tracker

CONFIRM = "Answers of which nothing proves that they left wait in the sheet Envois: write oui in Feu vert to send."

NOT_EMPTIED = (
    "[ledger] url: a PostgreSQL ledger is not emptied to be made anew: keep this database as it is, make an empty one, "
    "name it there, and run `recover` again."
)


@click.command("recover")
@click.pass_context
def command(context: click.Context) -> int:
    """Rebuild what was lost or damaged: a tracker, or the ledger. Writes to nobody.

    Example: python3 run.py recover
    """
    report = Report()
    done, lost = _look(context.obj, report)
    if lost:
        done += _rebuilt(context.obj, lost, report)
    if not (done or report.troubles):
        done = ["Nothing to recover: the ledger and the trackers go together."]
    for line in done:
        click.echo(line)
    return told_troubles(report)


def _look(options: Mapping[str, Any], report: Report) -> tuple[list[str], str]:
    """Trackers mended, and why the ledger must be made anew ("" when it need not)."""
    try:
        with opened_office(options, alone=True) as office, office.ledger.desk():
            done = [one for call in office.calls if (one := office.tracker.mend(call, office.clock.now()))]
            try:
                refuse_lost_ledger(office)
                for call in office.calls:
                    carry_in_staff_edits(office, call)
            except LedgerBehind as behind:
                return done, str(behind)
            done += _taken_over(office, report)
            for call in office.calls:
                report.attempt(show_in_tracker, office, call)
            return done, ""
    except LedgerDamaged as damage:
        return [], str(damage)


def _taken_over(office: Office, report: Report) -> list[str]:
    """What was done by another installation on the same mailbox, made known to this ledger, which stays."""
    try:
        strangers = look_into_sent(office).strangers
        if not strangers:
            return []
        counts = _collected(office)
        read_mail(office)
        with office.ledger.transaction():  # what others sent is known, and the rest held, or neither
            counts += settle_queued(office, TO_CONFIRM) + settle_answers(office)
            counts["answers to confirm"] += hold_answers(office, TO_CONFIRM)["held"]
    except Unavailable as trouble:
        report.troubles.append(f"The Sent folder was not looked at: {trouble}")
        return []
    numbers = ", ".join(sorted({one.number for one in strangers}))
    told = [f"Letters of another installation in the Sent folder: {len(strangers)}, about {numbers}."]
    return [*told, *(f"{name}: {count}" for name, count in counts.items() if count), CONFIRM]


def _rebuilt(options: Mapping[str, Any], why: str, report: Report) -> list[str]:
    """The ledger made anew: its old file keeps its content under another name; of databases an empty one is filled."""
    house = configured(options)
    aside = "" if house.settings.ledger.url else set_aside(house.settings.paths.state, house.clock.now())
    done = [why, *([f"The ledger that was there is kept as {aside}."] if aside else [])]
    with opened_office(options, alone=True) as office, office.ledger.desk():
        if not is_new(office):
            raise Misconfigured(NOT_EMPTIED)
        counts = _filled(office, report)
    done += [f"{name}: {count}" for name, count in counts.items() if count]
    return [*done, CONFIRM]


def _filled(office: Office, report: Report) -> Counter[str]:
    for call in office.calls:
        office.tracker.mend(call, office.clock.now())
    refuse_unusable_trackers(office)
    office.ledger.journal.reach(REBUILDING, office.clock.now().isoformat(timespec="seconds"))
    counts = _collected(office) + rebuild(office)
    read_mail(office)
    with office.ledger.transaction():
        counts += settle_answers(office)
        held = hold_answers(office, TO_CONFIRM)
        office.ledger.journal.reach(REBUILDING, "")
    for call in office.calls:
        report.attempt(show_in_tracker, office, call)
    return counts + Counter({"answers to confirm": held["held"]})


def _collected(office: Office) -> Counter[str]:
    return sum((collect_mail(office, folder) for folder in office.mailbox.folders()), Counter[str]())
