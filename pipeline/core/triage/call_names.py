"""How calls are named: titles, what people make of them, common phrases. Which one is meant is left to `naming`."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.call import Call
from pipeline.core.triage.folding import fold
from pipeline.core.triage.wording.fragments import CALL, CANDIDATURE

_LONG = 6  # letters: a shorter word with one missing may be another
_SMALL_WORDS = {"pour", "dans", "avec", "votre", "notre", "vers", "les", "des", "une", "son", "aux", "par", "sur"}


def calls_in(text: str, calls: tuple[Call, ...], *, by_phrase: bool = True) -> list[Call]:
    """The calls that a folded sentence names; a common phrase among their keywords counts beside "AMI" or so."""
    sure = [call for call in calls if names_of(call).search(text)]
    if sure or not by_phrase or not (CALL.search(text) or CANDIDATURE.search(text)):
        return sure
    return [call for call in calls if phrases_of(call).search(text) or _quotes_title(text, call)]


def masked(sentence: str, calls: tuple[Call, ...]) -> str:
    """The sentence with every sure name of a call read as "cet ami"."""
    return masked_with_places(sentence, calls)[0]


def masked_with_places(sentence: str, calls: Sequence[Call]) -> tuple[str, list[tuple[int, Call]]]:
    """The masked sentence, and where in it which call was named."""
    found = sorted(
        ((match.span(), call) for call in calls for match in names_of(call).finditer(sentence)), key=lambda one: one[0]
    )
    plain, end, places = "", 0, []
    for (start, stop), call in found:
        if start >= end:
            plain += sentence[end:start]
            places.append((len(plain), call))
            plain, end = plain + "cet ami", stop
    return plain + sentence[end:], places


@lru_cache(maxsize=256)
def names_of(call: Call) -> re.Pattern[str]:
    """The names that only this call bears: its titles, and the keywords that are ways to write the short one."""
    short = _pattern(call.short_title) if call.short_title else None
    same = [word for word in call.keywords if short and re.fullmatch(short, fold(word))]
    sure = [name for name in (call.title, call.short_title, *same) if name]
    if not call.short_title or fold(call.short_title) == fold(call.title):
        sure += call.keywords[:1]  # nothing else says what people call it
    return _any_of(sure)


@lru_cache(maxsize=256)
def phrases_of(call: Call) -> re.Pattern[str]:
    return _any_of([*call.keywords])


def _any_of(names: list[str]) -> re.Pattern[str]:
    found = "|".join(_pattern(name) for name in names if re.search(r"\w", name))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)" if found else r"(?!)")


def _pattern(name: str) -> str:
    """A name as people type it: "Visions +21" is also "vision 21", "visions+21", "visions plus 21"."""
    tokens = re.findall(r"\w+", fold(name))
    parts = [_typed(re.sub(r"[sx]$", "", token)) + "[sx]?" if token.isalpha() else token for token in tokens]
    return r"[\W_]{0,3}(?:(?:plus|a) )?[\W_]{0,2}".join(parts)


def _typed(word: str) -> str:
    """A word and, where it is long, what is left of it when one letter was not typed: "vison", "territores"."""
    if len(word) < _LONG:
        return re.escape(word)
    return f"(?:{word}|{'|'.join(word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))})"


def title_words(text: str) -> set[str]:
    """The telling words of a title, without their plural."""
    found = re.findall(r"[a-z]{4,}|\d{2,}", fold(text))
    return {re.sub(r"[sx]$", "", word) for word in found if word not in _SMALL_WORDS}


def _quotes_title(text: str, call: Call) -> bool:
    """Whether something in quotation marks is most of the call's title."""
    own = title_words(call.title) | title_words(call.short_title)
    quoted = (title_words(quote) for quote in re.findall(r'"([^"]{6,200})"', text))
    return any(len(words & own) >= 2 and len(words & own) >= 0.6 * len(words) for words in quoted)
