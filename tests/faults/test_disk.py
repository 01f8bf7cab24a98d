"""Faults of the disk (T65): a small one that fills up, where the worker's own files are, and where staff's are."""

import os
import subprocess
from collections.abc import Iterator
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


@pytest.fixture(params=["var", "sheets"])
def small_disk(house: House, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of two megabytes at that folder; skipped where none can be mounted."""
    folder = house.folder / request.param
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here: that takes root and the right to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False)


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
