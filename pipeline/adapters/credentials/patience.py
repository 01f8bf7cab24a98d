"""Three log-ins in vain within an hour, then none until that hour is over: servers lock out who insists.

Kept on the disk, since `once` begins afresh at every cycle.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.adapters.credentials.private_file import replace_private
from pipeline.failures import Unavailable
from pipeline.ports import Clock

MOST, WITHIN = 3, timedelta(hours=1)
log = logging.getLogger(__name__)


class LoginRefused(Unavailable):
    """A server said no to what proves who we are. Trying again with the same would not help."""


@dataclass(frozen=True)
class Vain:
    """One log-in that was refused: when, and the line that was said."""

    at: datetime
    said: str


class Patience:
    """The log-ins in vain of one installation; `insists`: a person waits, it is tried all the same."""

    def __init__(self, path: Path, clock: Clock, insists: bool = False) -> None:
        self._path, self._clock, self._insists = path, clock, insists

    @contextmanager
    def trying(self, what: str) -> Iterator[None]:
        """Around one log-in at `what` ("[smtp]"). Raises Unavailable instead when it was refused too often."""
        vain = self._kept().get(what, [])
        if len(vain) >= MOST and not self._insists:
            again, how = vain[-MOST].at + WITHIN, "at once by: python3 run.py check"
            # `core.alerts` leaves this end out: it is still the same trouble.
            raise Unavailable(f"{vain[-1].said} (not tried again before {again:%H:%M}; {how})")
        try:
            yield
        except LoginRefused as refusal:
            self._keep(what, [*vain, Vain(self._clock.now(), str(refusal))])
            raise

    def forget(self, what: str) -> None:
        """It succeeded."""
        if what in self._kept():
            self._keep(what, [])

    def _kept(self) -> dict[str, list[Vain]]:
        """Those of the last hour, oldest first; none of a clock that was set back since, none of a damaged file."""
        now = self._clock.now()
        try:
            found = {
                what: sorted(
                    (Vain(datetime.fromisoformat(at), str(said)) for at, said in several), key=lambda one: one.at
                )
                for what, several in json.loads(self._path.read_text(encoding="utf-8")).items()
            }
            recent = {what: [one for one in vain if now - WITHIN < one.at <= now] for what, vain in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        return {what: vain for what, vain in recent.items() if vain}

    def _keep(self, what: str, vain: list[Vain]) -> None:
        known = {**self._kept(), what: vain}
        text = {name: [(one.at.isoformat(), one.said) for one in several] for name, several in known.items() if several}
        try:
            replace_private(self._path, json.dumps(text, ensure_ascii=False, indent=1))
        except OSError as fault:  # a full disk must not hide what the server said
            log.warning("%s cannot be written: %s", self._path, fault)
