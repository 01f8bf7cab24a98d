"""The private environment `.venv` beside run.py: made on first use, brought up to date when a lock file changes.

A stamp inside holds the sha256 of the lock files it satisfies, written last. Beside it `.venv.lock` lets one process
prepare at a time, and is not empty while a preparation is unfinished. Standard library only. What is needed and when
is left to `environment`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from pipeline.package_installer import CannotInstall, Installer, inherited, say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NO_VENV_MODULE = "Python cannot make a private environment ({why}). Debian, Ubuntu: apt install python3-venv"
UNFINISHED = "unfinished"
WITHOUT_LOCKS = (errno.ENOLCK, errno.ENOTSUP)  # some network file systems: go on alone rather than not at all


class CannotSetUp(Exception):
    """The environment could not be made; the text is one line: what failed and what to do."""


class PrivateEnvironment:
    """The folder `.venv` of one copy of the program."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self._stamp = self.folder / "lock.sha256"
        self._turn = root / ".venv.lock"

    def is_current(self) -> bool:
        """Whether this very interpreter is the private one."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def is_ready(self, locks: Sequence[Path]) -> bool:
        """Whether it satisfies all `locks` as they are now (reads the lock files and the stamp, starts nothing)."""
        return self.python.exists() and {digest(lock) for lock in locks} <= set(self._stamped())

    def is_outdated(self, lock: Path) -> bool:
        """Whether we made it and `lock` has changed since; one made by hand is its maker's business."""
        return self._stamp.exists() and lock.exists() and digest(lock) not in self._stamped()

    def prepare(self, locks: Sequence[Path], anew: bool = False) -> bool:
        """Make it satisfy `locks` (the first is installed, it covers the others); `anew` distrusts what is there.

        Returns whether anything had to be done. Raises CannotSetUp. Any number of processes may call this at once:
        one works, the others wait for it.
        """
        absent = [lock.name for lock in locks if not lock.exists()]
        if absent:
            raise CannotSetUp(f"{', '.join(absent)} is missing beside run.py: the copy of the program is not complete.")
        if not anew and self.is_ready(locks):
            return False
        try:
            with one_at_a_time(self._turn) as turn:
                if anew or not self.is_ready(locks):
                    self._make(locks, turn, anew)
            return True
        except CannotInstall as reason:
            raise CannotSetUp(str(reason)) from reason
        except OSError as reason:
            raise CannotSetUp(f"Cannot prepare {self.folder}: {reason}. Free space, rights on the folder?") from reason

    def _make(self, locks: Sequence[Path], turn: IO[str], anew: bool) -> None:
        started = time.monotonic()
        installer = Installer(self.python, locks[0], turn.fileno())
        say(f"Preparing the private environment {self.folder} ({installer.total} packages, hashes checked), once.")
        afresh = anew or interrupted(turn) or not self._has_pip()
        mark(turn, UNFINISHED)
        self._stamp.unlink(missing_ok=True)
        if afresh:
            say("- making the folder")
            self._create(turn.fileno())
        installer.run()
        self._write_stamp(locks)
        mark(turn, "")
        say(f"- ready in {time.monotonic() - started:.0f} s; the next runs start at once.")

    def _create(self, turn: int) -> None:
        maker: str = getattr(sys, "_base_executable", "") or sys.executable
        command = [maker, "-I", "-m", "venv", "--clear", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", pass_fds=inherited(turn))
        if done.returncode or not self.python.exists():
            lines = (done.stdout + done.stderr).strip().splitlines() or ["no reason given"]
            why = "its module ensurepip is missing" if "ensurepip" in "".join(lines) else lines[-1].strip()
            raise CannotSetUp(NO_VENV_MODULE.format(why=why))

    def _has_pip(self) -> bool:
        if not self.python.exists() or not (self.folder / "pyvenv.cfg").exists():
            return False  # without that file its pip would be the system's
        probe = subprocess.run([str(self.python), "-I", "-m", "pip", "--version"], capture_output=True)
        return probe.returncode == 0

    def _stamped(self) -> list[str]:
        try:
            return self._stamp.read_text(encoding="ascii").split()
        except (OSError, UnicodeDecodeError):
            return []

    def _write_stamp(self, locks: Sequence[Path]) -> None:
        draft = self._stamp.with_suffix(".new")
        draft.write_text("".join(f"{digest(lock)}\n" for lock in locks), encoding="ascii")
        draft.replace(self._stamp)


def digest(lock: Path) -> str:
    """The sha256 of a lock file, line endings aside (a checkout on Windows may change them), in hexadecimal."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def interrupted(turn: IO[str]) -> bool:
    """Whether the last preparation was cut short, which leaves packages of unknown state."""
    turn.seek(0)
    return bool(turn.read())


def mark(turn: IO[str], text: str) -> None:
    """Replace what the turn file says."""
    turn.seek(0)
    turn.truncate()
    turn.write(text)
    turn.flush()


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[IO[str]]:
    """The turn file, opened and locked; waits for the process that holds it, and says so. Freed by any end of ours."""
    with path.open("a+", encoding="ascii") as turn:
        if not take(turn, wait=False):
            say("Another run is preparing the private environment: waiting for it.")
            while not take(turn, wait=True):
                time.sleep(1)
        yield turn


def take(turn: IO[str], wait: bool) -> bool:
    """Lock the turn file; False when another process holds it."""
    try:
        if sys.platform == "win32":
            turn.seek(0)
            msvcrt.locking(turn.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(turn, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as reason:
        return reason.errno in WITHOUT_LOCKS
    return True
