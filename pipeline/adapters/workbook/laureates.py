"""laureats.xlsx: the laureates, what may be published, the waiting list. Who is on them is decided in core."""

import hashlib
from datetime import date
from pathlib import Path

from pipeline.adapters.workbook.sharing.replacing import fingerprint, replace
from pipeline.core.call import Call
from pipeline.core.compiled import BOOK
from pipeline.core.laureates import Lists, Page
from pipeline.failures import Unavailable, reason


class ExcelLaureates:
    """`sheets` is the staff's folder."""

    def __init__(self, sheets: Path) -> None:
        self._sheets = sheets

    def path(self, call: Call, name: str = BOOK) -> Path:
        return self._sheets / call.code / name

    def book(self, call: Call, lists: Lists, dated: date) -> bytes:
        """The workbook's bytes."""
        return _made(call, lists.pages, dated)

    def public_book(self, call: Call, lists: Lists, dated: date) -> bytes:
        """The published page alone: no person is named there."""
        return _made(call, (lists.public,), dated)

    def fingerprint(self, call: Call, name: str) -> str:
        """The SHA-256 of a file that is there, "" when there is none."""
        content = _content(self.path(call, name))
        return "" if content is None else hashlib.sha256(content).hexdigest()

    def write(self, call: Call, name: str, content: bytes) -> None:
        """Put the content in the place of what stands there. Unavailable while somebody has it open."""
        path = self.path(call, name)
        there = _content(path)
        replace(path, content, fingerprint(there) if there is not None else None)


def _made(call: Call, pages: tuple[Page, ...], dated: date) -> bytes:
    # Imported here: openpyxl is loaded when there is a workbook to make, not by each cycle that finds it made.
    from pipeline.adapters.workbook.making.laureate_book import laureate_book  # noqa: PLC0415

    return laureate_book(call, pages, dated)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise Unavailable(f"{path}: cannot be read now ({reason(fault)}); it will be tried again.") from fault
