"""Who signs a text: the name in its signature, the function and the telephone beside it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.folding import fold
from pipeline.core.person import names, phones, roles
from pipeline.core.personal_names import is_personal

SEPARATORS = re.compile(r"\s+[-–—/•·●*~]+\s+|(?<=\w)[-–—]\s+|\s*[,;:•·●]\s+|\s*\|\s*|\s{3,}|\t+")
_WITH_SEPARATOR = re.compile(r"(\s+(?:[-–—•·●*~]|//)\s+|\s*\|\s*|\t+|,\s+)")
_COORDINATES = re.compile(r"@|https?:|www\.|\d{2}[ .]?\d{2}|\b\d{5}\b")
# On a line with an address stands the name of a building, unless it is surely somebody's.
_AT_AN_ADDRESS = re.compile(
    r"\b\d{5}\b|\b\d+[ ,]+(?:bis |ter )?(?:rue|avenue|place|boulevard|route|chemin|impasse|quai)\b"
)
_IN_BRACKETS_TO_CALL = re.compile(r"\s*\((?=(?:[^()]|\(0\))*(?:\d[ .-]?){6})(?:[^()]|\(0\))*\)")
_LONGEST_NAME = 4  # words, where nothing separates it from the function
# "Tél. 03 …", "n.roy@…", "59540 Caudry": such a line does not part a name from its function.
_ONLY_COORDINATES = re.compile(
    r"\W*(?:(?:t[ée]l\w*|port\w*|mob\w*|fax|fixe|standard|ligne directe|mail|courriel)\b"
    r"|\S+@|https?:|www\.|[+(]?0\d|\+\d|\d{5}\b)",
    re.IGNORECASE,
)
_AT_ONCE_TO_CALL = re.compile(r"\s+(?:t[ée]l\w*\W*)?(?:\+33|0)\s?(?:\(0\)\s?)?\d(?:[ .-]?\d\d){4}.*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{4,40})\)")
_TITLED = re.compile(r"(?P<name>(?i:M\.|Mme|Mlle|Monsieur|Madame) [A-ZÀ-Ý][\w'’-]+)(?: *[,–(-].*| (?P<rest>.+))?$")
_WITH_ARTICLE = re.compile(r"\W*(?:p/?o\s+|pour\s+)?(?:le|la|l['’])\s*\w", re.IGNORECASE)
_OF_COMMUNE = re.compile(r"\b(?:maire|adjointe?|municipale?|commune|ville)\b")
_OF_EPCI = re.compile(r"\b(?:communaut\w+|agglo\w*|metropole|metropolitain\w*|intercommunal\w*|cc|ca|cu)\b")
_TWO_COLUMNS = re.compile(r"\w,?(?:\s{3,}|\t)\S")  # of two people who sign side by side
_HONOUR = re.compile(r"\W*(?:chevalier|officier|commandeur)\b", re.IGNORECASE)
_LONGEST_LINE, _LONGEST_TITLE = 90, 140  # characters of a function above a name; one with its article may go on
_NEAR = 3  # lines between a name and a function


@dataclass(frozen=True)
class Signer:
    """A person as a signature gives them; what it does not give is "". `pointed`: the text points to them, somebody
    else may sign."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    pointed: bool = False


def signer_of(lines: Sequence[str], known: frozenset[str] = frozenset()) -> Signer:
    """The person of a signature block; `known` are the words of the sender's name and address.

    A name that shares a word with `known` is preferred; else the first line that is surely a name.
    """
    found = [(place, name) for place in range(len(lines)) if (name := _name_at(lines, place, known))]
    if not found:
        titled = next(((at, match) for at, line in enumerate(lines) if (match := _titled(line))), None)
        if titled:
            return Signer(_civil(titled[1].group("name")), _role_near(lines, titled[0], len(lines)), first_phone(lines))
        return Signer("", "", first_phone(lines))
    place, name = next((one for one in found if names.words_of(one[1]) & known), found[0])
    # The mail ends "Marc Delattre", then the signature proper repeats it: the last one has the rest below it.
    place = max(at for at, other in found if names.words_of(other) == names.words_of(name))
    next_one = next(
        (at for at, other in found if at > place and not names.words_of(other) & names.words_of(name)), len(lines)
    )
    return Signer(name, _role_near(lines, place, next_one), first_phone(lines[place:next_one]) or first_phone(lines))


def _titled(line: str) -> re.Match[str] | None:
    """ "Mme GOULARD", "Mme GOULARD maire": a surname alone with its civility."""
    found = _TITLED.match(line)
    return found if found and (not found["rest"] or roles.is_role(found["rest"])) else None


def _civil(name: str) -> str:
    """ "Madame GOULARD" → "Mme Goulard": a surname alone keeps its civility."""
    title, _, surname = name.partition(" ")
    title = {"monsieur": "M.", "madame": "Mme", "mme": "Mme", "mlle": "Mlle", "m.": "M."}[title.lower()]
    return f"{title} {names.as_written(surname)}"


def _name_at(lines: Sequence[str], place: int, known: frozenset[str]) -> str:
    """The name on a line; an unusual one is believed when a function stands beside or below it."""
    name = _name_in(lines[place], known)
    parts = _parts(lines[place])
    below = lines[place + 1] if place + 1 < len(lines) else ""
    candidate = names.bare(parts[0])
    if name or not (_is_office(parts[1] if len(parts) > 1 else below) or _is_under_title(lines, place)):
        return name
    if names.is_first_name(candidate) and (len(parts) > 1 or names.words_of(candidate) <= known):
        return candidate  # "Corinne, secrétaire de mairie"; "Quentin" above a function, whose address tells the rest
    capitalised = all(word[0].isupper() for word in candidate.split() if len(word) > 3)
    capitalised = capitalised or (candidate.islower() and names.is_first_name(candidate.split()[0]))
    return candidate if is_personal(candidate) and capitalised and not roles.is_role(candidate) else ""


def _is_under_title(lines: Sequence[str], place: int) -> bool:
    """Whether the line above is a title that a name follows: "La Directrice," or with its comma "DGS,"."""
    above = lines[place - 1].rstrip() if place else ""
    return roles.is_role(above) and bool(above.endswith(",") or _WITH_ARTICLE.match(above))


def _is_office(line: str) -> bool:
    return roles.is_role(line) or roles.is_service(line)


def _name_in(line: str, known: frozenset[str]) -> str:
    """The name of a person at the beginning of a line ("Yves Fasquelle, Maire de Marquise"), "" if there is none."""
    at_address = bool(_AT_AN_ADDRESS.search(line))
    for part in (line, *_parts(line), *_IN_BRACKETS.findall(line)):
        candidate = names.bare(part)
        known_here = known if not at_address or names.words_of(candidate) <= known else frozenset()
        is_role = roles.is_role(part) or roles.is_role(candidate.partition(",")[2].strip())
        if candidate and not is_role and names.is_surely_personal(candidate, known_here):
            return candidate
    return ""


@lru_cache(maxsize=names.LINES)
def _parts(line: str) -> tuple[str, ...]:
    """What stands side by side on a line: "Yves Fasquelle, maire", "Yves Fasquelle (maire)", "Yves Fasquelle maire"."""
    bracketed = re.fullmatch(r"(?P<name>[^(]+?)\s*\((?P<role>[^()]{2,60})\)", line)
    if bracketed and roles.is_role(bracketed.group("role")) and not roles.is_role(bracketed.group("name")):
        return bracketed.group("name"), bracketed.group("role")
    if titled := _title_then_name(line):
        return titled
    parts = SEPARATORS.split(line)
    words = parts[0].split()
    for at in range(2, min(len(words), _LONGEST_NAME + 1)):
        name, rest = " ".join(words[:at]), " ".join(words[at:])
        if roles.is_role(rest) and is_personal(name) and not roles.is_role(name):
            return name, rest, *parts[1:]
    return tuple(parts)


def _title_then_name(line: str) -> tuple[str, ...]:
    """ "Le maire Denis Caron": nothing stands between."""
    words = line.split() if _WITH_ARTICLE.match(line) else []
    for at in range(len(words) - 2, max(1, len(words) - _LONGEST_NAME), -1):
        title, name = " ".join(words[:at]), " ".join(words[at:])
        known = names.is_first_name(words[at]) or names.is_first_name(words[-1])
        if known and is_personal(name) and roles.is_role(title):
            return title, name
    return ()


def _role_near(lines: Sequence[str], place: int, until: int) -> str:
    """The function on the line of the name ("Le Maire, Denis Caron" too), below it, or as a title above it."""
    before, *beside = (part.strip() for part in _parts(lines[place]))
    before = roles.without_civility(before)
    if beside and roles.is_role(before) and is_personal(names.bare(beside[0])):
        return roles.tidied(before)
    if beside and roles.is_own(beside[0]):
        after_name = lines[place].partition(before)[2]
        after_name = after_name[after_name.index(beside[0]) :]
        after_name = after_name if "(" in after_name else after_name.rstrip(") ")
        return roles.tidied(_without_coordinates(after_name))
    below = [line for line in lines[place + 1 : until] if not _ONLY_COORDINATES.match(line)][:_NEAR]
    if place and _WITH_ARTICLE.match(lines[place - 1]) and (title := _title_above(lines[:place])):
        return title
    for line in below:
        if roles.is_own(line):
            return roles.tidied(_without_coordinates(line))
    return _among_parts(beside, below) or _title_above(lines[:place]) or _service(beside, below)


def _among_parts(beside: Sequence[str], below: Sequence[str]) -> str:
    """ "Nadine Roy - CC du Ternois - chargée de mission", "Mairie de Laon - Directrice - 03 …": behind the employer."""
    parts = (*beside, *(part.strip() for line in below for part in _parts(line)[1:]))
    own = (part for part in parts if roles.is_own(part) and not _title_then_name(part))
    return next((roles.tidied(_without_coordinates(part)) for part in own), "")


def _service(beside: Sequence[str], below: Sequence[str]) -> str:
    """Where somebody works, who does not say as what."""
    parts = (*beside, *(part.strip() for line in below for part in (line, *_parts(line)[1:])))
    return next((part for part in parts if roles.is_service(part)), "")


def office_at(lines: Sequence[str], role: str, of_commune: bool) -> str:
    """Of the offices of one person, "Maire de Samer" and "Vice-président de la CC", the one held where applies."""
    here, elsewhere = (_OF_COMMUNE, _OF_EPCI) if of_commune else (_OF_EPCI, _OF_COMMUNE)
    held = [fold(line) if roles.is_role(line) else "" for line in lines]
    at = next((n for n, line in enumerate(lines) if held[n] and roles.tidied(line) == role), -1)
    if at < 0 or here.search(held[at]) or not elsewhere.search(held[at]):
        return role
    beside = [n for n in (at + 1, at - 1) if 0 <= n < len(lines) and held[n] and here.search(held[n])]
    return roles.tidied(lines[beside[0]]) if beside else role


def _title_above(lines: Sequence[str]) -> str:
    """ "Le Maire," above the name, also with another office between: the one with the article signs. On whose behalf
    it is done is no function of theirs."""
    near = (roles.without_civility(line) for line in lines[: -_NEAR - 1 : -1])
    above = itertools.takewhile(_may_be_title, near)
    titles = [line for line in above if not (roles.is_for_another(line) or _HONOUR.match(line))]
    signing = next((line for line in titles if _WITH_ARTICLE.match(line)), titles[0] if titles else "")
    return roles.tidied(signing) if signing else ""


def _may_be_title(line: str) -> bool:
    longest = _LONGEST_TITLE if _WITH_ARTICLE.match(line) else _LONGEST_LINE
    said = roles.is_role(line) or roles.is_for_another(line) or _HONOUR.match(line)
    alone = not _TWO_COLUMNS.search(line) and not _name_in(line, frozenset())
    return bool(said) and alone and len(line) < longest


def _without_coordinates(line: str) -> str:
    """A line may go on with a telephone: "Maire - 03 21 00 00 00", "Maire (03 21 00 00 00)"."""
    parts = _WITH_SEPARATOR.split(_AT_ONCE_TO_CALL.sub("", _IN_BRACKETS_TO_CALL.sub("", line)))
    kept = parts[:1]
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        if _COORDINATES.search(part) or re.match(r"\W*(?:t[ée]l|port|fax|mob)\b", part, re.IGNORECASE):
            break
        kept += [mark, part]
    return "".join(kept)


def first_phone(lines: Sequence[str]) -> str:
    found = phones.phones_in("\n".join(lines))
    return found[0].number if found else ""
