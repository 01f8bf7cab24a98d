"""The ledger as JSON, contract section 7. Pure; writing it out is left to the command."""

from collections.abc import Collection
from datetime import datetime, tzinfo

from pipeline.core.answers import chosen
from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Candidature, corrected
from pipeline.core.columns import DECISIONS
from pipeline.core.delivery import LetterState
from pipeline.core.letters import OutgoingLetter
from pipeline.core.rows import SEEN

Json = dict[str, object]
NOT_ANSWERED = (LetterState.HELD, LetterState.CANCELLED)


def exported(
    messages: list[LoggedMessage], candidatures: list[Candidature], letters: list[OutgoingLetter], at: datetime
) -> Json:
    """The whole export; `at` is aware, its zone is used for every moment."""
    zone = at.tzinfo or at.astimezone().tzinfo
    assert zone is not None
    written = {_answer(letter) for letter in letters}
    answers = {_answer(letter) for letter in letters if letter.state not in NOT_ANSWERED}
    held = written - answers
    return {
        "exported_at": iso(at, zone),
        "version": 1,
        "messages": [message_json(one, held, zone) for one in messages],
        "candidatures": [candidature_json(corrected(one), zone) for one in candidatures],
        "letters": [letter_json(one, zone) for one in letters],
    }


def _answer(letter: OutgoingLetter) -> tuple[str, str]:
    """Which mail it answers, under which name."""
    return letter.key.occasion, letter.key.letter


def message_json(message: LoggedMessage, held: Collection[tuple[str, str]], zone: tzinfo) -> Json:
    arrival = message.arrival
    return {
        "message_id": message.message_id,
        "received": iso(arrival.received, zone),
        "from": message.sender,
        "subject": message.subject,
        "nature": message.nature,
        "call": message.call,
        "candidature": message.number or None,
        "answer": None if (arrival.sha256, message.answer) in held else message.answer,
        "why": list(message.why),
        "source": arrival.source,
        "sha256": arrival.sha256,
    }


def candidature_json(seen: Candidature, zone: tzinfo) -> Json:
    """`seen` is corrected already."""
    return {
        "number": seen.number,
        "call": seen.call,
        "received": iso(seen.received, zone),
        "in_time": seen.in_time,
        "collectivite": seen.collectivite or None,
        "type": seen.kind or None,
        "siren": seen.siren or None,
        "insee": seen.insee or None,
        "departements": list(seen.departements),
        "population": seen.population,
        "in_region": seen.in_region,
        "contact": {
            "name": seen.contact.name or None,
            "role": seen.contact.role or None,
            "email": seen.contact.email or None,
            "phone": seen.contact.phone or None,
        },
        "documents": [
            {"name": p.name, "size": p.size, "sha256": p.sha256, "path": p.path, "message_id": p.message_id}
            for p in seen.pieces
        ],
        "decision": chosen(DECISIONS, said := seen.staff.get("decision", "").strip()) or said,
        "status": seen.status,
        "to_check": _to_check(seen),
        "meetings": {key: str(answer) for key, answer in seen.meetings.items()},
    }


def _to_check(seen: Candidature) -> list[str]:
    """Staff's own words, then the sentences that they have not cleared."""
    cleared = seen.staff.get(SEEN, "").split("\n")
    own = seen.corrections.get("to_check", "").split("\n")
    return [*filter(None, own), *(one for one in seen.to_check if one not in cleared)]


def letter_json(letter: OutgoingLetter, zone: tzinfo) -> Json:
    return {
        "number": letter.key.number,
        "letter": letter.key.letter,
        "to": letter.key.recipient,
        "subject": letter.subject,
        "message_id": letter.message_id,
        "state": letter.state,
        "created": iso(letter.created, zone),
        "sent": iso(letter.sent, zone),
        "in_reply_to": letter.in_reply_to or None,
    }


def iso(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
