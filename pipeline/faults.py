"""Named fault points: where a test may kill the worker, or make the disk fail, to prove that nothing is lost.

Without FAULT in the environment a point does nothing. FAULT="<point>:<nth>:<kill|eio|enospc|hang>" acts at the nth
passage of that point, counted from 1 over the life of the process or since `arm`. Anything may import this module.
"""

import errno
import os
import re
import signal
import time
from collections import Counter

POINTS = (
    *("fetch", "archive", "ledger", "read", "decide", "queue", "claim", "send", "sent", "copy"),
    *("announce", "tracker:written-beside", "tracker:set-aside", "tracker:exchanged", "tracker"),
    *("purge:list", "purge:rows", "purge:mail", "purge:files", "purge:scrubbed"),
)
HANG_SECONDS = 3600.0
_SETTING = re.compile(rf"({'|'.join(POINTS)}):([1-9]\d{{0,8}}):(kill|eio|enospc|hang)")

Wanted = tuple[str, int, str]

passages: Counter[str] = Counter()  # how often each point was passed
_moves = 0
_wanted: Wanted | None = None


def arm(setting: str) -> None:
    """Act from now on as FAULT=`setting` says, counting anew; "" disarms."""
    global _wanted
    _wanted = _parsed(setting)
    passages.clear()


def point(name: str) -> None:
    """Pass a point: one of POINTS. Raises OSError where FAULT asks for one."""
    passages[name] += 1
    if _wanted and _wanted[:2] == (name, passages[name]):
        _act(_wanted[2])


def moved() -> None:
    """Long work goes on, at a place where no fault is played: what watches over the run is to know."""
    global _moves
    _moves += 1


def progress() -> int:
    """Grows with each point that is passed and each sign of life."""
    return passages.total() + _moves


def _parsed(setting: str) -> Wanted | None:
    """What FAULT asks for; None for "" and for what another program may mean by that name."""
    found = _SETTING.fullmatch(setting)
    return (found[1], int(found[2]), found[3]) if found else None


def _act(action: str) -> None:
    match action:
        case "eio":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        case "enospc":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        case "hang":
            time.sleep(HANG_SECONDS)
        case _:
            os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ.get("FAULT", ""))
