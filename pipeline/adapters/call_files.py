"""The files of a call, in staff's folder and in the worker's: which are the worker's to erase, and erasing them.

Known by their names: the tracker and whatever copies of it stand beside it, the documents, the previews, dated lists
of laureates, backups. Anything else in the folder is staff's and is only told. Erasing a file frees its place on the
disk; what a disk, a snapshot or a synchronised folder keeps of it is beyond the program.
"""

import re
import shutil
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.adapters.whole_files import put
from pipeline.core.compiled import BOOK, FRAGMENT
from pipeline.core.folders import ENCLOSED, PIECES, PREVIEW, PREVIEWED
from pipeline.core.statistics import FIGURES
from pipeline.failures import Unavailable, reason
from pipeline.ports import CallFiles

PUBLISHED = (BOOK, FRAGMENT, FIGURES)
FOLDERS = (PIECES, PREVIEWED)
_OURS = re.compile(
    r".*suivi.*\.(xlsx|xlsm|tmp)#?"  # the tracker, its copies, locks and half-written versions
    rf"|\.?{re.escape(PREVIEW)}(\.tmp)?"
    r"|laureats-\d{4}-\d\d-\d\d(-\d+)?\.xlsx"
    r"|\.laureats.*\.tmp",
    re.IGNORECASE,
)
_OLD = ("ledger (avant *).sqlite3*", "backups/ledger/*", "logs/*")  # ledgers put aside and their copies; the logs
MOST_BYTES = 200_000_000  # of one file, or part of a workbook, that is looked through


class DiskCallFiles:
    """`sheets` is the staff's folder, `state` ours."""

    def __init__(self, sheets: Path, state: Path) -> None:
        self._sheets, self._state = sheets, state

    def of_call(self, call: str) -> CallFiles:
        """What goes and what is left to people; lists the folder, changes nothing."""
        there = self._there(call)
        going = [one for one in there if _is_ours(one)]
        kept = (*PUBLISHED, ENCLOSED)
        left = [one for one in there if one not in going and one.name not in kept]
        backups = self._backups(call)
        return CallFiles(
            tuple(str(one) for one in (*going, *([backups] if backups.exists() else []))),
            tuple(str(one) for one in left),
        )

    def erase_call(self, call: str) -> None:
        for one in self._there(call):
            if _is_ours(one):
                _erase(one)
        _erase(self._backups(call))

    def erase_copies(self, call: str) -> None:
        folder = self._sheets / call
        for one in (self._backups(call), folder / PREVIEWED, folder / PREVIEW):
            _erase(one)

    def erase_old(self) -> None:
        for one in (one for pattern in _OLD for one in self._state.glob(pattern)):
            _erase(one)

    def naming(self, call: str, words: Collection[str]) -> list[str]:
        """Texts are looked for as they are, in the parts of zipped documents too; what a PDF says is not read."""
        wanted = [word.casefold() for word in words if word]
        files = [one for top in self._there(call) for one in ([top] if top.is_file() else sorted(top.rglob("*")))]
        return [str(one) for one in files if one.is_file() and any(_holds_any(wanted, part) for part in _contents(one))]

    def write(self, call: str, name: str, content: bytes) -> None:
        path = self._sheets / call / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            put(path, content)
        except OSError as fault:
            raise Unavailable(
                f"{path}: cannot be written ({reason(fault)}); make room, or let the worker's account write there."
            ) from fault

    def _there(self, call: str) -> list[Path]:
        folder = self._sheets / call
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def _backups(self, call: str) -> Path:
        return self._state / "backups" / call


def _is_ours(path: Path) -> bool:
    return path.name in FOLDERS or bool(_OURS.fullmatch(path.name)) and not (path.is_dir() and not path.is_symlink())


def _erase(path: Path) -> None:
    """A file, or a folder with all that is in it. Of a link what it points to, but no link below is followed."""
    try:
        if path.is_symlink():
            _erase(path.resolve())
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as fault:
        raise Unavailable(
            f"{fault.filename or path}: cannot be erased ({reason(fault)}); close it, or give the worker's account "
            "the right to, and run the same command again."
        ) from fault


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, or of each part of a zipped one."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                yield from (package.read(one) for one in package.infolist() if one.file_size <= MOST_BYTES)
        elif path.stat().st_size <= MOST_BYTES:
            yield path.read_bytes()
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


def _holds_any(words: Collection[str], content: bytes) -> bool:
    """Whether some bytes hold one of the words, in UTF-8, whatever its case."""
    folded = content.decode("utf-8", "ignore").casefold()
    return any(word in folded for word in words)
