import pytest

from pipeline.adapters.workbook.sharing.steady_reading import read_steadily
from pipeline.failures import Unavailable


@pytest.fixture
def book(tmp_path):
    return tmp_path / "suivi.xlsx"


class Waiting:
    """Counts the seconds waited for, and lets something happen at the n-th wait."""

    def __init__(self, at=0, happens=lambda: None):
        self.waits, self.at, self.happens = [], at, happens

    def __call__(self, seconds):
        self.waits.append(seconds)
        if len(self.waits) == self.at:
            self.happens()


def test_what_is_there_is_read_without_waiting(book):
    book.write_bytes(b"one")
    waiting = Waiting()
    assert (read_steadily(book, waiting), waiting.waits) == (b"one", [])


def test_a_file_that_excel_is_renaming_comes_back(book):
    waiting = Waiting(3, lambda: book.write_bytes(b"saved"))
    assert (read_steadily(book, waiting), waiting.waits) == (b"saved", [0.05, 0.1, 0.2])


def test_a_file_that_does_not_come_back_is_told_after_two_seconds(book):
    waiting = Waiting()
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: is not there; it was moved or is being saved: put it back"):
        read_steadily(book, waiting)
    assert (sum(waiting.waits), waiting.waits == sorted(waiting.waits)) == (2.0, True)


def test_a_folder_of_that_name_is_one_clear_line(book):
    book.mkdir()
    with pytest.raises(
        Unavailable,
        match=r"suivi\.xlsx: cannot be read \(a folder stands there in place of a file\); it will be tried again\.$",
    ):
        read_steadily(book, Waiting())


def test_a_file_whose_size_is_not_what_was_read_is_not_taken(tmp_path):
    # The kernel says size 0 of what it makes up while it is read: like a file that grows meanwhile.
    changing = tmp_path / "suivi.xlsx"
    changing.symlink_to("/proc/self/status")
    waiting = Waiting()
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: is being saved; it will be read again\.$"):
        read_steadily(changing, waiting)
    assert len(waiting.waits) == 6
