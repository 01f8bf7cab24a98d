"""What one part of a mail tells about the names of another: a name cut short is the longer one that stands beside it,
a collectivité that the text puts aside is named nowhere."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.territory.evidence import ASIDE, Claim, Layer
from pipeline.core.territory.wording import ARTICLES, type_at, words_of


def without_excluded(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without those of a collectivité of which the text says "and not": its domain and its signature say
    who pays the writer."""
    excluded = {place for claim in claims if claim.layer is Layer.EXCLUDED for place in claim.places}
    return tuple(claim for claim in claims if not excluded.issuperset(claim.places))


def spelled_out(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """ "Mairie de Crépy" beside "Crépy-en-Valois" means the latter; so do all names that another goes on from."""
    longer = [claim for claim in claims if claim.layer not in ASIDE and len(claim.places) == 1 and _is_commune(claim)]
    return tuple(_spelled_out(claim, longer) for claim in claims)


def _spelled_out(claim: Claim, longer: Sequence[Claim]) -> Claim:
    if not _is_commune(claim) or claim.layer is Layer.DOMAIN:
        return claim
    name = _bare(claim)
    going_on = {one.places for one in longer if len(_bare(one)) > len(name) and _bare(one)[: len(name)] == name}
    return replace(claim, places=going_on.pop()) if len(going_on) == 1 else claim


def _is_commune(claim: Claim) -> bool:
    return all(place.kind == "COM" for place in claim.places)


def _bare(claim: Claim) -> tuple[str, ...]:
    """The words of the name, without those of type and articles before it."""
    words = words_of(claim.words)
    found = type_at(words)
    rest = words[found[1] :] if found and len(words) > found[1] else words
    while rest and rest[0] in ARTICLES:
        rest = rest[1:]
    return rest
