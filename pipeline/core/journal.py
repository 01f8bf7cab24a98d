"""The chain of the journal: each event carries the digest of itself and of all before it. Pure.

Whoever changes, removes or inserts an event breaks every digest after it; `check` and an exported file tell where.

An event may be erased because the law asks for it. Its words go, its digest stays: the next event still follows from
it. The event that tells of the erasure names the numbers of those it erased and seals their digests, and stands in the
chain itself; an event without words that no such event names was tampered with.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

GENESIS = ""
ERASED = "effacé"  # stands in the place of what an erased event said
ERASURE = "données effacées"  # begins what is said of an erasure
SEALED = "événements effacés : {numbers} ; sceau : {seal}. "
_SEALED = re.compile(r"événements effacés : ([\d, -]*) ; sceau : ([0-9a-f]{64})\. ")

Row = tuple[int, datetime, Sequence[str], str]  # number, at, (who, what, call, number, why), digest


def chained(previous: str, at: datetime, words: Sequence[str]) -> str:
    """The digest of an event: `words` are who, what, call, number, why; `at` is taken in UTC (naive means UTC)."""
    moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    text = json.dumps([previous, moment, *words], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(events: Iterable[Row]) -> int | None:
    """The number of the first event that the chain does not hold; None when all of it holds.

    `events` are (number, at, words, digest), in the order of the numbers.
    """
    rows = list(events)
    erased, previous = erased_by_right(rows), GENESIS
    for number, at, words, digest in rows:
        if digest != chained(previous, at, words) and not (number in erased and _is_blank(words)):
            return number
        previous = digest
    return None


def erased_by_right(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of the events that an event of erasure names, where the digests are those it sealed."""
    digests = {number: digest for number, _, _, digest in rows}
    found: set[int] = set()
    for _, _, words, _ in rows:
        said = _SEALED.match(words[4]) if words[1].startswith(ERASURE) else None
        if said:
            numbers = set(_numbers(said[1], max(digests)))
            if seal({one: digests[one] for one in numbers & set(digests)}) == said[2]:
                found |= numbers
    return frozenset(found)


def is_erasable(what: str) -> bool:
    """Whether an event still says something that may go: one that tells of an erasure stays, the chain hangs on it."""
    return what != ERASED and not what.startswith(ERASURE)


def seal(digests: Mapping[int, str]) -> str:
    """One digest over the numbers and digests of events."""
    lines = "".join(f"{number} {digests[number]}\n" for number in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


def _is_blank(words: Sequence[str]) -> bool:
    return words[1] == ERASED and words[4] == ""


def _numbers(text: str, last: int) -> Iterator[int]:
    """ "3-57, 60" as numbers, none above `last`: the text may be anybody's."""
    for run in filter(None, text.replace(" ", "").split(",")):
        first, _, end = run.partition("-")
        if first.isdigit() and (end or first).isdigit():
            yield from range(int(first), min(int(end or first), last) + 1)
