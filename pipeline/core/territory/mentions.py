"""Collectivités named in a text, and how: with their words of type, by acronym, or by a bare name of place."""

import re
from collections.abc import Callable, Iterable

from pipeline.core.territory.contexts import PLAIN_ACTS
from pipeline.core.territory.index import FORMER, Entry, identity
from pipeline.core.territory.located import (
    LONGEST_NAME,
    Mention,
    Strength,
    departements_behind,
    in_small_letters,
    located_by,
)
from pipeline.core.territory.passage import Passage
from pipeline.core.territory.reference import EPCI_NEAR, Territories
from pipeline.core.territory.wording import ARTICLES, CAPITALS_ONLY, SUFFIXES, Token, key_of, type_at

_LONGEST_SYNDICAT = 24
_SHARED_THINGS = frozenset(
    ("candidature", "reponse", "demarche", "vision", "reflexion", "action", "politique", "strategie")
)
# Communes are called so, but "Mairie, place de l'Église" is an address: as a name it follows "de".
_STREETS = frozenset("place rue avenue boulevard cours quai allee allees square route chemin impasse parvis".split())
# Communes bear these names too, but "village de la vallée de la Somme" says where it lies.
_LANDSCAPE = frozenset("vallee plaine cote baie foret riviere montagne campagne mer lac marais plateau centre".split())
_LONG_ENOUGH = 5  # letters that make a name out of small letters behind "mairie", without "de"
_CIVILITIES = frozenset(("m", "mr", "mme", "mlle", "monsieur", "madame"))
_LIES = frozenset(("sur", "sous", "en", "les"))  # "lez", "lès" are read as "les"
# A short name counts in "la candidature de Laon", "Méru se porte candidate".
_APPLICANT_BEFORE = re.compile(r"candidatures? (?:de|d|pour)")
_APPLICANT_AFTER = re.compile(rf"(?:(?:se|s|est|a|vous|y) )*(?:{PLAIN_ACTS}|souhait\w*)\b")
_NUMBERED = re.compile(r"c[dg](\d\d|2[ab]|97\d)")


Finder = Callable[[Passage, int, Territories], Mention | None]


def find_mentions(tokens: list[Token], territories: Territories) -> list[Mention]:
    """The mentions in order, none overlapping, the most telling reading first at each place."""
    tokens = [*tokens, Token("", "", "\n\n")]
    passage = Passage(tokens)
    located = departements_behind(passage, territories)
    found: list[Mention] = []
    at = 0
    while at < len(tokens) - 1:
        mention = _mention_at(passage, at, territories)
        if located:
            mention = mention or in_small_letters(passage, at, located, territories)
        if mention is None:
            at += 1
            continue
        mention = located_by(mention, located) if located else mention
        while found and found[-1].end > mention.start:
            found.pop()
        found.append(mention)
        at = max(mention.end, at + 1)
    return found


def _mention_at(passage: Passage, at: int, territories: Territories) -> Mention | None:
    token = passage.tokens[at]
    if token.raw[0].islower() and token.word not in territories.heads:
        return None  # most words: names begin with a capital, or with one of a few words
    return next((one for finder in FINDERS if (one := finder(passage, at, territories))), None)


def _syndicat(passage: Passage, at: int, territories: Territories) -> Mention | None:
    if passage.words[at] not in territories.france.starts:
        return None
    for end in range(passage.reach(at, _LONGEST_SYNDICAT), at + 1, -1):
        entries = territories.france.whole.get(key_of(passage.words[at:end]))
        if entries and not passage.is_cut_word(end):
            return Mention(at, end, tuple(entries), Strength.TYPED, "WHOLE")
    return None


def _typed(passage: Passage, at: int, territories: Territories) -> Mention | None:
    found = type_at(passage.words, at)
    if not found or not _is_type(passage, at, found):
        return None
    family, count = found
    start = at + count
    if _names_after(passage, start, territories):
        return None
    return (
        _core(passage, at, found, territories)
        or _usage(passage, at, found, territories)
        or _type_after(passage, at, count, family, territories)
        or _nearly(passage, at, start, family, territories)
    )


def _names_after(passage: Passage, start: int, territories: Territories) -> bool:
    """ "Secrétaire de mairie, Ville de Lens": the second words of type carry the name, unless the commune is Ville."""
    while start < len(passage.words) and passage.words[start] in ARTICLES:
        start += 1
    inner = type_at(passage.words, start)
    return bool(inner and _is_type(passage, start, inner) and _core(passage, start, inner, territories))


def _core(passage: Passage, at: int, found: tuple[str, int], territories: Territories) -> Mention | None:
    """The longest name of that family that follows the words of type."""
    family, count = found
    start = at + count
    if start >= len(passage.tokens) or passage.breaks[start] or passage.words[start] in _STREETS:
        return None
    for end in range(passage.reach(start, LONGEST_NAME), start, -1):
        if passage.is_cut_word(end):
            continue
        key = key_of(passage.words[start:end])
        typed = territories.named(family, key)
        nearer = territories.of_another_type(family, key, typed)
        if (typed or nearer) and not _runs_on(passage, start, end, (*typed, *nearer)):
            weak = family == "COM" and not passage.is_capital(start, end) and not _is_whole_line(passage, at, end)
            if weak and _is_plain_word(passage, start, end, typed, territories):
                continue
            bare = family == "SCOT" and count == 1 and passage.words[at - 1 : at] != ("syndicat",)
            strength = Strength.LOOSE if weak or bare or nearer else Strength.TYPED
            longer = territories.cut_short(key, typed) if family == "COM" else []
            return Mention(at, end, (*typed, *nearer, *longer), strength, family, passage.lead(start, end))
    return None


def _runs_on(passage: Passage, start: int, end: int, entries: Iterable[Entry]) -> bool:
    """Whether the last word only seems to end the name: "Belleu se porte candidate" is not of Belleuse."""
    last = passage.tokens[end - 1].raw
    return (
        end - start > 1 and last.islower() and all(entry.words[-1:] != (passage.words[end - 1],) for entry in entries)
    )


def _is_whole_line(passage: Passage, at: int, end: int) -> bool:
    """ "mairie de wimereux" alone on a line, as a hurried secretary signs."""
    alone = (not at or "\n" in passage.gap(at)) and (end >= len(passage.tokens) - 1 or "\n" in passage.gap(end))
    return alone and passage.words[at] == "mairie"


def _is_plain_word(passage: Passage, start: int, end: int, entries: Iterable[Entry], territories: Territories) -> bool:
    """Whether small letters behind words of type are no name: "la ville change", "une commune et son avenir"."""
    words = passage.words[start:end]
    if _LANDSCAPE.issuperset(set(words) - ARTICLES) or len(key_of(words)) == 1:
        return True
    if words[0] not in ARTICLES and len(key_of(words)) < _LONG_ENOUGH:
        return True
    return not any(identity(entry.row) in territories.identities_near for entry in entries)


def _usage(passage: Passage, at: int, found: tuple[str, int], territories: Territories) -> Mention | None:
    """ "Ville de Berck-sur-Mer": the one commune called Berck, with where it lies, as people say it."""
    family, count = found
    start = at + count
    reach = passage.reach(start, 8) if start < len(passage.words) else start
    for end in range(start + 1, reach - 1) if family == "COM" else ():
        if passage.words[end] in _LIES and passage.words[end - 1] not in ARTICLES:
            entries = territories.named("COM", key_of(passage.words[start:end]))
            if len({identity(entry.row) for entry in entries}) == 1 and passage.is_capital(start, end):
                return Mention(at, end + 2, tuple(entries), Strength.USAGE, family, passage.lead(start, end))
    return None


def _nearly(passage: Passage, at: int, start: int, family: str, territories: Territories) -> Mention | None:
    """The beginning of a name, or a name ill written, after its words of type: "CA Grand Calais", "CC du Pays de
    Lumbre"."""
    reach = passage.reach(start, 6)
    if start >= reach or type_at(passage.words, start) or passage.breaks[start] or not passage.is_capital(start, reach):
        return None
    for end in range(reach, start + 1, -1):
        begun = territories.begun(family, key_of(passage.words[start:end]))
        if begun:
            return Mention(at, end, tuple(begun), Strength.HINT, family)
    found = territories.resembling(family, passage.words[start:reach])
    return Mention(at, reach, (found,), Strength.HINT, family) if found else None


def _is_type(passage: Passage, at: int, found: tuple[str, int]) -> bool:
    family, count = found
    raw = passage.tokens[at].raw
    if count == 1 and passage.words[at] in CAPITALS_ONLY:
        return raw.isupper()
    if passage.words[at] == "commune" and at and passage.words[at - 1] in _SHARED_THINGS:
        return passage.words[at + 1] in ARTICLES  # "une candidature commune"
    return not any(passage.breaks[at + 1 : at + count])


def _type_after(passage: Passage, at: int, count: int, family: str, territories: Territories) -> Mention | None:
    """ "Lens-Liévin agglo", "Amiens Métropole", "Lille Métropole Communauté urbaine": the type follows the name."""
    if family not in ("AGGLO", "CU", "CA", "CC"):
        return None
    end = at + count
    for start in range(passage.back(at), at):
        if start and passage.tokens[start].gap == "-" or passage.words[start] in ARTICLES:
            continue
        entries = list(territories.named(family, key_of(passage.words[start:at])))
        if passage.words[at] in SUFFIXES:
            entries += territories.named(family, key_of(passage.words[start:end]))
            whole = territories.france.whole.get(key_of(passage.words[start:end]), ())
            entries += [entry for entry in whole if entry.row["type"] in EPCI_NEAR]
        if entries:
            return Mention(start, end, tuple(entries), Strength.TYPED, family)
    return None


def _acronym(passage: Passage, at: int, territories: Territories) -> Mention | None:
    token = passage.tokens[at]
    number = _NUMBERED.fullmatch(token.word)
    end = at + 1
    if not number and token.raw in ("CD", "CG"):
        number, end = _NUMBERED.fullmatch(token.word + passage.words[at + 1]), at + 2
    if number:
        row = territories.departements_by_code.get(number.group(1).upper())
        return Mention(at, end, (Entry(row, 1, ()),), Strength.USAGE, "DEP") if row else None
    entries = territories.france.acronyms.get(token.raw, ())
    near = [entry for entry in entries if entry.row["siren"] in territories.regional.by_siren]
    return Mention(at, at + 1, tuple(near or entries), Strength.ACRONYM) if entries else None


def _may_be_bare(passage: Passage, at: int, territories: Territories) -> bool:
    """Whether a name without its words of type may begin here."""
    is_article = passage.words[at] in ARTICLES
    if is_article and not passage.tokens[at].raw[0].isupper() or at and passage.tokens[at].gap == "-":
        return False
    if not passage.is_capital(at, at + 2) or not territories.may_begin(passage.words[at : at + LONGEST_NAME]):
        return False
    if not _CIVILITIES.isdisjoint(passage.words[max(0, at - 2) : at]):
        return False  # "Mme Corbie", "M. Jean Croix"
    return not (type_at(passage.words, at) or is_article and type_at(passage.words, at + 1))


def _loose(passage: Passage, at: int, territories: Territories) -> Mention | None:
    if not _may_be_bare(passage, at, territories):
        return None
    for end in range(passage.reach(at, LONGEST_NAME), at, -1):
        if passage.is_cut_word(end):
            continue
        key = key_of(passage.words[at:end])
        entries = _called_so(key, passage, (at, end), territories)
        if entries and not _runs_on(passage, at, end, entries):
            bare = Mention(at, end, tuple(entries), _bare_strength(key, territories))
            return _with_type_after(passage, bare, territories) or bare
        begun = [entry for _, entry in territories.beginnings.get(key, ())] if end - at > 1 else []
        if begun:
            return Mention(at, end, tuple(begun), Strength.HINT)
    return None


def _called_so(key: str, passage: Passage, span: tuple[int, int], territories: Territories) -> list[Entry]:
    """The entries of a bare name; of a short word where somebody of that name applies, or those whose postcode stands
    beside it: "59510 Hem"."""
    entries = territories.loose.get(key, [])
    if len(key) > 4 or span[1] - span[0] > 1 or not entries:
        return entries
    before, after = passage.words[max(0, span[0] - 2) : span[0]], passage.words[span[1] : span[1] + 4]
    if _APPLICANT_BEFORE.fullmatch(" ".join(before)) or _APPLICANT_AFTER.match(" ".join(after)):
        return entries
    beside = {passage.words[at] for at in (span[0] - 1, span[1]) if 0 <= at < len(passage.words)}
    return [entry for entry in entries if beside & territories.postcodes_of(entry.row["insee"])]


def _with_type_after(passage: Passage, bare: Mention, territories: Territories) -> Mention | None:
    """ "Amiens Métropole": the bare name has its type as last word, or right behind it."""
    for at in (bare.end - 1, bare.end):
        if passage.words[at] in SUFFIXES:
            found = _type_after(passage, at, 1, "AGGLO", territories)
            return found if found and found.start == bare.start else None
    return None


def _bare_strength(key: str, territories: Territories) -> Strength:
    if _is_usage(key, territories):
        return Strength.USAGE
    # "Pays de Saint-Omer" may be the EPCI, the former Pays, or the region of that name.
    return Strength.HINT if key.startswith("pays") else Strength.LOOSE


def _is_usage(key: str, territories: Territories) -> bool:
    """A name of several words that the list gives without a type ("Dunkerque Grand Littoral") is as good as one."""
    given = [entry for entry in territories.regional.whole.get(key, ()) if entry.row["type"] in EPCI_NEAR]
    untyped = [entry for entry in given if entry.grade < FORMER and type_at(entry.words) is None]
    return bool(untyped) and len({entry.row["siren"] for entry in given}) == 1


FINDERS: tuple[Finder, ...] = (_syndicat, _typed, _acronym, _loose)
