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
from pathlib import Path


def main(task: str, arguments: str) -> None:
    module, _, name = task.partition(":")
    work = getattr(importlib.import_module(module), name)(**json.loads(arguments))
    begun, used = time.perf_counter(), time.process_time()
    counts = work() or {}
    measured = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - used, "peak": peak()}
    print(json.dumps(measured | counts))


def peak() -> float:
    """Megabytes of this process at their most."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1000 if found else 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
