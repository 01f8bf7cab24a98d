"""A commune, its EPCI, a syndicat: what a text says of itself without a name ("notre commune")."""

import re

from pipeline.core.folding import fold
from pipeline.core.territory.index import EPCI
from pipeline.core.territory.values import Collectivite

_SENTENCE_END = re.compile("[.;!?]")
# "Il est possible que l'agglomération candidate elle-même l'an prochain."
_NOT_NOW = re.compile(
    r"\b(?:possible|peut etre|pourrai\w*|prochaine?|plus tard|ulterieurement|elle meme|de son cote|pas|aucune?)\b"
)
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
_CANDIDACY = r"(?:candidat\w*|postul\w*)"
_TOWARDS = r"(?:repond\w*|depos\w*|souhait\w*|desir\w*|voudr\w*|veut|decid\w*|adress\w*|present\w*|transm\w*)"
_ACTS = (
    rf"(?: {_NOT_ITSELF}\w+){{0,4}}? (?:{_CANDIDACY}|{_TOWARDS} (?!que\b)[^,;.:!?]{{0,60}}?"
    rf"\b(?:{_CANDIDACY}|repondre|ami|appel))\b"
)


def _applying(who: str, council: str) -> re.Pattern[str]:
    ours = rf"(?:notre|ma|la|l|le)(?: petite| jeune| nouvelle)? {who}"
    return re.compile(rf"\b(?:{ours}|{council}){_ACTS}|\b{_SENT}{ours}\b")


_COMMUNE_APPLIES = _applying(_COMMUNE, "conseil municipal")
_EPCI_APPLIES = _applying(_EPCI, _EPCI_COUNCIL)
_SYNDICAT = r"(?:syndicat(?: mixte| intercommunal)?|petr|parc naturel regional|pnr|pole metropolitain)"
_APPLIES = {
    "COM": _COMMUNE_APPLIES,
    "EPCI": _EPCI_APPLIES,
    "SYNDICAT": _applying(_SYNDICAT, "(?:conseil|comite|bureau) syndical"),
}
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
    """Whether the clauses say that who applies is a commune, an EPCI or a syndicat, and the place is none such."""
    plain = " ; ".join(one for one in _SENTENCE_END.split(said) if not _NOT_NOW.search(one))
    levels = {level for level, applies in _APPLIES.items() if applies.search(plain)}
    own = place.kind if place.kind == "COM" else "EPCI" if place.kind in EPCI else "SYNDICAT"
    return bool(levels) and own not in levels
