"""Who has a workbook open, from the owner files that Excel and LibreOffice leave beside it.

Excel: `~$suivi.xlsx`, 165 bytes: a length and the name in the ANSI code page, blanks to byte 55, then a two-byte length
and the name in UTF-16 (as read by LibreOffice's `msodocumentlockfile.cxx`). LibreOffice: `.~lock.suivi.xlsx#`, text:
name, login, host, day and hour, profile, separated by commas, ended by `;`, a backslash before any of `, ; \\`.
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.core.folding import folded_name
from pipeline.failures import Unavailable
from pipeline.ports import Holder

OUR_NAME = "Assistant Visions"  # the name in the lock that we post ourselves: never somebody's
SOMEBODY = "quelqu'un"
LONGEST_NAME = 52  # characters; a greater length is the padding of a file that holds no name in UTF-16
BLANKS = "\x00 "
STALE_HOURS = 24  # longer than any working day: a file left behind by a crash is no proof


def holding(path: Path) -> Holder | None:
    """Who has the workbook open (`since` in UTC), None if nobody; "quelqu'un" when the owner file does not say."""
    for owner_file in _owner_files(path):
        holder = _holder(owner_file)
        if holder is not None:
            return holder
    return None


def holder_of(path: Path) -> str:
    """The name of who has the workbook open, "" if nobody."""
    holder = holding(path)
    return holder.name if holder else ""


def refuse_if_open(path: Path) -> None:
    """Unavailable, naming who has it, when an owner file says that the workbook is open."""
    holder = holder_of(path)
    if holder:
        raise Unavailable(f"{path}: is open by {holder}; what is new will be shown once it is closed.")


def excel_owner_file(path: Path) -> Path:
    return path.with_name(f"~${path.name}")


def office_lock(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def office_fields(content: bytes) -> list[str]:
    """The fields of a LibreOffice lock up to its first bare `;`, unescaped."""
    fields, escaped = [""], False
    for character in content.decode("utf-8", "ignore"):
        if escaped or character not in "\\,;":
            fields[-1] += character
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == ",":
            fields.append("")
        else:
            break
    return [field.strip() for field in fields]


def _owner_files(path: Path) -> Iterator[Path]:
    """The owner files that are there, Excel's first, whatever their case: Windows opens SUIVI.XLSX as well."""
    exact = [excel_owner_file(path), office_lock(path)]
    try:
        names = os.listdir(path.parent)
    except OSError:
        yield from exact
        return
    for wanted in exact:
        yield from (path.with_name(name) for name in sorted(names) if folded_name(name) == folded_name(wanted.name))


def _holder(owner_file: Path) -> Holder | None:
    program, named = _reader(owner_file)
    try:
        written = owner_file.stat().st_mtime
    except PermissionError:
        return Holder(SOMEBODY, program, None)  # Windows refuses even that of what Excel is about to close
    except OSError:
        return None  # no such file; or a folder that cannot be asked, which is nobody's doing
    if time.time() - written >= STALE_HOURS * 3600:
        return None
    try:
        name = named(owner_file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        name = ""  # Windows refuses to read what Excel holds: it is held
    return None if name == OUR_NAME else Holder(name or SOMEBODY, program, datetime.fromtimestamp(written, UTC))


def _reader(owner_file: Path) -> tuple[str, Callable[[bytes], str]]:
    return ("Excel", _excel_name) if owner_file.name.startswith("~$") else ("LibreOffice", _office_name)


def _excel_name(content: bytes) -> str:
    length = int.from_bytes(content[55:57], "little")
    name = content[57 : 57 + 2 * length].decode("utf-16-le", "ignore") if length <= LONGEST_NAME else ""
    if not name.strip(BLANKS) and content:
        name = content[1 : 1 + content[0]].decode("cp1252", "ignore")
    return name.strip(BLANKS)


def _office_name(content: bytes) -> str:
    """The name; without one the login, else the host."""
    return next((field for field in office_fields(content)[:3] if field), "")
