"""Which collectivité is meant, with the evidence; a tie or a contradiction is never a guess.

`reference` and `index` hold the list, `wording` and `mentions` find its names in a text, `contexts` and `evidence`
say who applies and who is only named, `settling` tells namesakes apart, `weighing`, `confirmation` and
`verdict` conclude.
"""

from pipeline.core.territory.reference import ReferenceRows, Territories
from pipeline.core.territory.values import Clues, Collectivite, Identification, clues_from
from pipeline.core.territory.verdict import identify

__all__ = ["Clues", "Collectivite", "Identification", "ReferenceRows", "Territories", "clues_from", "identify"]
