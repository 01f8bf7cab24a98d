"""One worker at a time, and none locked out by a dead one."""

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.adapters import lock
from pipeline.adapters.lock import single_worker
from pipeline.failures import Unavailable

HOLD = """
import sys
from pathlib import Path
from pipeline.adapters import lock
from pipeline.adapters.lock import single_worker
with single_worker(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_worker(state: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(state)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as worker:
        assert worker.stdout is not None and worker.stdout.readline() == "held\n"
        yield worker


def test_a_second_worker_is_refused_and_told_who_holds_the_ledger(tmp_path: Path) -> None:
    with another_worker(tmp_path) as other:
        with pytest.raises(Unavailable) as refusal, single_worker(tmp_path):
            pytest.fail("both work")
    assert str(refusal.value) == (
        f"{tmp_path}: a worker is already running (process {other.pid} on {socket.gethostname()}). "
        "Wait for it to end, or stop it."
    )


def test_the_lock_is_free_once_its_holder_was_killed(tmp_path: Path) -> None:
    with another_worker(tmp_path) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait(10)
        with single_worker(tmp_path):
            assert (tmp_path / "worker.holder").read_text() == f"process {os.getpid()} on {socket.gethostname()}"


def test_the_lock_is_free_after_the_work_and_after_a_failure_of_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), single_worker(tmp_path):
        raise KeyError("work")
    with single_worker(tmp_path):
        pass
    with single_worker(tmp_path):
        pass


def test_one_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    with single_worker(tmp_path):
        with pytest.raises(Unavailable, match=f"process {os.getpid()} on"), single_worker(tmp_path):
            pytest.fail("both work")
        with pytest.raises(Unavailable), single_worker(tmp_path):
            pytest.fail("the refusal freed it")


def test_a_holder_that_has_not_said_its_name_yet_is_another_process(tmp_path: Path) -> None:
    with single_worker(tmp_path):
        (tmp_path / "worker.holder").unlink()
        with pytest.raises(Unavailable, match=r"\(another process\)"), single_worker(tmp_path):
            pytest.fail("both work")


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    with single_worker(tmp_path / "new" / "var"):
        assert (tmp_path / "new" / "var").stat().st_mode & 0o777 == 0o700


def test_a_state_that_is_closed_to_the_account_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(lock, "open", refused, raising=False)
    with pytest.raises(Unavailable) as refusal, single_worker(tmp_path / "var"):
        pytest.fail("locked a closed folder")
    said = "cannot be locked (Permission denied); let the worker's account write there."
    assert str(refusal.value) == f"{tmp_path}/var: {said}"


def test_a_state_that_is_no_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(Unavailable) as refusal, single_worker(tmp_path / "var"):
        pytest.fail("locked a file")
    said = "cannot be locked (a file stands there in place of a folder); it needs a folder of this machine."
    assert str(refusal.value) == f"{tmp_path}/var: {said}"
