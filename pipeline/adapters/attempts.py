"""Which mail is being read, written down so that a mail whose reading ends the process is known by the next one.

It must outlive the process, not a power cut: nothing is synced, which makes it some microseconds a mail.
"""

import os
from pathlib import Path

from pipeline.failures import Unavailable

NAME = "reading"


class FileAttempts:
    """ "<sha256> <deaths>" in the file `reading` of the state folder, empty while no mail is being read."""

    def __init__(self, state: Path) -> None:
        self._path = state / NAME
        self._file: int | None = None
        self._left: tuple[str, int] | None = None

    def begin(self, sha256: str) -> int:
        """Note that this mail is being read; how many processes in a row have ended while they read it."""
        try:
            if self._file is None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                self._left = _parsed(os.pread(self._file, 200, 0))
            deaths = self._left[1] + 1 if self._left and self._left[0] == sha256 else 0
            self._left = None
            self._write(f"{sha256} {deaths}")
        except OSError as fault:
            raise Unavailable(
                f"{self._path}: cannot be written ({fault.strerror}); make room or mend the disk."
            ) from fault
        return deaths

    def end(self) -> None:
        """The mail was read, or given up."""
        self._write("")

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def _write(self, text: str) -> None:
        if self._file is not None:
            os.pwrite(self._file, text.encode(), 0)
            os.ftruncate(self._file, len(text))


def _parsed(content: bytes) -> tuple[str, int] | None:
    """What a process left; None for nothing, and for what is no note of ours."""
    sha256, _, deaths = content.decode("ascii", "replace").partition(" ")
    return (sha256, int(deaths)) if deaths.isdecimal() else None
