"""`laureates`: compiles the laureate workbook now."""

import click

from pipeline.commands.office import opened_office
from pipeline.commands.troubles import told_troubles
from pipeline.compilation import compile_laureates
from pipeline.core.english import counted
from pipeline.report import Report
from pipeline.tracking import carry_in_staff_edits


@click.command("laureates")
@click.pass_context
def command(context: click.Context) -> int:
    """Carry in the decisions of the tracker and compile laureats.xlsx.

    Example: python3 run.py laureates
    """
    report = Report()
    with opened_office(context.obj, alone=True) as office, office.ledger.desk():
        for call in office.calls:
            report.attempt(carry_in_staff_edits, office, call)
            report.attempt(compile_laureates, office, call)
    books = report.counts["laureate books"]
    written = f"{counted(report.counts['laureates'], 'laureate')} written."
    click.echo(written if books else "Nothing new: what is there stands.")
    return told_troubles(report)
