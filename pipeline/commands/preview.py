"""`preview`: every letter that would leave now, on a page; nothing is sent, nothing is changed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.adapters.letterhead.page import PageLetter, preview_page
from pipeline.adapters.previews import write_preview
from pipeline.commands.office import opened_office
from pipeline.commands.troubles import told_troubles
from pipeline.core import french
from pipeline.core.call import Call
from pipeline.core.english import counted
from pipeline.core.folders import PREVIEWED
from pipeline.core.letters import LETTERS
from pipeline.correspondence import Preview, previews, write_letters_due
from pipeline.intake import refuse_lost_ledger
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Office
from pipeline.report import Report
from pipeline.tracking import carry_in_staff_edits


@click.command("preview")
@click.pass_context
def command(context: click.Context) -> int:
    """Write apercu.html and an .eml file for each letter that would leave now. Sends and changes nothing.

    Example: python3 run.py preview
    """
    report = Report()
    with opened_office(context.obj) as office:
        report.attempt(refuse_lost_ledger, office)
        with rehearsing(office):
            for call in office.calls:
                report.attempt(carry_in_staff_edits, office, call)
            report.attempt(write_letters_due, office)
            found = [(call, previews(office, call)) for call in office.calls]
        for call, letters in found:
            report.attempt(_show, office, call, letters)
    return told_troubles(report)


class _Undone(Exception):
    """Takes a rehearsal back."""


@contextmanager
def rehearsing(office: Office) -> Iterator[None]:
    """All that is written to the ledger inside is seen inside, and undone at the end."""
    try:
        with office.ledger.transaction():
            yield
            raise _Undone
    except _Undone:
        return


def _show(office: Office, call: Call, letters: list[Preview]) -> Counter[str]:
    refuse_lost_folder(office, call)
    path = _written(office, call, letters)
    click.echo(f"{counted(len(letters), 'letter')} that would leave: {path}")
    return Counter()


def _written(office: Office, call: Call, letters: list[Preview]) -> Path:
    names = [_name(rank, one) if one.mail else "" for rank, one in enumerate(letters, 1)]
    moment = french.moment(office.clock.now().astimezone(call.zone))
    page = preview_page(call.short_title, moment, [_shown(one, name) for one, name in zip(letters, names, strict=True)])
    mails = {name: one.mail for one, name in zip(letters, names, strict=True) if one.mail}
    return write_preview(office.tracker.path(call).parent, page, mails)


def _shown(one: Preview, name: str) -> PageLetter:
    row = one.envoi
    return PageLetter(
        row.number,
        LETTERS[row.letter].label,
        row.state,
        row.why,
        ", ".join(filter(None, row.recipients)),
        row.subject,
        one.text,
        one.html,
        one.files,
        f"{PREVIEWED}/{name}" if name else "",
    )


def _name(rank: int, one: Preview) -> str:
    """ "01 V21-003 Convocation.eml"."""
    words = f"{rank:02d} {one.envoi.number} {LETTERS[one.envoi.letter].label}"
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^A-Za-z0-9 -]+', ' ', plain)}.eml"
