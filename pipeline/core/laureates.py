"""Who is a laureate, who waits for a place, and the pages that tell of them. Pure; writing them is left to adapters."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from html import escape

from pipeline.core import french
from pipeline.core.answers import chosen
from pipeline.core.call import Call
from pipeline.core.candidature import ATTENDANCE_WORDS, Candidature, Status, corrected
from pipeline.core.columns import (
    DECISIONS,
    RETAINED,
    WAITING_LIST,
    Column,
    Owner,
    Shape,
    candidatures_sheet,
    meeting_column,
)
from pipeline.core.delivery import LetterState
from pipeline.core.folding import fold
from pipeline.core.letters import OutgoingLetter
from pipeline.core.merge import CellValue
from pipeline.core.rows import KINDS, local, national_phone

FOR_STAFF = (
    *("number", "collectivite", "kind", "siren", "departements", "population", "contact", "role", "email", "phone"),
    "received",
)
ON_THE_LIST = ("number", "collectivite", "kind", "departements", "population", "contact", "email", "phone")
PUBLIC = ("collectivite", "kind", "where", "population")
OWN_COLUMNS = {
    "told": Column("told", "Lauréat informé le", Owner.WORKER, Shape.MOMENT),
    "rank": Column("rank", "Rang", Owner.WORKER, Shape.NUMBER),
    "where": Column("where", "Département", Owner.WORKER),
}

Row = dict[str, CellValue]


@dataclass(frozen=True)
class Page:
    """A sheet of the laureate workbook: its name, its title, its columns, its rows by column key."""

    name: str
    table: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Lists:
    """The pages for staff and for the public."""

    laureates: Page
    public: Page
    waiting: Page

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.laureates, self.public, self.waiting

    def digest(self) -> str:
        """The same for the same content, whatever the day."""
        words = [
            (page.title, [column.heading for column in page.columns], [sorted(row.items()) for row in page.rows])
            for page in self.pages
        ]
        return hashlib.sha256(repr(words).encode()).hexdigest()


def is_laureate(candidature: Candidature) -> bool:
    """Retained by staff, and still there."""
    return candidature.status is Status.OPEN and decision_of(candidature) == RETAINED.casefold()


def decision_of(candidature: Candidature) -> str:
    """Staff's decision, folded: one of those that there are, else as they typed it; "" without one."""
    said = candidature.staff.get("decision", "").strip()
    return (chosen(DECISIONS, said) or said).casefold()


def waiting_list(candidatures: Iterable[Candidature]) -> list[Candidature]:
    """Who waits for a place, by Rang; those without one last, in the order of their numbers."""
    on_it = [one for one in candidatures if one.status is Status.OPEN and decision_of(one) == WAITING_LIST.casefold()]
    return sorted(on_it, key=lambda one: (rank_of(one) is None, rank_of(one) or 0, one.number))


def rank_of(candidature: Candidature) -> int | None:
    """The one whole number of Rang, however it is typed ("2e", "n° 2"); None for none, and for several."""
    found = re.findall(r"\d+(?:[.,]\d+)?", candidature.staff.get("rank", ""))
    whole, _, rest = found[0].replace(",", ".").partition(".") if len(found) == 1 else ("", "", "")
    return int(whole) if whole and not rest.strip("0") else None


def lists_of(
    call: Call, candidatures: Sequence[Candidature], letters: Iterable[OutgoingLetter], departements: Mapping[str, str]
) -> Lists:
    """The three pages, with staff's corrections; `departements` are names by code."""
    seen = [corrected(one) for one in candidatures]
    told = _told(letters)
    laureates = [
        _row(one, call.zone) | {"told": local(told.get(one.number), call.zone)} for one in seen if is_laureate(one)
    ]
    public = [_public_row(one, departements) for one in seen if is_laureate(one)]
    waiting = [_row(one, call.zone) | {"rank": rank_of(one)} for one in waiting_list(seen)]
    meetings = tuple(meeting_column(meeting.key) for meeting in call.meetings)
    name = call.short_title
    return Lists(
        _page(call, ("Lauréats", "Laureats", f"Lauréats – {name}"), (*FOR_STAFF, "told", *meetings), laureates),
        _page(
            call,
            ("Publication", "Publication", f"Lauréats de l’appel « {name} »"),
            PUBLIC,
            sorted(public, key=_by_name),
        ),
        _page(call, (WAITING_LIST, "Attente", f"Liste d’attente – {name}"), ("rank", *ON_THE_LIST), waiting),
    )


def fragment(call: Call, page: Page, dated: date) -> str:
    """The public page as a piece of HTML for a web site: no personal data, no style but the site's own."""
    head = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in page.columns)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(_said(row.get(column.key)))}</td>" for column in page.columns) + "</tr>"
        for row in page.rows
    )
    return (
        f'<section lang="fr">\n<h2>{escape(french.typography(page.title))}</h2>\n'
        f"<p>{escape(french.typography(call.title))}. Liste établie le {french.day(dated)}.</p>\n"
        f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</section>\n"
    )


def _said(value: CellValue) -> str:
    """A number with its thousands apart."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f")
    return "" if value is None else str(value)


def _told(letters: Iterable[OutgoingLetter]) -> dict[str, datetime]:
    own = [one for one in letters if one.key.letter == "laureat" and one.state is LetterState.SENT]
    return {one.key.number: one.sent for one in own if one.sent}


def _page(call: Call, names: tuple[str, str, str], keys: Sequence[str], rows: Sequence[Row]) -> Page:
    sheet = candidatures_sheet(call)
    columns = tuple(OWN_COLUMNS.get(key) or sheet.column(key) for key in keys)
    return Page(*names, columns, tuple({key: row.get(key) for key in keys} for row in rows))


def _row(seen: Candidature, zone: tzinfo) -> Row:
    row: Row = {
        "number": seen.number,
        "collectivite": seen.collectivite,
        "kind": KINDS.get(seen.kind, seen.kind),
        "siren": seen.siren,
        "departements": ", ".join(seen.departements),
        "population": seen.population,
        "contact": seen.contact.name,
        "role": seen.contact.role,
        "email": seen.contact.email,
        "phone": national_phone(seen.contact.phone),
        "received": local(seen.received, zone),
    }
    return row | {meeting_column(key): ATTENDANCE_WORDS[answer] for key, answer in seen.meetings.items()}


def _public_row(seen: Candidature, departements: Mapping[str, str]) -> Row:
    where = [f"{departements[code]} ({code})" if code in departements else code for code in seen.departements]
    kind = KINDS.get(seen.kind, seen.kind)
    return {"collectivite": seen.collectivite, "kind": kind, "where": ", ".join(where), "population": seen.population}


def _by_name(row: Row) -> str:
    return fold(str(row["collectivite"]))
