"""`export`: the ledger as JSON."""

import json
from pathlib import Path

import click

from pipeline.commands.office import opened_office
from pipeline.core.export import exported
from pipeline.failures import Unavailable
from pipeline.ports import Office


@click.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the screen.")
@click.pass_context
def command(context: click.Context, output: Path | None) -> int:
    """The ledger as JSON: messages, candidatures, letters.

    Example: python3 run.py export -o export.json
    """
    with opened_office(context.obj) as office:
        text = json.dumps(export_of(office), ensure_ascii=False, indent=1)
    if output is None:
        click.echo(text)
        return 0
    try:
        output.write_text(text + "\n", encoding="utf-8")
    except OSError as trouble:
        raise Unavailable(f"{output}: cannot be written ({trouble.strerror}).") from trouble
    return 0


def export_of(office: Office) -> dict[str, object]:
    """Everything the ledger holds of the open calls, as contract section 7 lays it out."""
    candidatures = [one for call in office.calls for one in office.ledger.candidatures.all(call.code)]
    return exported(office.ledger.mail.messages(), candidatures, office.ledger.outbox.letters(), office.clock.now())
