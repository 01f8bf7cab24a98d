"""The sign of life after a good cycle: one GET to an address that raises the alarm when it hears nothing (as
healthchecks.io does). It may fail, or never answer: that never harms a cycle.
"""

import logging
import threading
from urllib.parse import urlsplit

log = logging.getLogger(__name__)
ATTEMPTS = 2
SECONDS = 10.0  # for each attempt: name, connection, answer


class UrlHeartbeat:
    """Certificates are verified. `url` "" for none; its path may be a secret and is logged nowhere."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self._url, self._seconds = url, seconds

    def beat(self) -> bool:
        """Whether the other end took it; tried twice, in at most twice `seconds`."""
        return bool(self._url) and any(self._tried() for _ in range(ATTEMPTS))

    def _tried(self) -> bool:
        """In a thread of its own: neither a name server nor a trickle of bytes keeps to the limit of a socket."""
        taken: list[bool] = []
        trying = threading.Thread(target=lambda: taken.append(self._get()), name="heartbeat", daemon=True)
        trying.start()
        trying.join(self._seconds)
        return taken == [True]

    def _get(self) -> bool:
        # Imported here: an installation without such an address need not know how to ask one.
        import http.client  # noqa: PLC0415
        import urllib.request  # noqa: PLC0415

        try:
            with urllib.request.urlopen(self._url, timeout=self._seconds):
                return True
        except (OSError, http.client.HTTPException, ValueError) as fault:
            reason = " ".join(str(getattr(fault, "reason", "") or type(fault).__name__).split())[:200]
            log.warning("[ledger] heartbeat_url: %s did not take the sign of life: %s", self._host, reason)
            return False

    @property
    def _host(self) -> str:
        return urlsplit(self._url).hostname or "the address"
