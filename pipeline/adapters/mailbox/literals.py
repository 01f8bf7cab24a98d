"""Reading literals: exactly as long as announced, never larger than we asked for, never drop by drop for hours."""

import imaplib
import io
import time
from typing import Any

from pipeline import faults

CHUNK = 1 << 20
PATIENCE = 60.0  # seconds for a literal of any size
SLOWEST = 50_000  # bytes a second, above that


class OversizedLiteral(imaplib.IMAP4.abort):
    """The server announces more than any mail we would take: nothing of it is read."""


class LiteralReader:
    """In place of `imaplib.IMAP4.read`, which its documentation allows to override."""

    def __init__(self, imap: Any, largest: int) -> None:
        self._imap, self._largest = imap, largest

    def __call__(self, size: int) -> bytes:
        """`size` bytes.

        Raises OversizedLiteral, `abort` when the connection ends before, TimeoutError when it takes too long.
        """
        if size > self._largest:
            raise OversizedLiteral(f"a literal of {size} bytes")
        # STARTTLS puts another file there; Python 3.14 warns about the public name.
        file = getattr(self._imap, "_file", None) or self._imap.file
        end = time.monotonic() + PATIENCE + size / SLOWEST
        whole, left = io.BytesIO(), size  # parts joined at the end would be there twice
        while left:
            part = file.read1(min(left, CHUNK))
            if not part:
                raise imaplib.IMAP4.abort("closed inside a literal")
            if time.monotonic() > end:
                raise TimeoutError("a mail came too slowly")
            whole.write(part)
            left -= len(part)
            if left // CHUNK < (left + len(part)) // CHUNK:
                faults.moved()
        return whole.getvalue()
