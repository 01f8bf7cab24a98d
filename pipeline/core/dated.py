"""A moment and the words that go with it, as a milestone keeps them. Pure."""

import json
from datetime import datetime


def dated(at: datetime, words: str) -> str:
    """What to note of a moment (aware), to the second."""
    return json.dumps([at.isoformat(timespec="seconds"), words], ensure_ascii=False)


def before(noted: str, now: datetime) -> datetime | None:
    """The moment noted (ISO, aware); None for none, and for one to come: the clock was set back since, and what counts
    from such a moment would wait for it."""
    at = datetime.fromisoformat(noted) if noted else None
    return at if at and at <= now else None


def read_dated(noted: str) -> tuple[datetime, str] | None:
    """The moment and the words; None where nothing is noted."""
    if not noted:
        return None
    at, words = json.loads(noted)
    return datetime.fromisoformat(at), words
