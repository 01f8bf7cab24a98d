"""`once`: one cycle."""

import click

from pipeline.commands.office import opened_office
from pipeline.cycle import Report, run_cycle


@click.command("once")
@click.pass_context
def command(context: click.Context) -> int:
    """One cycle: takes in the mail, carries in the tracker's edits, writes and sends what is due, shows it all.

    Example: python3 run.py once
    """
    with opened_office(context.obj, alone=True) as office:
        report = run_cycle(office)
    return told(report)


def told(report: Report) -> int:
    """Say what a cycle did on standard output and its troubles on standard error; the exit code."""
    done = ", ".join(f"{name} {count}" for name, count in sorted(report.counts.items()) if count)
    click.echo(done or "Nothing new.")
    for trouble in dict.fromkeys(report.troubles):
        click.echo(trouble, err=True)
    return 1 if report.troubles else 0
