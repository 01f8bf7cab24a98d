"""sheets/<call>/a-joindre/<letter>/: files that staff want sent with a letter. Judging them is left to core."""

from pathlib import Path

from pipeline.core.enclosing import Enclosure
from pipeline.core.folders import ENCLOSED
from pipeline.failures import Unavailable, reason

_NOT_STAFFS = ("~$", ".", "thumbs.db", "desktop.ini")  # what programs leave beside people's files


class FolderEnclosures:
    """`sheets` is the staff's folder. Folders inside, links and what programs leave are no files of staff's."""

    def __init__(self, sheets: Path) -> None:
        self._sheets = sheets

    def listed(self, call: str, letter: str) -> tuple[Enclosure, ...]:
        """By name; none when there is no folder. Unavailable when it cannot be read."""
        folder = self._folder(call, letter)
        try:
            files = sorted(folder.iterdir()) if folder.is_dir() else []
            return tuple(Enclosure(one.name, one.stat().st_size) for one in files if _is_staffs(one))
        except OSError as fault:
            raise Unavailable(f"{folder}: cannot be read now ({reason(fault)}); it will be tried again.") from fault

    def read(self, call: str, letter: str, name: str) -> bytes:
        path = self._folder(call, letter) / name
        try:
            return path.read_bytes()
        except OSError as fault:
            raise Unavailable(f"{path}: cannot be read now ({reason(fault)}); it will be tried again.") from fault

    def _folder(self, call: str, letter: str) -> Path:
        return self._sheets / call / ENCLOSED / letter


def _is_staffs(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.lower().startswith(_NOT_STAFFS)
