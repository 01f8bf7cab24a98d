"""A part of a mail as it came: its headers, its bytes or the parts inside. What parts are for is left to others."""

import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message as Tree
from functools import cached_property

from pipeline.core.message.headers import base64_bytes
from pipeline.core.message.lines import Stretch
from pipeline.core.message.names import file_name

_ENCODING = re.compile(r"[\w-]+")
_UUENCODED = ("x-uuencode", "uuencode", "x-uue", "uue")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


@dataclass(eq=False)
class Part:
    """`headers` by lower-case name, values as they came (8-bit bytes as surrogates); the `stretch` of the mail that is
    its body as it came, or the `children`; `default_type` where none is declared; `is_cut_short` when the mail stops
    before the part says so."""

    headers: list[tuple[str, str]] = field(default_factory=list)
    stretch: Stretch = Stretch()
    children: list["Part"] = field(default_factory=list)
    depth: int = 0
    default_type: str = "text/plain"
    is_cut_short: bool = False

    @property
    def body(self) -> bytes:
        """The bytes as they came."""
        return self.stretch.copied()

    def values(self, name: str) -> Sequence[str]:
        """Every header of that name, as it came."""
        return [value for key, value in self.headers if key == name]

    def value(self, name: str) -> str:
        """The first header of that name, "" if absent."""
        return next((value for key, value in self.headers if key == name), "")

    @cached_property
    def media_type(self) -> str:
        """The declared type in lower case; when there is none, or nonsense, what the part looks like."""
        declared = self.value("content-type").partition(";")[0].strip().lower()
        if not declared:
            return self.default_type
        known = _MEDIA_TYPE.match(declared)
        if known:
            return known[0]
        is_base64 = self.value("content-transfer-encoding").strip().lower() == "base64"
        return "application/octet-stream" if self.value("content-disposition") or is_base64 else "text/plain"

    @cached_property
    def name(self) -> str:
        """The decoded name of the file, "" if none."""
        return file_name(self.value("content-disposition"), self.value("content-type"))

    @cached_property
    def content(self) -> bytes:
        """The bytes of a part without children, whatever its transfer encoding is worth."""
        encoding = _ENCODING.search(self.value("content-transfer-encoding").lower())
        scheme = encoding[0] if encoding else ""
        if scheme == "base64":
            return base64_bytes(self.stretch.source, self.stretch.start, self.stretch.end)
        if scheme == "quoted-printable":
            return quopri.decodestring(self.body)
        return self._uudecoded() if scheme in _UUENCODED else self.body

    def _uudecoded(self) -> bytes:
        tree = Tree()
        tree["content-transfer-encoding"] = self.value("content-transfer-encoding")
        tree.set_payload(self.body.decode("ascii", "surrogateescape"))
        decoded = tree.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else self.body
