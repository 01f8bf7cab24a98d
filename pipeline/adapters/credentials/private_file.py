"""Files of the state folder that only their owner reads: whole under their name, or as they were before."""

import os
from contextlib import suppress
from pathlib import Path

from pipeline.adapters.whole_files import sync_folder

PRIVATE = 0o600


def replace_private(path: Path, text: str) -> None:
    """Write a file anew: mode 0600 from its first byte, synced, then renamed. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    sync_folder(path.parent)
