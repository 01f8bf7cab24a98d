"""Clock, stop switch, archive, letterhead, attempts, documents, enclosures, gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pipeline.core.candidature import Candidature, Piece
from pipeline.core.enclosing import Enclosure
from pipeline.core.letters import TemplateFault
from pipeline.core.message import Document

if TYPE_CHECKING:  # a port names it; who goes through the port loads it
    from pipeline.core.territory import Territories


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware, in the configuration's zone."""
        ...


class StopSwitch(Protocol):
    """How a person stops everything at once, and lets it go on."""

    def found(self) -> str:
        """Where it was thrown, "" while it is not."""
        ...

    def heed(self) -> None:
        """Raises `failures.Stopped` while it is thrown."""
        ...


class Archive(Protocol):
    """Raw mails by hash, and the documents received, on the disk."""

    def keep(self, raw: bytes) -> str:
        """Store the bytes (temp, fsync, rename, fsync folder) and return their SHA-256 in hexadecimal."""
        ...

    def read(self, sha256: str) -> bytes: ...

    def kept_at(self, sha256: str) -> datetime:
        """When the bytes of a mail came there (aware): it was received by then."""
        ...

    def hashes(self) -> Iterator[str]:
        """The SHA-256 of every mail kept."""
        ...

    def drop(self, sha256: str) -> None:
        """Erase the bytes of a mail, which may be kept again."""
        ...

    def erase(self, sha256: str, content_digest: str) -> None:
        """Erase the bytes of a mail and leave a tombstone: `keep` never takes these bytes again."""
        ...

    def holds(self, sha256: str) -> bool:
        """Whether the bytes of a mail are there."""
        ...

    def is_erased(self, sha256: str) -> bool:
        """Whether a mail left a tombstone."""
        ...

    def erased(self) -> Iterator[tuple[str, str]]:
        """(SHA-256, digest of the content) of the tombstones."""
        ...

    def place_for(self, candidature: Candidature, taken: frozenset[str], name: str) -> str:
        """A safe, free path for a document, relative to the call's folder: "pieces/V21-001 Name/letter.pdf"."""
        ...

    def lay_out(self, call: str, piece: Piece, content: bytes) -> None:
        """Write a document where its `path` says; doing it twice changes nothing."""
        ...


@dataclass(frozen=True)
class Written:
    """A letter as written from its template."""

    subject: str
    text: str
    html: str


class Letterhead(Protocol):
    """The letters' words: Jinja2 templates in Markdown, one layout."""

    def write(self, letter: str, call: str, values: Mapping[str, object]) -> Written:
        """Raises `core.letters.TemplateFault` with file and line when the template cannot be rendered."""
        ...

    def faults(self) -> list[TemplateFault]:
        """What is wrong with any template, every one written with sample values."""
        ...


class Attempts(Protocol):
    """Which mail is being read, so that one whose reading ends the process, or the step, is known the next time."""

    def begin(self, sha256: str) -> int:
        """Note that this mail is being read; how many readings of it in a row came to no end."""
        ...

    def end(self) -> None: ...

    def close(self) -> None: ...


class DocumentReader(Protocol):
    def text(self, document: Document) -> str:
        """The text of a document, "" when it has none. Never raises."""
        ...

    def close(self) -> None: ...


class Enclosures(Protocol):
    """The files that staff want sent with a letter."""

    def listed(self, call: str, letter: str) -> tuple[Enclosure, ...]:
        """Of that letter of that call, by name."""
        ...

    def read(self, call: str, letter: str, name: str) -> bytes: ...


class Gazetteer(Protocol):
    def territories(self) -> Territories: ...
