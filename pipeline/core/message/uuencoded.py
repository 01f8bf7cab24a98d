"""Files that stand uuencoded in a text, as old mail programs attach them: "begin 644 lettre.pdf" … "end"."""

import binascii
import re
from collections.abc import Iterator

MOST_FILES = 100  # of one text
_BEGIN = re.compile(rb"^begin [0-7]{3,4} (?P<name>[^\r\n]{1,200})\r?\n", re.MULTILINE)
_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)


def files_in(text: bytes) -> list[tuple[bytes, bytes]]:
    """The name and the content of each, as they came."""
    return [(name, content) for _, _, name, content in _found(text)]


def without_files(text: bytes) -> bytes:
    """The text that is left for a reader."""
    kept, end = [], 0
    for start, after, _, _ in _found(text):
        kept.append(text[end:start])
        end = after
    return b"".join((*kept, text[end:])) if kept else text


def _found(text: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """(start, end, name, content) of each that can be decoded."""
    at, count = 0, 0
    while count < MOST_FILES and (begin := _BEGIN.search(text, at)):
        count += 1
        end = _END.search(text, begin.end())
        if end is None:
            return
        at = end.end()
        content = _decoded(text[begin.end() : end.start()])
        if content:
            yield begin.start(), end.end(), begin["name"].strip(), content


def _decoded(block: bytes) -> bytes:
    try:
        return b"".join(binascii.a2b_uu(line) for line in block.splitlines() if line.strip())
    except binascii.Error:
        return b""  # words of somebody, between two words of English
