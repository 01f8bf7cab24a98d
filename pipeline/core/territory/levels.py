"""A commune or its EPCI: what a text says of itself without a name ("notre commune", "le conseil communautaire")."""

import re

from pipeline.core.folding import fold
from pipeline.core.territory.contexts import PLAIN_ACTS
from pipeline.core.territory.index import EPCI
from pipeline.core.territory.values import Collectivite

_NEITHER = re.compile(r"[^a-z0-9,;:.!?]+")
_EPCI = (
    r"(?:communaute(?: de communes| d agglomeration| d agglo| urbaine)?|intercommunalite|interco|agglomeration|agglo"
    r"|epci|comcom|com com|metropole)"
)
_COMMUNE = r"(?:commune|ville|village|municipalite)"
_EPCI_COUNCIL = r"(?:(?:conseil|bureau) communautaire|conseil d agglomeration)"
AS_COMMUNE = re.compile(rf"\bnotre (?:petite |jeune )?{_COMMUNE}\b|\bconseil municipal\b")
AS_EPCI = re.compile(rf"\bnotre (?:jeune |nouvelle )?{_EPCI}\b|\b{_EPCI_COUNCIL}\b")
_SENT = r"(?:candidature|dossier|reponse|au nom) (?:de |du |d )"
_NOT_ITSELF = r"(?!(?:ne|n|nous|qui|et|soutient)\b)"
_ACTS = rf"(?: {_NOT_ITSELF}\w+){{0,4}}? (?:{PLAIN_ACTS}|souhait\w*|desire\w*|voudr\w*|veut)\b"


def _applying(who: str, council: str) -> re.Pattern[str]:
    ours = rf"(?:notre|ma|la|l|le)(?: petite| jeune| nouvelle)? {who}"
    return re.compile(rf"\b(?:{ours}|{council}){_ACTS}|\b{_SENT}{ours}\b")


_COMMUNE_APPLIES = _applying(_COMMUNE, "conseil municipal")
_EPCI_APPLIES = _applying(_EPCI, _EPCI_COUNCIL)
_NAMED = re.compile(rf"\b(?:{_COMMUNE}|{_EPCI}) (?:d|de|du|des)\b[^,;.:!?]*")


def clauses_of(text: str) -> str:
    """The folded words of a text, with the punctuation that keeps them apart."""
    return _NEITHER.sub(" ", fold(text))


def speaks_as(said: str) -> tuple[bool, bool]:
    """Whether the clauses of a text speak for a commune, and for an EPCI, without its name."""
    unnamed = _NAMED.sub(" ", said)
    return (
        bool(AS_COMMUNE.search(said) or _COMMUNE_APPLIES.search(unnamed)),
        bool(AS_EPCI.search(said) or _EPCI_APPLIES.search(unnamed)),
    )


def applies_at_another_level(place: Collectivite, said: str) -> bool:
    """Whether the clauses say that an EPCI applies, and the place is a commune; or the reverse."""
    commune, epci = bool(_COMMUNE_APPLIES.search(said)), bool(_EPCI_APPLIES.search(said))
    return commune != epci and (epci if place.kind == "COM" else commune and place.kind in EPCI)
