"""What each row of the tracker shows, from what the ledger knows. Pure; who may change what is left to `merge`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from pipeline.core import copy_to
from pipeline.core.answers import chosen
from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import ATTENDANCE_WORDS, Candidature, MeetingPlan, corrected
from pipeline.core.columns import RECLASSIFICATIONS, REQUESTS, meeting_column
from pipeline.core.delivery import ON_ITS_WAY, LetterState
from pipeline.core.erasure import ERASED
from pipeline.core.letters import LETTERS, Asked, OutgoingLetter, Request
from pipeline.core.merge import CellValue

NATURES = {
    "candidature": "Candidature",
    "complement": "Complément",
    "withdrawal": "Retrait",
    "question": "Question",
    "rsvp": "Réponse à convocation",
    "auto_reply": "Réponse automatique",
    "bounce": "Non remis",
    "unrelated": "Hors sujet",
    "unsure": "À trier",
}
KINDS = {
    "COM": "Commune",
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
    "EPT": "Établissement public territorial",
    "PNR": "Parc naturel régional",
    "PETR": "Pôle d'équilibre territorial et rural",
    "POLEM": "Pôle métropolitain",
    "SMF": "Syndicat mixte",
    "SMO": "Syndicat mixte",
    "SIVOM": "Syndicat intercommunal",
    "SIVU": "Syndicat intercommunal",
    "DEP": "Département",
    "REG": "Région",
}
TROUBLES = {
    LetterState.HELD: "retenu",
    LetterState.REFUSED: "refusé par le serveur du destinataire",
    LetterState.UNKNOWN: "envoi incertain : vérifiez auprès du destinataire avant de redemander ce courrier",
    LetterState.BOUNCED: "non remis",
}
BLOCKED = "Courrier «\u00a0{letter}\u00a0» non envoyé\u00a0: {why}"
GREEN_LIGHT = "{letter}\u00a0: demandé avec beaucoup d'autres\u00a0; écrivez « oui » dans Feu vert, feuille Envois."
STAFF_COLUMNS = ("eligible", "decision", "rank", "reason", "missing", "copy_to", "notes")
SEEN = "to_check_seen"  # the sentences staff have cleared from À vérifier


@dataclass(frozen=True, slots=True)
class Dossier:
    """A candidature with all that the ledger holds around it."""

    candidature: Candidature
    complements: int = 0  # mails that completed it
    letters: tuple[OutgoingLetter, ...] = ()
    requests: tuple[Request, ...] = ()
    remarks: tuple[str, ...] = ()  # sentences about its row in the tracker


def yes_no(value: bool | None) -> str:
    return {True: "oui", False: "non", None: ""}[value]


def message_key(message: LoggedMessage) -> str:
    """How a row of the sheet Messages is known again."""
    return message.arrival.sha256[:16]


def candidature_row(dossier: Dossier, zone: tzinfo) -> dict[str, CellValue]:
    """The worker's cells of a row of Candidatures by column key, but those staff corrected: these are theirs."""
    seen = corrected(dossier.candidature)
    facts: dict[str, CellValue] = {
        "number": seen.number,
        "received": local(seen.received, zone),
        "in_time": yes_no(seen.in_time),
        "collectivite": seen.collectivite,
        "kind": KINDS.get(seen.kind, seen.kind),
        "siren": seen.siren,
        "departements": ", ".join(seen.departements),
        "population": seen.population,
        "in_region": yes_no(seen.in_region) or "à vérifier",
        "contact": seen.contact.name,
        "role": seen.contact.role,
        "email": seen.contact.email,
        "phone": national_phone(seen.contact.phone),
        "subject": seen.subject,
        "pieces": len(seen.pieces),
        "complements": dossier.complements,
        "acknowledged": acknowledged(dossier.letters, zone),
        "last_letter": last_letter(dossier.letters, zone),
        "to_check": to_check(dossier),
    }
    for key, answer in seen.meetings.items():
        facts[meeting_column(key)] = ATTENDANCE_WORDS[answer]
    return {key: value for key, value in facts.items() if key == "to_check" or key not in seen.corrections}


def whole_row(dossier: Dossier, zone: tzinfo) -> dict[str, CellValue]:
    """A row that the tracker has never shown, or lost: staff's own cells come back with it."""
    candidature = dossier.candidature
    corrections = {key: text for key, text in candidature.corrections.items() if key != "to_check"}
    staff = {key: text for key, text in candidature.staff.items() if key in STAFF_COLUMNS}
    waiting = [label for label, letter in REQUESTS.items() for r in dossier.requests if letter == r.letter]
    return candidature_row(dossier, zone) | corrections | staff | ({"request": waiting[0]} if waiting else {})


def to_check(dossier: Dossier) -> str:
    """The sentences a person should look at, one per line, less those staff have cleared."""
    candidature = dossier.candidature
    cleared = set(candidature.staff.get(SEEN, "").split("\n"))
    own_words = candidature.corrections.get("to_check", "")
    sentences = [
        *candidature.to_check,
        *letter_troubles(dossier.letters),
        *blocked(dossier.requests),
        copy_to.remark(candidature, dossier.requests),
        *dossier.remarks,
    ]
    return "\n".join(filter(None, [own_words, *(s for s in dict.fromkeys(sentences) if s not in cleared)]))


def letter_troubles(letters: Iterable[OutgoingLetter]) -> list[str]:
    return [
        f"{LETTERS[letter.key.letter].label} à {letter.key.recipient} : {letter.why or TROUBLES[letter.state]}"
        for letter in letters
        if letter.state in TROUBLES and letter.subject != ERASED
    ]


def blocked(requests: Iterable[Request]) -> list[str]:
    waiting = [request for request in requests if request.is_waiting]
    stopped = [(LETTERS[one.letter].label, one.blocked) for one in waiting if one.blocked]
    return [
        *(BLOCKED.format(letter=label, why=why) for label, why in stopped),
        *(GREEN_LIGHT.format(letter=LETTERS[one.letter].label) for one in waiting if one.gated and not one.released),
    ]


def acknowledged(letters: Iterable[OutgoingLetter], zone: tzinfo) -> datetime | None:
    """When the first acknowledgement left."""
    sent = [letter.sent for letter in letters if letter.sent and letter.key.letter.startswith("accuse_")]
    return local(min(sent), zone) if sent else None


def last_letter(letters: Iterable[OutgoingLetter], zone: tzinfo) -> str:
    """The last letter that left, with its day: "Convocation, 02/03/2017"."""
    sent = [(letter.sent, LETTERS[letter.key.letter].label) for letter in letters if letter.sent]
    if not sent:
        return ""
    moment, label = max(sent, key=lambda pair: pair[0])
    return f"{label}, {moment.astimezone(zone):%d/%m/%Y}"


def message_row(message: LoggedMessage, letters: Iterable[OutgoingLetter], zone: tzinfo) -> dict[str, CellValue]:
    """The worker's cells of a row of Messages, by column key."""
    name = f"{message.sender_name} <{message.sender}>" if message.sender_name else message.sender
    return {
        "received": local(message.arrival.received, zone),
        "sender": name,
        "subject": message.subject,
        "nature": NATURES.get(message.nature, message.nature),
        "number": message.number,
        "answer": answer_label(message, letters),
        "why": "\n".join(message.why),
        "key": message_key(message),
    }


def answer_label(message: LoggedMessage, letters: Iterable[OutgoingLetter]) -> str:
    """The letter that answers a mail, with a word when it has not left."""
    if message.answer is None:
        return ""
    own = [one for one in letters if one.key.letter == message.answer]
    letter = next((one for one in own if one.state is not LetterState.CANCELLED), own[0] if own else None)
    label = LETTERS[message.answer].label
    if letter is None or letter.state in ON_ITS_WAY:
        return f"{label} (en attente)"
    return label if letter.state is LetterState.SENT else f"{label} ({TROUBLES.get(letter.state, 'annulé')})"


def meeting_row(meeting: MeetingPlan) -> dict[str, CellValue]:
    """The cells of a row of Réunions before staff fill them."""
    return {
        "title": meeting.title,
        "date": meeting.date,
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
        "address": meeting.address,
        "cancelled": "oui" if meeting.cancelled else "",
        "key": meeting.key,
    }


def request_is_over(request: Request, letters: Iterable[OutgoingLetter]) -> bool:
    """Whether every letter of a request has left, so that its cell is emptied."""
    own = [letter for letter in letters if letter.key.occasion == request.occasion]
    return bool(own) and all(letter.state is LetterState.SENT for letter in own)


def is_automatic(letter: OutgoingLetter) -> bool:
    return LETTERS[letter.key.letter].asked is Asked.BY_MAIL


def reclassified_nature(label: str) -> str:
    """The nature staff mean in Reclasser en, "" for an empty or unknown word."""
    return RECLASSIFICATIONS.get(chosen(RECLASSIFICATIONS, label) or "", "")


def local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """A moment as Excel shows it: naive, in the zone, to the second."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None


def national_phone(phone: str) -> str:
    """+33353013142 → "03 53 01 31 42"; other numbers as they are."""
    if phone.startswith("+33") and len(phone) == 12:
        national = "0" + phone[3:]
        return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    return phone
