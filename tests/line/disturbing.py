"""What the tests share that disturb a cycle at a fault point and compare what comes of it with an undisturbed one."""

from pathlib import Path

from pipeline import faults

# Only where a file system cannot exchange two names; killed there in adapters/workbook/sharing/test_settling.py.
ELSEWHERE = "tracker:set-aside"
# A cycle does not pass those of a purge: tests/faults/test_rgpd.py kills there.
REACHED = [point for point in faults.POINTS if point != ELSEWHERE and not point.startswith("purge:")]
# Stopped between the first byte of a letter and the record of its answer: it may have left, and is never sent again.
# How many copies there are of it.
UNCERTAIN = {"claim": 0, "send": 0, "sent": 1}


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
