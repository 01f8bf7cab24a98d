"""The out-tray: whether a letter staff asked for may leave, and what stands in its way, in French. Pure."""

import re
from datetime import datetime, timedelta

from pipeline.core.candidature import Candidature, MeetingPlan, Status
from pipeline.core.letters import Request

ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
DECISION_NEEDED = {
    "convocation": "Retenu",
    "laureat": "Retenu",
    "liste_attente": "Liste d'attente",
    "non_retenu": "Non retenu",
}


def is_ripe(request: Request, now: datetime, grace_minutes: int) -> bool:
    """Whether the delay staff have for changing their mind is over."""
    return request.state == "waiting" and request.asked + timedelta(minutes=grace_minutes) <= now


def obstacle(letter: str, candidature: Candidature, meetings: list[MeetingPlan], required: tuple[str, ...]) -> str:
    """Why this letter cannot leave for this (corrected) candidature, "" when nothing stands in the way."""
    checks = (_no_address(candidature), _withdrawn(letter, candidature), _decision(letter, candidature))
    own = {
        "convocation": lambda: _meetings(meetings),
        "demande_complements": lambda: _nothing_missing(candidature, required),
    }.get(letter)
    return next((reason for reason in (*checks, own() if own else "") if reason), "")


def copies(candidature: Candidature) -> tuple[str, ...]:
    """The addresses of Copie à that are addresses, without the contact's own."""
    found = [address.lower() for address in ADDRESS.findall(candidature.staff.get("copy_to", ""))]
    return tuple(address for address in dict.fromkeys(found) if address != candidature.contact.email.lower())


def _no_address(candidature: Candidature) -> str:
    email = candidature.contact.email.strip()
    if ADDRESS.fullmatch(email):
        return ""
    return f"« {email} » n'est pas une adresse valide." if email else "la colonne Courriel est vide."


def _withdrawn(letter: str, candidature: Candidature) -> str:
    if candidature.status is Status.WITHDRAWN and letter in DECISION_NEEDED:
        return "la collectivité a retiré sa candidature."
    return ""


def _decision(letter: str, candidature: Candidature) -> str:
    needed = DECISION_NEEDED.get(letter)
    decision = candidature.staff.get("decision", "").strip()
    if needed is None or decision.casefold() == needed.casefold():
        return ""
    stands = f"elle indique « {decision} »" if decision else "elle est vide"
    return f"la colonne Décision doit indiquer « {needed} » ({stands})."


def _meetings(meetings: list[MeetingPlan]) -> str:
    for meeting in meetings:
        lacking = [
            word
            for word, value in (
                ("la date", meeting.date),
                ("l'heure de début", meeting.start),
                ("le lieu", meeting.place),
            )
            if not value
        ]
        if lacking:
            return f"indiquez {' et '.join(lacking)} de « {meeting.title} » dans la feuille Réunions."
    return "" if meetings else "cet appel n'a pas de réunion."


def _nothing_missing(candidature: Candidature, required: tuple[str, ...]) -> str:
    if candidature.staff.get("missing", "").strip() or required:
        return ""
    return "la colonne Pièces manquantes est vide."
