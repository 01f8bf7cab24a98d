"""A mail of the archive altered on the disk: who asks for their data, or for a dossier, is served all the same."""

import zipfile
from pathlib import Path

import pytest

from pipeline.demo.post_bag import BEFORE_CLOSING
from tests.line.house import House

WRITER = "h.carpentier@ville-saint-laurent-blangy.example"
LATER = "2017-03-02T09:00"


@pytest.fixture
def house(house: House) -> House:
    """A candidature, and a mail of somebody else."""
    house.deliver((BEFORE_CLOSING[1], BEFORE_CLOSING[3]))
    assert house.once().returncode == 0
    return house


def altered(house: House, rank: int) -> str:
    """The mail of that rank is no longer what was recorded; what is said of it."""
    sha256 = house.export()["messages"][rank]["sha256"]
    path = house.folder / "var" / "raw" / sha256[:2] / f"{sha256}.eml"
    path.write_bytes(path.read_bytes() + b"altered")
    return f"{path}: a recorded mail was altered on the disk; restore it from a backup."


def test_a_person_is_erased_though_the_mail_of_another_was_altered_and_it_is_named(house: House) -> None:
    messages = house.export()["messages"]
    own, other = sorted((0, 1), key=lambda rank: messages[rank]["from"] != WRITER)
    said = altered(house, other)
    done = house.run("purge", "--person", WRITER, "--yes", now=LATER)
    assert (done.returncode, done.stderr) == (
        1,
        f"{said} Whether it names the person is not known: purge again once it is restored.\n",
    )
    assert house.export()["messages"][own]["from"] == "(contact effacé)"
    again = house.run("purge", "--person", WRITER, "--yes", now=LATER)
    assert (again.returncode, again.stdout.split("\n")[0]) == (1, f"Nothing to erase is held about {WRITER}.")


def test_a_person_s_own_mail_is_erased_though_it_was_altered(house: House) -> None:
    messages = house.export()["messages"]
    own = next(rank for rank in (0, 1) if messages[rank]["from"] == WRITER)
    altered(house, own)
    done = house.run("purge", "--person", WRITER, "--yes", now=LATER)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list((house.folder / "var" / "raw").glob(f"*/{messages[own]['sha256']}.eml"))


@pytest.mark.parametrize("words", [("--dossier", "V21-001"), ("--person", WRITER)])
def test_an_export_has_a_note_in_the_place_of_a_mail_that_was_altered(
    house: House, tmp_path: Path, words: tuple[str, str]
) -> None:
    messages = house.export()["messages"]
    own = next(rank for rank in (0, 1) if messages[rank]["from"] == WRITER)
    assert messages[own]["candidature"] == "V21-001"
    said, path = altered(house, own), tmp_path / "all.zip"
    done = house.run("export", *words, "-o", str(path), now=LATER)
    assert (done.returncode, done.stdout) == (1, f"{path} written.\n")
    assert done.stderr == f"{said} Then export again: its place is taken by a note.\n"
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    (note,) = (name for name in files if name.endswith(" candidature.txt"))
    assert files[note].startswith("Ce message ne figure pas ici, ni les documents qui y étaient joints\u00a0: ")
    assert "courriers/01 accuse_reception.eml" in files
