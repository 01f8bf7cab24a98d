"""Which of several namesakes: by the addresses, the département named, the telephones, the EPCI. A tie stays a tie."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from pipeline.core.territory.index import NAME, SHARED, Entry, Row, collectivite, identity
from pipeline.core.territory.located import Mention
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.regions import (
    REGION_OF,
    departement_of_postcode,
    departements_by_telephone,
    postcodes_in,
    regions_by_telephone,
)
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import ARTICLES, key_of, words_of

_PARENTHESES = re.compile(r"\(([^()\n]{2,40})\)")
_NAMED = re.compile(
    r"(?:dans|departement|prefecture|sous prefecture) (?:de |du |des |d )?(?:le |la |l |les )?([a-z ]{3,40})"
)
# Behind letters, before the end of a label: the number of a département, or a postcode that begins with it.
_NUMBER_OF_DOMAIN = re.compile(r"(?<=[a-z-])(\d\d)(?:\d{3})?(?=[.-])")


@dataclass(frozen=True)
class Surroundings:
    """What a mail tells of the place it comes from: the texts nearest to the applicant first (signature, mail,
    documents), the domain that it was written from."""

    texts: tuple[str, ...]
    territories: Territories
    domain: str = ""

    @cached_property
    def addresses(self) -> list[list[tuple[str, str]]]:
        return [postcodes_in(text) for text in self.texts]

    @cached_property
    def departements_by_address(self) -> list[set[str]]:
        return [{place for code, _ in codes for place in departement_of_postcode(code)} for codes in self.addresses]

    @cached_property
    def departements_named(self) -> set[str]:
        """ "(59)", "(Nord)", "dans le Nord", "département de la Somme"."""
        names = self.territories.departements_of_france
        found: set[str] = set()
        for text in self.texts:
            inside = [words for part in _PARENTHESES.findall(text) for words in re.split(r"[,;/]| [-–] ", part)]
            folded = " ".join(words_of(text))
            bare = [" ".join(word for word in words_of(part) if word not in ARTICLES) for part in inside]
            found |= {code for part in bare for code in (part.upper(),) if code in REGION_OF}
            said = [*bare, *(" ".join(match.split()[:4]) for match in _NAMED.findall(folded))]
            found |= {code for name, code in names.items() if any(_begins(one, name) for one in said)}
        return found

    @cached_property
    def departements_by_domain(self) -> frozenset[str]:
        """ "mairie-arques62.fr"."""
        return frozenset(_NUMBER_OF_DOMAIN.findall(self.domain)) & REGION_OF.keys()

    @cached_property
    def departements_by_telephone(self) -> frozenset[str]:
        return departements_by_telephone("\n".join(self.texts[:1]))

    @cached_property
    def regions_by_telephone(self) -> frozenset[str]:
        return regions_by_telephone("\n".join(self.texts[:2]))


def _begins(said: str, name: str) -> bool:
    bare = " ".join(word for word in said.split() if word not in ARTICLES)
    return bare == name or bare.startswith(name + " ")


Filter = Callable[[Row, Surroundings], bool]


def settle(mention: Mention, around: Surroundings) -> tuple[Collectivite, ...]:
    """The collectivités that the mention can mean: one when it is settled, several when it is not."""
    entries = _nearest_writing(mention)
    rows = _distinct(entries)
    if len(rows) > 1:
        rows = _by_place(rows, around)
    meant = {identity(row) for row in rows}
    best = [entry for entry in entries if identity(entry.row) in meant]
    grade = min((entry.grade for entry in best), default=NAME)
    kept = _distinct([entry for entry in best if entry.grade == grade])
    if not _keeps_the_region(kept, rows, around.territories):
        kept = rows
    return tuple(collectivite(row) for row in kept)


def _keeps_the_region(kept: list[Row], rows: list[Row], territories: Territories) -> bool:
    """Whether preferring today's names does not drop a former name of the region for a namesake far away."""
    near = territories.identities_near
    return any(identity(row) in near for row in kept) or not any(identity(row) in near for row in rows)


def is_shared(mention: Mention, place: Collectivite) -> bool:
    """Whether the mention names that place only by a former EPCI that several inherited."""
    grades = [entry.grade for entry in mention.entries if entry.row["siren"] == place.siren]
    return bool(grades) and min(grades) == SHARED


def grade_of(mention: Mention, place: Collectivite) -> int:
    """How the place is known under that writing (NAME, ALIAS, FORMER, SHARED)."""
    same = [one.grade for one in mention.entries if (one.row["siren"], one.row["insee"]) == (place.siren, place.insee)]
    return min(same, default=NAME)


def _distinct(entries: list[Entry]) -> list[Row]:
    return list({identity(entry.row): entry.row for entry in entries}.values())


def _nearest_writing(mention: Mention) -> list[Entry]:
    """Of namesakes that differ by their article only ("Le Quesnoy", "Quesnoy"), those that are written like it."""
    entries = list(mention.entries)
    if mention.family != "COM" or len(_distinct(entries)) < 2:
        return entries
    led = [entry for entry in entries if _lead_of(entry) == mention.lead]
    return led or entries


def _lead_of(entry: Entry) -> str:
    first = entry.words[0] if len(entry.words) > 1 else ""
    return first if first in ("le", "la", "les", "l") else ""


def _by_place(rows: list[Row], around: Surroundings) -> list[Row]:
    for allows in _filters(around):
        kept = [row for row in rows if allows(row, around)]
        if len(kept) == 1:
            return kept
        rows = kept or rows
    return rows


def _filters(around: Surroundings) -> list[Filter]:
    """What tells namesakes apart, the nearest to the applicant first."""
    filters: list[Filter] = []
    for level in range(len(around.texts)):
        filters += [partial(_is_at, level=level), partial(_in_departement, level=level)]
        filters += [_in_named_departement] if level == 0 else []
    return [*filters, _at_domain, _on_telephone, _in_region_of_telephone]


def _is_at(row: Row, around: Surroundings, level: int) -> bool:
    """Whether an address gives this commune: its postcode (or at least its département) followed by its name."""
    key = key_of(words_of(row["name"]))
    for code, town in around.addresses[level]:
        known = around.territories.postcodes_of(row["insee"])
        fits = code in known or not set(departement_of_postcode(code)).isdisjoint(row["departments"].split("|"))
        if fits and key_of(words_of(town)).startswith(key):
            return True
    return False


def _in_departement(row: Row, around: Surroundings, level: int) -> bool:
    return not around.departements_by_address[level].isdisjoint(row["departments"].split("|"))


def _in_named_departement(row: Row, around: Surroundings) -> bool:
    return not around.departements_named.isdisjoint(row["departments"].split("|"))


def _at_domain(row: Row, around: Surroundings) -> bool:
    return not around.departements_by_domain.isdisjoint(row["departments"].split("|"))


def _on_telephone(row: Row, around: Surroundings) -> bool:
    return not around.departements_by_telephone.isdisjoint(row["departments"].split("|"))


def _in_region_of_telephone(row: Row, around: Surroundings) -> bool:
    return any(REGION_OF.get(place) in around.regions_by_telephone for place in row["departments"].split("|"))
