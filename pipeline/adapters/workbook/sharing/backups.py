"""The versions that were replaced, kept for a while as `suivi-2017-03-01-093000-g000012.xlsx`."""

import os
import re
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipeline.adapters.workbook.sharing.exchanging import place_new
from pipeline.failures import Unavailable, reason

NEWEST, OTHER_DAYS = 10, 20
# The second shape is that of versions up to 0.1.0.
SHAPES = (
    re.compile(r"(?P<stem>.+)-(?P<day>\d{4}-\d\d-\d\d)-(?P<hour>\d{6})-g(?P<generation>\d{6,})(?:-(?P<copy>\d+))?"),
    re.compile(r"(?P<stem>.+)-(?P<generation>\d{6,})"),
)
MOST_COPIES = 1000  # of one second and one generation

Age = tuple[str, str, int, int]


def keep_backup(path: Path, content: bytes, folder: Path, at: datetime, generation: int) -> None:
    """Keep the version about to be replaced, and of the earlier ones those that `kept` says.

    `at` is local time. Raises Unavailable: nothing may be replaced then.
    """
    try:
        for one in (folder.parent.parent, folder.parent, folder):  # `parents` would leave the outer ones open to all
            one.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder, f"{path.stem}-{at:%Y-%m-%d-%H%M%S}-g{generation:06}", path.suffix, content)
        names = [one.name for one in newest_backups(folder, path.stem)]
        for name in set(names) - kept(names):
            (folder / name).unlink(missing_ok=True)
    except OSError as fault:
        raise Unavailable(f"{folder}: no backup can be kept there ({reason(fault)}); nothing was written.") from fault


def newest_backups(folder: Path, stem: str) -> list[Path]:
    """The backups of `<stem>.xlsx` in the folder, newest first; [] where there is no folder."""
    if not folder.is_dir():
        return []
    ages = {one: _age(one.name, stem) for one in folder.iterdir()}
    return sorted((one for one in ages if ages[one]), key=lambda one: ages[one] or ("", "", 0, 0), reverse=True)


def kept(names: Iterable[str]) -> frozenset[str]:
    """Of the names of one workbook's backups: the 10 newest, and the last one of each of the 20 most recent other days.

    Names without a day are older than all others, each a day of its own.
    """
    newest_first = sorted(names, key=lambda name: _age(name) or ("", "", 0, 0), reverse=True)
    first = newest_first[:NEWEST]
    seen = {_day(name) for name in first}
    others: dict[str, str] = {}
    for name in newest_first[NEWEST:]:
        if _day(name) not in seen:
            others.setdefault(_day(name), name)
    return frozenset([*first, *list(others.values())[:OTHER_DAYS]])


def _day(name: str) -> str:
    age = _age(name)
    return age[0] if age and age[0] else name


def _age(name: str, stem: str | None = None) -> Age | None:
    """(day, hour, generation, copy), greater for newer; None for a name that is not of our making."""
    for shape in SHAPES:
        found = shape.fullmatch(Path(name).stem)
        if found and stem in (None, found["stem"]):
            parts = found.groupdict()
            return (
                parts.get("day") or "",
                parts.get("hour") or "",
                int(found["generation"]),
                int(parts.get("copy") or 1),
            )
    return None


def _write(folder: Path, stem: str, suffix: str, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".backup-", suffix=".tmp", dir=folder)  # rw for its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _name_it(Path(name), folder, stem, suffix)
    finally:
        Path(name).unlink(missing_ok=True)


def _name_it(file: Path, folder: Path, stem: str, suffix: str) -> None:
    """A backup never takes the place of another."""
    for copy in range(1, MOST_COPIES):
        again = f"-{copy}" if copy > 1 else ""
        try:
            place_new(file, folder / f"{stem}{again}{suffix}")
            return
        except FileExistsError:
            continue
