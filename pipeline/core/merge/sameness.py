"""Whether two cells say the same: what Excel, LibreOffice or a careless retyping change without meaning to."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from pipeline.core.merge.values import CellValue

_EPOCH = datetime(1899, 12, 30)  # serial 0 of the 1900 date system, for days after February 1900
_SERIAL = re.compile(r"\d{1,7}(?:\.\d+)?")
_DIGITS = re.compile(r"[\d ]{1,18}")


def same(one: CellValue, other: CellValue) -> bool:
    """Equal but for types, blanks, no-break spaces, line ends, float tails, zeros lost before digits, date serials."""
    if one == other and type(one) is type(other):  # nearly always: nothing was typed
        return True
    if plain(one) == plain(other):
        return True
    return any(_is_serial_of(a, b) or _is_text_of(a, b) for a, b in ((one, other), (other, one)))


def plain(value: CellValue) -> str:
    """A cell as a comparable text."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            moment = value.replace(microsecond=0, tzinfo=None)
            return moment.isoformat().removesuffix("T00:00:00").removesuffix(":00")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case int() | float():
            return f"{value:.15g}"
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(value)).replace("_x000D_", " ")).strip()
    if _DIGITS.fullmatch(words):
        return words.replace(" ", "").lstrip("0") or "0"
    return words


def _is_text_of(words: CellValue, moment: CellValue) -> bool:
    """Whether a text is a date or moment as Excel shows it in French, or its serial: a column that was made text."""
    if not isinstance(words, str) or not isinstance(moment, date):
        return False
    if _SERIAL.fullmatch(words.strip()):
        return _is_serial_of(float(words), moment)
    formats = ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"]
    if not isinstance(moment, datetime) or moment.time() == time():
        formats.append("%d/%m/%Y")
    return words.strip() in [moment.strftime(one) for one in formats]


def _is_serial_of(number: CellValue, moment: CellValue) -> bool:
    """Whether a bare number is the serial of a date, moment or hour (a format lost on the way)."""
    if not isinstance(number, int | float) or isinstance(number, bool):
        return False
    if isinstance(moment, time):
        return abs(number * 86_400 - (moment.hour * 3600 + moment.minute * 60 + moment.second)) < 31
    if not isinstance(moment, date):
        return False
    naive = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    if not 1 <= number < 2_958_466:  # the last day that Excel knows is 31 December 9999
        return False
    return abs(_EPOCH + timedelta(days=number) - naive.replace(tzinfo=None)) < timedelta(seconds=31)
