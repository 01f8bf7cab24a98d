"""The values of this package: what is known of a mail, of a collectivité, and what was concluded."""

import re
from dataclasses import dataclass

from pipeline.core.folding import fold
from pipeline.core.message import Message

_TOWN_AT_PROVIDER = re.compile(
    r"(?P<kind>mairie|ville|commune|cc|agglo)(?:[._-]?d[eu])?[._-](?P<name>[a-z][a-z._-]{2,40})(?P<number>\d{0,5})"
)


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
    """The collectivité when it is sure, else None with the candidates; `why`: a French sentence, where it was
    recognised or what keeps from it. `former_name`: the old name by which alone it was named, "" mostly.

    `organisation_name` is how the applicant calls itself when it is not, or not surely, in the list ("" if unknown).
    """

    collectivite: Collectivite | None
    in_region: bool | None
    candidates: tuple[Collectivite, ...] = ()
    why: str = ""
    not_collectivite: bool = False
    organisation_name: str = ""
    former_name: str = ""


@dataclass(frozen=True)
class Clues:
    """What a mail says of its applicant: `text` the writer's words, `quoted` what they quote or forward,
    `documents` the texts of the documents, `sender_name` the display name of the sender, `town_hall` the one whose
    address at a provider names it ("" if none)."""

    sender_domain: str
    subject: str
    text: str
    quoted: str
    documents: tuple[str, ...]
    sender_name: str = ""
    town_hall: str = ""


def clues_from(message: Message, documents: tuple[str, ...]) -> Clues:
    """The clues of a mail and of the texts of its documents."""
    writer = message.writer
    at_provider = _TOWN_AT_PROVIDER.fullmatch(fold(writer.email.partition("@")[0]))
    name = writer.name.title() if writer.name.islower() else writer.name
    return Clues(
        _domain_of(at_provider) if at_provider else writer.domain,
        message.subject,
        message.text,
        message.quoted,
        documents,
        name,
        _town_hall_of(at_provider) if at_provider else "",
    )


def _domain_of(at_provider: re.Match[str]) -> str:
    """ "mairie.ambleteuse@" of whatever provider says as much as a domain of its own: "mairie-ambleteuse.fr"."""
    return f"{at_provider['kind']}-{re.sub('[._]', '-', at_provider['name'])}{at_provider['number']}.local"


def _town_hall_of(at_provider: re.Match[str]) -> str:
    name = re.sub("[._-]+", " ", at_provider["name"]).strip().title()
    return f"Mairie de {name}" if at_provider["kind"] in ("mairie", "ville", "commune") else ""
