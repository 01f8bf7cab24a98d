"""One run in a process of its own: `python -m tests.benchmarks.apart MODULE:FUNCTION JSON`.

The function prepares and returns a function; that one alone is timed. What it returns are counts, printed with the
seconds, the CPU seconds and the peak of memory (VmHWM: other figures keep the peak of the parent). Counts of these
names replace ours. Nothing but the standard library is imported here, so that a start can be measured.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def measured(task: str, arguments: Mapping[str, Any]) -> dict[str, float]:
    """The counts of a task, in this process."""
    module, _, name = task.partition(":")
    work = getattr(importlib.import_module(module), name)(**arguments)
    begun, used = time.perf_counter(), time.process_time()
    counts = work() or {}
    return {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - used, "peak": peak(), **counts}


def peak() -> float:
    """Megabytes of this process at their most."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1000 if found else 0.0


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], json.loads(sys.argv[2]))))
