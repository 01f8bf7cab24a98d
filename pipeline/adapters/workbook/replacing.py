"""Putting a new version of a workbook in the place of the old: whole or not at all, never under somebody's hands."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from pipeline.adapters.workbook.owner_files import holder_of
from pipeline.failures import Unavailable

KEPT_BACKUPS = 30


def fingerprint(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=20).hexdigest()


def refuse_if_open(path: Path) -> None:
    """Unavailable, naming who has it, when an owner file says that the workbook is open."""
    holder = holder_of(path)
    if holder:
        raise Unavailable(f"{path}: is open by {holder}; what is new will be shown once it is closed.")


def replace(path: Path, content: bytes, expected: str | None) -> None:
    """Write `content` beside `path`, check it is still the version of that fingerprint, swap.

    `expected` None: there must be no file yet. Raises Unavailable and leaves the old version when anything differs.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written_beside(path, content)
        refuse_if_open(path)
        _refuse_if_changed(path, expected)
        if path.exists():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)
        temporary = None
        _sync(path.parent)
    except OSError as fault:
        raise Unavailable(f"{path}: cannot be written now ({fault.strerror}); it will be tried again.") from fault
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def keep_backup(path: Path, content: bytes, folder: Path, generation: int) -> None:
    """Keep the version about to be replaced as <name>-000012.xlsx, the last 30 of them."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / f"{path.stem}-{generation:06}{path.suffix}").write_bytes(content)
        kept = sorted(folder.glob(f"{path.stem}-*{path.suffix}"))
        for old in kept[:-KEPT_BACKUPS]:
            old.unlink()
    except OSError as fault:
        raise Unavailable(f"{folder}: no backup can be kept there ({fault.strerror}); nothing was written.") from fault


def _refuse_if_changed(path: Path, expected: str | None) -> None:
    there = fingerprint(path.read_bytes()) if path.exists() else None
    if there != expected:
        raise Unavailable(f"{path}: was saved by somebody meanwhile; it will be read again.")


def _written_beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o664)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
