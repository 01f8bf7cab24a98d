"""Dates, hours, counts and typography as a careful French writer sets them. Pure; the sentences are the templates'.

Dates, hours and counts use ordinary spaces, so that people can search for them; `typography` alone sets U+00A0.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
NO_BREAK = "\u00a0"
MOST_QUOTED = 60  # characters of what somebody typed

# What must stay byte for byte: addresses of pages and of people, the target of a Markdown link, code.
_UNTOUCHED = re.compile(
    r"(?:https?://|mailto:|tel:|www\.)[^\s<>«»]*[^\s<>«».,;:!?)\]]|[^\s@<>«»]+@[^\s@<>«»]+|\]\([^)\n]*\)|`[^`\n]*`"
)
_BEFORE = re.compile(r"[ \t]+(?=[:;?!](?!\w)|»)")
_MISSING_BEFORE = re.compile(r"(?<=[^\W_])(?=[;?!:]+(?:\s|$))|(?<=[^\s])(?=»)")
_AFTER_OPENING = re.compile(r"«[ \t]*(?=\S)")
_HOUR = re.compile(r"\s*([01]?[0-9]|2[0-3])\s*(?:[hH:]\s*([0-5][0-9])?)?\s*")


def day(value: date) -> str:
    """ "28 février 2017"; the first of a month is "1er"."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number} {MONTHS[value.month - 1]} {value.year}"


def long_date(value: date) -> str:
    """ "mardi 28 février 2017"."""
    return f"{DAYS[value.weekday()]} {day(value)}"


def moment(value: datetime) -> str:
    """ "le 28 février 2017 à 23 h 58", as the clock of the datetime's own zone shows it."""
    return f"le {day(value)} à {hour(f'{value:%H:%M}')}"


def hour(value: str) -> str:
    """ "14:00" → "14 h", "14:30" → "14 h 30", "09:05" → "9 h 05"; what is no hour comes back as it is."""
    found = _HOUR.fullmatch(value)
    if not found:
        return value
    minutes = found[2] or "00"
    return f"{int(found[1])} h" if minutes == "00" else f"{int(found[1])} h {minutes}"


def time_of(value: str) -> time | None:
    """The hour that `hour` finds in it; None for what is no hour."""
    found = _HOUR.fullmatch(value)
    return time(int(found[1]), int(found[2] or 0)) if found else None


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 candidature", "3 candidatures", "0 candidature"; `plural` when it is not made with an s."""
    return f"{number} {noun if abs(number) < 2 else plural or noun + 's'}"


def span(least: int, most: int, noun: str) -> str:
    """ "2 à 3 places", "1 place"; `least` is left out where it says nothing."""
    return f"{least} à {count(most, noun)}" if 0 < least < most else count(most, noun)


def listing(items: Sequence[str], word: str = "et") -> str:
    """ "a", "a et b", "a, b et c"."""
    *first, last = items or ("",)
    return f"{', '.join(first)} {word} {last}" if first else last


def small(function: str) -> str:
    """A function as it stands behind a name: "Directrice générale" → "directrice générale"; "DGS" is left."""
    return function[:1].lower() + function[1:] if function[1:2].islower() else function


def quoted(words: str) -> str:
    """ "« mairie »"; of many words the beginning, with an ellipsis."""
    return f"« {words if len(words) <= MOST_QUOTED else words[:MOST_QUOTED] + '…'} »"


@lru_cache(maxsize=500)  # the templates' own words come with every letter
def typography(text: str) -> str:
    """The text with U+00A0 before : ; ? ! » and after «; addresses, hours (14:00), link targets, code are left."""
    parts, end = [], 0
    for found in _UNTOUCHED.finditer(text):
        parts += [_set(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, _set(text[end:])])


def _set(text: str) -> str:
    spaced = _MISSING_BEFORE.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))
    return _AFTER_OPENING.sub("«" + NO_BREAK, spaced)
