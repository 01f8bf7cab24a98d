"""The stop file: while it is there nothing is done, whoever put it there and by whatever program."""

from pathlib import Path

from pipeline.failures import Stopped

NAMES = ("STOP", "STOP.txt")  # Windows adds the ending by itself


class StopFile:
    """A file of one of these names in the state folder; what it holds does not matter."""

    def __init__(self, state: Path) -> None:
        self._paths = tuple(state / name for name in NAMES)

    def found(self) -> str:
        """Its path, "" when there is none."""
        return next((str(path) for path in self._paths if path.exists()), "")

    def heed(self) -> None:
        """Raises Stopped while the file is there."""
        path = self.found()
        if path:
            raise Stopped(f"{path}: somebody stopped the worker; nothing is read or sent until that file is removed.")
