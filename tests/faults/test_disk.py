"""Faults of the disk (T65): a small one that fills up, where the worker's own files are, and where staff's are."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.faults.conftest import RECEIVED, settled
from tests.line.house import House

TOWNS = ("Fourmies", "Marquise", "Hazebrouck", "Bailleul")
SENDERS = [f"mairie@{town.lower()}.example" for town in TOWNS]


def a_heavy_mail(number: int) -> bytes:
    town, sender = TOWNS[number], SENDERS[number]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Jeanne Petit <{sender}>", "agoxe@cerdd.org", "Candidature Visions +21"
    mail["Message-ID"] = f"<{number}@{town.lower()}.example>"
    mail.set_content(f"La ville de {town} est candidate à Visions +21.\n\nJeanne Petit\nMaire\nMairie de {town}\n")
    content = b"%PDF-1.4 " + os.urandom(700_000)
    mail.add_attachment(content, maintype="application", subtype="pdf", filename=f"dossier {number}.pdf")
    return mail.as_bytes()


@contextmanager
def mounted(folder: Path, option: str) -> Iterator[None]:
    """A disk in memory at that folder; the test is skipped where none can be mounted."""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no small disk can be mounted here: that takes root and the right to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


@pytest.fixture(params=["var", "sheets"])
def small_disk(house: House, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of two megabytes there."""
    folder = house.folder / request.param
    folder.mkdir()
    with mounted(folder, "size=2m"):
        yield folder


def test_T65_a_disk_that_is_full_is_said_and_the_work_is_finished_when_there_is_room(
    house: House, small_disk: Path
) -> None:
    for number in range(4):
        house.dovecot.deliver(a_heavy_mail(number), RECEIVED)
    full = house.once()
    assert full.returncode == 1
    assert "No space left on device" in full.stderr or "full" in full.stderr, full.stderr
    assert "Traceback" not in full.stderr

    subprocess.run(["mount", "-o", "remount,size=60m", small_disk], check=True)
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS)
    documents = sorted(path.name for path in (house.folder / "sheets").rglob("pieces/*/*.pdf"))
    assert documents == [f"dossier {number}.pdf" for number in range(4)]


def test_logs_that_cannot_be_written_cost_no_letter(house: House) -> None:
    logs = house.folder / "var" / "logs"
    logs.mkdir(parents=True)
    house.dovecot.deliver(a_heavy_mail(0), RECEIVED)
    with mounted(logs, "ro"):
        done = house.once(apart=True)
    assert (done.returncode, len(house.sink.taken)) == (1, 1)
    assert done.stderr.startswith(f"{logs / 'still-'}") and "Read-only file system" in done.stderr
    settled(house, SENDERS[:1])


@pytest.mark.parametrize("place", ["var/raw", "sheets/visions21-2017", "sheets/visions21-2017/pieces"])
def test_check_tells_of_a_folder_that_is_full_or_cannot_be_written_to(house: House, place: str) -> None:
    folder = house.folder / place
    folder.mkdir(parents=True)
    with mounted(folder, "size=2m"):
        full = house.run("check")
        assert (full.returncode, f"FAIL  disk: {folder}: only 2 MB free" in full.stderr) == (1, True)
    with mounted(folder, "ro"):
        closed = house.run("check")
        assert (closed.returncode, f"FAIL  disk: {folder}: cannot be written to" in closed.stderr) == (1, True)


@pytest.mark.parametrize("left", [None, b""])
def test_a_mail_that_was_lost_from_the_archive_before_it_was_read_stops_no_other_and_is_fetched_again(
    house: House, left: bytes | None
) -> None:
    for number in range(3):
        house.dovecot.deliver(a_heavy_mail(number), RECEIVED + timedelta(minutes=number))
    assert house.once(fault="ledger:1:kill").returncode == -9
    (first,) = (house.folder / "var" / "raw").rglob(f"{hashlib.sha256(house.dovecot.messages()[0]).hexdigest()}.eml")
    first.unlink() if left is None else first.write_bytes(left)
    lost = house.once(now="2017-03-01T09:05")
    assert (lost.returncode, lost.stderr.count("\n")) == (1, 1)
    assert lost.stderr.startswith(f"{first}: a recorded mail ")
    assert len(house.sink.taken) == 2
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS[:3])


def test_a_document_that_something_is_in_the_way_of_keeps_no_other_from_its_place(house: House) -> None:
    pieces = house.folder / "sheets" / "visions21-2017" / "pieces"
    pieces.mkdir(parents=True)
    for number in range(3):
        house.dovecot.deliver(a_heavy_mail(number), RECEIVED + timedelta(minutes=number))
    assert house.once(fault="decide:3:kill").returncode == -9  # judged, and not all laid out
    for folder in pieces.iterdir():
        shutil.rmtree(folder)
    with sqlite3.connect(house.folder / "var" / "ledger.sqlite3") as ledger:
        ledger.execute("update piece set laid_out = 0")
    (pieces / "V21-001 Fourmies").write_text("note de Léa", "utf-8")
    blocked = house.once(now="2017-03-01T09:05")
    assert (blocked.returncode, blocked.stderr.count("\n")) == (1, 1)
    assert f"{pieces / 'V21-001 Fourmies' / 'dossier 0.pdf'}: cannot be written" in blocked.stderr
    assert sorted(one.name for one in pieces.rglob("*.pdf")) == ["dossier 1.pdf", "dossier 2.pdf"]
    (pieces / "V21-001 Fourmies").unlink()
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS[:3])
    assert len(list(pieces.rglob("*.pdf"))) == 3


def test_check_asks_nothing_of_a_folder_of_peoples_beside_a_tracker(house: House) -> None:
    theirs = house.folder / "sheets" / "visions21-2017" / "a-joindre"
    theirs.mkdir(parents=True)
    with mounted(theirs, "ro"):
        assert house.run("check").returncode == 0
