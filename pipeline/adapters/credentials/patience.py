"""Three log-ins in vain within an hour, then none until that hour is over: servers lock out who insists.

Kept on the disk, since `once` begins afresh at every cycle.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.adapters.credentials.private_file import replace_private
from pipeline.failures import Unavailable
from pipeline.ports import Clock

MOST, WITHIN = 3, timedelta(hours=1)
log = logging.getLogger(__name__)


class LoginRefused(Unavailable):
    """A server said no to what proves who we are. Trying again with the same would not help."""


class Patience:
    """The log-ins in vain of one installation; `insists`: a person waits, it is tried all the same."""

    def __init__(self, path: Path, clock: Clock, insists: bool = False) -> None:
        self._path, self._clock, self._insists = path, clock, insists

    @contextmanager
    def trying(self, what: str) -> Iterator[None]:
        """Around one log-in at `what` ("[smtp]"). Raises Unavailable instead when it was refused too often."""
        vain = self._vain(what)
        if len(vain) >= MOST and not self._insists:
            again = datetime.fromisoformat(vain[-MOST]["at"]) + WITHIN
            how = "at once by: python3 run.py check"
            # `core.alerts` leaves this end out: it is still the same trouble.
            raise Unavailable(f"{vain[-1]['said']} (not tried again before {again:%H:%M}; {how})")
        try:
            yield
        except LoginRefused as refusal:
            self._keep(what, [*vain, {"at": self._clock.now().isoformat(), "said": str(refusal)}])
            raise

    def forget(self, what: str) -> None:
        """It succeeded."""
        if self._vain(what):
            self._keep(what, [])

    def _vain(self, what: str) -> list[dict[str, str]]:
        """Those of the last hour, oldest first; none of a clock that was set back since."""
        now = self._clock.now()
        found = [one for one in self._kept().get(what, ()) if now - WITHIN < datetime.fromisoformat(one["at"]) <= now]
        return sorted(found, key=lambda one: one["at"])

    def _kept(self) -> dict[str, Any]:
        """What the file holds; a damaged one holds nothing."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            for one in (one for several in kept.values() for one in several):
                datetime.fromisoformat(one["at"]).astimezone(), one["said"] + ""
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}
        return dict(kept)

    def _keep(self, what: str, vain: list[dict[str, str]]) -> None:
        try:
            replace_private(self._path, json.dumps({**self._kept(), what: vain}, ensure_ascii=False, indent=1))
        except OSError as fault:  # a full disk must not hide what the server said
            log.warning("%s cannot be written: %s", self._path, fault)
