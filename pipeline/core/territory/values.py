"""The values of this package: what is known of a mail, of a collectivité, and what was concluded."""

from dataclasses import dataclass

from pipeline.core.message import Message


@dataclass(frozen=True)
class Collectivite:
    """A row of the reference list. `kind` is its code (COM, CC, CA, CU, METRO, PNR, PETR, DEP, REG …)."""

    siren: str
    insee: str
    name: str
    kind: str
    departements: tuple[str, ...]
    population: int | None


@dataclass(frozen=True)
class Identification:
    """The collectivité when it is sure, else None with the candidates; `why` in French.

    `organisation_name` is how the applicant calls itself when it is not, or not surely, in the list ("" if unknown).
    """

    collectivite: Collectivite | None
    in_region: bool | None
    candidates: tuple[Collectivite, ...] = ()
    why: tuple[str, ...] = ()
    not_collectivite: bool = False
    organisation_name: str = ""


@dataclass(frozen=True)
class Clues:
    """What a mail says of its applicant: `text` the writer's words, `quoted` what they quote or forward,
    `documents` the texts of the documents, `sender_name` the display name of the sender."""

    sender_domain: str
    subject: str
    text: str
    quoted: str
    documents: tuple[str, ...]
    sender_name: str = ""


def clues_from(message: Message, documents: tuple[str, ...]) -> Clues:
    """The clues of a mail and of the texts of its documents."""
    writer = message.writer
    return Clues(writer.domain, message.subject, message.text, message.quoted, documents, writer.name)
