"""Words as they are compared: folded, abbreviations spelled out, the words of type recognised. No reference
data here."""

import re
import unicodedata
from typing import NamedTuple

from pipeline.core.folding import fold, fold_word

_WORD = re.compile(r"([^\W_]+)")
_FOLDED_WORD = re.compile(r"[a-z0-9]+")
_SPELLED = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "lez": "les",
    "2": "deux",
    "3": "trois",
    "4": "quatre",
    "5": "cinq",
    "6": "six",
    "7": "sept",
}
ARTICLES = frozenset(("de", "du", "des", "d", "l", "la", "le", "les"))
UNHEARD = ARTICLES | {"et"}
LEADS = {"du": "le", "des": "les", "le": "le", "la": "la", "les": "les", "l": "l"}


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name, abbreviations spelled out ("St" → saint, "2" → deux)."""
    return words_in(fold(text))


def words_in(folded: str) -> tuple[str, ...]:
    """The same for a name that is folded already."""
    found = _FOLDED_WORD.findall(folded)
    if _SPELLED.keys().isdisjoint(found):
        return tuple(found)
    return tuple([_SPELLED.get(word, word) for word in found])


def key_of(words: tuple[str, ...]) -> str:
    """What two writings of one name share: its words without articles, run together."""
    if UNHEARD.isdisjoint(words):
        return "".join(words)
    return "".join([word for word in words if word not in UNHEARD]) or "".join(words)


class Token(NamedTuple):
    """A word of a text: folded, as written, and what stands between it and the word before."""

    word: str
    raw: str
    gap: str


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order (NFC is given to text that is not)."""
    pieces = _WORD.split(unicodedata.normalize("NFC", text))
    words = [(fold_word(raw), raw, gap) for gap, raw in zip(pieces[::2], pieces[1::2], strict=False)]
    return [Token(_SPELLED.get(word, word), raw, gap) for word, raw, gap in words]


# Words of type → family, longest first when looked up; a family is what the index knows a name under.
_PHRASES = {
    "COM": """commune nouvelle|commune deleguee|commune associee|commune|ville|mairie|municipalite|village|maire
        |maire adjoint|maire adjointe|conseil municipal|hotel de ville|elus municipaux|conseiller municipal
        |conseillere municipale|elu municipal|elue municipale|conseiller municipal a|conseillere municipale a""",
    "CC": """communaute de communes|communaute des communes|com de com|comm de comm|com com|comcom|comdecom|codecom
        |cdc|cc""",
    "CA": """communaute d agglomeration|communaute agglomeration|communaute d agglo|com d agglo|comm d agglo
        |com agglo|communaute de l agglomeration|ca""",
    "CU": "communaute urbaine|com urbaine|cu",
    "AGGLO": "agglomeration|agglo|metropole|eurometropole",
    "EPCI": "communaute|intercommunalite|interco|epci",
    "EPT": "etablissement public territorial|ept",
    "PNR": "parc naturel regional|parc regional|pnr",
    "PETR": "pole d equilibre territorial et rural|pole d equilibre territorial rural|petr",
    "POLEM": "pole metropolitain",
    "SCOT": """syndicat mixte du scot|syndicat mixte pour le scot|syndicat mixte scot|sm du scot|sm pour le scot
        |syndicat du scot|syndicat mixte du schema de coherence territoriale|scot|schema de coherence territoriale""",
    "DEP": "departement|conseil departemental|conseil general",
    "REG": "region|conseil regional",
}
PHRASES: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): family for family, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
PHRASES_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(PHRASES, key=len, reverse=True):
    PHRASES_BY_FIRST.setdefault(_phrase[0], []).append(_phrase)
# Two letters are a type only as people write an abbreviation: "CA", never "ca" (ça).
CAPITALS_ONLY = frozenset(("ca", "cu"))
SUFFIXES = frozenset(("agglo", "agglomeration", "metropole"))
# A family asked for → the families of the index that answer.
ANSWERING = {
    "AGGLO": ("CA", "CU", "AGGLO"),
    "EPCI": ("CC", "CA", "CU", "AGGLO", "EPT"),
    "CA": ("CA", "AGGLO"),
    "CU": ("CU", "AGGLO"),
}


def type_at(words: tuple[str, ...], start: int = 0) -> tuple[str, int] | None:
    """(family, number of words) of the words of type that begin at `start`, the longest; None if there is none."""
    for phrase in PHRASES_BY_FIRST.get(words[start], ()) if start < len(words) else ():
        if words[start : start + len(phrase)] == phrase:
            return PHRASES[phrase], len(phrase)
    return None


def without_type(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the words of type it begins with; words of type alone stay."""
    found = type_at(words)
    return words[found[1] :] if found and len(words) > found[1] else words


def without_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the articles it begins with."""
    first = next((at for at, word in enumerate(words) if word not in ARTICLES), len(words))
    return words[first:]
