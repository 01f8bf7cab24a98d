"""Installs the packages of a lock file with pip, hashes checked, and shows how far it is.

Standard library only. Which environment, and whether it is needed at all, is left to `private_environment`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

PIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==", re.MULTILINE)
PLAIN_STEP = 10  # packages between two lines where there is no terminal
CHECK_THE_NETWORK = "Check the network (behind a proxy: set HTTPS_PROXY)"
REMEDIES = (  # the first sign found in what pip said decides
    (
        "DO NOT MATCH THE HASHES",
        "A download is not what was recorded: if trying again does not help, tell your network staff",
    ),
    ("No space left", "The disk is full: free about 300 MB"),
    ("Retrying (", CHECK_THE_NETWORK),
    (
        "No matching distribution",
        "A package does not exist for this Python or machine: try another Python from 3.11 on",
    ),
)


class CannotInstall(Exception):
    """pip gave up; the text is one line: what failed and what to do."""


class Installer:
    """One run of pip in the environment of `python`, for the packages pinned in `lock`."""

    def __init__(self, python: Path, lock: Path, turn: int) -> None:
        """`turn` is the locked file descriptor that pip keeps open, so that the turn outlives us if we are killed."""
        self.total = len(PIN.findall(lock.read_text(encoding="utf-8")))
        self._python, self._lock, self._turn = python, lock, turn

    def run(self) -> None:
        """Install everything; raises CannotInstall, and leaves what pip said in `setup.log` in the environment."""
        said: list[str] = []
        progress = Progress(self.total, sys.stderr)
        with subprocess.Popen(
            self._command(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PIP_USER": "0", "PIP_PROGRESS_BAR": "off", "PIP_REQUIRE_VIRTUALENV": "1"},
            pass_fds=inherited(self._turn),
        ) as pip:
            for line in pip.stdout or ():
                said.append(line)
                progress.heard(line)
        progress.end()
        if pip.returncode:
            log = self._python.parent.parent / "setup.log"
            log.write_text("".join(said), encoding="utf-8")
            raise CannotInstall(f"{explain(said)}, then run the same command again. Details: {log}")

    def _command(self) -> list[str]:
        pip = [str(self._python), "-I", "-u", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        return [*pip, "--retries", "3", "--require-hashes", "--only-binary", ":all:", "-r", str(self._lock)]


class Progress:
    """How far pip is: a live counter on a terminal, a plain line now and then elsewhere."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total, self._stream, self._live = total, stream, stream.isatty()
        self._started, self._count, self._complained = time.monotonic(), 0, False

    def heard(self, line: str) -> None:
        """Take note of one line of pip's."""
        if line.startswith("Collecting "):
            self._count += 1
            if self._live or self._count % PLAIN_STEP == 0:
                self._show(f"- downloading, {self._count} of {self._total} packages")
        elif line.startswith("Installing "):
            self._show(f"- installing {self._count} packages")
        elif "Retrying" in line and not self._complained:
            self._complained = True
            self._show("- the package server does not answer, trying again")

    def end(self) -> None:
        """Leave the live line."""
        if self._live:
            self._stream.write("\n")
            self._stream.flush()

    def _show(self, text: str) -> None:
        text = f"{text} ({time.monotonic() - self._started:.0f} s)"
        self._stream.write(f"\r{text:<60}" if self._live else f"{text}\n")
        self._stream.flush()


def explain(said: Sequence[str]) -> str:
    """What went wrong in pip's words, and the remedy, on one line."""
    whole = "".join(said)
    remedy = next((remedy for sign, remedy in REMEDIES if sign in whole), CHECK_THE_NETWORK)
    errors = [line.removeprefix("ERROR:").strip() for line in said if line.startswith("ERROR:")]
    reason = errors[-1] if errors else (said[-1].strip() if said else "pip said nothing")
    return f"Could not install the packages: {reason.partition('. ')[0][:200].rstrip('.')}. {remedy}"


def inherited(descriptor: int) -> tuple[int, ...]:
    """The descriptors a child keeps open (Windows cannot pass any)."""
    return () if os.name == "nt" else (descriptor,)


def say(line: str) -> None:
    """One line about the preparation, on standard error: standard output belongs to the command."""
    print(line, file=sys.stderr, flush=True)
