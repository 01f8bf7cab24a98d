"""The fault points act when the environment says so, and never else."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import faults

ROOT = Path(__file__).parents[1]
PASSAGES = """
from pipeline import faults
for passage in (1, 2, 3):
    try:
        faults.point("send")
        faults.point("copy")
    except OSError as fault:
        print(passage, fault.errno, flush=True)
    else:
        print(passage, flush=True)
"""


def passages(setting: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "FAULT"}
    if setting is not None:
        environment["FAULT"] = setting
    command = [sys.executable, "-c", PASSAGES]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=60)


@pytest.mark.parametrize(
    "setting",
    [
        None,
        "",
        "send",
        "send:0:kill",
        "send:2:explode",
        "nowhere:1:kill",
        "send:1:kill:1",
        "Send:1:kill",
        "send:-1:eio",
    ],
)
def test_nothing_happens_unless_a_known_point_is_named_in_full(setting: str | None) -> None:
    done = passages(setting)
    assert (done.returncode, done.stdout.split()) == (0, ["1", "2", "3"])


def test_kill_ends_the_process_at_the_nth_passage_without_a_word() -> None:
    done = passages("send:2:kill")
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "1\n", "")


@pytest.mark.parametrize(("action", "code"), [("eio", 5), ("enospc", 28)])
def test_the_disk_fails_once_and_the_next_passage_is_free(action: str, code: int) -> None:
    assert passages(f"send:2:{action}").stdout.splitlines() == ["1", f"2 {code}", "3"]


def test_points_are_counted_apart() -> None:
    assert passages("copy:3:eio").stdout.splitlines() == ["1", "2", "3 5"]


def test_the_points_listed_are_those_the_product_passes() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    assert set(re.findall(r'faults\.point\("([\w:-]+)"\)', sources)) == set(faults.POINTS)
