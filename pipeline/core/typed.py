"""A cell as a person meant it: its words, yes or no, a day, an hour. Pure; what is not sure stays as it was typed."""

import re
from datetime import date, datetime, time, timedelta

from pipeline.core.answers import folded, is_no, is_yes
from pipeline.core.folding import fold
from pipeline.core.french import DAYS, MONTHS
from pipeline.core.merge import CellValue

MIDDAY = "midi"
_SERIALS = range(36_526, 73_051)  # the days from 2000 to 2099, where a format was lost on the way
_DAY = re.compile(
    r"(?:le )?(?:(?P<weekday>[a-z]{3,})\.? )?(?:le )?(?P<day>\d{1,2})(?:er)?"
    r"(?: ?[/.-] ?| )(?P<month>\d{1,2}|[a-z]{3,})\.?(?: ?[/.-] ?| )(?P<year>\d{4}|\d\d)(?:,? (?:a )?\d{1,2} ?[h:].*)?"
)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[t ].*)?")
_HOUR = re.compile(r"(?:a )?(\d{1,2}) ?(?:(?:h|heures?|:|\.) ?(\d\d)?)?(?::\d\d)?(?: ?(?:mn|min))?")


def text(value: CellValue) -> str:
    """A cell as text, dates in the French order, on as many lines as it has."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return re.sub(r"\r\n?", "\n", str(value)).strip()


def says_yes(value: CellValue) -> bool:
    """Whether a cell that asks for oui holds it, or what people write instead."""
    return is_yes(text(value))


def says_no(value: CellValue) -> bool:
    """Whether it is empty, or holds non or what people write instead."""
    return not text(value) or is_no(text(value))


def day(value: CellValue) -> date | None:
    """ "7 mars 2017", "mardi 7/3/17", "le 1er avr. 2017", "2017-03-07" or an Excel date; None for what is no whole date
    or names another day of the week."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and value in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=value)
    words = folded(text(value))
    found = _ISO_DAY.fullmatch(words) or _DAY.fullmatch(words)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["month"]) if parts["month"].isdigit() else _month(parts["month"])
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    try:
        there = date(year, month, int(parts["day"]))
    except ValueError:
        return None
    weekday = parts.get("weekday")
    return there if not weekday or DAYS[there.weekday()].startswith(weekday) else None


def hour(value: CellValue) -> str:
    """ "14:00", "14h", "14 h 30", "14.30", "9 heures" or an Excel time → "14:00"; what is no hour stays as typed."""
    if isinstance(value, datetime | time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 24 * 60) % (24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    word = folded(text(value))
    found = _HOUR.fullmatch("12:00" if word == MIDDAY else word)
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return f"{int(found[1]):02}:{int(found[2] or 0):02}"
    return text(value)


def _month(word: str) -> int:
    """The number of a month by the beginning of its name; 0 for none, and for "jui", which are two."""
    found = [number for number, name in enumerate(MONTHS, 1) if fold(name).startswith(word)]
    return found[0] if len(found) == 1 else 0
