"""Why a collectivité was recognised, or not, in sentences for staff."""

from collections.abc import Sequence

from pipeline.core.territory.evidence import Claim, Layer
from pipeline.core.territory.index import FORMER
from pipeline.core.territory.values import Collectivite

_ORDER = tuple(Layer)


def sure(place: Collectivite, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Where the collectivité is named, and whether by a former name."""
    mine = [claim for claim in claims if place in claim.places]
    layers = sorted({claim.layer for claim in mine}, key=_ORDER.index)
    where = ", ".join(layers)
    sentences = [f"Collectivité reconnue ({where})\u00a0: {place.name}."]
    former = next((claim.words for claim in mine if claim.grade >= FORMER), "")
    if former and not any(claim.grade < FORMER for claim in mine):
        sentences.append(f"Nommée par un ancien nom\u00a0: «\u00a0{former}\u00a0».")
    return tuple(sentences)


def doubt(candidates: Sequence[Collectivite]) -> str:
    """What keeps the machine from choosing."""
    if not candidates:
        return "Aucune collectivité n'est nommée de façon reconnaissable."
    names = " ou ".join(f"{place.name} ({', '.join(place.departements[:2])})" for place in candidates)
    if len(candidates) == 1:
        return f"Collectivité probable, à confirmer\u00a0: {names}."
    if len({place.name for place in candidates}) == 1:
        return f"Plusieurs collectivités portent ce nom\u00a0: {names}."
    return f"Le message désigne plusieurs collectivités possibles\u00a0: {names}."
