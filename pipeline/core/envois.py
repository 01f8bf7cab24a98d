"""What the sheet Envois shows of each letter, written or still asked for; what Retenir and Feu vert do. Pure.

A row is a letter, whoever it goes to: its recipients share the Message-ID, and with it the key of the row.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from pipeline.core import french
from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.erasure import ERASED
from pipeline.core.letters import LETTERS, Asked, LetterKey, OutgoingLetter, Request
from pipeline.core.merge import CellValue
from pipeline.core.rows import local

HOLD, RELEASE = "hold", "release"
WORDED = ("recipients", "subject", "text")  # what a letter is, shown and not corrected there
HELD_BY_STAFF = "retenu par vous\u00a0: videz la case Retenir pour qu'il parte"
TAKEN_BACK = "retiré de Courrier à envoyer avant de partir"
TOO_MANY = "demandé avec beaucoup d'autres\u00a0: écrivez « oui » dans Feu vert pour qu'il parte"
WAITS_FOR_GREEN = "attend un feu vert"
WORDS = {
    LetterState.UNKNOWN: "incertain",
    LetterState.BOUNCED: "non remis",
    LetterState.REFUSED: "refusé",
    LetterState.HELD: WAITS_FOR_GREEN,
    LetterState.RETRY: "nouvel essai prévu",
    LetterState.SENDING: "en cours d'envoi",
    LetterState.QUEUED: "en attente",
    LetterState.SENT: "envoyé",
    LetterState.CANCELLED: "annulé",
}
WORST_FIRST = tuple(WORDS)


@dataclass(frozen=True)
class Envoi:
    """A letter as its row tells it; `subject`, `recipients` and `text` as it left, or as it would leave now.

    `text` is None where only the frozen bytes know it.
    """

    key: str
    prepared: datetime
    number: str
    letter: str
    recipients: tuple[str, ...]
    subject: str
    text: str | None
    state: str
    sent: datetime | None = None
    why: str = ""


def envoi_key(message_id: str) -> str:
    """How a row is known again, from the (bare) Message-ID of its letters."""
    return message_id.partition("@")[0][:16]


def key_of(request: Request) -> str:
    """The same, of a letter that is not written yet."""
    return envoi_key(LetterKey(request.call, request.number, request.letter, request.occasion, "").message_id(""))


def envois(
    requests: Iterable[Request], letters: Iterable[OutgoingLetter], grace_minutes: int, now: datetime
) -> list[Envoi]:
    """Every letter to applicants, the oldest first; `now` in the zone in which hours are told."""
    written: dict[str, list[OutgoingLetter]] = defaultdict(list)
    for letter in letters:
        if LETTERS[letter.key.letter].asked is not Asked.TO_STAFF:
            written[envoi_key(letter.message_id)].append(letter)
    asked = {key_of(request): request for request in requests}
    rows = [_written(key, group, asked.get(key)) for key, group in written.items()]
    rows += [
        _asked(key, request, grace_minutes, now)
        for key, request in asked.items()
        if key not in written and (request.is_waiting or request.draft.subject)
    ]
    return sorted(rows, key=lambda row: (row.prepared.replace(second=0, microsecond=0), row.number, row.key))


def envoi_row(envoi: Envoi, zone: tzinfo) -> dict[str, CellValue]:
    """The worker's cells of a row of Envois, by column key."""
    row: dict[str, CellValue] = {
        "prepared": local(envoi.prepared, zone),
        "number": envoi.number,
        "letter": LETTERS[envoi.letter].label,
        "recipients": "\n".join(envoi.recipients),
        "subject": envoi.subject,
        "state": envoi.state,
        "sent": local(envoi.sent, zone),
        "why": envoi.why,
        "key": envoi.key,
    }
    return row if envoi.text is None else {**row, "text": envoi.text}


def moved(letter: OutgoingLetter, column: str, yes: bool, at: datetime) -> Outcome | None:
    """What staff's word in a column makes of a written letter; None when it changes nothing (it left, it waits)."""
    held_by_staff = letter.state is LetterState.HELD and letter.why == HELD_BY_STAFF
    if column == HOLD and yes and letter.state in (LetterState.QUEUED, LetterState.RETRY):
        return Outcome(LetterState.HELD, HELD_BY_STAFF, at)
    if column == HOLD and not yes and held_by_staff:
        return Outcome(LetterState.QUEUED, at=at)
    if column == RELEASE and yes and letter.state is LetterState.HELD and not held_by_staff:
        return Outcome(LetterState.QUEUED, at=at)
    return None


def leaves(at: datetime, today: date) -> str:
    """ "part à 14 h 35", or with its day when that is not today."""
    hour = french.hour(f"{at:%H:%M}").replace(" ", "\u00a0")
    return f"part à {hour}" if at.date() == today else f"part le {french.day(at)} à {hour}"


def _written(key: str, letters: Sequence[OutgoingLetter], request: Request | None) -> Envoi:
    worst = min(letters, key=lambda one: WORST_FIRST.index(one.state))
    whys = [(one.key.recipient, one.why) for one in letters if one.why and one.state is not LetterState.SENT]
    alone = len(letters) == 1
    sent = [one.sent for one in letters if one.sent]
    held_by_staff = worst.state is LetterState.HELD and worst.why == HELD_BY_STAFF
    return Envoi(
        key,
        request.asked if request else min(one.created for one in letters),
        worst.key.number,
        worst.key.letter,
        tuple(one.key.recipient for one in letters),
        worst.subject,
        ERASED if worst.subject == ERASED else request.draft.text if request and request.draft.text else None,
        "retenu" if held_by_staff else WORDS[worst.state],
        max(sent) if sent else None,
        "\n".join(why if alone else f"{recipient}\u00a0: {why}" for recipient, why in whys),
    )


def _asked(key: str, request: Request, grace_minutes: int, now: datetime) -> Envoi:
    leaves_at = request.leaves_at(grace_minutes).astimezone(now.tzinfo)
    state, why = _standing(request, leaves(leaves_at, now.date()) if leaves_at > now else WORDS[LetterState.QUEUED])
    draft = request.draft
    return Envoi(
        key,
        request.asked,
        request.number,
        request.letter,
        draft.recipients,
        draft.subject,
        draft.text,
        state,
        None,
        why,
    )


def _standing(request: Request, on_its_way: str) -> tuple[str, str]:
    if request.state == "cancelled":
        return WORDS[LetterState.CANCELLED], "retiré avant de partir"
    if request.held:
        return "retenu", HELD_BY_STAFF
    if request.blocked:
        return "bloqué", request.blocked[:1].upper() + request.blocked[1:]  # it is a sentence of its own here
    if request.gated and not request.released:
        return WAITS_FOR_GREEN, TOO_MANY
    return on_its_way, ""
