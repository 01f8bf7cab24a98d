"""Text as it is compared, lower case, without accents or ligatures; and names of files, which keep their accents.

What is compared is left to others.
"""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"}


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def _folding_table() -> dict[str, str]:
    bases = {char: unicodedata.normalize("NFD", char)[0] for char in map(chr, range(0xC0, 0x250))}
    accents = dict.fromkeys(map(chr, range(768, 880)), "")
    return {char: base for char, base in bases.items() if base.isascii()} | accents | _LIGATURES


_TABLE = _folding_table()


def folded_name(name: str) -> str:
    """A file's or folder's name as systems that know no case compare it; accents count, however they are composed."""
    return unicodedata.normalize("NFC", name).casefold()


def visible(text: str) -> str:
    """Without the characters that show nothing (soft hyphens, zero-width spaces), which come along with what is
    copied from a page or a mail."""
    return text if text.isascii() else "".join(one for one in text if unicodedata.category(one) != "Cf")


def fold(text: str) -> str:
    """Lower case, no accent, œ as oe."""
    lower = text.lower()
    # French has few accents: looking at these alone takes a tenth of the time of a translation.
    return lower if lower.isascii() else _BEYOND_ASCII.sub(_plain, lower)


fold_word = lru_cache(maxsize=2048)(fold)  # people write with the same few


def _plain(char: re.Match[str]) -> str:
    return _TABLE.get(char[0], char[0])
