"""Which mail is being read is known after whatever ended the reading."""

import os
from pathlib import Path

import pytest

from pipeline.adapters.attempts import FileAttempts
from pipeline.failures import Unavailable

ONE, OTHER = "ab" * 32, "cd" * 32


def test_readings_that_came_to_no_end_are_counted_across_processes_and_within_one(tmp_path: Path) -> None:
    first = FileAttempts(tmp_path)
    assert [first.begin(ONE), first.begin(ONE)] == [0, 1]
    second = FileAttempts(tmp_path)  # the first process is gone
    assert second.begin(ONE) == 2
    second.end()
    assert second.begin(ONE) == 0


def test_another_mail_read_in_between_begins_the_count_anew(tmp_path: Path) -> None:
    attempts = FileAttempts(tmp_path)
    assert [attempts.begin(one) for one in (ONE, ONE, OTHER, ONE)] == [0, 1, 0, 0]


def test_it_asks_nothing_that_windows_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pread", "pwrite"):
        monkeypatch.delattr(os, name, raising=False)
    attempts = FileAttempts(tmp_path)
    assert [attempts.begin(ONE), attempts.begin(OTHER), FileAttempts(tmp_path).begin(OTHER)] == [0, 0, 1]


@pytest.mark.parametrize("left", [b"", b"\xff\xfe\x00", b"no note of ours", ONE.encode()])
def test_what_is_no_note_of_ours_counts_for_nothing(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "reading").write_bytes(left)
    assert FileAttempts(tmp_path).begin(ONE) == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(Unavailable, match="reading: cannot be written"):
        FileAttempts(tmp_path / "var").begin(ONE)
