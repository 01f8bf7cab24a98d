"""A moment and the words that go with it, as a milestone keeps them. Pure."""

import json
from datetime import datetime


def dated(at: datetime, words: str) -> str:
    """What to note of a moment (aware), to the second."""
    return json.dumps([at.isoformat(timespec="seconds"), words], ensure_ascii=False)


def read_dated(noted: str) -> tuple[datetime, str] | None:
    """The moment and the words; None where nothing is noted."""
    if not noted:
        return None
    at, words = json.loads(noted)
    return datetime.fromisoformat(at), words
