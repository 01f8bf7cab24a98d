"""A commune that applies by its bare name, which alone is no proof: "Wimereux candidate" may be said of the EPCI around
it, or of a namesake. What else of the mail makes it sure."""

from collections.abc import Sequence

from pipeline.core.folding import fold
from pipeline.core.signature import Parted
from pipeline.core.territory.confirmation import goes_with
from pipeline.core.territory.evidence import TOWN_HALL, Claim, Layer
from pipeline.core.territory.levels import AS_COMMUNE, AS_EPCI, clauses_of
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import ARTICLES, key_of, type_at, words_of

_PLACES = ARTICLES | {"sur", "sous", "en", "saint", "sainte", "et"}  # what names of different places share
_LIKE = 5  # letters that "Saint-Quentin" and "le Saint-Quentinois" have in common


def applying_commune(proposals: Sequence[Claim], parted: Parted, territories: Territories) -> Collectivite | None:
    """The one commune that the text says to apply by its bare name, where a mayor or a town hall signs, or where the
    mail names it once more and nothing speaks of an EPCI."""
    stated = {claim.places[0] for claim in proposals if claim.layer is Layer.STATEMENT and claim.is_one}
    place = stated.pop() if len(stated) == 1 else None
    if place is None or place.kind != "COM" or len(territories.namesakes(place)) > 1:
        return None
    if not all(goes_with(claim, place, territories) for claim in proposals):
        return None
    by_town_hall = TOWN_HALL.search(fold("\n".join(parted.signature)))
    return place if by_town_hall or _is_named_again(place, proposals, parted, territories) else None


def _is_named_again(place: Collectivite, proposals: Sequence[Claim], parted: Parted, territories: Territories) -> bool:
    said = clauses_of(parted.body)
    another_level = AS_EPCI.search(said) or any(map(_is_of_another_level, parted.signature))
    if another_level or (_is_like_its_epci(place, territories) and not AS_COMMUNE.search(said)):
        return False
    elsewhere = any(place in claim.places and claim.layer is not Layer.STATEMENT for claim in proposals)
    key = key_of(words_of(place.name))
    signed = any(key_of(words_of(line)) == key for line in parted.signature[1:])
    return elsewhere or signed or bool(AS_COMMUNE.search(said))


def _is_of_another_level(line: str) -> bool:
    """Whether a line of the signature has words of type that are not of a commune: "Vice-président de l'agglo"."""
    words = words_of(line)
    return any(found and found[0] != "COM" for found in (type_at(words, at) for at in range(len(words))))


def _is_like_its_epci(place: Collectivite, territories: Territories) -> bool:
    """Whether its EPCI may be called so: Arras, Saint-Quentin; what is not known may be."""
    epci = territories.regional.by_siren.get(territories.epci_of(place.insee))
    if epci is None:
        return True
    around = " ".join((epci["name"], epci["aliases"], epci["former_names"]))
    begun = {word[:_LIKE] for word in words_of(around)}
    return any(word[:_LIKE] in begun for word in words_of(place.name) if word not in _PLACES)
