"""Yes, no, and one of several words, as people write them. Pure.

What is not sure is none of them, and is said to be none (`choices`): nothing is guessed.
"""

import re
from collections.abc import Iterable

from pipeline.core.folding import fold

YES = ("oui", "o", "x", "ok", "vrai", "1", "✓", "✔", "☑", "✅")
NO = ("non", "n", "faux", "0", "-", "☐", "✗", "✘")
_EDGES = " .!;,"


def is_yes(word: str) -> bool:
    """Whether it is oui, or a word or a mark that people write instead."""
    return folded(word) in YES


def is_no(word: str) -> bool:
    """Whether it is non, or what people write instead."""
    return folded(word) in NO


def chosen(choices: Iterable[str], word: str) -> str | None:
    """The choice that a word means, whatever its case, accents, apostrophe, gender and number; None for none."""
    meant = _stem(word)
    if not meant:  # nearly all cells are empty
        return None
    for choice in choices:
        if _stem(choice) == meant or (choice == "oui" and is_yes(word)) or (choice == "non" and is_no(word)):
            return choice
    return None


def folded(words: str) -> str:
    """As `fold`, without the blanks and the punctuation around."""
    return re.sub(r"\s+", " ", fold(words)).strip(_EDGES)


def _stem(words: str) -> str:
    """Without the endings of gender and number: "Retenues" and "retenu" are one word."""
    return " ".join(word.rstrip("es") or word for word in folded(words).split(" "))
