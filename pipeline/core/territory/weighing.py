"""Between claims that decide but disagree: who is the applicant, and who is only named beside it."""

from collections.abc import Iterable

from pipeline.core.territory.evidence import Claim, Layer
from pipeline.core.territory.values import Collectivite

EMPLOYER = {Layer.SIGNATURE, Layer.SENDER}


def layers_of(claims: Iterable[Claim]) -> dict[Collectivite, set[Layer]]:
    """Each collectivité named for sure, with the parts of the mail that name it."""
    layers: dict[Collectivite, set[Layer]] = {}
    for claim in claims:
        if claim.decides:
            layers.setdefault(claim.places[0], set()).add(claim.layer)
    return layers


def winner(claims: Iterable[Claim]) -> Collectivite | None:
    """The one that all others yield to; None when nobody does or several could."""
    told = tuple(claims)
    layers = layers_of(told)
    winners = [
        place
        for place, best in layers.items()
        if all(
            _yields(rival, best) and not _apply_together(place, other, told)
            for other, rival in layers.items()
            if other != place
        )
    ]
    return winners[0] if len(winners) == 1 else None


def _apply_together(one: Collectivite, other: Collectivite, claims: tuple[Claim, ...]) -> bool:
    """Whether a sentence says that both apply."""
    sentences = [
        {claim.sentence for claim in claims if claim.decides and claim.places[0] == place and claim.sentence >= 0}
        for place in (one, other)
    ]
    return not sentences[0].isdisjoint(sentences[1])


def _yields(rival: set[Layer], best: set[Layer]) -> bool:
    """Whether a collectivité named in `rival` parts is no applicant beside one named in `best` parts.

    The subject and the text say who applies; the signature says who pays the writer, who may serve two masters.
    A SIREN and a domain that disagree are left to a person.
    """
    said = best & {Layer.STATEMENT, Layer.SUBJECT}
    if Layer.SIREN in rival:
        return False
    if Layer.DOMAIN in rival:
        return rival == {Layer.DOMAIN} and len(said) == 2 and Layer.SIGNATURE in best
    if rival <= EMPLOYER:
        return len(said) == 2 or bool(said) and Layer.SIGNATURE in best
    if rival <= {Layer.STATEMENT} | EMPLOYER:
        return len(said) == 2 and bool(best & {Layer.SIGNATURE, Layer.SENDER, Layer.DOMAIN, Layer.SIREN})
    if rival <= {Layer.LETTERHEAD}:
        return {Layer.LETTERHEAD, Layer.STATEMENT} <= best
    return False
