"""`status`: what is recorded, waiting, failed, held; for people, for machines, and its exit code for monitoring."""

import click

from pipeline.commands.office import configured, opened_office
from pipeline.commands.streams import printable_json
from pipeline.core.decisions import sentence
from pipeline.core.state_of_play import call_status, mail_status, silence
from pipeline.informing import rehearsal_of
from pipeline.ports import Office
from pipeline.tracking import state_of_tracker
from pipeline.upkeep import LAST_CYCLE, LAST_TROUBLES


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> int:
    """What is recorded, waiting, failed, held; the last cycle; who holds the tracker open.

    Exit code 1 when the worker stands still: stopped, silent for three cycles, or a last cycle that could not do all.

    Example: python3 run.py status --json
    """
    poll_minutes = configured(context.obj).settings.schedule.poll_minutes
    with opened_office(context.obj) as office:
        troubles = troubles_of(office, poll_minutes)
        everything = {"troubles": troubles, **state_of(office)}
    if as_json:
        click.echo(printable_json(everything))
    else:
        for line in told({key: value for key, value in everything.items() if key != "troubles"}):
            click.echo(line)
    for trouble in troubles:
        click.secho(trouble, err=True, fg="red")
    return 1 if troubles else 0


def troubles_of(office: Office, poll_minutes: int) -> list[str]:
    """Why the worker cannot be trusted to go on by itself; what waits for staff is in the tracker, and no trouble."""
    journal, stopped = office.ledger.journal, office.stop.found()
    silent = silence(journal.milestone(LAST_CYCLE), poll_minutes, office.clock.now())
    last = journal.milestone(LAST_TROUBLES).splitlines()
    if stopped:  # the last cycle said so too
        return [f"{stopped}: somebody stopped the worker.", *(one for one in last if not one.startswith(stopped))]
    return [*filter(None, [silent]), *last]


def state_of(office: Office) -> dict[str, object]:
    """The whole state, by call."""
    calls = {}
    for call in office.calls:
        letters, asked = office.ledger.outbox.letters(call.code), office.ledger.outbox.open_requests(call.code)
        figures = call_status(office.ledger.candidatures.all(call.code), letters, asked)
        rehearsed = {"decisions_rehearsed": sentence(call, rehearsal_of(office, call))}
        calls[call.code] = figures | rehearsed | state_of_tracker(office, call)
    mails = mail_status(office.ledger.mail.messages())
    return {
        "stopped_by": office.stop.found() or None,
        "last_cycle": office.ledger.journal.milestone(LAST_CYCLE) or None,
        "mail": mails,
        "calls": calls,
    }


def told(value: object, depth: int = 0) -> list[str]:
    """The same figures as lines for a person; what is empty is left out."""
    if not isinstance(value, dict):
        return [f"{'  ' * depth}{value}"]
    lines = []
    for key, inner in value.items():
        name = f"{'  ' * depth}{key.replace('_', ' ')}"
        if isinstance(inner, dict) and inner:
            lines += [click.style(f"{name}:", bold=True), *told(inner, depth + 1)]
        elif isinstance(inner, list) and inner:
            lines += [f"{name}:", *(f"{'  ' * (depth + 1)}- {item}" for item in inner)]
        elif inner not in (None, "", [], {}):
            lines.append(f"{name}: {inner}")
    return lines
