"""What time it is: the machine's clock, or one that was set for a rehearsal."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class SystemClock:
    """The machine's clock in the configuration's zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(self._zone)


class ShiftedClock:
    """A clock that was set to `start` (aware) when it was made, and runs on from there."""

    def __init__(self, start: datetime) -> None:
        self._start, self._made = start, time.monotonic()

    def now(self) -> datetime:
        # By way of UTC: sums of local times forget that the hour changes.
        elapsed = timedelta(seconds=time.monotonic() - self._made)
        return (self._start.astimezone(UTC) + elapsed).astimezone(self._start.tzinfo)
