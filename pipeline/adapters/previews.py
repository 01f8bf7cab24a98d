"""sheets/<call>/apercu.html, and the letters beside it in apercu/ as .eml files. What they hold is the caller's."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.adapters.whole_files import put
from pipeline.core.folders import PREVIEW, PREVIEWED
from pipeline.failures import Unavailable, reason


def write_preview(folder: Path, page: str, mails: Mapping[str, bytes]) -> Path:
    """Write the page and the mails, those of an earlier preview taken away; the page's path.

    Unavailable when the folder cannot be written to.
    """
    path, beside = folder / PREVIEW, folder / PREVIEWED
    try:
        beside.mkdir(parents=True, exist_ok=True)
        for old in beside.glob("*.eml"):
            if old.name not in mails:
                old.unlink()
        for name, mail in mails.items():
            put(beside / name, mail)
        put(path, page.encode())
    except OSError as fault:
        remedy = "make room, or let the worker's account write there"
        raise Unavailable(f"{fault.filename or folder}: cannot be written ({reason(fault)}); {remedy}.") from fault
    return path
