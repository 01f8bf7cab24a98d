"""The files of a call that are the worker's to erase, and those that are staff's."""

import zipfile
from pathlib import Path

import pytest

from pipeline.adapters.call_files import DiskCallFiles

CALL = "visions21-2017"
OURS = (
    *("suivi.xlsx", "suivi.xlsm", "~$suivi.xlsx", ".~lock.suivi.xlsx#", "suivi (version de 093000).xlsx"),
    *("Copie de suivi.xlsx", "suivi-PC12.xlsx", ".suivi-aa-bb-1.tmp", "apercu.html", ".apercu.html.tmp"),
    *("laureats-2017-03-02.xlsx", "laureats-2017-03-02-2.xlsx", ".laureats-aa-bb-0.tmp"),
    *("apercu/01.eml", "pieces/V21-001 Fourmies/lettre.pdf", "pieces/V21-001 Fourmies/notes de l'équipe.docx"),
)
KEPT = ("laureats.xlsx", "laureats.html", "laureats-2017-03-02.html", "statistiques.csv", "a-joindre/laureat/p.pdf")
THEIRS = ("Compte rendu du jury.docx", "budget de suivi.docx", "photos/a.jpg")
OLD = ("ledger (avant 2017).sqlite3-wal", "backups/ledger/ledger-2017-03-01.sqlite3", "logs/worker.log.1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*OURS, *KEPT, *THEIRS):
        path = tmp_path / "sheets" / CALL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for name in (f"backups/{CALL}/suivi-2017.xlsx", "backups/other/suivi.xlsx", *OLD):
        (tmp_path / "var" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "var" / name).write_bytes(b"x")
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def a_disk(folder: Path) -> DiskCallFiles:
    return DiskCallFiles(folder / "sheets", folder / "var")


def test_the_workers_files_go_and_staffs_are_told_and_stay(folder: Path) -> None:
    disk = a_disk(folder)
    left = [Path(one).name for one in disk.of_call(CALL).left]
    assert left == ["Compte rendu du jury.docx", "budget de suivi.docx", "laureats-2017-03-02.html", "photos"]
    for _ in range(2):
        disk.erase_call(CALL)
    assert files(folder / "sheets" / CALL) == {*KEPT, *THEIRS}
    assert files(folder / "var") == {"backups/other/suivi.xlsx", *OLD}
    assert disk.of_call(CALL).go == ()
    disk.erase_old()
    assert files(folder / "var") == {"backups/other/suivi.xlsx"}


def test_a_tracker_behind_a_link_goes_and_no_link_below_the_documents_is_followed(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "real.xlsx").write_bytes(b"x")
    (elsewhere / "not ours.txt").write_bytes(b"x")
    tracker = folder / "sheets" / CALL / "suivi.xlsx"
    tracker.unlink()
    tracker.symlink_to(elsewhere / "real.xlsx")
    (folder / "sheets" / CALL / "pieces" / "out").symlink_to(elsewhere)
    a_disk(folder).erase_call(CALL)
    assert files(elsewhere) == {"not ours.txt"}


def test_files_that_still_name_somebody_are_found_in_parts_of_workbooks_too(folder: Path) -> None:
    call = folder / "sheets" / CALL
    (call / "a-joindre" / "laureat" / "p.pdf").write_bytes("écrire à Zoé@Ternois.example".encode())
    with zipfile.ZipFile(call / "suivi.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings.xml", "<t>Zoé Lefèvre</t>")
    found = a_disk(folder).naming(CALL, ("zoé@ternois.example", "ZOÉ LEFÈVRE", ""))
    assert [Path(one).name for one in found] == ["p.pdf", "suivi.xlsx"]
