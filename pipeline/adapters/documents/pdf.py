"""PDF → text, bounded; and the loop that serves it to another process. Starting and stopping it is `pdf_process`'."""

import contextlib
import importlib
import io
import logging
import os
import signal
import sys

import pypdf

from pipeline.adapters.documents.exchange import MOST_CHARACTERS, receive, send

MOST_PAGES = 30
MOST_MEMORY = 2_000_000_000  # bytes of address space, where the system can limit it
MOST_SECONDS = 25  # of processor time for one document, more than its reader waits


def pdf_text(content: bytes) -> str:
    """The text of the first pages, "" when there is none or when it cannot be read. Never raises."""
    found: list[str] = []
    size = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        for number in range(min(len(reader.pages), MOST_PAGES)):
            found.append(_page_text(reader, number))
            size += len(found[-1])
            if size > MOST_CHARACTERS:
                break
    except Exception:  # damage of any kind, deep recursion included: what was read so far is what there is
        pass
    return "\n\n".join(filter(None, found))[:MOST_CHARACTERS]


def _page_text(reader: pypdf.PdfReader, number: int) -> str:
    """One bad page does not cost the others."""
    try:
        return reader.pages[number].extract_text()
    except Exception:  # as above
        return ""


def serve() -> None:
    """Answer documents on standard input with their text on standard output, until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the worker, which ends this process with it
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # nothing that a parser prints may come between the answers
    logging.disable()
    _limit_memory()
    with contextlib.suppress(EOFError, OSError):
        while True:
            document = receive(sys.stdin.buffer)
            limit_processor(MOST_SECONDS)
            send(answers, pdf_text(document).encode("utf-8", "replace"))


def limit_processor(seconds: int) -> None:
    """End this process when it works for so many seconds from now: its owner, who would stop it, may be gone."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        resource = importlib.import_module("resource")  # not on Windows
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        resource = importlib.import_module("resource")  # not on Windows
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
