"""Text as it is compared: lower case, without accents or ligatures. What is compared is left to others."""

import unicodedata

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"}


def _folding_table() -> dict[int, str]:
    table = {ord(char): plain for char, plain in _LIGATURES.items()}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table.update(dict.fromkeys(range(768, 880), ""))
    table.update({ord(char): plain for char, plain in _LIGATURES.items()})
    return table


_TABLE = _folding_table()


def fold(text: str) -> str:
    """Lower case, no accent, œ as oe."""
    return text.lower() if text.isascii() else text.lower().translate(_TABLE)
