"""Mailboxes for the benchmarks: mails written to the disk once, and put into as many boxes of a Dovecot as are needed.

Each run gets a box of its own that nobody has looked into; the mails in it are links to the same files.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.benchmarks.mails import Mail
from tests.servers.dovecot import Dovecot

LINKS = 20_000  # names of one file on the disk: file systems take 65,000 at most


@dataclass
class Load:
    """Files named as a Maildir has them, with the moment of reception as their time."""

    folder: Path
    kinds: Counter[str]
    size: int = 0

    @property
    def count(self) -> int:
        return self.kinds.total()


def stored(mails: Iterable[Mail], folder: Path) -> Load:
    """Write the mails, readable for Dovecot's user."""
    folder.mkdir(parents=True)
    load = Load(folder, Counter())
    for raw, received, kind in mails:
        path = folder / named(load.count, len(raw), received)
        path.write_bytes(raw)
        _owned(path)
        os.utime(path, (received.timestamp(), received.timestamp()))
        load.kinds[kind] += 1
        load.size += len(raw)
    return load


def named(number: int, size: int, received: datetime) -> str:
    """With its size in the name, as Dovecot writes it: else it would be read to be measured."""
    return f"{int(received.timestamp())}.M{number}P1.mx,S={size},W={size}"


def put(load: Load, server: Dovecot, user: str) -> None:
    """The mails into the empty box of a user, unread."""
    with _box(server, user) as folder:
        for path in load.folder.iterdir():
            os.link(path, folder / "cur" / f"{path.name}:2,")


def fill(server: Dovecot, user: str, count: int, mail: bytes, received: datetime) -> None:
    """So many mails with the same bytes into the empty box of a user, read."""
    with _box(server, user) as folder:
        for number in range(count):
            path = folder / "cur" / f"{named(number, len(mail), received)}:2,S"
            if number % LINKS == 0:
                first = path
                path.write_bytes(mail)
                os.utime(path, (received.timestamp(), received.timestamp()))
                _owned(path)
            else:
                os.link(first, path)


@contextmanager
def serving(boxes: int) -> Iterator[tuple[Dovecot, Iterator[str]]]:
    """A Dovecot, and the users of its boxes, one after the other."""
    users = tuple(f"box{number}@cerdd.example" for number in range(boxes))
    server = Dovecot(users)
    try:
        yield server, iter(users)
    finally:
        server.stop()


@contextmanager
def _box(server: Dovecot, user: str) -> Iterator[Path]:
    folder = server.folder / "mail" / user
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    yield folder
    for path in (folder, *folder.iterdir()):
        _owned(path)


def _owned(path: Path) -> None:
    """Mail is Dovecot's user's where it runs as root."""
    if os.getuid() == 0:
        shutil.chown(path, "nobody", "nogroup")
