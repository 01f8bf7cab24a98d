"""When the steps run: a round every `poll_minutes`, sooner when a mail comes or something is due, until SIGTERM.

What a round does is left to `cycle`, what is due to the ledger, so that nothing is missed after a sleep of the machine
or a change of the clock. A round never raises into the loop: one exception would be the last one.
"""

import logging
import math
import signal
import time
from collections.abc import Callable
from types import FrameType

from schedule import Scheduler

from pipeline.failures import CannotWait, Unavailable, where
from pipeline.ports import Mailbox, Office

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0  # between two looks at the clock, which may be set, and at whether to stop
SECONDS_AFTER_A_LOSS = 10.0  # until the mail server is tried again; if that fails, the next round is early enough
A_MINUTE = 60.0  # between rounds for letters that wait for their turn
IsOver = Callable[[], bool]


class Rounds:
    """The worker's rounds; `stop()` ends them after the one under way.

    `pause` waits until its argument says that it is over; it may end sooner, when there is a reason for a round.
    """

    def __init__(self, poll_minutes: int, pause: Callable[[IsOver], None]) -> None:
        self._jobs = Scheduler()
        self._is_stopped = False
        self._poll_minutes, self._pause = poll_minutes, pause
        self._due = 0.0  # time.monotonic() of the next round: the clock on the wall may go back

    def run(self, a_round: Callable[[], float]) -> None:
        """Go on until `stop()`; `a_round` says in how many seconds the next one is due at the latest."""
        self._jobs.every(self._poll_minutes).minutes.do(self._guarded, a_round)
        while not self._is_stopped:
            self._jobs.run_all()
            self._pause(self._is_time)

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self._is_stopped = True

    def obey_signals(self) -> None:
        """SIGTERM and Ctrl-C stop the rounds cleanly."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def _is_time(self) -> bool:
        """Time to stop, or for a round: by the clock on the wall, which counts a sleep of the machine, or by the one
        that nobody sets."""
        return self._is_stopped or (self._jobs.idle_seconds or 0.0) <= 0 or self._due <= time.monotonic()

    def _guarded(self, a_round: Callable[[], float]) -> None:
        longest = self._poll_minutes * A_MINUTE
        try:
            longest = min(longest, a_round())
        except Exception as fault:
            log.error("a round ended early: %s", where(fault))
        self._due = time.monotonic() + longest


class News:
    """Waits for new mail: by IDLE where the server tells of it, else by time alone."""

    def __init__(self, mailbox: Mailbox, is_wanted: bool) -> None:
        self._mailbox, self._tells, self._is_lost = mailbox, is_wanted, False

    def wait(self, is_over: IsOver) -> None:
        """Until a mail comes or it is over; a little while when the connection was lost, since one may have come."""
        end = math.inf
        try:
            if self._tells:
                self._mailbox.await_news(is_over)
                self._is_lost = False
                return
        except CannotWait:
            log.info("the mail server does not tell of new mail: it is asked every poll_minutes")
            self._tells = False
        except Unavailable as lost:
            log.warning("%s", lost)
            end = math.inf if self._is_lost else time.monotonic() + SECONDS_AFTER_A_LOSS
            self._is_lost = True
        while not is_over() and time.monotonic() < end:
            time.sleep(LOOK_SECONDS)


def seconds_to_next(office: Office) -> float:
    """When something is due that no mail announces: a letter that waits for its turn, is to be tried again, or was
    asked for and is in its delay; infinite when nothing is."""
    now = office.clock.now()
    next_letter = office.ledger.outbox.next_due(now)
    delayed = [
        at
        for call in office.calls
        for request in office.ledger.outbox.open_requests(call.code)
        if request.is_waiting and (at := request.leaves_at(office.limits.grace_minutes)) > now
    ]
    moments = [*delayed, *([next_letter] if next_letter else [])]
    return min(((at - now).total_seconds() if at > now else A_MINUTE for at in moments), default=math.inf)
