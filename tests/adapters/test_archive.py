"""Raw mails kept to the byte, and documents laid out under names that no sender can abuse."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.adapters.archive import DiskArchive
from pipeline.core.candidature import Piece
from pipeline.failures import Unavailable
from tests.builders import a_candidature

RAW = b"From: maire@commune.example\r\n\r\nBonjour \xe9\x00\r\n"
SHA = hashlib.sha256(RAW).hexdigest()
FOLDER = "pieces/V21-001 Communauté de communes du Ternois"


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return DiskArchive(tmp_path / "var", tmp_path / "sheets")


def a_piece(path: str, content: bytes = b"pdf") -> Piece:
    return Piece("lettre.pdf", len(content), hashlib.sha256(content).hexdigest(), path, SHA, "one@x.example")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_a_mail_comes_back_to_the_byte_under_its_hash(archive: DiskArchive, tmp_path: Path) -> None:
    assert archive.keep(RAW) == archive.keep(RAW) == SHA
    assert archive.read(SHA) == RAW
    assert files(tmp_path) == [f"var/raw/{SHA[:2]}/{SHA}.eml"]
    assert archive.read(archive.keep(b"")) == b""


def test_mails_are_for_their_owner_only(archive: DiskArchive, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        archive.keep(RAW)
    finally:
        os.umask(before)
    path = tmp_path / "var" / "raw" / SHA[:2] / f"{SHA}.eml"
    assert [one.stat().st_mode & 0o777 for one in (path, *path.parents[:3])] == [0o600, 0o700, 0o700, 0o700]


def test_an_altered_mail_is_never_handed_out_and_is_mended_by_the_same_mail(
    archive: DiskArchive, tmp_path: Path
) -> None:
    archive.keep(RAW)
    path = tmp_path / "var" / "raw" / SHA[:2] / f"{SHA}.eml"
    path.write_bytes(RAW.replace(b"B", b"b"))
    with pytest.raises(Unavailable) as fault:
        archive.read(SHA)
    assert str(fault.value) == f"{path}: a recorded mail was altered on the disk; restore it from a backup."
    archive.keep(RAW)
    assert archive.read(SHA) == RAW


def test_a_mail_that_is_gone_is_one_line(archive: DiskArchive, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as fault:
        archive.read(SHA)
    path = tmp_path / "var" / "raw" / SHA[:2] / f"{SHA}.eml"
    assert str(fault.value) == f"{path}: a recorded mail cannot be read (No such file or directory); restore it."


def test_what_a_crash_left_behind_is_written_over(archive: DiskArchive, tmp_path: Path) -> None:
    folder = tmp_path / "var" / "raw" / SHA[:2]
    folder.mkdir(parents=True)
    (folder / f".{SHA}.eml.tmp").write_bytes(RAW[:5])
    archive.keep(RAW)
    assert files(folder) == [f"{SHA}.eml"]


def test_a_disk_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(Unavailable) as fault:
        DiskArchive(tmp_path / "var", tmp_path).keep(RAW)
    assert str(fault.value).endswith(
        "cannot be written (a file stands there in place of a folder); make room or mend the disk."
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("lettre.pdf", "lettre.pdf"),
        ("Délibération n°12.PDF", "Délibération n°12.PDF"),
        ("Délibération.pdf", "Délibération.pdf"),
        ("../../x", "x"),
        ("..", "document"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\x\\lettre.pdf", "lettre.pdf"),
        ("C:lettre.pdf", "C-lettre.pdf"),
        ("\\\\server\\share\\lettre.pdf", "lettre.pdf"),
        ("lettre\0.pdf", "lettre.pdf"),
        ("CON", "_CON"),
        ("AUX.pdf", "_AUX.pdf"),
        ("com1 .txt", "_com1.txt"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("lettre.pdf.", "lettre.pdf"),
        ("lettre.pdf . .", "lettre.pdf"),
        ("a.pdf:evil", "a.pdf-evil"),
        ("fdp.\u202eexe.lettre", "fdp.exe.lettre"),
        ("let\u200btre\u2066.pdf", "lettre.pdf"),
        ("", "document"),
        (" . ", "document"),
        ("\u202e", "document"),
        (".htaccess", "htaccess"),
        ('a<b>c"d|e?f*g.pdf', "a-b-c-d-e-f-g.pdf"),
        ("ligne\r\nsuivante.pdf", "ligne suivante.pdf"),
        ("\udcff.pdf", "pdf"),
    ],
)
def test_a_hostile_name_becomes_one_safe_component(archive: DiskArchive, name: str, safe: str) -> None:
    assert archive.place_for(a_candidature(), frozenset(), name) == f"{FOLDER}/{safe}"


@pytest.mark.parametrize("name", ["x" * 5000 + ".pdf", "é" * 5000 + ".pdf", "😀" * 5000 + ".pdf", "." + "a." * 2500])
def test_a_name_of_thousands_of_characters_is_cut_before_its_ending(
    archive: DiskArchive, name: str, tmp_path: Path
) -> None:
    first = archive.place_for(a_candidature(), frozenset(), name)
    second = archive.place_for(a_candidature(), frozenset({first}), name)
    for path in (first, second):
        short = path.rpartition("/")[2]
        assert len(short) <= 120 and len(short.encode()) <= 200
        assert short.endswith(".pdf") or not name.endswith(".pdf")
        archive.lay_out("call", a_piece(path), b"pdf")
    assert first != second and len(files(tmp_path / "sheets")) == 2


def test_equal_names_are_numbered_and_windows_sees_no_difference_in_case(archive: DiskArchive) -> None:
    taken: frozenset[str] = frozenset()
    for expected, name in (
        ("lettre.pdf", "lettre.pdf"),
        ("lettre (2).pdf", "lettre.pdf"),
        ("LETTRE (3).PDF", "LETTRE.PDF"),
    ):
        path = archive.place_for(a_candidature(), taken, name)
        assert path == f"{FOLDER}/{expected}"
        taken |= {path}


def test_a_folder_keeps_its_first_name_and_takes_no_hostile_one(archive: DiskArchive) -> None:
    hostile = a_candidature(collectivite="../../Ternois:\0/x")
    first = archive.place_for(hostile, frozenset(), "a.pdf")
    assert first == "pieces/V21-001 ..-..-Ternois-x/a.pdf"
    known = replace(hostile, pieces=(a_piece(first),), corrections={"collectivite": "Ternois"})
    assert archive.place_for(known, frozenset({first}), "b.pdf") == "pieces/V21-001 ..-..-Ternois-x/b.pdf"
    assert archive.place_for(a_candidature(collectivite=""), frozenset(), "a.pdf") == "pieces/V21-001/a.pdf"


def test_laying_out_twice_changes_nothing(archive: DiskArchive, tmp_path: Path) -> None:
    piece = a_piece(f"{FOLDER}/lettre.pdf")
    archive.lay_out("call", piece, b"pdf")
    path = tmp_path / "sheets" / "call" / piece.path
    before = path.stat()
    archive.lay_out("call", piece, b"pdf")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert files(tmp_path) == [f"sheets/call/{piece.path}"]


def test_what_staff_put_under_that_name_stays(archive: DiskArchive, tmp_path: Path) -> None:
    folder = tmp_path / "sheets" / "call" / FOLDER
    folder.mkdir(parents=True)
    (folder / "lettre.pdf").write_bytes(b"annotated by staff")
    (folder / "lettre (reçu).pdf").write_bytes(b"this too")
    for _ in range(2):
        archive.lay_out("call", a_piece(f"{FOLDER}/lettre.pdf"), b"pdf")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "lettre.pdf": b"annotated by staff",
        "lettre (reçu).pdf": b"this too",
        "lettre (reçu 2).pdf": b"pdf",
    }


@pytest.mark.parametrize(
    ("call", "path"),
    [
        ("call", "../x.pdf"),
        ("call", "pieces/../x.pdf"),
        ("call", "pieces/../../../x.pdf"),
        ("call", "/tmp/x.pdf"),
        ("call", "candidatures.xlsx"),
        ("call", "pieces"),
        ("call", "pieces/link/x.pdf"),
        ("call", "pieces/loop/x.pdf"),
        ("call", "pieces/x\0.pdf"),
        ("../call", "pieces/x.pdf"),
        ("", "pieces/x.pdf"),
        ("a/b", "pieces/x.pdf"),
    ],
)
def test_nothing_is_ever_written_outside_the_folder_of_the_documents(
    archive: DiskArchive, tmp_path: Path, call: str, path: str
) -> None:
    pieces = tmp_path / "sheets" / "call" / "pieces"
    pieces.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (pieces / "link").symlink_to(tmp_path / "elsewhere")
    (pieces / "loop").symlink_to("loop")
    before = files(tmp_path)
    with pytest.raises(Unavailable, match="leads outside"):
        archive.lay_out(call, a_piece(path), b"pdf")
    assert files(tmp_path) == before


def test_two_workers_that_keep_the_same_mail_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    keeps = (
        "import sys; from pathlib import Path; from pipeline.adapters.archive import DiskArchive;"
        "state = Path(sys.argv[1]); sys.stdin.read();"
        "[DiskArchive(state, state).keep(bytes([one]) * 300_000) for one in range(40)]"
    )
    command = [sys.executable, "-c", keeps, str(tmp_path)]
    root = Path(__file__).parents[2]
    workers = [subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE) for _ in range(2)]
    for one in workers:
        assert one.stdin is not None
        one.stdin.close()
    assert [one.wait() for one in workers] == [0, 0]
    archive = DiskArchive(tmp_path, tmp_path)
    assert sorted(archive.hashes()) == sorted(hashlib.sha256(bytes([one]) * 300_000).hexdigest() for one in range(40))
    assert [len(archive.read(sha256)) for sha256 in archive.hashes()] == [300_000] * 40
    assert list(tmp_path.rglob(".*")) == []


def test_an_erased_mail_leaves_a_tombstone_and_is_never_kept_again(archive: DiskArchive, tmp_path: Path) -> None:
    archive.keep(RAW)
    for _ in range(2):
        archive.erase(SHA, "cd" * 32)
    assert archive.keep(RAW) == SHA
    assert files(tmp_path) == [f"var/raw/{SHA[:2]}/{SHA}.erased"]
    assert (tmp_path / files(tmp_path)[0]).read_text() == "cd" * 32
    assert (archive.holds(SHA), archive.is_erased(SHA)) == (False, True)
    assert (list(archive.hashes()), list(archive.erased())) == ([], [(SHA, "cd" * 32)])


def test_a_mail_that_was_only_dropped_may_come_back(archive: DiskArchive) -> None:
    archive.keep(RAW)
    for _ in range(2):
        archive.drop(SHA)
    assert (archive.holds(SHA), archive.is_erased(SHA)) == (False, False)
    archive.keep(RAW)
    assert archive.read(SHA) == RAW
