"""What time it is: the machine's clock, or one that was set for a rehearsal."""

import time
from datetime import datetime, timedelta
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
        return self._start + timedelta(seconds=time.monotonic() - self._made)
