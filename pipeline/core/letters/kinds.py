"""The letters of the contract, their keys, their rows in the outbox. Their words are left to `values`."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pipeline.core.delivery import LetterState


class Asked(StrEnum):
    """What makes a letter due."""

    BY_MAIL = "mail"  # a message was received: the acknowledgements
    BY_STAFF = "staff"  # the column Courrier à envoyer
    BY_CLOCK = "clock"  # a date comes near
    TO_STAFF = "to staff"  # digests and alerts


@dataclass(frozen=True)
class LetterKind:
    """A letter of the contract: template key, what staff call it in the tracker, what makes it due."""

    key: str
    label: str
    asked: Asked


LETTERS: dict[str, LetterKind] = {
    kind.key: kind
    for kind in (
        LetterKind("accuse_reception", "Accusé de réception", Asked.BY_MAIL),
        LetterKind("accuse_hors_delai", "Accusé de réception hors délai", Asked.BY_MAIL),
        LetterKind("accuse_complement", "Accusé de complément", Asked.BY_MAIL),
        LetterKind("accuse_retrait", "Accusé de retrait", Asked.BY_MAIL),
        LetterKind("demande_complements", "Demande de compléments", Asked.BY_STAFF),
        LetterKind("laureat", "Lauréat", Asked.BY_STAFF),
        LetterKind("convocation", "Convocation", Asked.BY_STAFF),
        LetterKind("liste_attente", "Liste d'attente", Asked.BY_STAFF),
        LetterKind("non_retenu", "Non retenu", Asked.BY_STAFF),
        LetterKind("rappel_reunion", "Rappel de réunion", Asked.BY_CLOCK),
        LetterKind("digest", "Point du jour", Asked.TO_STAFF),
        LetterKind("alerte", "Alerte", Asked.TO_STAFF),
    )
}


@dataclass(frozen=True, slots=True)
class LetterKey:
    """What makes a letter one and the same: written once for a key, whatever happens.

    `occasion` is the hash of the message answered, the number of staff's request, or the date for a reminder.
    """

    call: str
    number: str
    letter: str
    occasion: str
    recipient: str

    def message_id(self, domain: str) -> str:
        """The bare Message-ID, the same at every attempt (recipients of copies share it)."""
        seed = "\n".join((self.call, self.number, self.letter, self.occasion))
        return f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{domain}"


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A letter in the outbox: `raw` are the frozen bytes, `message_id` and `in_reply_to` bare."""

    key: LetterKey
    message_id: str
    subject: str
    raw: bytes
    created: datetime
    in_reply_to: str = ""
    state: LetterState = LetterState.QUEUED
    why: str = ""
    attempts: int = 0
    retry_at: datetime | None = None
    sent: datetime | None = None
    in_sent_folder: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it would leave now: what staff read in the sheet Envois before it does."""

    subject: str = ""
    text: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A letter staff asked for in the out-tray: `id` is stable, `asked` when the worker first saw it."""

    id: int
    call: str
    number: str
    letter: str
    asked: datetime
    state: str = "waiting"  # waiting | written | done | cancelled
    blocked: str = ""  # why it cannot leave, in French
    held: bool = False  # staff keep it back (Retenir)
    gated: bool = False  # asked for with many others: all of them wait for a green light
    released: bool = False  # staff gave it (Feu vert)
    draft: Draft = Draft()

    @property
    def occasion(self) -> str:
        """Its part of the key of its letters: with the moment, so that a ledger made anew gives no old one again."""
        return f"demande-{self.id}-{self.asked.astimezone(UTC):%Y%m%d%H%M%S}"

    @property
    def is_waiting(self) -> bool:
        """Whether its letters are not written yet."""
        return self.state == "waiting"

    def leaves_at(self, grace_minutes: int) -> datetime:
        """When the delay is over in which staff may change their mind."""
        return self.asked + timedelta(minutes=grace_minutes)


class TemplateFault(Exception):
    """A template cannot be rendered: that letter is held. `where` is "file:line", `what` one line in French."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
