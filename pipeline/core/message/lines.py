"""The bytes of a mail as lines where lines matter, in one go where they do not."""

import re
from dataclasses import dataclass, replace

BLANK = re.compile(rb"[\r\n]")  # what a blank line begins with
_AFTER_MARK = re.compile(rb"(?P<end>--)?[ \t]*(?:\r\n|\r|\n|\Z)")
_BREAK = re.compile(rb"\r\n|\r|\n")
# Every boundary begins so. Looking behind comes last: a pattern that begins with what it looks for is found faster.
_DASHES = re.compile(rb"--(?<=[\r\n]--)")


@dataclass(frozen=True)
class Stretch:
    """Bytes that stand in others, from `start` up to `end`: those of a large file are not there twice."""

    source: bytes = b""
    start: int = 0
    end: int = 0

    @classmethod
    def whole(cls, source: bytes) -> "Stretch":
        return cls(source, 0, len(source))

    def copied(self) -> bytes:
        return self.source[self.start : self.end]

    def without_last_break(self) -> "Stretch":
        last = self.source[max(self.start, self.end - 2) : self.end]
        return replace(self, end=self.end - (2 if last == b"\r\n" else last.endswith((b"\r", b"\n"))))


class Boundary:
    """The line between the parts of a multipart, and the one after the last of them.

    Each mail has its own: compiling a pattern for it would take as long as reading the mail.
    """

    def __init__(self, declared: bytes) -> None:
        self._mark = b"--" + declared

    def match(self, text: bytes, start: int = 0) -> re.Match[bytes] | None:
        """As a pattern does, with a group `end` for the last one."""
        return _AFTER_MARK.match(text, start + len(self._mark)) if text.startswith(self._mark, start) else None


class Lines:
    """The bytes of a mail, read onwards. They seem to end where one of `ends` is: at a boundary of the parts around."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0
        self._put_before = b""
        self.ends: list[Boundary | re.Pattern[bytes]] = []

    def line(self) -> bytes:
        """The next line with its line break, b"" at the end."""
        if self._put_before:
            line, self._put_before = self._put_before, b""
            return line
        if self._is_at_end():
            return b""
        start, found = self._at, _BREAK.search(self._raw, self._at)
        self._at = found.end() if found else len(self._raw)
        return self._raw[start : self._at]

    def unread(self, line: bytes) -> None:
        """Take back the line that was just read."""
        self._at -= len(line)

    def put_before(self, line: bytes) -> None:
        """Read this line, no boundary, before the next one."""
        self._put_before = line

    def rest(self) -> Stretch:
        """Everything up to the end."""
        if BLANK in self.ends:
            return Stretch.whole(b"".join(iter(self.line, b"")))
        before, self._put_before, start = self._put_before, b"", self._at
        while not self._is_at_end():
            dash = self._raw.find(b"-", self._at + 1)  # base64 has none: fifty times faster than a pattern
            dashes = _DASHES.search(self._raw, dash) if dash >= 0 else None
            self._at = dashes.start() if dashes else len(self._raw)
        found = Stretch(self._raw, start, self._at)
        return Stretch.whole(before + found.copied()) if before else found

    def _is_at_end(self) -> bool:
        if self._at >= len(self._raw):
            return True
        return self._raw[self._at] in b"-\r\n" and any(end.match(self._raw, self._at) for end in self.ends)
