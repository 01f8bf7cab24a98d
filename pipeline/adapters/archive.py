"""Raw mails by hash and the documents received, on the disk. What they mean is left to everybody else.

A file is complete under its name or not there at all: temporary file, fsync, rename, fsync of the folder. A failed
fsync is never tried again on the same file: the next cycle writes a new one.
"""

import hashlib
import os
import re
import socket
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath

from pipeline import faults
from pipeline.adapters.whole_files import make_folder, sync_folder
from pipeline.core.candidature import Candidature, Piece, corrected
from pipeline.core.folders import PIECES
from pipeline.core.folding import folded_name
from pipeline.failures import Unavailable, reason

LONGEST_NAME = 120  # characters of a document's name
LONGEST_FOLDER = 80  # of a folder's: Windows takes 260 for the whole path
LONGEST_BYTES = 200  # of any name in UTF-8: Linux takes 255, and the temporary file needs some
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
# Controls, invisible and bidirectional marks, lone surrogates, private and unassigned characters, line separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_OWN_MODE, _SHARED_MODE = 0o600, 0o664


class DiskArchive:
    """`state` holds the raw mails (raw/ab/ab….eml, for their owner only), `sheets` the documents by call.

    A mail that was erased leaves raw/ab/ab….erased, which holds the digest of its content and nothing else.
    """

    def __init__(self, state: Path, sheets: Path) -> None:
        self._state, self._sheets = state, sheets

    def keep(self, raw: bytes) -> str:
        """Store the bytes of a mail and return their SHA-256 in hexadecimal; a file that was altered is mended."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self._path(sha256)
        with _disk(path):
            if not (self.is_erased(sha256) or _holds(path, raw)):
                make_folder(self._state, path.parent, 0o700)
                self._write_mail(path, raw)
            faults.point("archive")
        return sha256

    def read(self, sha256: str) -> bytes:
        path = self._path(sha256)
        try:
            raw = path.read_bytes()
        except OSError as fault:
            raise Unavailable(f"{path}: a recorded mail cannot be read ({reason(fault)}); restore it.") from fault
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise Unavailable(f"{path}: a recorded mail was altered on the disk; restore it from a backup.")
        return raw

    def kept_at(self, sha256: str) -> datetime:
        """When the file was written; a copy of the folder may have dated it later."""
        path = self._path(sha256)
        with _disk(path):
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def hashes(self) -> Iterator[str]:
        """The SHA-256 of every mail kept, by name."""
        return (path.stem for path in sorted((self._state / "raw").glob("??/*.eml")) if not path.name.startswith("."))

    def drop(self, sha256: str) -> None:
        """Erase the bytes of a mail; the same mail may be kept again. Twice is once."""
        path = self._path(sha256)
        with _disk(path):
            for one in (path, *path.parent.glob(f".{path.name}.*")):
                one.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)

    def erase(self, sha256: str, content_digest: str) -> None:
        """Erase the bytes of a mail and leave a tombstone: these bytes are never kept again. Twice is once."""
        grave = self._grave(sha256)
        with _disk(grave):
            make_folder(self._state, grave.parent, 0o700)
            if not grave.exists():
                _write(grave, content_digest.encode(), _OWN_MODE)
        self.drop(sha256)

    def holds(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def is_erased(self, sha256: str) -> bool:
        return self._grave(sha256).exists()

    def erased(self) -> Iterator[tuple[str, str]]:
        """(SHA-256, digest of the content) of every mail that was erased, by name."""
        graves = sorted((self._state / "raw").glob("??/*.erased"))
        return ((one.stem, one.read_text("ascii")) for one in graves if not one.name.startswith("."))

    def place_for(self, candidature: Candidature, taken: frozenset[str], name: str) -> str:
        """A safe, free path for a document, relative to the call's folder: "pieces/V21-001 Name/letter.pdf".

        The folder keeps the name it was given with the first document, whatever is corrected since. Two names that
        differ in case only are one (Windows).
        """
        known = [piece.path for piece in candidature.pieces] + sorted(taken)
        folders = [PurePosixPath(path).parent for path in known]
        own = [one for one in folders if one.name.split(" ")[0] == candidature.number]
        folder = own[0] if own else PurePosixPath(PIECES) / _folder_name(candidature)
        used = {folded_name(path) for path in taken}
        last_part = re.split(r"[/\\]", name.rstrip("/\\ "))[-1]
        for rank in count(1):
            path = str(folder / safe_name(last_part, "document", rank))
            if folded_name(path) not in used:
                return path
        raise AssertionError("unreachable")

    def lay_out(self, call: str, piece: Piece, content: bytes) -> None:
        """Write a document where its `path` says; doing it twice changes nothing.

        Where staff have put another file under that name, theirs stays, and ours goes beside it as "name (reçu)".
        Raises Unavailable when the path leads outside the call's folder or cannot be written.
        """
        root = (self._sheets / call).resolve()
        wanted = root / piece.path
        if not (root.parent == self._sheets.resolve() and _is_below(wanted, root / PIECES)):
            raise Unavailable(f"{piece.path}: this document's path leads outside {root / PIECES}; nothing was written.")
        with _disk(wanted):
            for path in _with_spares(wanted):
                if not path.exists():
                    make_folder(root.parent, path.parent)
                    return _write(path, content, _SHARED_MODE)
                if _holds(path, content):
                    return None

    def _write_mail(self, path: Path, raw: bytes) -> None:
        """Several workers may write the same mail at once, each under a name of its own; whoever is done first tidies
        up, what a killed worker left among it."""
        try:
            _write(path, raw, _OWN_MODE, f"{socket.gethostname()}-{os.getpid()}")
        except FileNotFoundError:
            if not _holds(path, raw):
                raise
        for left in path.parent.glob(f".{path.name}.*"):
            left.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._state / "raw" / sha256[:2] / f"{sha256}.eml"

    def _grave(self, sha256: str) -> Path:
        return self._path(sha256).with_suffix(".erased")


def safe_name(name: str, otherwise: str, rank: int = 1, longest: int = LONGEST_NAME) -> str:
    """One component that every file system takes: NFC, nothing invisible or forbidden, no reserved name, not too long.

    From the second `rank` on it is numbered before its ending: "lettre (2).pdf". `otherwise` when nothing is left.
    """
    text = unicodedata.normalize("NFC", name)
    # Joiners and marks go without a trace, line ends and tabs become a space.
    text = "".join(" " if one in "\t\n\r\v\f\u2028\u2029" else one for one in text if _is_seen(one))
    text = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", text)).strip(" .") or otherwise
    stem, suffix = _split(f"_{text}" if _RESERVED.match(text) else text)
    ending = f" ({rank}){suffix}" if rank > 1 else suffix
    stem = stem[: longest - len(ending)]
    while len((stem + ending).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .')}{ending}"


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _is_seen(character: str) -> bool:
    return character in "\t\n\r\v\f\u2028\u2029" or unicodedata.category(character) not in _UNSEEN


def _split(name: str) -> tuple[str, str]:
    """("lettre", ".pdf"); a long or strange ending is no suffix."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, f".{suffix}") if dot and stem and len(suffix) <= 10 and suffix.isalnum() else (name, "")


def _folder_name(candidature: Candidature) -> str:
    label = f"{candidature.number} {corrected(candidature).collectivite}"
    return safe_name(label, candidature.number, longest=LONGEST_FOLDER)


def _with_spares(path: Path) -> Iterator[Path]:
    """The path, then "name (reçu).pdf", "name (reçu 2).pdf" …"""
    yield path
    stem, suffix = _split(path.name)
    for rank in count(1):
        yield path.with_name(f"{stem} (reçu{f' {rank}' if rank > 1 else ''}){suffix}")


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, links followed; a path that no disk takes leads nowhere."""
    try:
        return folder in path.resolve().parents
    except (OSError, ValueError, RuntimeError):  # a loop of links is a RuntimeError until Python 3.13
        return False


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unavailable(f"{path}: cannot be written ({reason(fault)}); make room or mend the disk.") from fault


def _write(path: Path, content: bytes, mode: int, writer: str = "tmp") -> None:
    """The same temporary name at each attempt: what a crash leaves is written over, not piled up.

    Workers that may write the same file at once each have their own, by `writer`.
    """
    temporary = path.with_name(f".{path.name}.{writer}")
    try:
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
