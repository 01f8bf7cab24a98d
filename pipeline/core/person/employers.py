"""The employer and the place behind a function: "DGS CC Pays de Lumbres", "Responsable urbanisme - Hondschoote"."""

import re

from pipeline.core.folding import fold
from pipeline.core.personal_names import OFFICE_WORDS

_EMPLOYER = (
    r"(?:ville|commune|mairie|communauté|communaute|agglo|métropole|metropole|"
    r"département|departement|conseil départemental"
    r"|région\b|syndicat|parc naturel|pnr\b|petr\b|cc\b|ca\b|cu\b)"
)
_ACRONYM = r"(?!CCAS\b)(?:C[CAU][A-Z0-9]{1,6}|MEL)\b"
_OF_EMPLOYER = re.compile(
    rf"\s*(?:\s[-–—/*~]+|[,|·•●]|(?<!politique )\bde la|\bde l['’]|\bdu|"
    r"(?<!secrétaire )(?<!secretaire )(?<!cœur )(?<!coeur )(?<!politique )\bde"
    rf"|\bà la|\bau sein de la|\ben|\bpour la|\()\s*{_EMPLOYER}.*$",
    re.IGNORECASE,
)
_OF_ACRONYM = re.compile(rf"(?:\s+[-–—/]\s*|\s*[,|·•●]\s*|\s*\(|\s+(?:de la|à la|de|du)\s+){_ACRONYM}.*$")
# "DGS CC Pays de Lumbres", "DGS mairie de Guise": nothing stands between, but what follows can only be the house.
_EMPLOYER_AT_ONCE = re.compile(
    r"(?<=\w)(?<!\sde)(?<!\sla)(?<!\sdu)\s+(?:(?:CC|CA|CU|PETR|PNR)\s+\S|[Mm]airie\s+d[eu'’]|(?:[Vv]ille|[Cc]ommune)\s+(?:de\s+|d['’]|du\s+)[A-ZÀ-Ý]"
    r"|[Cc]ommunaut[ée]\s+(?:de\s+communes|d['’]agglo|urbaine)|@\s?\w).*$"
)
# The same in small letters, behind a title that nothing but its house may follow.
_TITLE_AND_EMPLOYER = re.compile(
    r"(?P<title>d\.?g\.?[sa]\.?|dst|drh)\s+(?:ville|commune|mairie|cc|ca|cu|agglo\w*|communaut\w+)\b.*", re.IGNORECASE
)
_OF_PLACE = re.compile(
    r"^(?P<role>(?:(?:premi(?:er|ère)|\d+\s?(?:e|er|ère|ème))\s+)?(?:(?:vice-?\s?)?président(?:e)?|"
    r"(?:adjoint(?:e)?\s+(?:au|à la|du)\s+)?maire(?:[ -]adjointe?)?"
    r"|secrétaire de mairie|d\.?g\.?s\.?|direct(?:eur|rice) g[ée]n[ée]rale? des services))\s*"
    r"(?:,\s*(?=[A-ZÀ-Ý])|\s(?:de la|de l['’]|du|des|de)\s|\sd['’])(?!.*\bdélégué).*$",
    re.IGNORECASE,
)
# "DGS, Montreuil-sur-Mer": a name of place, where no word tells that it is one.
_BEHIND_PLACE = re.compile(r",\s*[A-ZÀ-Ý][\w'’]+(?:-[\w'’]+)+$")
_POSTCODE = re.compile(r"\s*[(\[]?\b(?:\d{5}|\d{2})\b[)\]]?\s*$")
# What may join a place to a function.
_JOINT = re.compile(
    r"\s*[,(/|@:]\s*|\s+[-–—•]\s*|\s+(?:(?:à|au|aux|de|du|des|en)\s+(?:l[ae]\s+|l['’]|[Pp]ays\s+d[eu]\s+)?|d['’]|pour\s+(?:l[ae]s?\s+)?)|\s+"
)
_SHORTEST = 4  # letters of a place that an address names: fewer stand in any


def without_employer(text: str) -> str:
    """A function without the house that a word tells: a town hall, a community, its acronym."""
    place = _OF_PLACE.match(text)
    if place:
        text = place.group("role")
    if short := _TITLE_AND_EMPLOYER.fullmatch(text):
        return short["title"]
    text = _EMPLOYER_AT_ONCE.sub("", text)
    text = text if text.isupper() else _OF_ACRONYM.sub("", text)
    return _OF_EMPLOYER.sub("", text).strip(" ,;-–—|/·•●*~") or text


def without_town(text: str) -> str:
    """A function without a compound name that stands alone behind a comma."""
    return _BEHIND_PLACE.sub("", text)


def without_place(role: str, place: str, domain: str) -> str:
    """A function without the place at its end: a part of the name of who applies, or one that the address names."""
    bare = _POSTCODE.sub("", role)
    for joint in _JOINT.finditer(bare):
        tail, _, more = bare[joint.end() :].partition(", ")
        tail = tail.strip(" )]").removesuffix(".")
        stands_alone = joint.start() and tail[:1].isupper() and not more.startswith("délégué")
        if stands_alone and (_is_part_of(tail, place) or _is_named_by(tail, domain)):
            return bare[: joint.start()].rstrip(" ,;-–—|/(")
    return role


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))


def _is_part_of(tail: str, place: str) -> bool:
    return bool(set(_words(tail)) - OFFICE_WORDS) and f" {' '.join(_words(tail))} " in f" {' '.join(_words(place))} "


def _is_named_by(tail: str, domain: str) -> bool:
    words = _words(tail)
    run_together = "".join(words)
    named = run_together in "".join(_words(domain.rpartition(".")[0]))
    return len(run_together) >= _SHORTEST and named and not OFFICE_WORDS & set(words)
