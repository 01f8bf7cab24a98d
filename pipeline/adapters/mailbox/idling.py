"""IDLE (RFC 2177): the server tells of new mail as it comes. When to wait, and what to do then, is left to others."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from imapclient import IMAPClient

SPELL_SECONDS = 25.0  # of one IDLE: its end proves that the connection lives, and gives what was read ahead of us
LOOK_SECONDS = 0.5  # between two looks at whether it is over


def idle(client: IMAPClient, is_over: Callable[[], bool]) -> None:
    """Wait in the folder that is open until a mail comes or it is over.

    Raises what the client raises when the connection is lost, ConnectionResetError when the server has closed it.
    """
    while not is_over():
        client.idle()
        came = _listen(client, is_over)
        _, rest = client.idle_done()
        if came or _mail_came(rest):
            return


def _listen(client: IMAPClient, is_over: Callable[[], bool]) -> bool:
    end = time.monotonic() + SPELL_SECONDS
    while not is_over() and time.monotonic() < end:
        asked = time.monotonic()
        said = client.idle_check(LOOK_SECONDS)
        if _mail_came(said):
            return True
        if not said and time.monotonic() - asked < LOOK_SECONDS / 2:
            raise ConnectionResetError("the server has closed the connection")  # the library takes it for silence
    return False


def _mail_came(said: Iterable[Any]) -> bool:
    """ "* 3 EXISTS"; flags, deletions and signs of life are no news."""
    return any(len(one) > 1 and one[1] == b"EXISTS" for one in said)
