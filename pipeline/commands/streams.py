"""Standard output and standard error, whatever the caller made of them."""

import codecs
import io
import json
import os
import sys


def hold_streams() -> None:
    """Streams that the caller closed lead nowhere: the next file opened would get their number, and what is printed.

    What a stream cannot hold is written as \\u2026: an old locale, a redirection on Windows, or the name of a file that
    is no text, must not end a command.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    if sys.stdout is None or sys.stderr is None:
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  it lives as long as the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def printable_json(value: object) -> str:
    """JSON for standard output: of ASCII where the stream is not UTF-8, which is what a reader expects."""
    is_utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    return json.dumps(value, ensure_ascii=not is_utf8, indent=1)
