"""Files that are no sound workbook (encrypted, cut off, signed …): our engine says why it does not write into them."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.failures import Unavailable
from tests.proofs.scenario import Write, token
from tests.proofs.subjects import Subject, subject_of
from tests.proofs.writers import by_us

UNKNOWN = Subject("Sheet1", 1, {"c1": 1, "c2": 2}, ())


def refused(paths: Iterable[Path]) -> dict[str, str]:
    """By name of the file, the reason given; "written" where there was none, the fault where the engine broke down."""
    return {path.name: _reason(path.read_bytes()) for path in paths}


def _reason(content: bytes) -> str:
    subject = _subject(content)
    try:
        by_us(content, subject, Write(rows=({key: token(1, 0) for key in subject.columns},)), 1)
    except Unavailable as fault:
        return f"Unavailable: {fault}"
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "written"


def _subject(content: bytes) -> Subject:
    """A sheet of that name is asked for where none can be found out."""
    try:
        return subject_of(content) or UNKNOWN
    except Exception:
        return UNKNOWN
