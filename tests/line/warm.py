"""Runs of the program in processes of their own that need not load it: each is a fork of one that did.

A fault point kills or halts such a run like any other; a second of processor time a run is saved. The process that
forks has one thread and has run one cycle, elsewhere, so that modules and the list of communes are there.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline import faults
from pipeline.commands import all_at_once, main, once, purge, recover
from pipeline.cycle import run_cycle
from pipeline.demo.post_bag import BEFORE_CLOSING
from pipeline.ports import Fetched
from tests.steps.a_house import PlayedMailbox, an_office

LOADED = (all_at_once, once, purge, recover)
ROOT = Path(__file__).parents[2]
LONGEST = 300.0  # seconds
Done = subprocess.CompletedProcess[str]


def run_warm(words: Sequence[str], environment: Mapping[str, str], killed_after: float = 0) -> Done:
    """The command line `words`, without the program's name, to its end, or until it is `killed_after` as many seconds.

    The exit code of one that was killed is minus the signal.
    """
    forking = _forking()
    assert forking.stdin is not None and forking.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        said, complained = Path(folder, "stdout"), Path(folder, "stderr")
        order = [list(words), dict(environment), str(said), str(complained), killed_after]
        forking.stdin.write(json.dumps(order) + "\n")
        forking.stdin.flush()
        if not select.select([forking.stdout], [], [], LONGEST)[0]:
            _forking.cache_clear()
            forking.kill()
            raise subprocess.TimeoutExpired(list(words), LONGEST)
        code = int(forking.stdout.readline())
        return Done(list(words), code, said.read_text("utf-8"), complained.read_text("utf-8"))


@cache
def _forking() -> "subprocess.Popen[str]":
    """One for all tests of this process, which ends it."""
    command = [sys.executable, "-m", "tests.line.warm"]
    forking = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(forking.communicate)
    return forking


def serve() -> None:
    """A fork for each line of standard input; its exit code on standard output."""
    _warm_up()
    while order := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _become(*json.loads(order))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _warm_up() -> None:
    """A cycle over a question, a candidature with a document and its complement; how far it is, which a slow machine is
    told, is no exit code."""
    mails = [Fetched(rank, mail.raw(), mail.received) for rank, mail in enumerate(BEFORE_CLOSING[:3], 1)]
    with redirect_stdout(sys.stderr), tempfile.TemporaryDirectory() as folder, an_office(Path(folder)) as office:
        assert run_cycle(replace(office, mailbox=PlayedMailbox(mails))).troubles == []


def _become(words: list[str], environment: dict[str, str], said: str, complained: str, killed_after: float) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate((os.devnull, said, complained)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    signal.setitimer(signal.ITIMER_REAL, killed_after)  # its signal ends a process as a kill does; 0: never
    faults.arm(environment["FAULT"])
    raise SystemExit(main(words))


if __name__ == "__main__":
    serve()
