"""What a report says went wrong, told to who runs a command."""

import click

from pipeline.report import Report


def told_troubles(report: Report) -> int:
    """One line per cause on standard error; the exit code."""
    for trouble in dict.fromkeys(report.troubles):
        click.echo(trouble, err=True)
    return 1 if report.troubles else 0
