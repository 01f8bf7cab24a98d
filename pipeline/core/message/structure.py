"""Raw bytes → a tree of parts, within limits that keep reading short. What the parts are for is left to others.

The standard parser reads the structure only; header values stay as they came (8-bit bytes as surrogates), so that no
access to one can raise.
"""

import quopri
import re
from collections.abc import Callable, Sequence
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message as Tree
from email.parser import BytesFeedParser
from email.policy import Compat32

from pipeline.core.message.headers import base64_bytes

DEEPEST = 30
MOST_PARTS = 500
LONGEST_HEADERS = 256 * 1024  # bytes, of one part
MOST_LINES = 2_000_000
HEAD = 64 * 1024  # bytes of an over-long message that are still read for its sender and subject

ENCODED = ("base64", "quoted-printable")

_HEADERS_END = re.compile(rb"\r?\n\r?\n|\r\r")
_CHUNK = 65_536
_HEADER_LINE = re.compile(rb"[ \t]|[\x21-\x39\x3b-\x7e]+:")
_SPACED_COLON = re.compile(rb"([\x21-\x39\x3b-\x7e]+)[ \t]+:")
_KNOWN_HEADER = re.compile(
    rb"(?:From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding)[ \t]*:", re.IGNORECASE
)
_LONGEST_CONTENT_TYPE = 8_000  # the standard parser takes quadratic time over its parameters
_ENCODING = re.compile(r"[\w-]+")
_MISSING_SEMICOLON = re.compile(r"^([\w.+-]+/[\w.+-]+)\s+(?=[\w-]+=)", re.ASCII)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


class TooMuch(Exception):
    """A message over a limit; the text says which, in French."""


class Part(Tree):
    """A part that knows how deep it stands."""

    depth = 0

    @property
    def stored(self) -> object:
        """The text as it came (8-bit bytes as surrogates), or the parts inside.

        `get_payload()` would decode the text by the declared charset, and raise over some.
        """
        return getattr(self, "_payload", None)

    def get_content_maintype(self) -> str:
        """As the parser asks for it: an attached message that is encoded is a file until it is decoded."""
        main = super().get_content_maintype()
        is_encoded = value(self, "content-transfer-encoding").strip().lower() in ENCODED
        return "application" if main == "message" and is_encoded else main

    def attach(self, payload: Tree | str) -> None:
        if isinstance(payload, Part):
            payload.depth = self.depth + 1
            if payload.depth > DEEPEST:
                raise TooMuch(f"plus de {DEEPEST} niveaux de messages emboîtés")
        super().attach(payload)


class _AsReceived(Compat32):
    """Header values as they came, within the length a part may have."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        if sum(map(len, sourcelines)) > LONGEST_HEADERS:
            raise TooMuch("des en-têtes trop longs")
        name, value = super().header_source_parse(sourcelines)
        if name.lower() == "content-type":
            value = _MISSING_SEMICOLON.sub(r"\1; ", value[:_LONGEST_CONTENT_TYPE])
        return name, value

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


def parse(raw: bytes, budget: "Budget") -> Part:
    """The tree of a whole message. Raises TooMuch over a limit."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if _headers_length(raw) > LONGEST_HEADERS:
        raise TooMuch("des en-têtes trop longs")
    if raw.count(b"\n") > MOST_LINES:
        raise TooMuch(f"plus de {MOST_LINES} lignes")
    return _parsed(_mended(raw), budget)


def parse_head(raw: bytes) -> Part:
    """The headers of a message whose whole is not read, as far as a reasonable length goes."""
    start = raw.lstrip(b"\r\n")[:HEAD]
    head = _mended(start[: _headers_length(start)])
    return _parsed(head + b"\r\n\r\n", Budget())


class Budget:
    """How many parts may still be read, over a message and all that it carries."""

    def __init__(self, parts: int = MOST_PARTS) -> None:
        self.left = parts

    def factory(self) -> Callable[..., Part]:
        def part(policy: Compat32) -> Part:
            self.left -= 1
            if self.left < 0:
                raise TooMuch(f"plus de {MOST_PARTS} parties")
            return Part(policy)

        return part


def values(part: Part, name: str) -> Sequence[str]:
    """Every header of that name, as it came."""
    return [value for key, value in part.items() if key.lower() == name]


def value(part: Part, name: str) -> str:
    """The first header of that name, "" if absent."""
    return next(iter(values(part, name)), "")


def children(part: Part) -> tuple[Part, ...]:
    payload = part.stored
    return tuple(each for each in payload if isinstance(each, Part)) if isinstance(payload, list) else ()


def media_type(part: Part) -> str:
    """The declared type in lower case; when there is none, or nonsense, what the part looks like."""
    declared = value(part, "content-type").partition(";")[0].strip().lower()
    if not declared:
        return part.get_default_type()
    known = _MEDIA_TYPE.match(declared)
    if known:
        return known[0]
    is_file = value(part, "content-disposition") or value(part, "content-transfer-encoding").strip().lower() == "base64"
    return "application/octet-stream" if is_file else "text/plain"


def content(part: Part) -> bytes:
    """The bytes of a part without children, whatever its transfer encoding is worth."""
    payload = part.stored
    if not isinstance(payload, str):
        return b""
    encoding = _ENCODING.search(value(part, "content-transfer-encoding").lower())
    scheme = encoding[0] if encoding else ""
    if scheme == "base64":
        return base64_bytes(payload)
    data = payload.encode("utf-8", "surrogateescape")
    if scheme == "quoted-printable":
        return quopri.decodestring(data)
    if scheme in ("x-uuencode", "uuencode", "x-uue", "uue"):
        decoded = part.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else data
    return data


def is_cut_short(part: Part) -> bool:
    """True when the message stops before its own structure says that it ends."""
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects)


def _parsed(raw: bytes, budget: Budget) -> Part:
    parser = BytesFeedParser(budget.factory(), policy=_AsReceived())
    for place in range(0, len(raw), _CHUNK):  # fed whole, a large message takes ten times its size
        parser.feed(raw[place : place + _CHUNK])
    part = parser.close()
    if not isinstance(part, Part):
        raise TypeError("the factory makes Parts")
    return part


def _mended(raw: bytes) -> bytes:
    """The same message with its stray header lines folded, where well-known headers follow them.

    The parser takes a line that is no header for the start of the body, and with it every header below.
    """
    length = _headers_length(raw)
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


def _headers_length(raw: bytes) -> int:
    end = _HEADERS_END.search(raw)
    return end.start() if end else len(raw)
