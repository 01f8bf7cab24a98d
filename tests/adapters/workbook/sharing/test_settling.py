"""kill -9 at any step of a swap: either version is whole under the name, or comes back; no save of staff's is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.adapters.workbook.sharing.replacing import fingerprint, recover_interrupted, replace
from pipeline.adapters.workbook.sharing.settling import change_of, keep_visible
from pipeline.failures import Unavailable
from tests.adapters.workbook.sharing.crossing_saves import save
from tests.adapters.workbook.sharing.listing import names

ROOT = Path(__file__).parents[4]
# A worker that dies at one step; "theirs" is saved by staff an instant before the swap where asked for.
DYING = """
import os, signal, sys
from pathlib import Path
from pipeline.adapters.workbook.sharing.exchanging import exchange, set_aside
from pipeline.adapters.workbook.sharing.replacing import fingerprint, replace
from tests.adapters.workbook.sharing.crossing_saves import save

book, step, crossed = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "crossed"

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def way(fresh, path, spare):
    if crossed:
        save(path, b"theirs")
    if step == "written beside":
        die()
    if step == "set aside":
        set_aside(fresh, path, spare, die)
    if step == "exchanged":
        exchange(fresh, path, spare)
    if step == "put":
        set_aside(fresh, path, spare)
    die()

replace(book, b"ours", fingerprint(b"one"), ways=(way,))
"""
WRITING = """
import sys
from pathlib import Path
from pipeline.adapters.workbook.sharing.exchanging import exchange, set_aside
from pipeline.adapters.workbook.sharing.replacing import fingerprint, replace
book, way = Path(sys.argv[1]), {"exchange": exchange, "set aside": set_aside}[sys.argv[2]]
print("ready", flush=True)
while True:
    content = book.read_bytes()
    replace(book, content + b"x" * 1000, fingerprint(content), ways=(way,))
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "suivi.xlsx"
    replace(path, b"one", expected=None)
    return path


def child(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE)


def die(book, step, crossed=""):
    with child(DYING, book, step, crossed) as worker:
        worker.wait(60)
    assert worker.returncode == -signal.SIGKILL
    assert ".~lock.suivi.xlsx#" in names(book.parent)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("written beside", b"one", b"one"),
        ("set aside", None, b"one"),
        ("exchanged", b"ours", b"ours"),
        ("put", b"ours", b"ours"),
    ],
)
def test_killed_there_one_version_is_whole_and_nothing_is_left(book, step, before, after):
    die(book, step)
    assert (book.read_bytes() if book.exists() else None) == before
    assert recover_interrupted(book) == []
    assert (book.read_bytes(), names(book.parent)) == (after, ["suivi.xlsx"])


@pytest.mark.parametrize("step", ["written beside", "set aside", "exchanged", "put"])
def test_killed_there_a_save_that_crossed_is_back_and_read(book, step):
    die(book, step, "crossed")
    assert recover_interrupted(book) == []
    assert book.read_bytes() == b"theirs"
    replace(book, b"merged", fingerprint(b"theirs"))
    assert (book.read_bytes(), names(book.parent)) == (b"merged", ["suivi.xlsx"])


def test_a_save_hidden_by_a_kill_and_covered_by_another_is_shown(book):
    die(book, "exchanged", "crossed")
    save(book, b"later")
    (shown,) = recover_interrupted(book)
    assert (book.read_bytes(), shown.read_bytes()) == (b"later", b"theirs")
    assert names(book.parent) == sorted([shown.name, "suivi.xlsx"])


def test_the_next_write_settles_as_well(book):
    die(book, "exchanged")
    replace(book, b"two", fingerprint(b"ours"))
    assert (book.read_bytes(), names(book.parent)) == (b"two", ["suivi.xlsx"])


def test_a_workbook_taken_away_after_a_kill_does_not_come_back(book):
    die(book, "exchanged")
    book.unlink()
    assert recover_interrupted(book) == []
    assert names(book.parent) == []


def test_nothing_is_touched_while_somebody_has_it_open(book):
    die(book, "exchanged", "crossed")
    book.with_name("~$suivi.xlsx").write_bytes(b"")
    before = names(book.parent)
    assert recover_interrupted(book) == []
    assert (book.read_bytes(), names(book.parent)) == (b"ours", before)


@pytest.mark.parametrize("way", ["exchange", "set aside"])
def test_killed_at_random_instants_a_whole_version_is_there(book, way):
    chance, size = random.Random(3), 3
    for _ in range(6):
        with child(WRITING, book, way) as worker:
            assert worker.stdout.readline() == b"ready\n"
            time.sleep(chance.random() * 0.05)  # the instant of the kill is the subject
            worker.kill()
        recover_interrupted(book)
        content = book.read_bytes()
        assert (content[:3], len(content) % 1000, len(content) >= size) == (b"one", 3, True)
        assert [name for name in names(book.parent) if name.count("-") > 1 or "version" in name] == []
        size = len(content)
    assert size > 3


def test_half_written_files_go_after_a_day_and_others_stay(book):
    yesterday = time.time() - 24 * 3600
    for name in (".suivi-ab12cd34.tmp", ".suivi-ab12cd3.tmp", ".laureats-ab12cd34.tmp", ".suivi-0new_one.tmp"):
        book.with_name(name).write_bytes(b"half")
        os.utime(book.with_name(name), (yesterday, yesterday))
    book.with_name(".suivi-0new_one.tmp").write_bytes(b"half")
    recover_interrupted(book)
    assert names(book.parent) == [".laureats-ab12cd34.tmp", ".suivi-0new_one.tmp", ".suivi-ab12cd3.tmp", "suivi.xlsx"]


def test_a_visible_name_is_never_taken_twice(book):
    shown = []
    for content in (b"a", b"b"):
        version = change_of(book, b"ours", None).file(1)
        version.write_bytes(content)
        os.utime(version, (1488360600, 1488360600))
        shown.append(keep_visible(version, book))
    hour = time.strftime("%H%M%S", time.localtime(1488360600))
    assert [one.name for one in shown] == [f"suivi (version de {hour}).xlsx", f"suivi (version de {hour}, 2).xlsx"]
    assert [one.read_bytes() for one in shown] == [b"a", b"b"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert recover_interrupted(tmp_path / "none" / "suivi.xlsx") == []


def test_what_cannot_be_settled_is_one_clear_line(book):
    change_of(book, b"ours", None).file(1).mkdir()
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: cannot be written now \(Is a directory\)"):
        recover_interrupted(book)
