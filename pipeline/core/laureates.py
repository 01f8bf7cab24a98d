"""Who is a laureate, in which order, and what is still missing. Pure."""

from datetime import tzinfo

from pipeline.core.candidature import ATTENDANCE_WORDS, Candidature, Status, corrected
from pipeline.core.columns import meeting_column
from pipeline.core.merge import CellValue
from pipeline.core.rows import KINDS, local, national_phone

RETAINED = "Retenu"


def is_laureate(candidature: Candidature) -> bool:
    """Retained by staff, and still there."""
    decision = candidature.staff.get("decision", "").strip().casefold()
    return candidature.status is Status.OPEN and decision == RETAINED.casefold()


def laureate_rows(candidatures: list[Candidature], zone: tzinfo) -> list[dict[str, CellValue]]:
    """One row per laureate in the order of the numbers, with staff's corrections."""
    return [_row(corrected(one), zone) for one in candidatures if is_laureate(one)]


def _row(laureate: Candidature, zone: tzinfo) -> dict[str, CellValue]:
    row: dict[str, CellValue] = {
        "number": laureate.number,
        "collectivite": laureate.collectivite,
        "kind": KINDS.get(laureate.kind, laureate.kind),
        "siren": laureate.siren,
        "departements": ", ".join(laureate.departements),
        "population": laureate.population,
        "contact": laureate.contact.name,
        "role": laureate.contact.role,
        "email": laureate.contact.email,
        "phone": national_phone(laureate.contact.phone),
        "received": local(laureate.received, zone),
        "decision": laureate.staff.get("decision", ""),
    }
    return row | {meeting_column(key): ATTENDANCE_WORDS[answer] for key, answer in laureate.meetings.items()}
