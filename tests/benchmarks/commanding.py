"""A whole command as a contender: its wall time from start to end, its CPU, its memory. Standard library only."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence


def command(words: Sequence[str], environment: Mapping[str, str] | None = None) -> Callable[[], dict[str, float]]:
    """Run `words` to their end; it must end well. "python" is this interpreter."""
    words = [sys.executable if word == "python" else word for word in words]

    def run() -> dict[str, float]:
        begun = time.perf_counter()
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        )
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{words} ended with {process.returncode}: {said.decode()[-2000:]}"
        return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024 / 1e6}

    return run
