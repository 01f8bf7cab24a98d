"""Whether a name goes on with a list of names begun before it: "avec Beauval, Bernaville et Lucheux"."""

import re
from collections.abc import Sequence

from pipeline.core.territory.wording import ARTICLES, Token

SENTENCE_END = re.compile(r"[.!?;](?:\s|$)|\n\s*\n|\n\s*[-•*–]\s")
_JOINS = frozenset(("et", "ou", "puis"))
_BETWEEN = ARTICLES | _JOINS | {"a", "jusqu"}  # between the names of a list


class Listing:
    """Follows one list through the mentions of a text, in their order. What the list is of, the caller knows."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._end = -1
        self._joined = False

    def begin(self, end: int) -> None:
        """A list begins with the name that ends before token `end`."""
        self._end, self._joined = end, False

    def stop(self) -> None:
        self._end = -1

    def goes_on(self, start: int, end: int) -> bool:
        """Whether the name of tokens [start, end) is the next of the list: joined to it by a comma, by "et".

        After "et" comes the last: "avec Beauval et Lucheux, la ville de Doullens" ends with Lucheux.
        """
        if not 0 <= self._end <= start:
            return False
        between = self._tokens[self._end : start]
        words = {token.word for token in between}
        gaps = [token.gap for token in self._tokens[self._end : start + 1]]
        joined = not _JOINS.isdisjoint(words)
        if not words <= _BETWEEN or any(SENTENCE_END.search(gap) for gap in gaps) or (self._joined and not joined):
            return False
        self._end, self._joined = end, joined
        return True
