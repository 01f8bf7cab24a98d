"""Where in France: départements, their regions (INSEE codes), their telephone zones, and what a mail tells of them."""

import re
from functools import lru_cache

from pipeline.core.regions import DEPARTEMENTS_BY_REGION

REGION_OF = {departement: region for region, places in DEPARTEMENTS_BY_REGION.items() for departement in places.split()}
# First digits of a landline (ARCEP numbering plan) → regions.
_ZONES = {
    "1": {"11"},
    "2": {"24", "28", "52", "53", "04", "06"},
    "3": {"27", "32", "44"},
    "4": {"84", "93", "94"},
    "5": {"75", "76", "01", "02", "03"},
}
# First digits of a landline of Hauts-de-France, without its 0 → its département, and those whose villages along the
# border may have the like.
_AROUND = {
    "320": "59 62",
    "321": "62 59 80",
    "322": "80 60 62 76",
    "323": "02 60 80",
    "327": "59 62 02",
    "328": "59 62",
    "344": "60 80 02",
}
_SEPARATOR = r"[ .\-/\u00a0\u202f]?"
_LANDLINE = re.compile(
    rf"(?<![\d+])(?:0|(?:\+|00){_SEPARATOR}33{_SEPARATOR}(?:\(0\))?{_SEPARATOR})([1-5]){_SEPARATOR}(\d\d)"
    rf"(?:{_SEPARATOR}\d\d){{3}}(?!\d)"
)
_POSTCODE = re.compile(
    r"(?<![\d.,])(?:F-)?((?:0[1-9]|[1-8]\d|9[0-58])\d{3})(?!\d|[.,]\d)[ \u00a0]*[-–,]?[ \u00a0]*([^\W\d_].*)?"
)
_NO_POSTCODE = re.compile(r"\b(?:CS|BP|TSA|B\.P\.|n°|art(?:icle)?)[ \u00a0]*$", re.IGNORECASE)
_NOT_A_TOWN = re.compile(r"(?:habitants?|hab\b|euros?|km|ha\b|m2|logements|personnes|emplois)", re.IGNORECASE)
_RECIPIENT = re.compile(r"\bcerdd\b|à l[’']attention|a l[’']attention", re.IGNORECASE)
_RECIPIENT_LINES = 5


def in_regions(departements: tuple[str, ...], regions: tuple[str, ...]) -> bool:
    """Whether one of the départements lies in one of the regions (INSEE codes, "32" is Hauts-de-France)."""
    return any(REGION_OF.get(departement) in regions for departement in departements)


def departement_of_postcode(postcode: str) -> tuple[str, ...]:
    """The départements that a postcode can mean (Corsica has two for 20)."""
    if postcode.startswith("20"):
        return ("2A", "2B")
    return (postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2],)


@lru_cache(maxsize=8)  # a document is read for its collectivité and for who writes
def without_recipient(text: str) -> str:
    """A letter without the block of lines that names and locates the one it is written to."""
    kept: list[str] = []
    skip = 0
    for line in text.splitlines():
        if _RECIPIENT.search(line) and len(line) < 60:
            skip = _RECIPIENT_LINES
        if not line.strip() or line.lower().lstrip().startswith(("objet", "le ", "monsieur,", "madame,")):
            skip = 0
        if skip:
            skip -= 1
            continue
        kept.append(line)
    return "\n".join(kept)


def postcodes_in(text: str) -> list[tuple[str, str]]:
    """(postcode, what follows on the line) for five figures that look like an address: no CS, no BP, no count."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        for match in _POSTCODE.finditer(line):
            town = match.group(2) or ""
            counted = _NOT_A_TOWN.match(town) or _NO_POSTCODE.search(line[: match.start()])
            if not counted and (not town or town[0].isupper() or line.strip() == match.group(0).strip()):
                found.append((match.group(1), town))
    return found


def departements_by_telephone(text: str) -> frozenset[str]:
    """The départements of Hauts-de-France that every landline of the text allows; empty for those of elsewhere."""
    allowed = [set(_AROUND.get("".join(digits), "").split()) for digits in _LANDLINE.findall(text)]
    return frozenset(set.intersection(*allowed)) if allowed else frozenset()


def regions_by_telephone(text: str) -> frozenset[str]:
    """The regions that every landline of the text allows; empty when they disagree or there is none."""
    zones = [_ZONES[digit] for digit, _ in _LANDLINE.findall(text)]
    return frozenset(set.intersection(*map(set, zones))) if zones else frozenset()
