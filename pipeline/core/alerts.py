"""What needs a person now, and whether they were told of it already. Pure."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.core import french
from pipeline.core.dated import before
from pipeline.core.delivery import FULL_BOX, POLICY, TOO_LARGE, LetterState
from pipeline.core.envois import HELD_BY_STAFF
from pipeline.core.erasure import ERASED
from pipeline.core.letters import LETTERS, Asked, OutgoingLetter, Section
from pipeline.core.rows import TROUBLES

AGAIN_AFTER = timedelta(days=1)
TOLD = "alert: {key}"  # milestone: when staff were told of that cause
REMEDIES = {
    LetterState.REFUSED: "Vérifiez l'adresse dans la colonne Courriel, puis redemandez le courrier.",
    LetterState.BOUNCED: "Vérifiez l'adresse dans la colonne Courriel, puis redemandez le courrier.",
    LetterState.UNKNOWN: "Demandez au destinataire s'il l'a reçu\u00a0; sinon, redemandez le courrier.",
    LetterState.HELD: "S'il doit partir, écrivez « oui » dans Feu vert, feuille Envois.",
}
# Of a refusal whose reason is known, by what `core.delivery` makes of it.
REMEDIES_OF_REFUSALS = {
    FULL_BOX: "Prévenez le destinataire que sa boîte est pleine, puis redemandez le courrier.",
    TOO_LARGE: "Allégez les fichiers joints à ce courrier, puis redemandez-le.",
    POLICY: "Montrez ce refus à la personne qui gère la messagerie, puis redemandez le courrier.",
}
BY_THE_TECHNICIAN = "Si cela se reproduit, transmettez ce message à la personne qui a installé l'assistant."
SEVERAL = "{count} points demandent votre attention"


@dataclass(frozen=True)
class Cause:
    """Something that needs a person: `key` the same as long as it is the same thing; `again`: told once more after a
    day, if it lasts."""

    key: str
    title: str
    facts: tuple[str, ...]
    remedies: tuple[str, ...]
    again: bool = False


def is_to_tell(cause: Cause, told: str, now: datetime) -> bool:
    """`told`: when it was last told (ISO, aware), "" if never."""
    if not cause.again:
        return not told
    last = before(told, now)
    return last is None or last + AGAIN_AFTER <= now


def letter_causes(letters: Iterable[OutgoingLetter]) -> list[Cause]:
    """Letters to applicants that did not arrive, or wait for a person, but those that staff hold themselves."""
    return [
        Cause(
            f"{one.message_id} {one.key.recipient} {one.state}",
            "un courrier n'est pas parti ou n'est pas arrivé",
            (f"{_named(one)}\u00a0: {one.why or TROUBLES[one.state]}",),
            (_remedy(one),),
        )
        for one in letters
        if one.state in REMEDIES
        and one.why != HELD_BY_STAFF
        and one.subject != ERASED
        and LETTERS[one.key.letter].asked is not Asked.TO_STAFF
    ]


def _remedy(letter: OutgoingLetter) -> str:
    known = (remedy for meaning, remedy in REMEDIES_OF_REFUSALS.items() if meaning in letter.why)
    return next(known, REMEDIES[letter.state]) if letter.state is LetterState.REFUSED else REMEDIES[letter.state]


def trouble_cause(trouble: str) -> Cause:
    """A step that could not be done for some time; the same whatever figures its words hold, tried again or not."""
    same = re.sub(r"\d+| \(not tried again before [^)]*\)", "", trouble)
    return Cause(
        f"trouble {hashlib.sha256(same.encode()).hexdigest()[:16]}",
        "l'assistant n'a pas pu tout faire",
        (f"Message technique\u00a0: {trouble}",),
        ("Rien n'est perdu\u00a0: l'assistant essaie de nouveau à chaque passage.", BY_THE_TECHNICIAN),
        again=True,
    )


def hidden_cause(folder: str, mails: int) -> Cause:
    """The mail server holds mail that it does not find; it was fetched another way."""
    counted = french.count(mails, "message")
    return Cause(
        f"mail hidden in {folder}",
        "le serveur de messagerie cache des messages",
        (f"Dossier {folder}\u00a0: {counted} que sa recherche ne montre pas. Tout a été enregistré.",),
        ("Prévenez la personne qui gère la messagerie\u00a0: l'index de ce dossier est à reconstruire.",),
        again=True,
    )


def alert_of(causes: Iterable[Cause]) -> tuple[str, tuple[Section, ...]]:
    """The title and the sections of one letter about all of them."""
    everything = list(causes)
    titles = list(dict.fromkeys(cause.title for cause in everything))
    title = titles[0] if len(titles) == 1 else SEVERAL.format(count=len(everything))
    facts = tuple(dict.fromkeys(fact for cause in everything for fact in cause.facts))
    remedies = tuple(dict.fromkeys(remedy for cause in everything for remedy in cause.remedies))
    return title, (Section("Ce qui est constaté", facts), Section("Que faire", remedies))


def _named(letter: OutgoingLetter) -> str:
    return f"{letter.key.number}, {LETTERS[letter.key.letter].label} à {letter.key.recipient}"
