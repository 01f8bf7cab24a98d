"""How long a server's answer is waited for: from its first byte to its last, and no longer than it may be.

The time limit of a socket begins anew with each byte: a server that drips would hold the worker for ever, with a letter
in its hands. What an answer means is left to `smtp`.
"""

import smtplib
import socket
import time

LONGEST = 1 << 16  # bytes of one answer


class PatientSmtp(smtplib.SMTP):
    """A connection whose time limit is that of a whole answer."""

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock)
        if self.file is not None:
            self.file.begin()
        return super().getreply()


class PatientSmtpTls(PatientSmtp, smtplib.SMTP_SSL):
    """The same under TLS from the start."""


class _Lines:
    """What a server says, line by line; smtplib reads from it as from a file."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._held = sock, bytearray()
        self.begin()

    def begin(self) -> None:
        """An answer is waited for from now on."""
        self._limit = self._sock.gettimeout()
        self._until = time.monotonic() + (self._limit or 0.0)
        self._left = LONGEST

    def readline(self, longest: int) -> bytes:
        """A line with its end, cut at `longest`; what there is of it when the server hangs up. Raises OSError."""
        while b"\n" not in self._held and len(self._held) < longest:
            said = self._received()
            if not said:
                break
            self._held += said
        line = bytes(self._held[: self._held.find(b"\n") + 1 or None][:longest])
        del self._held[: len(line)]
        self._left -= len(line)
        if self._left < 0:
            raise OSError("an answer without end")
        return line

    def close(self) -> None:
        """The socket is closed by smtplib."""

    def _received(self) -> bytes:
        if self._limit is None:
            return self._sock.recv(LONGEST)
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left)
        try:
            return self._sock.recv(LONGEST)
        finally:
            self._sock.settimeout(self._limit)
