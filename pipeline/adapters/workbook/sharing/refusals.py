"""Why a workbook cannot be read or written: one clear line for each reason."""

import errno
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.adapters.workbook.sharing.owner_files import holder_of
from pipeline.failures import Unavailable

HELD_ON_WINDOWS = (5, 32, 33)  # ERROR_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION: Excel has it open
FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
MAX_UNPACKED = 500_000_000  # bytes; a workbook of a call is a thousandth of that
PUT_BACK = "put back a copy from the backups folder"
CONTENT_TYPES = "[Content_Types].xml"
# What begins a file that is no .xlsx, and what it is then; of texts after blanks and a byte order mark.
OTHER_FORMATS = (
    (
        re.compile(rb"\xd0\xcf\x11\xe0"),
        "is protected by a password, or an old .xls file; save it as .xlsx without password",
    ),
    (re.compile(rb"%PDF-"), "is a PDF file; save the workbook as .xlsx"),
    (re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<", re.DOTALL), "is a page or an XML file; save it as .xlsx"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?[^\x00-\x08]*[;,\t][^\x00-\x08]*\Z", re.DOTALL),
        "is a text file; save it as .xlsx",
    ),
)


class DamagedWorkbook(Unavailable):
    """A file that is no workbook any more: a backup is all that is left of it."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """What is refused inside says of which file."""
    try:
        yield
    except Unavailable as fault:
        raise type(fault)(f"{path}: {fault}") from fault


def refuse_what_is_no_workbook(path: Path, content: bytes) -> None:
    """Unavailable, saying what it is and how to mend it, for what is no .xlsx or .xlsm that can be opened."""
    if not content:
        raise DamagedWorkbook(f"{path}: is empty (0 bytes), a copy may have been interrupted; {PUT_BACK}.")
    for beginning, said in OTHER_FORMATS:
        if beginning.match(content):
            raise Unavailable(f"{path}: {said}.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names, unpacked = package.namelist(), sum(member.file_size for member in package.infolist())
    except zipfile.BadZipFile:
        raise DamagedWorkbook(f"{path}: is not a readable .xlsx file (truncated or damaged); {PUT_BACK}.") from None
    if CONTENT_TYPES not in names:
        what = "is an OpenDocument file" if "mimetype" in names else "is an archive, no workbook"
        raise Unavailable(f"{path}: {what}; save it as .xlsx.")
    if "xl/workbook.bin" in names:
        raise Unavailable(f"{path}: is a binary workbook (.xlsb); save it as .xlsx.")
    if unpacked > MAX_UNPACKED:
        raise Unavailable(f"{path}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB; it is not opened.")


def refusal(path: Path, fault: OSError) -> Unavailable:
    """What to say of a write that failed."""
    if getattr(fault, "winerror", None) in HELD_ON_WINDOWS:
        holder = holder_of(path) or "another program"
        return Unavailable(f"{path}: is held by {holder}; what is new will be shown once it is closed.")
    if fault.errno in FULL:
        return Unavailable(f"{path}: the disk is full; free some space, it will be tried again.")
    if fault.errno in FORBIDDEN:
        return Unavailable(f"{path}: its folder cannot be written to ({fault.strerror}); let the worker write there.")
    if fault.errno == errno.ENOENT:
        return Unavailable(f"{path}: went away just now, somebody may be saving it; it will be read again.")
    return Unavailable(f"{path}: cannot be written now ({fault.strerror}); it will be tried again.")


def refuse_read_only(path: Path) -> None:
    """Unavailable for a file or a folder that nobody may write, even where the system would let us (root)."""
    if path.exists() and not _writable(path):
        raise Unavailable(f"{path}: is marked read-only; take the mark off to have it kept up to date.")
    # On Windows that mark means something else on a folder.
    if os.name != "nt" and path.parent.exists() and not _writable(path.parent):
        raise Unavailable(f"{path.parent}: is a read-only folder; let the worker write there.")


def _writable(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
