"""Who has a workbook open, from the owner files that Excel and LibreOffice leave beside it."""

import re
import time
from pathlib import Path

LONGEST_NAME = 52  # characters; a greater length is the padding of a file that holds no name in UTF-16
BLANKS = "\x00 "
STALE_HOURS = 24  # longer than any working day: a file left behind by a crash is no proof


def holder_of(path: Path) -> str:
    """The name of who has the workbook open, "" if nobody; "quelqu'un" when the file does not say."""
    for owner_file, read in (
        (path.with_name(f"~${path.name}"), _excel),
        (path.with_name(f".~lock.{path.name}#"), _office),
    ):
        try:
            if time.time() - owner_file.stat().st_mtime < STALE_HOURS * 3600:
                return read(owner_file.read_bytes()) or "quelqu'un"
        except FileNotFoundError:
            continue
        except OSError:
            return "quelqu'un"  # Windows refuses to read what Excel holds: it is held
    return ""


def _excel(content: bytes) -> str:
    """Excel: at byte 55 a two-byte length, then the name in UTF-16; before that the same in the ANSI code page."""
    length = int.from_bytes(content[55:57], "little")
    name = content[57 : 57 + 2 * length].decode("utf-16-le", "ignore") if length <= LONGEST_NAME else ""
    if not name.strip(BLANKS) and content:
        name = content[1 : 1 + content[0]].decode("cp1252", "ignore")
    return name.strip(BLANKS)


def _office(content: bytes) -> str:
    """LibreOffice: name, login, host … separated by commas; a backslash escapes."""
    fields = re.split(r"(?<!\\),", content.decode("utf-8", "ignore"))
    return next((re.sub(r"\\(.)", r"\1", field).strip() for field in fields if field.strip()), "")
