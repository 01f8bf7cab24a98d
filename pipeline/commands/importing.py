"""`import PATH`: mail that came before the worker, or by another way."""

import hashlib
import mailbox
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.commands.office import opened_office
from pipeline.commands.troubles import told_troubles
from pipeline.core.arrival import NO_ANSWER, RECORDED_ONLY, unanswered
from pipeline.core.english import counted
from pipeline.failures import Misconfigured
from pipeline.intake import refuse_lost_ledger, take_in_file
from pipeline.reading import read_mail
from pipeline.report import Report
from pipeline.tracking import carry_in_staff_edits, show_in_tracker

NO_MAIL = "no mail is in it; in an .mbox file each begins with a line « From », an address and a date."


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--record-only", is_flag=True, help="Record these mails without ever answering them.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], record_only: bool) -> int:
    """Take in .eml files, folders of them, or .mbox files; the next cycle answers those that are to be answered.

    Example: python3 run.py import old-mail/ archive.mbox
    """
    report = Report()
    with opened_office(context.obj, alone=True) as office, office.ledger.desk():
        refuse_lost_ledger(office)
        origin, named = RECORDED_ONLY if record_only else "import", set[str]()
        mails = (mail for path in paths for mail in mails_in(path, report.troubles))
        new = 0
        for source, raw in office.progress.over("mails taken in", mails):
            new += take_in_file(office, raw, f"{origin}: {source}")
            named.add(hashlib.sha256(raw).hexdigest())
        for call in office.calls:
            report.attempt(carry_in_staff_edits, office, call)
        report.attempt(read_mail, office)
        if record_only:  # what was taken in before, and not answered yet
            for message in office.ledger.mail.to_answer():
                if message.arrival.sha256 in named:
                    office.ledger.mail.decide(unanswered(message, NO_ANSWER))
        for call in office.calls:
            report.attempt(show_in_tracker, office, call)
        waiting = len(office.ledger.mail.to_answer())
    click.echo(f"{counted(new, 'new mail')} taken in; {counted(waiting, 'answer')} will leave with the next cycle.")
    return told_troubles(report)


def mails_in(path: Path, troubles: list[str]) -> Iterator[tuple[str, bytes]]:
    """(name, raw mail) of a file or of every .eml and .mbox file below a folder, by name; an .mbox file in which no
    mail is found is one of the `troubles`.

    Raises Misconfigured when there is nothing of the kind.
    """
    if not path.exists():
        raise Misconfigured(f"{path}: no such file or folder; expected .eml or .mbox files, or folders of them.")
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    mails = [one for one in files if one.suffix.lower() in (".eml", ".mbox")]
    if not mails:
        raise Misconfigured(f"{path}: no .eml or .mbox file there.")
    for file in mails:
        if file.suffix.lower() == ".eml":
            yield file.name, file.read_bytes()
        else:
            number = 0
            for number, raw in enumerate(_mbox(file), 1):
                yield f"{file.name} ({number})", raw
            if not number:
                troubles.append(f"{file}: {NO_MAIL}")


def _mbox(file: Path) -> Iterator[bytes]:
    box = mailbox.mbox(file, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()
