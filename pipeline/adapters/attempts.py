"""Which mail is being read, written down so that a mail whose reading never ends well is known by the next attempt.

It must outlive the process, not a power cut: nothing is synced, which makes it some microseconds a mail.
"""

import os
from pathlib import Path

from pipeline.failures import Unavailable, reason

NAME = "reading"


class FileAttempts:
    """ "<sha256> <failures>" in the file `reading` of the state folder, empty while no mail is being read."""

    def __init__(self, state: Path) -> None:
        self._path = state / NAME
        self._file: int | None = None
        self._left: tuple[str, int] | None = None

    def begin(self, sha256: str) -> int:
        """Note that this mail is being read; how many readings of it in a row came to no end."""
        try:
            if self._file is None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                self._left = _parsed(os.read(self._file, 200))
            failures = self._left[1] + 1 if self._left and self._left[0] == sha256 else 0
            self._left = (sha256, failures)
            self._write(f"{sha256} {failures}")
        except OSError as fault:
            raise Unavailable(
                f"{self._path}: cannot be written ({reason(fault)}); make room or mend the disk."
            ) from fault
        return failures

    def end(self) -> None:
        """The mail was read, or given up."""
        self._left = None
        self._write("")

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def _write(self, text: str) -> None:
        if self._file is not None:
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, text.encode())
            os.ftruncate(self._file, len(text))


def _parsed(content: bytes) -> tuple[str, int] | None:
    """What a process left; None for nothing, and for what is no note of ours."""
    sha256, _, failures = content.decode("ascii", "replace").partition(" ")
    return (sha256, int(failures)) if failures.isdecimal() else None
