"""A candidature: its facts, its documents, its states and the moves allowed between them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pipeline.core.answers import chosen
from pipeline.core.applicant import Person
from pipeline.core.call import Call
from pipeline.core.folding import visible


class Status(StrEnum):
    """Where a candidature stands; the decision itself is staff's column."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"  # its row was deleted by staff: kept in the ledger, shown no more


MOVES = {
    Status.OPEN: {Status.WITHDRAWN, Status.REMOVED},
    Status.WITHDRAWN: {Status.OPEN, Status.REMOVED},
    Status.REMOVED: {Status.OPEN},
}


class Attendance(StrEnum):
    """What an applicant answered to an invitation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


ATTENDANCE_WORDS = {
    Attendance.INVITED: "invité",
    Attendance.ACCEPTED: "accepté",
    Attendance.DECLINED: "décliné",
    Attendance.TENTATIVE: "peut-être",
}
MEETING = "meeting:"  # begins the column key of a meeting: "meeting:prep-1"


@dataclass(frozen=True, slots=True)
class Piece:
    """A received document as filed: `path` is relative to the call's folder under sheets/."""

    name: str
    size: int
    sha256: str
    path: str
    message_sha: str
    message_id: str
    laid_out: bool = False


@dataclass(frozen=True, slots=True)
class Candidature:
    """What the worker knows of a candidature. `corrections` are staff's values for the worker's columns,
    `staff` staff's own columns, both by column key, as text; `to_check` are French sentences for a person."""

    call: str
    number: str
    received: datetime | None
    in_time: bool | None
    collectivite: str = ""
    kind: str = ""
    siren: str = ""
    insee: str = ""
    departements: tuple[str, ...] = ()
    population: int | None = None
    in_region: bool | None = None
    contact: Person = field(default_factory=Person)
    subject: str = ""
    status: Status = Status.OPEN
    by_hand: bool = False
    to_check: tuple[str, ...] = ()
    meetings: dict[str, Attendance] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()

    def moved(self, status: Status) -> "Candidature":
        """This candidature in another status.

        Raises ValueError when the table of moves forbids it.
        """
        if status not in MOVES[self.status]:
            raise ValueError(f"{self.number}: {self.status} → {status} is not a move")
        return replace(self, status=status)


@dataclass(frozen=True)
class MeetingPlan:
    """A meeting as staff set it in the sheet Réunions; None or "" where they have not. `listed`: its row is there."""

    key: str
    title: str
    date: date | None
    start: str = ""  # "14:00"
    end: str = ""
    place: str = ""
    address: str = ""
    sequence: int = 0
    cancelled: bool = False
    listed: bool = True


def corrected(candidature: Candidature) -> Candidature:
    """The candidature as staff corrected it in the tracker; their words win in every field they touched."""
    words, contact = candidature.corrections, candidature.contact
    siren = re.sub(r"(?<=\d)\s+(?=\d)", "", words.get("siren", candidature.siren))  # pasted in groups of three
    return replace(
        candidature,
        collectivite=words.get("collectivite", candidature.collectivite),
        kind=words.get("kind", candidature.kind),
        siren=siren,
        insee=candidature.insee if siren == candidature.siren else "",  # the code of the commune that it is not
        subject=words.get("subject", candidature.subject),
        departements=_codes(words["departements"]) if "departements" in words else candidature.departements,
        population=_whole_number(words["population"]) if "population" in words else candidature.population,
        in_time=_yes_no(words["in_time"]) if "in_time" in words else candidature.in_time,
        in_region=_yes_no(words["in_region"]) if "in_region" in words else candidature.in_region,
        meetings=candidature.meetings | _attendances(words),
        contact=replace(
            contact,
            name=words.get("contact", contact.name),
            role=words.get("role", contact.role),
            email=visible(words["email"]) if "email" in words else contact.email,
            phone=words.get("phone", contact.phone),
        ),
    )


def _attendances(words: Mapping[str, str]) -> dict[str, Attendance]:
    """What staff say of the attendance, by meeting; an emptied cell, or a word that is no answer, says nothing."""
    known = {word: answer for answer, word in ATTENDANCE_WORDS.items()}
    said = {key.removeprefix(MEETING): chosen(known, word) for key, word in words.items() if key.startswith(MEETING)}
    return {key: known[word] for key, word in said.items() if word}


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.zfill(2) for code in re.findall(r"\w+", text))  # Excel makes 2 of 02


def _whole_number(text: str) -> int | None:
    digits = re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", text.strip()))  # "37.000" has thousands, "37000,5" a half
    return int(digits) if digits else None


def _yes_no(text: str) -> bool | None:
    return {"oui": True, "non": False}.get(chosen(("oui", "non"), text) or "")


def planned(call: Call, saved: list[MeetingPlan]) -> list[MeetingPlan]:
    """The meetings of a call: as announced, then as staff set them (`saved`)."""
    set_by_staff = {plan.key: plan for plan in saved}
    return [set_by_staff.get(m.key, MeetingPlan(m.key, m.title, m.date)) for m in call.meetings]
