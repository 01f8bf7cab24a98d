"""The files that staff put into a-joindre/<letter>/: what can be sent with a letter, and why not. Pure."""

import math
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pipeline.core.folders import ENCLOSED

MOST_BYTES = 10_000_000  # of all the files of a letter: base64 makes 13.5 MB of them, and many servers stop at 15
_MEGABYTE = 1_000_000
# What Outlook and Gmail refuse or hide: a letter with it would not arrive, or not whole.
REFUSED = frozenset(
    ".ade .adp .apk .app .bat .chm .cmd .com .cpl .dll .dmg .exe .hta .ins .iso .jar .js .jse .lnk .mde .msc .msi .mst "
    ".pif .ps1 .reg .scr .sct .sh .vb .vbe .vbs .wsc .wsf .wsh".split()
)


@dataclass(frozen=True)
class Enclosure:
    """A file to be sent with a letter: its name as it will be read, its size in bytes."""

    name: str
    size: int

    @property
    def media_type(self) -> str:
        return mimetypes.guess_type(self.name, strict=True)[0] or "application/octet-stream"


def objection(letter: str, files: Sequence[Enclosure]) -> str:
    """Why these files cannot be sent with that letter, in French; "" when they can."""
    refused = [one.name for one in files if PurePath(one.name).suffix.lower() in REFUSED]
    if refused:
        return f"les messageries refusent le fichier « {refused[0]} » de {ENCLOSED}/{letter}\u00a0: retirez-le."
    empty = [one.name for one in files if not one.size]
    if empty:
        return f"le fichier « {empty[0]} » de {ENCLOSED}/{letter} est vide\u00a0: remplacez-le ou retirez-le."
    total = sum(one.size for one in files)
    if total <= MOST_BYTES:
        return ""
    return (
        f"les fichiers de {ENCLOSED}/{letter} pèsent {_megabytes(total)}\u00a0Mo, plus que les "
        f"{_megabytes(MOST_BYTES)}\u00a0Mo qu'une messagerie accepte\u00a0: allégez-les ou retirez-en."
    )


def _megabytes(size: int) -> str:
    """Rounded up: what is over a limit by a byte must not read as the limit."""
    return f"{math.ceil(10 * size / _MEGABYTE) / 10:.1f}".replace(".", ",").removesuffix(",0")
