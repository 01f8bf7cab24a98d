import pytest

from pipeline.adapters.workbook.replacing import fingerprint, keep_backup, refuse_if_open, replace
from pipeline.failures import Unavailable


@pytest.fixture
def book(tmp_path):
    return tmp_path / "appel" / "suivi.xlsx"


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_the_new_version_takes_the_place_of_the_one_that_was_read(book):
    replace(book, b"one", expected=None)
    book.chmod(0o640)
    replace(book, b"two", expected=fingerprint(b"one"))
    assert (book.read_bytes(), names(book.parent), book.stat().st_mode & 0o777) == (b"two", ["suivi.xlsx"], 0o640)


@pytest.mark.parametrize("expected", [None, fingerprint(b"older")])
def test_a_version_that_somebody_saved_meanwhile_stays(book, expected):
    replace(book, b"theirs", expected=None)
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: was saved by somebody meanwhile; it will be read again\.$"):
        replace(book, b"ours", expected)
    assert (book.read_bytes(), names(book.parent)) == (b"theirs", ["suivi.xlsx"])


def test_a_file_that_vanished_meanwhile_is_not_made_again(book):
    with pytest.raises(Unavailable, match="was saved by somebody meanwhile"):
        replace(book, b"ours", fingerprint(b"read"))
    assert names(book.parent) == []


def test_an_open_file_stays_and_its_holder_is_named(book):
    replace(book, b"one", expected=None)
    lock = book.with_name(".~lock.suivi.xlsx#")
    lock.write_text("Léa Martin,lea,pc,23.11.2026 17:52,file:///x;")
    for attempt in (lambda: refuse_if_open(book), lambda: replace(book, b"two", fingerprint(b"one"))):
        with pytest.raises(Unavailable, match=r"is open by Léa Martin; what is new will be shown once it is closed\.$"):
            attempt()
    assert (book.read_bytes(), names(book.parent)) == (b"one", [".~lock.suivi.xlsx#", "suivi.xlsx"])


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path):
    (tmp_path / "appel").write_text("")
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: cannot be written now \(.+\); it will be tried again\.$"):
        replace(tmp_path / "appel" / "suivi.xlsx", b"one", expected=None)


def test_the_last_thirty_versions_are_kept(book, tmp_path):
    folder = tmp_path / "backups"
    for generation in range(1, 35):
        keep_backup(book, f"{generation}".encode(), folder, generation)
    assert names(folder) == [f"suivi-{generation:06}.xlsx" for generation in range(5, 35)]
    assert (folder / "suivi-000034.xlsx").read_bytes() == b"34"


def test_without_a_backup_nothing_is_written(book, tmp_path):
    (tmp_path / "backups").write_text("")
    with pytest.raises(Unavailable, match="no backup can be kept there"):
        keep_backup(book, b"1", tmp_path / "backups", 1)
