"""What one part of a mail tells about the names of another: a name cut short is the longer one that stands beside it,
a collectivité that the text puts aside is named nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.core.territory.evidence import ASIDE, Claim, Layer
from pipeline.core.territory.located import Strength
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import without_articles, without_type, words_of

_SURE_OF_SENDER = ASIDE | {Layer.SIREN, Layer.DOMAIN}  # whatever the text says of who carries it


def without_excluded(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without those of a collectivité of which the text says "and not": its domain and its signature say
    who pays the writer."""
    excluded = {place for claim in claims if claim.layer is Layer.EXCLUDED for place in claim.places}
    return tuple(claim for claim in claims if not excluded.issuperset(claim.places))


def without_carried(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without those of the others, where the text says who carries the candidature of several."""
    carriers = {claim.places[0] for claim in claims if claim.carries and claim.is_one}
    if len(carriers) != 1:
        return tuple(claims)
    return tuple(claim for claim in claims if claim.layer in _SURE_OF_SENDER or not carriers.isdisjoint(claim.places))


def spelled_out(claims: Sequence[Claim], of_documents: Sequence[Claim]) -> tuple[Claim, ...]:
    """ "Mairie de Crépy" beside "Crépy-en-Valois" means the latter; so do all names that another goes on from.

    What several communes are called may also be the longer name at the head of a document.
    """
    longer = _full_names(claim for claim in claims if claim.layer not in ASIDE)
    headed = _full_names(claim for claim in of_documents if claim.layer is Layer.LETTERHEAD and claim.is_full_name)
    own = tuple(_spelled_out(claim, longer) for claim in claims)
    return tuple(claim if claim.is_one else _spelled_out(claim, headed) for claim in own)


def of_their_epci(claims: Sequence[Claim], territories: Territories) -> tuple[Claim, ...]:
    """Of communes that are called alike, the one in the EPCI that the mail names: "Bailleul, membre de la CA Cœur de
    Flandre"."""
    named = {claim.places[0].siren for claim in claims if claim.is_one and claim.strength >= Strength.ACRONYM} - {""}
    return tuple(
        claim if claim.is_one or not _is_commune(claim) else _in_one_of(named, claim, territories) for claim in claims
    )


def _in_one_of(named: set[str], claim: Claim, territories: Territories) -> Claim:
    there = [place for place in claim.places if territories.epci_of(place.insee) in named]
    return replace(claim, places=tuple(there)) if len(there) == 1 else claim


def _full_names(claims: Iterable[Claim]) -> list[tuple[tuple[str, ...], tuple[Collectivite, ...]]]:
    return [(_bare(claim), claim.places) for claim in claims if claim.is_one and _is_commune(claim)]


def _spelled_out(claim: Claim, longer: Sequence[tuple[tuple[str, ...], tuple[Collectivite, ...]]]) -> Claim:
    if not _is_commune(claim) or claim.layer is Layer.DOMAIN:
        return claim
    name = _bare(claim)
    going_on = {places for words, places in longer if len(words) > len(name) and words[: len(name)] == name}
    return replace(claim, places=going_on.pop()) if len(going_on) == 1 else claim


def _is_commune(claim: Claim) -> bool:
    return all(place.kind == "COM" for place in claim.places)


def _bare(claim: Claim) -> tuple[str, ...]:
    """The words of the name, without those of type and articles before it."""
    return without_articles(without_type(words_of(claim.words)))
