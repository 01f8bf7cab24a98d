"""The process that reads PDFs: a map of a whole territory may keep the parser busy for minutes, or eat the memory.

It serves one document after the other; one that takes too long costs only itself.
"""

import contextlib
import os
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.adapters.documents.exchange import receive, send

LONGEST_READING = 20.0  # seconds for one document, the start of the process included
_ROOT = Path(__file__).parents[3]
_CODE = "import sys; sys.path.insert(0, sys.argv[1]); from pipeline.adapters.documents.pdf import serve; serve()"
# Passwords may stand in the environment; a parser of what strangers send needs none of them.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "TEMP")


class PdfProcess:
    """Starts with the first document, is replaced after one that it had to be stopped for, ends with its owner."""

    def __init__(self, longest_reading: float = LONGEST_READING) -> None:
        self._longest_reading = longest_reading
        self._lock = threading.Lock()
        self._waiting = ThreadPoolExecutor(1)  # its thread ends with the process that it waits for
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[..., PdfProcess] | None = None

    def text(self, content: bytes) -> str:
        """The text of a PDF, "" when there is none or the time is over. Raises OSError when no process can start."""
        with self._lock:
            answer = self._waiting.submit(_exchange, self._running(), content)
            try:
                return answer.result(self._longest_reading)
            except (TimeoutError, OSError, EOFError):
                self.close()  # which also frees the thread that waits
                return ""
            except BaseException:  # stopped by a person: the thread must not keep the worker
                self.close()
                raise

    def close(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        process = subprocess.Popen(
            [sys.executable, "-c", _CODE, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        self._process, self._end = process, weakref.finalize(self, _stop, process)
        return process


def _exchange(process: subprocess.Popen[bytes], content: bytes) -> str:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    send(process.stdin, content)
    return receive(process.stdout).decode("utf-8", "replace")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # what was not written yet is not wanted any more
                stream.close()
