"""Raw bytes → a tree of parts, within limits that keep reading short. What the parts are for is left to others.

Lines are looked at in headers and at boundaries only: a body is taken in one go, however long it is. Damaged mail
falls into the same parts as with the standard library's parser.
"""

import re
from email.message import Message as Tree
from email.policy import Compat32

from pipeline.core.message.lines import BLANK, Boundary, Lines
from pipeline.core.message.mending import headers_length, mended
from pipeline.core.message.part import Part

DEEPEST = 30
MOST_PARTS = 500
LONGEST_HEADERS = 256 * 1024  # bytes, of one part
MOST_LINES = 2_000_000
HEAD = 64 * 1024  # bytes of an over-long message that are still read for its sender and subject

ENCODED = ("base64", "quoted-printable")

_LONGEST_CONTENT_TYPE = 8_000  # the standard library takes quadratic time over its parameters
_MISSING_SEMICOLON = re.compile(r"^([\w.+-]+/[\w.+-]+)\s+(?=[\w-]+=)", re.ASCII)

_HEAD_LINE = re.compile(rb"From |[\x21-\x39\x3b-\x7e]*:|[\t ]")  # "From " begins the lines that mbox files add
_NOTHING = re.compile(rb"(?!)")
_BREAK = re.compile(r"[\r\n]")


class TooMuch(Exception):
    """A message over a limit; the text says which, in French."""


class Budget:
    """How many parts may still be read, over a message and all that it carries."""

    def __init__(self, parts: int = MOST_PARTS) -> None:
        self._left = parts

    def take(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuch(f"plus de {MOST_PARTS} parties")


def parse(raw: bytes, budget: Budget) -> Part:
    """The tree of a whole message. Raises TooMuch over a limit."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if headers_length(raw) > LONGEST_HEADERS:
        raise TooMuch("des en-têtes trop longs")
    if len(raw) > MOST_LINES < raw.count(b"\n"):
        raise TooMuch(f"plus de {MOST_LINES} lignes")
    return _Cutter(mended(raw), budget).part(Part())


def parse_head(raw: bytes) -> Part:
    """The headers of a message whose whole is not read, as far as a reasonable length goes."""
    start = raw.lstrip(b"\r\n")[:HEAD]
    head = mended(start[: headers_length(start)])
    return _Cutter(head + b"\r\n\r\n", Budget()).part(Part())


class _Cutter:
    """Cuts one mail into its parts."""

    def __init__(self, raw: bytes, budget: Budget) -> None:
        self._lines, self._budget = Lines(raw), budget

    def part(self, part: Part) -> Part:
        """Read into `part` what comes next, up to where it ends."""
        self._budget.take()
        if part.depth > DEEPEST:
            raise TooMuch(f"plus de {DEEPEST} niveaux de messages emboîtés")
        self._read_head(part)
        kind = _kind(part)
        if kind == "message/delivery-status":
            self._read_blocks(part)
        elif kind.startswith("message/") and not _is_encoded(part):
            self._read_child(part)
        elif kind.startswith("multipart/"):
            self._read_multipart(part)
        else:
            part.stretch = self._lines.rest()
        return part

    def _read_child(self, part: Part) -> Part:
        default = "message/rfc822" if _kind(part) == "multipart/digest" else "text/plain"
        child = Part(depth=part.depth + 1, default_type=default)
        part.children.append(child)
        return self.part(child)

    def _read_blocks(self, part: Part) -> None:
        """Groups of fields with blank lines between them, each as a part."""
        line = b"\n"
        while line:
            self._lines.ends.append(BLANK)
            self._read_child(part)
            self._lines.ends.pop()
            self._lines.line()
            line = self._lines.line()
            self._lines.unread(line)

    def _read_multipart(self, part: Part) -> None:
        boundary = _boundary(part)
        self._lines.ends.append(boundary)
        preamble = self._lines.rest()
        self._lines.ends.pop()
        line = self._lines.line()
        found = boundary.match(line)
        if not found or found["end"]:  # not one part inside
            part.stretch = preamble
        while found and not found["end"]:
            self._read_between(part, boundary)
            line = self._lines.line()
            found = boundary.match(line)
            part.is_cut_short = not found
        self._lines.rest()

    def _read_between(self, part: Part, boundary: Boundary | re.Pattern[bytes]) -> None:
        """The child that follows a boundary, or several one after the other."""
        line = self._lines.line()
        while line and boundary.match(line):
            line = self._lines.line()
        self._lines.unread(line)
        self._lines.ends.append(boundary)
        child = self._read_child(part)
        self._lines.ends.pop()
        _leave_last_break(child)

    def _read_head(self, part: Part) -> None:
        lines = []
        while line := self._lines.line():
            if not _HEAD_LINE.match(line):
                if not BLANK.match(line):
                    self._lines.unread(line)
                break
            lines.append(line)
        field: list[bytes] = []
        for number, line in enumerate(lines):
            if line[0] in b" \t":
                if field:
                    field.append(line)
                continue
            _add_header(part, field)
            field = [] if line.startswith((b"From ", b":")) else [line]
            if line.startswith(b"From ") and 0 < number == len(lines) - 1:
                self._lines.put_before(line)  # the text began without a blank line
        _add_header(part, field)


def _add_header(part: Part, lines: list[bytes]) -> None:
    source = b"".join(lines)
    if len(source) > LONGEST_HEADERS:
        raise TooMuch("des en-têtes trop longs")
    name, colon, value = source.decode("ascii", "surrogateescape").partition(":")
    name, value = name.lower(), value.lstrip(" \t").rstrip("\r\n")
    if name == "content-type":
        value = _MISSING_SEMICOLON.sub(r"\1; ", value[:_LONGEST_CONTENT_TYPE])
    if colon:
        part.headers.append((name, value))


def _kind(part: Part) -> str:
    """The declared type as RFC 2045 has it: what makes no sense is text."""
    declared = part.values("content-type")
    kind = declared[0].partition(";")[0].strip().lower() if declared else part.default_type
    return kind if kind.count("/") == 1 else "text/plain"


def _is_encoded(part: Part) -> bool:
    """An attached message that is encoded is a file until it is decoded."""
    return part.value("content-transfer-encoding").strip().lower() in ENCODED


class _AsReceived(Compat32):
    """Header values as they came."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


def _boundary(part: Part) -> Boundary | re.Pattern[bytes]:
    """What the boundary lines of a multipart match; nothing when it declares none."""
    tree = Tree(policy=_AsReceived())
    tree["content-type"] = part.value("content-type")
    declared = tree.get_boundary()
    if declared is None or _BREAK.search(declared):  # no line has a line break inside
        return _NOTHING
    try:
        return Boundary(declared.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:  # nor a letter that no byte stands for
        return _NOTHING


def _leave_last_break(part: Part) -> None:
    """The line break before a boundary belongs to it, not to the body above."""
    while part.children and not _kind(part).startswith("multipart/"):
        part = part.children[-1]
    if not _kind(part).startswith("multipart/"):
        part.stretch = part.stretch.without_last_break()
