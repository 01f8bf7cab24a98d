"""A run in which nothing moves is ended; one that moves, however slowly, is not."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUN = """
import sys, time
from pathlib import Path
from pipeline import faults
from pipeline.adapters.watchdog import ended_when_still
with ended_when_still(Path(sys.argv[1])) as said:
    print(said)
    for _ in range(int(sys.argv[2])):
        time.sleep(0.3)
        {moves}
    print("done")
"""


def run(state: Path, moves: str, steps: int) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "VISIONS_STILL_SECONDS": "1.5"}
    command = [sys.executable, "-c", RUN.format(moves=moves), str(state), str(steps)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_slow_work_that_moves_is_left_alone_and_leaves_no_trace(tmp_path: Path) -> None:
    done = run(tmp_path, "faults.moved()", 10)
    assert (done.returncode, done.stdout, done.stderr) == (0, "\ndone\n", "")
    assert list((tmp_path / "logs").iterdir()) == []


def test_a_run_that_stands_still_is_ended_and_the_next_one_knows_where(tmp_path: Path) -> None:
    assert run(tmp_path, "pass", 200).returncode == 1
    said = run(tmp_path, "faults.point('read')", 1)
    assert said.stdout.startswith("the last run stood still and was ended; where it stood is in ")
    assert "in <module>" in (tmp_path / "logs" / "last-still.txt").read_text()
    assert run(tmp_path, "pass", 0).stdout == "\ndone\n"


def test_a_loop_that_never_gives_way_is_ended_too(tmp_path: Path) -> None:
    stuck = "__import__('re').fullmatch('(a|a)*b', 'a' * 60)"  # holds the interpreter for years
    assert run(tmp_path, stuck, 1).returncode == 1


def test_where_nothing_can_be_written_the_run_is_watched_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in place of the folder")
    told = f"{tmp_path / 'logs' / 'still-'}"
    done = run(tmp_path, "faults.moved()", 1)
    assert (done.returncode, done.stdout.startswith(told), done.stdout.endswith("done\n")) == (0, True, True)
    assert "cannot be written (a file stands there in place of a folder)" in done.stdout
    assert run(tmp_path, "pass", 200).returncode == 1
