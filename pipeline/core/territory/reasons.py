"""Why a collectivité was recognised, or not, in sentences for staff."""

from collections.abc import Sequence

from pipeline.core import french
from pipeline.core.territory.evidence import Claim, Layer
from pipeline.core.territory.index import FORMER
from pipeline.core.territory.values import Collectivite

_ORDER = tuple(Layer)


def sure(place: Collectivite, claims: Sequence[Claim]) -> str:
    """Where the collectivité is named."""
    layers = sorted({claim.layer for claim in claims if place in claim.places}, key=_ORDER.index)
    return f"Collectivité reconnue ({', '.join(layers)})\u00a0: {place.name}."


def former_name(place: Collectivite, claims: Sequence[Claim]) -> str:
    """The old name by which the collectivité is named, where nothing names it by today's."""
    mine = [claim for claim in claims if place in claim.places]
    return mine[0].words if mine and all(claim.grade >= FORMER for claim in mine) else ""


def doubt(candidates: Sequence[Collectivite]) -> str:
    """What keeps the machine from choosing."""
    if not candidates:
        return "Aucune collectivité n'est nommée de façon reconnaissable\u00a0: à compléter."
    named = [f"{place.name} ({', '.join(place.departements[:2])})" for place in candidates]
    names = french.listing(named, "ou")
    if len(candidates) == 1:
        return f"Collectivité probable, à confirmer\u00a0: {names}."
    if len({place.name for place in candidates}) == 1:
        return f"Plusieurs collectivités portent ce nom\u00a0: {names}."
    return f"Le message désigne plusieurs collectivités possibles\u00a0: {names}."
