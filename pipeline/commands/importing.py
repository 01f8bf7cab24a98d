"""`import PATH`: mail that came before the worker, or by another way."""

import mailbox
import os
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.commands.office import opened_office
from pipeline.commands.troubles import told_troubles
from pipeline.core.arrival import IMPORTED, NO_ANSWER, RECORDED_ONLY, unanswered
from pipeline.core.english import counted
from pipeline.failures import Misconfigured, reason
from pipeline.intake import refuse_lost_ledger, take_in_file
from pipeline.reading import read_mail
from pipeline.report import Report
from pipeline.tracking import carry_in_staff_edits, show_in_tracker

NO_MAIL = "no mail is in it; in an .mbox file each begins with a line « From », an address and a date."
TAKEN = (".eml", ".mbox")
EXPECTED = "expected .eml or .mbox files, or folders of them."
OF_PROGRAMS = (".msg", ".emlx", ".pst", ".ost", ".olm", ".dbx")  # what Outlook and Apple Mail keep mail in
SAVE_AS = "not taken in: a format of one mail program only; save its mails as .eml there, and import those."


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--record-only", is_flag=True, help="Record these mails without ever answering them.")
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], record_only: bool) -> int:
    """Take in .eml files, folders of them, or .mbox files; the next cycle answers those that are to be answered.

    Example: python3 run.py import old-mail/ archive.mbox
    """
    report = Report()
    if not all(map(str.strip, paths)):  # a variable of the shell that is not set; Path("") is the folder one is in
        raise Misconfigured(f"import: an empty path; {EXPECTED}")
    files = [file for path in paths for file in mail_files(Path(path), report.troubles)]
    with opened_office(context.obj, alone=True) as office, office.ledger.desk():
        refuse_lost_ledger(office)
        origin, named = RECORDED_ONLY if record_only else IMPORTED, set[str]()
        mails = (mail for file in files for mail in mails_in(file, report.troubles))
        new = 0
        for source, raw in office.progress.over("mails taken in", mails):
            sha256, is_new = take_in_file(office, raw, f"{origin}: {source}")
            named.add(sha256)
            new += is_new
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


def mail_files(path: Path, troubles: list[str]) -> list[Path]:
    """The file, or every .eml and .mbox file below the folder, by name; what cannot be looked into, or holds mail in
    another form, is one of the `troubles`.

    Raises Misconfigured when there is nothing of the kind, so that a path mistyped beside a good one costs nothing.
    """
    if not path.exists():
        raise Misconfigured(f"{path}: no such file or folder; {EXPECTED}")
    missed: list[str] = []
    files = sorted(_below(path, missed)) if path.is_dir() else [path]
    missed += [f"{one}: {SAVE_AS}" for one in files if one.suffix.lower() in OF_PROGRAMS]
    mails = [one for one in files if one.suffix.lower() in TAKEN]
    if not mails:
        raise Misconfigured(*(missed or [f"{path}: no .eml or .mbox file there."]))
    troubles += missed
    return mails


def _below(folder: Path, troubles: list[str]) -> Iterator[Path]:
    """Every file below a folder; a link that leads nowhere is one too, so that its mail is missed aloud."""
    for here, _, names in os.walk(folder, onerror=lambda fault: troubles.append(_unread(Path(fault.filename), fault))):
        for path in (os.path.join(here, name) for name in names):
            if os.path.isfile(path) or not os.path.exists(path):
                yield Path(path)


def mails_in(file: Path, troubles: list[str]) -> Iterator[tuple[str, bytes]]:
    """(name, raw mail) of each mail of a file; one that cannot be read, or an .mbox file in which no mail is found, is
    one of the `troubles`."""
    number = 0
    try:
        if file.suffix.lower() == ".eml":
            yield file.name, file.read_bytes()
            return
        for number, raw in enumerate(_mbox(file), 1):
            yield f"{file.name} ({number})", raw
    except OSError as fault:
        troubles.append(_unread(file, fault))
        return
    if not number:
        troubles.append(f"{file}: {NO_MAIL}")


def _unread(path: Path, fault: OSError) -> str:
    return f"{path}: cannot be read ({reason(fault)}); mend that and import it again, nothing is taken in twice."


def _mbox(file: Path) -> Iterator[bytes]:
    file.stat()  # raises OSError, and mailbox an error of its own
    box = mailbox.mbox(file, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()
