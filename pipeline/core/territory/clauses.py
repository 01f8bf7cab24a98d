"""The words around a name, as far as they speak of it: of its clause, of its sentence, of its brackets."""

import re

from pipeline.core.territory.listing import SENTENCE_END
from pipeline.core.territory.located import Mention
from pipeline.core.territory.wording import ARTICLES, Token, type_at

_CLAUSE_END = re.compile(r"[,;:!?()|–—]|\.\s|\n| - ")
_BRACKET = re.compile(r"[()]")
_REACH, _REACH_OF_A_CLAUSE = 45, 8  # words on each side


def clause(tokens: list[Token], mention: Mention) -> tuple[str, str]:
    return _around(tokens, mention, _CLAUSE_END, _REACH_OF_A_CLAUSE)


def sentence(tokens: list[Token], mention: Mention) -> tuple[str, str]:
    """What stands in brackets is a sentence of its own, unless it only names what stands before them."""
    if _is_in_brackets(tokens, mention):
        inside = _around(tokens, mention, _BRACKET, _REACH)
        if not _is_another_name(tokens, mention, inside):
            return inside
    return _around(tokens, mention, SENTENCE_END, _REACH)


def _is_in_brackets(tokens: list[Token], mention: Mention) -> bool:
    """Whether the bracket nearest before the mention, in its sentence, opens."""
    for at in range(mention.start, max(0, mention.start - _REACH), -1):
        gap = tokens[at].gap
        if gap != " " and ("(" in gap or ")" in gap or SENTENCE_END.search(gap)):
            return gap.rfind("(") > gap.rfind(")")
    return False


def _is_another_name(tokens: list[Token], mention: Mention, inside: tuple[str, str]) -> bool:
    """ "Notre intercommunalité (la CC de la Thelloise)": nothing but the name, behind a word that is none."""
    before = next(at for at in range(mention.start, -1, -1) if "(" in tokens[at].gap) - 1
    names = before >= 0 and (tokens[before].raw.islower() or type_at((tokens[before].word,)) is not None)
    return names and not inside[1] and ARTICLES.issuperset(inside[0].split())


def _around(tokens: list[Token], mention: Mention, end: re.Pattern[str], reach: int) -> tuple[str, str]:
    """The folded words before and after the mention, up to an `end` in the punctuation."""
    first, least = mention.start, max(0, mention.start - reach)
    while first > least and ((gap := tokens[first].gap) == " " or not end.search(gap)):
        first -= 1
    last, most = mention.end, min(len(tokens), mention.end + reach)
    while last < most and ((gap := tokens[last].gap) == " " or not end.search(gap)):
        last += 1
    before = "".join([token.word + " " for token in tokens[first : mention.start]])
    return before, " ".join([token.word for token in tokens[mention.end : last]])
