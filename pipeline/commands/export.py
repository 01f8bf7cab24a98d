"""`export`: the ledger as JSON."""

import json
from pathlib import Path

import click

from pipeline.commands.office import opened_office
from pipeline.core.export import exported
from pipeline.failures import Unavailable


@click.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the screen.")
@click.pass_context
def command(context: click.Context, output: Path | None) -> int:
    """The ledger as JSON: messages, candidatures, letters.

    Example: python3 run.py export -o export.json
    """
    with opened_office(context.obj) as office:
        candidatures = [one for call in office.calls for one in office.ledger.candidatures.all(call.code)]
        everything = exported(
            office.ledger.mail.messages(), candidatures, office.ledger.outbox.letters(), office.clock.now()
        )
    text = json.dumps(everything, ensure_ascii=False, indent=1)
    if output is None:
        click.echo(text)
        return 0
    try:
        output.write_text(text + "\n", encoding="utf-8")
    except OSError as trouble:
        raise Unavailable(f"{output}: cannot be written ({trouble.strerror}).") from trouble
    return 0
