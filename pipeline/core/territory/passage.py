"""A text as tokens, with what the finders of names ask of it. Which name stands where is left to `mentions`."""

import re

from pipeline.core.territory.wording import ARTICLES, LEADS, Token

_LONGEST_BEFORE_TYPE = 6
_BREAK = re.compile(r"[;:!?)(|•]|\.\s|\n\s*\n")


class Passage:
    """A text as tokens, with what the finders ask of it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.words = tuple([token.word for token in tokens])
        self.breaks = [token.gap != " " and bool(_BREAK.search(token.gap)) for token in tokens]  # before each

    def gap(self, at: int) -> str:
        """What stands before a token; "" behind the last one."""
        return self.tokens[at].gap if at < len(self.tokens) else ""

    def reach(self, start: int, longest: int) -> int:
        """How far a name that begins at `start` may go: up to a break in the punctuation."""
        end = min(start + 1, len(self.tokens))
        while end < min(len(self.tokens), start + longest) and not self.breaks[end]:
            end += 1
        return end

    def back(self, end: int) -> int:
        """How far before `end`, where its type follows it, a name may begin."""
        start = end
        while start > max(0, end - _LONGEST_BEFORE_TYPE) and not self.breaks[start]:
            start -= 1
        return start

    def is_cut_word(self, end: int) -> bool:
        """Whether the name would end inside a hyphenated word: "Ville de Boulogne|-Billancourt"."""
        if end >= len(self.tokens) or self.words[end - 1] in ARTICLES or self.words[end - 1] == "et":
            return True
        after = self.tokens[end]
        return after.gap == "-" and not after.word.isdigit()

    def is_capital(self, start: int, end: int) -> bool:
        """Whether the first word that is no article begins with a capital or a figure."""
        raws = [token.raw for token in self.tokens[start:end] if token.raw and token.word not in ARTICLES]
        return bool(raws) and not raws[0][0].islower()

    def lead(self, start: int, end: int) -> str:
        """The article that belongs to the name: "le" in "ville du Quesnoy"."""
        articles = []
        for word in self.words[start:end]:
            if word not in ARTICLES:
                break
            articles.append(word)
        return LEADS.get(articles[-1], "") if articles else ""
