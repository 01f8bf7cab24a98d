"""Since when something waits, and why, as the journal keeps it. Pure."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

TRACKER = "tracker waiting: {call}"  # milestone: since when and why; "" when it was written to
PATIENCE = timedelta(hours=4)  # before staff are told by a letter


@dataclass(frozen=True)
class Wait:
    """Since when (aware) something could not be done, and what was said then."""

    since: datetime
    why: str

    def noted(self) -> str:
        return json.dumps([self.since.isoformat(timespec="seconds"), self.why], ensure_ascii=False)


def tracker_wait(milestone: Callable[[str], str], code: str) -> Wait | None:
    """Since when the tracker of that call waits to be written to; None when it shows everything."""
    return read_wait(milestone(TRACKER.format(call=code)))


def read_wait(noted: str) -> Wait | None:
    """What a milestone says; None when nothing waits."""
    if not noted:
        return None
    since, why = json.loads(noted)
    return Wait(datetime.fromisoformat(since), why)
