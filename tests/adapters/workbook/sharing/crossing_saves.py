"""A staff member who saves a workbook by temporary file and rename, like Excel, while the worker replaces it.

As a program: `python crossing_saves.py FOLDER SAVES PAUSE` saves that many times, at random instants, the text
file FOLDER/suivi.xlsx with one more line each time.
"""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.workbook.sharing.exchanging import Swap
from pipeline.adapters.workbook.sharing.replacing import fingerprint, replace
from pipeline.failures import Unavailable

ROOT = Path(__file__).parents[4]


@dataclass(frozen=True)
class Race:
    """How many versions the worker wrote, how often a save crossed, which saves no version left on the disk shows."""

    written: int
    crossed: int
    lost: tuple[str, ...]
    left: tuple[str, ...]


def race(folder: Path, saves: int, pause: float, ways: tuple[Swap, ...]) -> Race:
    """The worker reads and replaces as fast as it can until staff have saved `saves` times."""
    book = folder / "suivi.xlsx"
    book.write_text("start\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    staff = subprocess.Popen([sys.executable, __file__, folder, str(saves), str(pause)], env=environment)
    seen: set[str] = set()
    written = crossed = 0
    while staff.poll() is None:
        content = book.read_bytes()
        seen.update(content.decode().split())
        try:
            replace(book, content + f"W{written}\n".encode(), fingerprint(content), ways)
            written += 1
        except Unavailable:
            crossed += 1
    assert staff.returncode == 0
    for one in folder.glob("*.xlsx"):
        seen.update(one.read_text().split())
    lost = tuple(f"S{number}" for number in range(saves) if f"S{number}" not in seen)
    return Race(written, crossed, lost, tuple(sorted(one.name for one in folder.iterdir())))


def save(book: Path, content: bytes) -> None:
    fresh = book.with_name("5F3A2B10")
    fresh.write_bytes(content)
    os.replace(fresh, book)


def _staff(folder: Path, saves: int, pause: float) -> None:
    book, chance = folder / "suivi.xlsx", random.Random(7)
    number = 0
    while number < saves:
        try:
            content = book.read_bytes()
        except FileNotFoundError:  # set aside for an instant
            continue
        save(book, content + f"S{number}\n".encode())
        number += 1
        time.sleep(chance.random() * pause)


if __name__ == "__main__":
    _staff(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
