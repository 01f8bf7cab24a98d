"""What staff type in the tracker, as facts of the ledger. Pure; finding what they typed is left to `merge`."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, tzinfo

from pipeline.core.answers import chosen
from pipeline.core.applicant import Person
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan
from pipeline.core.columns import REQUESTS, Column, Owner
from pipeline.core.merge import CellValue
from pipeline.core.rows import BLOCKED, GREEN_LIGHT, SEEN, STAFF_COLUMNS
from pipeline.core.typed import day, hour, says_no, text

UNKNOWN_LETTER = "Courrier à envoyer\u00a0: « {word} » n'est pas un courrier connu\u00a0; choisissez-le dans la liste."


def edited(candidature: Candidature, column: Column, value: CellValue, before: CellValue, zone: tzinfo) -> Candidature:
    """The candidature with one cell as staff typed it; `before` is what stood there, `zone` that of its hours."""
    if column.key == "to_check":
        return _cleared(candidature, text(value), text(before))
    if column.owner is Owner.STAFF:
        return replace(candidature, staff={**candidature.staff, column.key: text(value)})
    if column.key == "received":  # only here is it known what the hour is that of; the mail keeps its own
        candidature = replace(candidature, received=_moment(value, zone))
    return replace(candidature, corrections={**candidature.corrections, column.key: text(value)})


def requested_letter(value: CellValue) -> str | None:
    """The letter that a cell of Courrier à envoyer names: None when empty, "" for a word that is no letter."""
    word = text(value)
    label = chosen(REQUESTS, word)
    return REQUESTS.get(label or "", "") if word else None


def asked_otherwise(candidature: Candidature) -> Candidature:
    """The candidature whose out-tray staff changed: what was said of it before, seen or not, is not about what it asks
    for now."""
    about = tuple(one.partition("{")[0] for one in (UNKNOWN_LETTER, BLOCKED))
    waits = tuple(GREEN_LIGHT.format(letter=label) for label in REQUESTS)
    seen = candidature.staff.get(SEEN, "").split("\n")
    left = [one for one in seen if not one.startswith(about) and one not in waits]
    staff = {**candidature.staff, SEEN: "\n".join(left)} if left != seen else candidature.staff
    doubts = tuple(one for one in candidature.to_check if not one.startswith(about))
    return replace(candidature, staff=staff, to_check=doubts)


def typed_by_hand(call: Call, values: Mapping[str, CellValue], now: datetime) -> Candidature:
    """A candidature that staff typed as a row (it came by post, say): every cell is theirs."""
    received = _moment(values.get("received"), call.zone) or now
    words = {key: text(value) for key, value in values.items() if text(value) and key != "number"}
    staff: dict[str, str] = {key: words[key] for key in STAFF_COLUMNS if key in words}
    number = text(values.get("number"))
    own = {key: value for key, value in words.items() if key not in staff and key not in ("request", "to_check")}
    return Candidature(
        call.code,
        "",
        received,
        call.is_in_time(received),
        collectivite=words.get("collectivite", ""),
        contact=Person(words.get("contact", ""), words.get("role", ""), words.get("email", ""), words.get("phone", "")),
        to_check=(f"Numéro attribué par l'assistant\u00a0; « {number} » était écrit dans la colonne N°.",)
        if number
        else (),
        by_hand=True,
        corrections=own,
        staff=staff,
    )


def meeting_edited(meeting: MeetingPlan, column: str, value: CellValue) -> MeetingPlan:
    """The meeting with one cell as staff typed it; a date that is no date is left empty."""
    match column:
        case "date":
            return replace(meeting, date=day(value))
        case "start":
            return replace(meeting, start=hour(value))
        case "end":
            return replace(meeting, end=hour(value))
        case "title":
            return replace(meeting, title=text(value))
        case "place":
            return replace(meeting, place=text(value))
        case "cancelled":
            return replace(meeting, cancelled=not says_no(value))  # « annulée » and a tick are as good as « oui »
        case _:
            return replace(meeting, address=text(value))


def _cleared(candidature: Candidature, words: str, before: str) -> Candidature:
    """À vérifier after staff touched it: sentences they took out are seen, words they added are theirs."""
    lines, shown = words.split("\n"), before.split("\n")
    own_before = candidature.corrections.get("to_check", "").split("\n")
    seen = [*candidature.staff.get(SEEN, "").split("\n"), *(line for line in shown if line not in lines)]
    own = [line for line in lines if line not in shown or line in own_before]
    return replace(
        candidature,
        staff={**candidature.staff, SEEN: "\n".join(dict.fromkeys(filter(None, seen)))},
        corrections={**candidature.corrections, "to_check": "\n".join(filter(None, own))},
    )


def _moment(value: CellValue, zone: tzinfo) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone)
    there = day(value)
    said = hour(re.sub(r".*\d{4}\s*,?", "", text(value), flags=re.DOTALL)) if isinstance(value, str) else ""
    clock = time.fromisoformat(said) if re.fullmatch(r"\d\d:\d\d", said) else time()
    return datetime.combine(there, clock, zone) if there else None
