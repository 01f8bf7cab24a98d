"""Values on their way through Jinja2 and Markdown: sealed as hexadecimal digits between two private-use characters.

No character of a value is ever seen by the Markdown parser, so that nothing an applicant wrote can become a link, a
heading or HTML. A seal holds its value: opening it needs no store. Letters that say the same but for their values are
the same text once these are lifted out of it, a number in their place.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

MAX_VALUE = 1_000
_OPEN, _CLOSE = "\ue000", "\ue001"
_SEAL = re.compile(f"{_OPEN}([0-9a-f]*){_CLOSE}")
_NUMBERED, _END = "\ue002", "\ue003"
_BLANK = re.compile(f"{_NUMBERED}([0-9]+){_END}")
_LINE_BREAKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Lone surrogates cannot be encoded; direction marks turn the text after them round; the rest is invisible.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def one_line(text: str) -> str:
    """The text on one line, composed (NFC), without control characters, at most MAX_VALUE characters."""
    plain = _UNWANTED.sub("", _LINE_BREAKS.sub(" ", text)).replace(_OPEN, "").replace(_CLOSE, "").strip()
    composed = unicodedata.normalize("NFC", plain[: 2 * MAX_VALUE])
    return composed if len(composed) <= MAX_VALUE else composed[: MAX_VALUE - 1] + "…"


def cleaned(value: object) -> object:
    """A value of the mapping, fit for print: text on one line, sequences as tuples, None as ""."""
    match value:
        case None:
            return ""
        case str():
            return one_line(value)
        case Mapping():
            return {str(key): cleaned(item) for key, item in value.items()}
        case list() | tuple():
            return tuple(cleaned(item) for item in value)
        case _:
            return value


def seal(text: str) -> str:
    """The text out of Markdown's sight; nothing stays nothing, so that an empty paragraph is none."""
    return text and f"{_OPEN}{text.encode('utf-8', 'replace').hex()}{_CLOSE}"


def unseal(text: str, write: Callable[[str], str] = str) -> str:
    """The text with its seals opened, each value passed through `write` (an escape, say)."""
    return _SEAL.sub(lambda found: write(_value(found[1])), text)


def without_seals(source: str) -> str:
    """A template's own text, in which the private characters have no business."""
    return re.sub(f"[{_OPEN}{_CLOSE}{_NUMBERED}{_END}]", "", source)


def lifted(text: str) -> tuple[str, list[str]]:
    """The text with numbered blanks for its seals, and the values: the same value has the same number."""
    numbers: dict[str, int] = {}
    plan = _SEAL.sub(lambda found: f"{_NUMBERED}{numbers.setdefault(found[1], len(numbers))}{_END}", text)
    return plan, [_value(digits) for digits in numbers]


def filled(plan: str, values: Sequence[str], write: Callable[[str], str] = str) -> str:
    """The plan with each value back in its blanks, passed through `write`."""
    return _BLANK.sub(lambda found: write(values[int(found[1])]), plan)


def has_blanks(plan: str) -> bool:
    return _NUMBERED in plan


def _value(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-8", "replace")
