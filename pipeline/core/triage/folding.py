"""Text → what people meant to type: no accents, capitals, fancy quotes or line breaks. Judging it is left to others."""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

NBSP = "\u00a0"
MOST_CHARACTERS = 30_000  # of one text: what decides stands at its beginning
TEXTS = 8  # of one mail: it is judged alone, then once more beside its documents
LONGEST_QUOTE = 110  # characters
SHORT_LINE = 45  # characters: a line this short was ended by its writer, not wrapped by a program

_SAME = {
    **dict.fromkeys("’‘ʼ´`′", "'"),
    **dict.fromkeys("«»“”„″", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
}
_UNUSUAL = re.compile(r"[`\x80-\U0010ffff]")
# "cand." too; looking behind comes last: "ca" is found faster
_NEARLY_CANDIDATURE = re.compile(r"ca(?<!\wca)(?:[nd]\w{6,11}\b|nd(?:\.(?=\s|$)|\b))")
_CANDIDACY = frozenset(("candidature", "candidatures"))
_SENTENCE_END = re.compile(
    r"\s(?:(?<=[?!]\s)\s*|(?<=\w{3}[.;…]\s)\s*|(?<=[)\"»\d][.;…]\s)\s*(?=[A-ZÀ-Ý])"
    # "… en PJ. Merci …", not "Dr. Petit"
    r"|(?<=\b\w\w[.;…]\s)(?<!\b(?:Mr|Me|Dr|Pr|St|Bd|bd|Av|av|Cf|cf|No)\.\s)\s*(?=[A-ZÀ-Ý]))"
)
_JOINED = re.compile(r"[_.]+")  # "candidature_v0" is no misspelled "candidature"
LIST_ITEM = re.compile(r"\s*(?:[-–•*·]|\d{1,2}[.)/])\s")
_CLOSING = re.compile(
    r"(?:-- ?|(?:(?:bien|tres|avec|recevez|croyez|veuillez|je|nous|dans|en|merci)\b.*)?"
    r"\b(?:cordialement|cdlt|cdt|sinceres?|salutations|respectueusement|amicalement|courtoisement|amities"
    r"|bises)\b(?: \S+){0,4}\W*"
    r"|(?:bien|tout) a (?:vous|toi)\W*|(?:bonne|belle|excellente) (?:journee|soiree|reception|semaine)\W*)"
)


class Sentence(NamedTuple):
    """A sentence as patterns want it, and as it was written."""

    folded: str
    written: str


def fold(text: str) -> str:
    """`text` in lower case without accents, on one line, with plain quotes, apostrophes and hyphens."""
    plain = _UNUSUAL.sub(_plain, text[:MOST_CHARACTERS])
    return _NEARLY_CANDIDATURE.sub(_spelled, " ".join(plain.lower().split()))


def _plain(char: re.Match[str]) -> str:
    return _plain_character(char[0])


@lru_cache(maxsize=1024)
def _plain_character(char: str) -> str:
    parts = unicodedata.normalize("NFKD", _SAME.get(char, char))
    return "".join(_SAME.get(part, part) for part in parts if not unicodedata.combining(part))


def _spelled(word: re.Match[str]) -> str:
    """ "candidatur", "canditature", "cadidature" as they were meant."""
    return _spelled_word(word[0])


@lru_cache(maxsize=1024)
def _spelled_word(word: str) -> str:
    if word.rstrip(".") == "cand":
        return "candidature"
    if word in _CANDIDACY or word.startswith(("candidat", "candida")) and not word.startswith("candidatu"):
        return word
    return next(iter(get_close_matches(word, ("candidature", "candidatures"), 1, 0.84)), word)


fold_text = lru_cache(maxsize=TEXTS)(fold)  # for the whole text of a mail


def fold_name(name: str) -> str:
    """A file name folded: underscores, dots and hyphens between words are spaces."""
    return re.sub(r"[_.\-]+", " ", fold(_JOINED.sub(" ", name)))


@lru_cache(maxsize=TEXTS)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a mail; lines that a mail program wrapped are one, list items stand alone."""
    written = (part.strip() for block in _blocks(text) for part in _SENTENCE_END.split(block))
    return tuple(Sentence(folded, one) for one in written if (folded := fold(one)))


def _blocks(text: str) -> list[str]:
    blocks, ended = [""], True
    for line in text[:MOST_CHARACTERS].splitlines():
        if ended or not line.strip() or LIST_ITEM.match(line):
            blocks.append(line)
        else:
            blocks[-1] += " " + line
        ended = len(line.rstrip()) < SHORT_LINE
    return blocks


@lru_cache(maxsize=TEXTS)
def without_signature(text: str) -> str:
    """The words before the closing formula or "--"; a postscript after it is kept."""
    lines = text[:MOST_CHARACTERS].splitlines()
    end = next((at for at, line in enumerate(lines) if _closes(lines, at, line)), len(lines))
    postscript = next((lines[at:] for at in range(end, len(lines)) if _is_postscript(lines[at])), [])
    return "\n".join(lines[:end] + postscript)


def _closes(lines: list[str], at: int, line: str) -> bool:
    """A closing formula ends a mail only where little more than a signature follows."""
    if len(line) > 150 or not _CLOSING.fullmatch(fold(line) if line != "-- " else line):
        return False
    return line.rstrip() == "--" or sum(len(rest) for rest in lines[at + 1 :]) < 900


def _is_postscript(line: str) -> bool:
    return bool(re.match(r"p\.? ?s\.? ?:|nb ?:|p\.s\.", fold(line)))


def quote(sentence: str) -> str:
    """Words of the mail as a reason cites them, in French quotation marks, cut where they are long; the full stop or
    the colon they end with is left out, for the reason goes on or ends with its own."""
    words = " ".join(re.sub(r'["«»“”]', "", sentence).split()).rstrip(" .:;,")
    cut = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
    return f"«{NBSP}{cut}{NBSP}»"
