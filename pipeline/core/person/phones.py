"""Telephone numbers in a text, the one to call first: a direct line before an office, a mobile, a switchboard."""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

from pipeline.core.folding import fold

_FRANCE = 33
# One letter is a label only beside the number: "J-F. Boutry" has no fax. "T +33 …", "P. 06 …"
_LETTER = r"\b{}\W{{0,3}}$"
_LABELS = (  # label before or just after the number → rank; the last one before the number holds
    (re.compile(rf"\b(?:fax|telecopie|telecopieur)\b|{_LETTER.format('f')}"), None),
    (re.compile(r"\b(?:ligne directe|directe?|ld|poste)\b"), 0),
    (re.compile(r"\b(?:standard|accueil|secretariat|std)\b"), 4),
    (re.compile(rf"\b(?:port|portable|mob|mobile|gsm|cell|cel)\b|{_LETTER.format('[pm]')}"), 3),
    (re.compile(rf"\b(?:tel|telephone|bureau|fixe|phone|tph)\b|{_LETTER.format('t')}"), 1),
)
_UNLABELLED, _MOBILE = 2, 3
_LABEL_REACH = 40
_PAIRS = re.compile(r"(?<!\d)0[1-9](?:[ ./-]\d\d){4}(?!\d)")
_WITHOUT_PLUS = re.compile(r"(?<![\d+.])[ \u00a0](?=33[ .]?[1-9](?:[ .]?\d\d){4}(?!\d))")
_BRACKETED = re.compile(r"\s*\(([^)]*)\)")


class Phone(NamedTuple):
    """A number in international form; `rank` 0 is the best to call."""

    rank: int
    position: int
    number: str


@lru_cache(maxsize=16)  # the same lines are asked for with and without the name that is known
def phones_in(text: str) -> tuple[Phone, ...]:
    """Numbers in order of preference; French unless written with another country's code; no fax."""
    matches = [match for match in _matches(text) if _is_dialled(match)]
    found = []
    end = 0
    for place, match in enumerate(matches):
        until = matches[place + 1].start if place + 1 < len(matches) else len(text)
        before = text[end : match.start]
        # "03 53 01 59 30 (fax) - 03 53 01 59 29": what stands in brackets belongs to the number before it.
        rank = _rank(match, _BRACKETED.sub("", before, count=1) if end else before, text[match.end : until])
        end = match.end
        if rank is not None:
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            found.append(Phone(rank, place, number))
    return tuple(sorted(found))


def _matches(text: str) -> list[phonenumbers.PhoneNumberMatch]:
    # "33 3 53 …": its plus was left out.
    text = _WITHOUT_PLUS.sub("+", text)
    # The library takes "03/53/01/88/11" for dates: any pairs of figures are shown to it with spaces, same length.
    tidy = _PAIRS.sub(lambda pairs: re.sub(r"[./-]", " ", pairs.group()), re.sub(r"[\u00a0\u202f\u2009]", " ", text))
    return list(phonenumbers.PhoneNumberMatcher(tidy, "FR", leniency=phonenumbers.Leniency.POSSIBLE, max_tries=200))


def _is_dialled(match: phonenumbers.PhoneNumberMatch) -> bool:
    """No SIREN, no date, no account number: it begins with 0 or +, and a French one has nine digits after it."""
    raw = match.raw_string.lstrip("( ")
    national = str(match.number.national_number)
    if match.number.country_code != _FRANCE:
        return raw.startswith(("+", "00"))
    return raw.startswith(("0", "+")) and len(national) == 9 and national[0] != "0"


def _rank(match: phonenumbers.PhoneNumberMatch, before: str, after: str) -> int | None:
    rank = _labelled(fold(before)[-_LABEL_REACH:], fold(after)[:25])
    mobile = str(match.number.national_number)[0] in "67"
    if rank is not None and mobile:
        return {0: 1, 4: 4}.get(rank, _MOBILE)
    return rank


def _labelled(before: str, after: str) -> int | None:
    """The rank that the nearest label gives; None for a fax."""
    bracketed = _BRACKETED.match(after)
    for pattern, rank in _LABELS if bracketed else ():
        if bracketed and pattern.search(bracketed.group(1)) and rank != 0:
            return rank
    places = [(match.start(), rank) for pattern, rank in _LABELS for match in pattern.finditer(before)]
    direct = [rank for _, rank in places if rank == 0]
    nearest = max(places, key=lambda place: place[0])[1] if places else _UNLABELLED
    return 0 if direct and nearest == 1 else nearest
