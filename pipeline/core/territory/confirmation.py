"""When a proposal (an acronym, a bare name) becomes sure: two signals of different kinds must say the same."""

import re
from collections.abc import Iterable, Sequence

from pipeline.core.folding import fold
from pipeline.core.territory.evidence import Claim, Layer
from pipeline.core.territory.index import EPCI
from pipeline.core.territory.located import Strength
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import ARTICLES, UNHEARD, key_of, without_articles, without_type, words_of

_SAID = frozenset((Layer.STATEMENT, Layer.SUBJECT))
_EPCI_LABEL = re.compile(r"cc|ca|cu|agglo|agglomeration|com|comcom|metropole|pays|communaute|interco|cdc")
_NUMBER = re.compile(r"(?<=[a-z])\d\d(?:\d{3})?$")  # of the département: "mairie-arques62"
_TOWN_LABEL = re.compile(r"ville|mairie|commune|villede|mairiede")


def confirmed(
    proposals: Sequence[Claim], claims: Iterable[Claim], domain: str, territories: Territories
) -> Collectivite | None:
    """The one collectivité of the proposals that two different signals name; None when none or several."""
    everything = tuple(claims)
    places = dict.fromkeys(place for claim in proposals for place in claim.places)
    sure = [place for place in places if len(_signals(place, proposals, everything, domain, territories)) > 1]
    sure = sure or _at_own_domain(proposals, everything, domain, territories)
    rivals = [claim for claim in proposals if sure and not goes_with(claim, sure[0], territories)]
    return sure[0] if len(sure) == 1 and not rivals else None


def _at_own_domain(
    proposals: Sequence[Claim], claims: Sequence[Claim], domain: str, territories: Territories
) -> list[Collectivite]:
    """What is named anywhere, when the writer's own domain spells it and nothing else is proposed."""
    named = {claim.places[0] for claim in claims if claim.layer in (Layer.MENTION, Layer.ADDRESS) and claim.is_one}
    return [] if proposals else [place for place in named if _domain_names(domain, place, territories)]


def goes_with(claim: Claim, place: Collectivite, territories: Territories) -> bool:
    """Whether a claim may mean `place`: the same, part of its name, its initials, or a commune of that EPCI."""
    if place in claim.places or _is_part_of_its_name(words_of(claim.words), place):
        return True
    if claim.strength is Strength.ACRONYM and fold(claim.words) == initials(place):
        return True  # "CCPV" are the initials of three EPCI of the region, and the acronym of one
    return place.kind in EPCI and any(
        territories.epci_of(one.insee) == place.siren for one in claim.places if one.insee
    )


def _is_part_of_its_name(words: tuple[str, ...], place: Collectivite) -> bool:
    """Whole words of it: "MEL" is no part of Sainghin-en-Mélantois."""
    name = [word for word in words_of(place.name) if word not in UNHEARD]
    runs = {"".join(name[first:last]) for first in range(len(name)) for last in range(first + 1, len(name) + 1)}
    return key_of(words) in runs


def initials(place: Collectivite) -> str:
    """ "ccpv" for the Communauté de communes du Pays du Vermandois."""
    return "".join(word[0] for word in words_of(place.name) if word not in ARTICLES)


def core_key(place: Collectivite) -> str:
    """The key of its name without the words of type."""
    words = words_of(place.name)
    return key_of(words if place.kind == "COM" else without_type(words))


def _signals(
    place: Collectivite, proposals: Sequence[Claim], claims: Sequence[Claim], domain: str, territories: Territories
) -> set[str]:
    mine = [claim for claim in proposals if place in claim.places]
    alone = [claim for claim in mine if claim.is_one]
    signals = {claim.strength.name for claim in mine}
    bare = {claim.layer for claim in alone if claim.strength is Strength.LOOSE and len(words_of(claim.words)) > 1}
    if place.kind != "COM" and bare & _SAID and len(bare) > 1:
        signals.add("twice")
    if place.kind == "COM" and any(claim.located and claim.layer in _SAID for claim in alone):
        signals.add("département")
    if any(claim.layer is Layer.ADDRESS and place in claim.places and place.kind == "COM" for claim in claims):
        signals.add("address")
    if any(claim.is_full_name and claim.places == (place,) for claim in claims):
        signals.add("full name")
    if _domain_names(domain, place, territories):
        signals.add("domain")
    return signals


def _domain_names(domain: str, place: Collectivite, territories: Territories) -> bool:
    """Whether the domain's words are those of the collectivité: "cc-osartis", "ville-fourmies", "ca-pso" for CAPSO."""
    labels = [_NUMBER.sub("", label) for label in re.findall(r"[a-z0-9]+", fold(domain.rpartition(".")[0]))]
    joined = "".join(labels)
    row = territories.regional.by_siren.get(place.siren) if place.siren else None
    acronyms = [
        fold(alias) for alias in (row["aliases"].split("|") if row else ()) if alias.isupper() and len(alias) > 2
    ]
    if any(acronym in (*labels, joined) for acronym in acronyms):
        return True
    words = words_of(place.name)
    rest = words if place.kind == "COM" else without_type(words)
    spelled = "".join(rest if rest == words else without_articles(rest))
    if place.kind == "COM" and _is_of_town_hall(labels, words):
        return True
    if len(spelled) < 5 or not (spelled in joined or core_key(place) in joined):
        return False
    of_epci = any(_EPCI_LABEL.fullmatch(label) for label in labels) or joined.startswith(("cc", "agglo"))
    if place.kind == "COM":
        return not of_epci and (spelled == joined or any(_TOWN_LABEL.match(label) for label in labels))
    return of_epci or (spelled == joined and spelled not in territories.france.communes)


def _is_of_town_hall(labels: list[str], words: tuple[str, ...]) -> bool:
    """ "ville-hem", "mairie-saintpol": the domain of a town hall, with the name or the beginning of a longer one."""
    rest = "".join(label for label in labels if not _TOWN_LABEL.fullmatch(label))
    begun = {"".join(words[:count]) for count in range(1, len(words) + 1)}
    whole = rest == "".join(words)
    return "".join(labels) != rest and (whole or (rest in begun and len(rest) > 6))
