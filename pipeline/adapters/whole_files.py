"""Files that are whole under their name or not there at all, and folders that stay. Their rights are the callers'."""

import os
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Write a file anew; what a crash leaves beside it is written over by the next attempt. Raises OSError."""
    draft = path.with_name(f".{path.name}.tmp")
    draft.write_bytes(content)
    os.replace(draft, path)


def sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows has no such call and does not need it. Raises OSError."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(top: Path, folder: Path, mode: int = 0o777) -> None:
    """`folder` and what lies between it and `top`, each kept by its parent whatever happens. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if one.is_relative_to(top) and not one.exists()]
    top.parent.mkdir(parents=True, exist_ok=True)
    for one in reversed(missing):
        one.mkdir(mode=mode, exist_ok=True)
        sync_folder(one.parent)
