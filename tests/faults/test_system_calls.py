"""Faults of single system calls (T12): the kernel is made to refuse the nth fsync, rename or write of a cycle."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import needs
from tests.faults.conftest import RECEIVED, TOWNS, a_candidature_mail, settled
from tests.faults.morning import DISTURBED, Morning
from tests.line.house import ROOT, Done, House

SYNCS, RENAMES = ("fsync", "fdatasync"), ("rename", "renameat", "renameat2")
CALLS = (*SYNCS, *RENAMES, "pwrite64", "write")
LINE = re.compile(r"^(?P<process>\d+) +(?P<call>\w+)\((?P<file>\d+<[^>]*>)?", re.MULTILINE)
MOST = 4  # occurrences of one call that the long test plays, spread evenly


@pytest.fixture
def strace(tmp_path: Path) -> Path:
    """The file that strace writes to; skipped where one process may not trace another."""
    needs(shutil.which("strace"), "strace", "strace")
    log = tmp_path / "strace.log"
    tried = subprocess.run([*tracing(log), "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"one process may not trace another here: {tried.stderr.strip()}")
    return log


def tracing(log: Path, *inject: str) -> list[str]:
    """The command under which a program has its calls noted in `log`, and refused as `inject` says."""
    asked = [word for one in inject for word in ("-e", f"inject={one}")]
    return [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-y",
        "-o",
        str(log),
        "-e",
        f"trace=close,{','.join(CALLS)}",
        *asked,
    ]


def refused(house: House, log: Path, call: str, error: str, nth: int, now: str = DISTURBED) -> tuple[Done, list[str]]:
    """A cycle whose nth `call` fails; and what it did wrong itself."""
    done = house.once(now, under=tracing(log, f"{call}:error={error}:when={nth}"))
    noted = log.read_text("utf-8", "replace")
    wrong = [] if "(INJECTED)" in noted else [f"there is no {call} number {nth}"]
    if done.returncode not in (0, 1) or "Traceback" in done.stderr or "Logging error" in done.stderr:
        wrong.append(f"exit {done.returncode}: {done.stderr}")
    if bool(done.stderr) != bool(done.returncode) or len(done.stderr.splitlines()) > 2:
        wrong.append(f"exit {done.returncode} and said: {done.stderr}")
    if call in SYNCS and done.returncode == 0 and not is_at_closing(noted):
        wrong.append("a failed sync was passed over in silence")
    return done, wrong + synced_again(noted)


def is_at_closing(noted: str) -> bool:
    """Whether the refused sync is one with which SQLite ends: it says nothing of it, and keeps the log of what it
    committed for the next opening. Then no transaction is written after it."""
    before, _, after = noted.partition("(INJECTED)")
    return ".sqlite3" in before.rpartition("\n")[2] and not re.search(r"pwrite64\(\d+<[^>]*-wal>", after)


def synced_again(noted: str) -> list[str]:
    """Files whose sync failed and that were synchronised again without being opened anew: such a sync proves nothing.

    SQLite's own files are left out: it gives the transaction up, and on closing synchronises only earlier ones, whose
    sync had succeeded, before it copies them.
    """
    failed, again = set[tuple[str, str]](), list[str]()
    for line in noted.splitlines():
        found = LINE.match(line)
        if found is None or found["file"] is None or ".sqlite3" in found["file"]:
            continue
        place = found["process"], found["file"]
        if found["call"] == "close":
            failed.discard(place)
        elif found["call"] in SYNCS:
            again += [f"synchronised again: {place[1]}"] if place in failed else []
            failed |= {place} if "(INJECTED)" in line else set()
    return again


@pytest.mark.parametrize(
    ("call", "error", "nth"),
    # The folder, once the new tracker is in place; a commit of the ledger; a page of it.
    [("fsync", "EIO", 12), ("fdatasync", "EIO", 12), ("pwrite64", "ENOSPC", 300)],
)
def test_T12_a_call_that_the_kernel_refuses_costs_one_line_and_the_next_runs_finish(
    house: House, strace: Path, call: str, error: str, nth: int
) -> None:
    for town in TOWNS[:2]:
        house.dovecot.deliver(a_candidature_mail(*town), RECEIVED)
    done, wrong = refused(house, strace, call, error, nth)
    assert wrong == []
    assert done.returncode == 1
    assert house.cycle("2017-03-01T09:20").troubles == []
    settled(house, [sender for _, sender in TOWNS[:2]])


@pytest.mark.long
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_T12_whichever_call_the_kernel_refuses_the_next_runs_finish(morning: Morning, strace: Path, error: str) -> None:
    morning.begin_again()
    assert morning.house.once(DISTURBED, under=tracing(strace)).returncode == 0
    calls = Counter(found["call"] for found in LINE.finditer(strace.read_text("utf-8", "replace")))
    runs, wrong = 0, list[str]()
    for call in CALLS:
        for nth in spread(calls[call]):
            morning.begin_again()
            found = refused(morning.house, strace, call, error, nth)[1]
            if "(INJECTED)" not in strace.read_text("utf-8", "replace"):
                continue  # how often TLS writes is not the same in every run
            runs += 1
            found += morning.converged()
            here = [f"{call} {nth} {error}: {what}" for what in found]
            print(*here, sep="\n", end="\n" * bool(here), flush=True)
            wrong += here
    print(f"\nT12 {error}: {runs} runs, calls {dict(calls)}, {len(wrong)} violations")
    assert wrong == []


def spread(count: int) -> list[int]:
    """At most MOST of the numbers 1 … count, the first and the last among them."""
    some = min(count, MOST)
    return sorted({1 + round(rank * (count - 1) / max(some - 1, 1)) for rank in range(some)})


LAYS_OUT = """
from pathlib import Path
from pipeline.adapters.archive import DiskArchive
from pipeline.core.candidature import Piece
path = "pieces/V21-001 Fourmies/lettre.pdf"
DiskArchive(Path("var"), Path("sheets")).lay_out("ami", Piece("lettre.pdf", 3, "0" * 64, path, "1" * 64, "x@y"), b"pdf")
"""


def test_T12_a_folder_made_for_a_document_is_kept_by_the_one_it_is_in(tmp_path: Path, strace: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*tracing(strace), sys.executable, "-c", LAYS_OUT], cwd=tmp_path, env=environment, check=True)
    fsyncs = [found for found in LINE.finditer(strace.read_text()) if found["call"] == "fsync"]
    folder = tmp_path / "sheets" / "ami" / "pieces" / "V21-001 Fourmies"
    kept = {str(one) for one in (folder, *folder.parents) if one.is_relative_to(tmp_path)}
    assert kept <= {found["file"].partition("<")[2][:-1] for found in fsyncs}
