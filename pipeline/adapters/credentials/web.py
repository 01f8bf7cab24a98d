"""HTTPS to the token endpoints: certificates verified, an extra authority where one is named, no endless wait."""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.adapters.servers import one_line, trust
from pipeline.failures import Misconfigured, Unavailable

if TYPE_CHECKING:
    import requests

TIMEOUT = 20.0  # seconds to connect, and between two bytes of an answer
PACKAGES = {  # the extras of pyproject.toml
    "microsoft365": ("msal>=1.35", "requests>=2.32"),
    "google": ("google-auth>=2.38", "requests>=2.32"),
}
# They tell of requests and answers in their debug logs.
for name in ("msal", "google", "urllib3", "requests"):
    logging.getLogger(name).setLevel(logging.ERROR)


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Around the imports that an optional extra brings. Raises Misconfigured, saying how to get it."""
    try:
        yield
    except ImportError as fault:
        packages = " ".join(f'"{one}"' for one in PACKAGES[name])
        command = f"{sys.executable} -m pip install {packages}"
        raise Misconfigured(f"[{name}]: the package {fault.name} is not installed; run: {command}") from None


def session(section: str, ca_file: str) -> "requests.Session":
    """A session that trusts the machine's authorities and that of `ca_file` ("" for none)."""
    # An optional extra, and 0.2 s: a plain log-in does without.
    import requests  # noqa: PLC0415
    from requests.adapters import HTTPAdapter  # noqa: PLC0415

    context = trust(section, ca_file)

    class Patient(HTTPAdapter):
        """Never without a limit of time, and with our own trust."""

        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **options, ssl_context=context)

        def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
            return super().proxy_manager_for(*args, **options, ssl_context=context)

        def cert_verify(self, conn: Any, *args: Any) -> None:
            # Not the authorities that come with requests (and 40 ms a connection): those of the machine, as for mail.
            conn.cert_reqs = "CERT_REQUIRED"

        def send(self, *args: Any, **options: Any) -> Any:
            options["timeout"] = options.get("timeout") or TIMEOUT
            return super().send(*args, **options)

    made = requests.Session()
    made.adapters.clear()  # nothing in clear text
    made.mount("https://", Patient())
    made.auth = lambda asked: asked  # else a line of ~/.netrc would be taken for a log-in
    return made


def unreachable(section: str, whose: str, fault: BaseException) -> Unavailable:
    """Nobody there gives tokens now."""
    # The cause is the end of a long sentence; an object's address in it would make it another trouble each time.
    words = re.sub(r"<[^>]*>: ", "", re.split(r"Caused by \w+\(", str(fault))[-1].rstrip(")'\""))
    return Unavailable(f"{section}: {whose} cannot be asked for a token ({one_line(words)}); check network and proxy.")
