"""What is said of a failure that nobody foresaw: enough to mend it, and nothing of the mail it came of."""

import errno
import os
from pathlib import Path

import pytest

from pipeline.failures import reason, system_failure, where


def test_a_failure_of_the_system_is_one_line_with_the_file_where_it_is_known(tmp_path: Path) -> None:
    said = "the disk or the system failed ({}); what was done is kept, the next run goes on from there."
    assert system_failure(OSError(errno.EIO, os.strerror(errno.EIO))) == said.format("Input/output error")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/var/x")
    assert system_failure(full) == f"/var/x: {said.format('No space left on device')}"
    assert system_failure(TimeoutError()) == said.format("TimeoutError")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EISDIR, "a folder stands there in place of a file"),
        (errno.ENOTDIR, "a file stands there in place of a folder"),
        (errno.EEXIST, "a file stands there in place of a folder"),
        (errno.EACCES, "Permission denied"),
    ],
)
def test_what_stands_in_the_way_is_said_so_that_it_can_be_mended(code: int, said: str) -> None:
    assert reason(OSError(code, os.strerror(code))) == said
    assert reason(OSError()) == "OSError"


def test_where_a_fault_came_from_is_told_without_its_words() -> None:
    try:
        int("maire@commune.example")
    except ValueError as fault:
        assert where(fault) == f"ValueError < test_failures.py:{fault.__traceback__.tb_lineno}"  # type: ignore[union-attr]
