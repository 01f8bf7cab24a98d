"""Since when something waits, and why, as the journal keeps it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.core.dated import dated, read_dated

TRACKER = "tracker waiting: {call}"  # milestone: since when and why; "" when it was written to
PATIENCE = timedelta(hours=4)  # before staff are told by a letter


@dataclass(frozen=True)
class Wait:
    """Since when (aware) something could not be done, and what was said then."""

    since: datetime
    why: str

    def noted(self) -> str:
        return dated(self.since, self.why)


def tracker_wait(milestone: Callable[[str], str], code: str) -> Wait | None:
    """Since when the tracker of that call waits to be written to; None when it shows everything."""
    return read_wait(milestone(TRACKER.format(call=code)))


def read_wait(noted: str) -> Wait | None:
    """What a milestone says; None when nothing waits."""
    found = read_dated(noted)
    return Wait(*found) if found else None
