"""`export`: the ledger as JSON."""

import os
from contextlib import suppress
from pathlib import Path

import click

from pipeline.commands.addresses import address_of
from pipeline.commands.dossier import as_json, dossier_of
from pipeline.commands.office import House, configured, opened_office
from pipeline.commands.personal import data_of
from pipeline.commands.streams import printable_json
from pipeline.commands.troubles import told_troubles
from pipeline.core.export import exported
from pipeline.failures import Misconfigured, Unavailable, reason
from pipeline.ports import Office
from pipeline.report import Report

PRIVATE = 0o600
EXPORTS = (".json", ".zip")


@click.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the screen.")
@click.option("--dossier", metavar="NUMBER", help="All of one candidature (V21-003) as a zip file, for an appeal.")
@click.option("--person", metavar="ADDRESS", help="All that is held about one person as a zip file (RGPD).")
@click.pass_context
def command(context: click.Context, output: Path | None, dossier: str | None, person: str | None) -> int:
    """The ledger as JSON: messages, candidatures, letters. Or one candidature, whole; or all about one person.

    Example: python3 run.py export -o export.json
    """
    if dossier is not None and person is not None:
        raise Misconfigured("export: name --dossier or --person, not both: each makes a file of its own.")
    number = None if dossier is None else _number(dossier)
    address = None if person is None else address_of(person, "--person")
    if output:
        _refuse_kept(output, configured(context.obj))
    with opened_office(context.obj) as office:
        if number:
            return _dossier(office, number, output)
        if address:
            return _person(office, address, output)
        everything = export_of(office)
    if output is None:
        click.echo(printable_json(everything))
    else:
        _written(output, as_json(everything))
    return 0


def _dossier(office: Office, number: str, output: Path | None) -> int:
    path, report = output or Path(f"dossier-{number}.zip"), Report()
    _written(path, dossier_of(office, number, report.troubles))
    click.echo(f"{path} written.")
    return told_troubles(report)


def _person(office: Office, address: str, output: Path | None) -> int:
    path, report = output or Path("donnees-personnelles.zip"), Report()
    content = data_of(office, address, report.troubles)
    if content is None:
        click.echo(f"Nothing is held about {address}.")
    else:
        _written(path, content)
        click.echo(f"{path} written.")
    return told_troubles(report)


def _number(dossier: str) -> str:
    number = dossier.strip().upper()
    if not number:
        raise Misconfigured("--dossier: empty; give the number of a candidature, as in the column N°: V21-003.")
    return number


def _refuse_kept(path: Path, house: House) -> None:
    """Misconfigured for a file of the worker's, or one that people work on: an export would take its place."""
    target, paths = path.resolve(), house.settings.paths
    worked_on = [one.resolve() for one in (paths.sheets, paths.calls, paths.templates, house.path.parent)]
    is_ours = paths.state.resolve() in target.parents
    is_theirs = target.suffix.lower() not in EXPORTS and any(folder in target.parents for folder in worked_on)
    if target.is_file() and (is_ours or is_theirs):
        raise Misconfigured(f"-o {path}: this file is there and is no export; name another one.")


def _written(path: Path, content: bytes) -> None:
    """Personal data: only who asked reads them, whatever the umask, and though others could read what stood there."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as file:
            if path.is_file():  # no device
                with suppress(OSError):  # a drive that knows no modes
                    path.chmod(PRIVATE)
            file.write(content)
    except OSError as trouble:
        raise Unavailable(
            f"{path}: cannot be written ({reason(trouble)}); name a file in a folder of yours."
        ) from trouble


def export_of(office: Office) -> dict[str, object]:
    """Everything the ledger holds of the open calls, as contract section 7 lays it out."""
    candidatures = [one for call in office.calls for one in office.ledger.candidatures.all(call.code)]
    return exported(office.ledger.mail.messages(), candidatures, office.ledger.outbox.letters(), office.clock.now())
