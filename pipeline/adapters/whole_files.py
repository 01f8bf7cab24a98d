"""Files that are whole under their name or not there at all. Which may be read by whom is left to the callers."""

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
