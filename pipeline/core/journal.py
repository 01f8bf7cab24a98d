"""The chain of the journal: each event carries the digest of itself and of all before it. Pure.

Whoever changes, removes or inserts an event breaks every digest after it; `check` and an exported file tell where.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

GENESIS = ""


def chained(previous: str, at: datetime, words: Sequence[str]) -> str:
    """The digest of an event: `words` are who, what, call, number, why; `at` is taken in UTC (naive means UTC)."""
    moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    text = json.dumps([previous, moment, *words], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(events: Iterable[tuple[int, datetime, Sequence[str], str]]) -> int | None:
    """The number of the first event that the chain does not hold; None when all of it holds.

    `events` are (number, at, words, digest), in the order of the numbers.
    """
    previous = GENESIS
    for number, at, words, digest in events:
        if digest != chained(previous, at, words):
            return number
        previous = digest
    return None
