"""The head of a damaged message made readable for who cuts it into parts."""

import re

_HEADERS_END = re.compile(rb"\n\r?\n|\r(?:\n\r?\n|\r)")
_HEADER_LINE = re.compile(rb"[ \t]|[\x21-\x39\x3b-\x7e]+:")
_SPACED_COLON = re.compile(rb"([\x21-\x39\x3b-\x7e]+)[ \t]+:")
_KNOWN_HEADER = re.compile(
    rb"(?:From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding)[ \t]*:", re.IGNORECASE
)


def mended(raw: bytes) -> bytes:
    """The same message with its stray header lines folded, where well-known headers follow them.

    A line that is no header would be taken for the start of the body, and with it every header below.
    """
    length = headers_length(raw)
    lines = raw[:length].splitlines(keepends=True)
    known = [place for place, line in enumerate(lines) if _KNOWN_HEADER.match(line)]
    last = known[-1] if known else -1
    if all(_HEADER_LINE.match(line) for line in lines[: last + 1]):
        return raw
    for place in range(last + 1):
        if not _HEADER_LINE.match(lines[place]):
            spaced = _SPACED_COLON.match(lines[place])
            lines[place] = (
                spaced[1] + b":" + lines[place][spaced.end() :]
                if spaced
                else (b" " if place else b"X-Unreadable: ") + lines[place]
            )
    return b"".join(lines) + raw[length:]


def headers_length(raw: bytes) -> int:
    """How many bytes the head of a message takes."""
    end = _HEADERS_END.search(raw)
    return end.start() if end else len(raw)
