"""`once`: one cycle."""

from pathlib import Path

import click

from pipeline.adapters.heartbeat import UrlHeartbeat
from pipeline.adapters.watchdog import ended_when_still
from pipeline.commands.office import configured, heartbeat, opened_office
from pipeline.commands.troubles import told_troubles
from pipeline.cycle import run_cycle
from pipeline.ports import Office
from pipeline.report import Report


@click.command("once")
@click.pass_context
def command(context: click.Context) -> int:
    """One cycle: takes in the mail, carries in the tracker's edits, writes and sends what is due, shows it all.

    Example: python3 run.py once
    """
    with opened_office(context.obj, alone=True) as office:
        report = watched_cycle(office, configured(context.obj).settings.paths.state)
    return told(report, heartbeat(context.obj))


def watched_cycle(office: Office, state: Path) -> Report:
    """One cycle, ended when it stands still."""
    with ended_when_still(state) as said:
        return run_cycle(office, (said,) if said else ())


def told(report: Report, alive: UrlHeartbeat, quiet: bool = False) -> int:
    """Say what a cycle did on standard output and its troubles on standard error; the exit code.

    Only a cycle without trouble gives a sign of life. `quiet` says nothing of a cycle that did nothing.
    """
    done = report.said()
    if done or not quiet:
        click.echo(done or "Nothing new.")
    code = told_troubles(report)
    if not code:
        alive.beat()
    return code
