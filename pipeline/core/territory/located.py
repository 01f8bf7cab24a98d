"""A mention, and the département that stands in brackets behind it: "Breteuil (Oise)", "Mametz (62)". Finding the
names is left to `mentions`."""

from dataclasses import dataclass, replace
from enum import IntEnum

from pipeline.core.territory.index import Entry
from pipeline.core.territory.passage import Passage
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.regions import REGION_OF
from pipeline.core.territory.wording import ARTICLES, key_of

LONGEST_NAME = 12


class Strength(IntEnum):
    """How much a mention says: TYPED and USAGE can decide; the others propose: HINT the beginning of a name, a name
    ill written, a former EPCI that was shared out; LOOSE a name without its words of type; ACRONYM."""

    HINT = 0
    LOOSE = 1
    ACRONYM = 2
    USAGE = 3
    TYPED = 4


@dataclass(frozen=True)
class Mention:
    """Tokens [start, end) of a text name one of these entries (several: namesakes). `located`: their département
    stands in brackets behind the name."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    strength: Strength
    family: str = ""
    lead: str = ""
    located: bool = False


def departements_behind(passage: Passage, territories: Territories) -> dict[int, str]:
    """The code of the département in brackets before each token that opens them: "Breteuil (Oise)", "Mametz (62)"."""
    found: dict[int, str] = {}
    for at in [at for at, breaks in enumerate(passage.breaks) if breaks and passage.tokens[at].gap[-1] == "("]:
        end = next((end for end in range(at + 1, at + 6) if ")" in passage.gap(end)), at)
        inside = [word for word in passage.words[at:end] if word not in ARTICLES]
        code = territories.departements_of_france.get(" ".join(inside), "".join(inside).upper())
        if code in REGION_OF:
            found[at] = code
    return found


def located_by(mention: Mention, located: dict[int, str]) -> Mention:
    """The mention with those of its entries that lie in the département behind it, where some do."""
    code = located.get(mention.end)
    there = tuple(entry for entry in mention.entries if code in entry.row["departments"].split("|")) if code else ()
    return replace(mention, entries=there, located=True) if there else mention


def in_small_letters(passage: Passage, at: int, located: dict[int, str], territories: Territories) -> Mention | None:
    """ "breteuil (oise)": a commune of that département, written without a capital."""
    end = next((end for end in located if at < end <= at + LONGEST_NAME), 0)
    if not end or passage.reach(at, LONGEST_NAME) < end or passage.words[at] in ARTICLES:
        return None
    entries = territories.regional.named("COM", key_of(passage.words[at:end]))
    there = tuple(entry for entry in entries if entry.row["departments"] == located[end])
    return Mention(at, end, there, Strength.LOOSE) if there else None
