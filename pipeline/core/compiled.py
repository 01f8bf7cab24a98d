"""What was compiled and under which names, as the journal keeps it; where the next version goes. Pure.

A file that is no longer what the worker wrote is staff's: it stays, and the next version goes beside it.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from pipeline.core.dated import dated, read_dated

BOOK, FRAGMENT = "laureats.xlsx", "laureats.html"  # the usual names
COMPILED = "laureates:{call}"  # milestone: what was compiled (Compiled)
BESIDE = "laureates beside:{call}"  # milestone: when a list was put beside the one staff changed, and its name


@dataclass(frozen=True)
class Kept:
    """A file of ours: its name, the SHA-256 of what it is to hold, and of what it held before ("" if nothing)."""

    name: str
    sha256: str
    before: str = ""

    def was_written(self, now: str) -> bool:
        """Whether a file that now has this SHA-256 ("" if there is none) is ours, or was before staff changed it."""
        return now != "" and (now != self.before or self.before == self.sha256)


@dataclass(frozen=True)
class Compiled:
    """The lists last compiled: their digest, their day, their files by usual name."""

    digest: str = ""
    day: str = ""
    files: dict[str, Kept] = field(default_factory=dict)

    def noted(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def stands(self, digest: str, there: Callable[[str], str]) -> bool:
        """Whether these lists were written already, whatever staff did to the files since."""
        return self.digest == digest and all(kept.was_written(there(kept.name)) for kept in self.files.values())


@dataclass(frozen=True)
class Beside:
    """A list that went beside the one staff changed: when (aware), under which name."""

    at: datetime
    name: str

    def noted(self) -> str:
        return dated(self.at, self.name)


def read_beside(noted: str) -> Beside | None:
    """What a milestone says; None when there never was one."""
    found = read_dated(noted)
    return Beside(*found) if found else None


def read_compiled(noted: str) -> Compiled:
    """What a milestone says; nothing compiled yet for anything else."""
    if not noted.startswith("{"):
        return Compiled()
    read = json.loads(noted)
    return Compiled(read["digest"], read["day"], {usual: Kept(**kept) for usual, kept in read["files"].items()})


def place_for(
    usual: str, sha256: str, compiled: Compiled, there: Callable[[str], str], today: date
) -> tuple[Kept, bool]:
    """Where this content goes, and whether it has to be written: `there` gives the SHA-256 of a file, "" if none.

    `compiled` holds the digest of this content already when it was announced before.
    """
    last = compiled.files.get(usual, Kept(usual, ""))
    now = there(last.name)
    if now == sha256:
        return replace(last, sha256=sha256), False
    if last.sha256 == sha256 and now not in ("", last.before):
        return last, False  # staff changed what we wrote: theirs stands
    if now in ("", last.sha256, last.before):
        return Kept(last.name, sha256, now), True
    return Kept(_free_name(usual, sha256, there, today), sha256, ""), True


def _free_name(usual: str, sha256: str, there: Callable[[str], str], today: date) -> str:
    """ "laureats-2017-03-02.xlsx", numbered when that one is taken."""
    stem, _, ending = usual.rpartition(".")
    rank = 1
    while True:
        name = f"{stem}-{today:%Y-%m-%d}{f'-{rank}' if rank > 1 else ''}.{ending}"
        if there(name) in ("", sha256):
            return name
        rank += 1
