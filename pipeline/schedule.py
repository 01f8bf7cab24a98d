"""When the steps run: a cycle every `poll_minutes`, sooner while letters wait, until SIGTERM or Ctrl-C.

What a cycle does is left to `cycle`. A job never raises into the scheduler: one exception would starve the others.
"""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from schedule import Scheduler

from pipeline.failures import where

log = logging.getLogger(__name__)
LONGEST_WAIT = 5.0  # seconds; a signal is obeyed at once, a change of the clock within this time


class Rounds:
    """The worker's rounds; `stop()` ends them after the job under way."""

    def __init__(self, poll_minutes: int) -> None:
        self._jobs = Scheduler()
        self._stopped = threading.Event()
        self._poll_minutes = poll_minutes

    def every_round(self, job: Callable[[], None]) -> None:
        """Do `job` now, and at every round."""
        guarded = _guarded(job)
        guarded()
        self._jobs.every(self._poll_minutes).minutes.do(guarded)

    def run(self) -> None:
        """Go on until `stop()`."""
        while not self._stopped.is_set():
            self._jobs.run_pending()
            idle = self._jobs.idle_seconds
            self._stopped.wait(min(max(idle or 0.0, 0.0), LONGEST_WAIT))

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self._stopped.set()

    def obey_signals(self) -> None:
        """SIGTERM and Ctrl-C stop the rounds cleanly."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)


def _guarded(job: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            job()
        except Exception as fault:
            log.error("a round ended early: %s", where(fault))

    return run
