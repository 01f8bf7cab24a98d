import os
import socket
import subprocess
import sys
import time

import pytest

from pipeline.adapters.workbook.sharing.owner_files import office_fields
from pipeline.adapters.workbook.sharing.posted_lock import another_is_writing, posted_lock, remove_left_lock
from pipeline.failures import Unavailable
from tests.adapters.workbook.sharing.listing import names


@pytest.fixture
def book(tmp_path):
    return tmp_path / "suivi.xlsx"


@pytest.fixture
def lock(book):
    return book.with_name(".~lock.suivi.xlsx#")


@pytest.fixture
def other():
    """The number of another living process."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process.pid
    process.communicate(b"\n")


def ours(process, host=None):
    return f"Assistant Visions,root,{host or socket.gethostname()},01.03.2017 09:30,process {process};"


def gone():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def age(file, minutes):
    then = time.time() - minutes * 60
    os.utime(file, (then, then))


def test_it_is_there_with_our_name_and_taken_down(book, lock):
    with posted_lock(book):
        fields = office_fields(lock.read_bytes())
        assert names(book.parent) == [lock.name]
    assert (fields[0], fields[2], fields[4]) == ("Assistant Visions", socket.gethostname(), f"process {os.getpid()}")
    assert names(book.parent) == []


def test_it_is_taken_down_when_the_writing_fails(book):
    with pytest.raises(OSError, match="disk"):
        with posted_lock(book):
            raise OSError("disk")
    assert names(book.parent) == []


def test_a_lock_of_somebody_is_respected_and_stays(book, lock):
    lock.write_text("Léa Martin,lea,pc,01.03.2017 09:30,;")
    with pytest.raises(Unavailable, match="is open by Léa Martin"):
        with posted_lock(book):
            raise AssertionError
    assert lock.read_text() == "Léa Martin,lea,pc,01.03.2017 09:30,;"


def test_a_lock_that_somebody_left_yesterday_stays_and_we_write(book, lock):
    lock.write_text("Léa Martin,lea,pc,01.03.2017 09:30,;")
    age(lock, 25 * 60)
    with posted_lock(book):
        assert lock.read_text() == "Léa Martin,lea,pc,01.03.2017 09:30,;"
    assert names(book.parent) == [lock.name]


def test_a_lock_that_we_left_when_killed_is_replaced(book, lock):
    lock.write_text(ours(gone()))
    with posted_lock(book):
        assert office_fields(lock.read_bytes())[4] == f"process {os.getpid()}"
    assert names(book.parent) == []


def test_another_worker_that_is_writing_is_waited_for(book, lock, other):
    lock.write_text(ours(other))
    with pytest.raises(
        Unavailable, match="is being written by another process of the assistant; it will be tried again"
    ):
        with posted_lock(book):
            raise AssertionError
    assert lock.read_text() == ours(other)


def test_who_is_writing_and_what_was_left(book, lock, other):
    cases = {ours(other): True, ours(1, "elsewhere"): True, ours(os.getpid()): False, "Léa,lea,pc,,;": False, "": False}
    for content, expected in cases.items():
        lock.write_text(content)
        assert (content, another_is_writing(book)) == (content, expected)
    lock.write_text(ours(other))
    age(lock, 10)
    assert not another_is_writing(book)


def test_only_a_lock_of_ours_is_removed(book, lock):
    lock.write_text("Léa,lea,pc,,;")
    remove_left_lock(book)
    assert lock.exists()
    lock.write_text(ours(gone()))
    remove_left_lock(book)
    assert not lock.exists()
    remove_left_lock(book)
