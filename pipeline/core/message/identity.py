"""One digest for two copies of a mail that differ only by how they came."""

import hashlib
from collections.abc import Iterator

from pipeline.core.message.headers import header_text, message_id
from pipeline.core.message.part import Part

_IDENTIFYING = ("from", "subject", "date")


def content_digest(part: Part) -> str:
    """SHA-256 in hexadecimal over From, Message-ID, Subject, Date and every part's bytes.

    Servers fold headers, change transfer encodings and line ends on the way: all are undone first.
    """
    digest = hashlib.sha256()
    for item in _items(part):
        digest.update(len(item).to_bytes(8, "big"))
        digest.update(item)
    return digest.hexdigest()


def _items(part: Part) -> Iterator[bytes]:
    """What identifies a message, then its parts one after the other, those of attached messages included."""
    yield from _identity(part)
    pending = [part]
    while pending:
        current = pending.pop()
        media = current.media_type
        inside = current.children
        pending.extend(reversed(inside))
        if media == "message/rfc822" and inside:
            yield from _identity(inside[0])
        if not inside:
            data = current.content
            yield media.encode("ascii", "replace")
            yield data.replace(b"\r\n", b"\n").rstrip(b"\n") if media.startswith("text/") else data


def _identity(part: Part) -> Iterator[bytes]:
    for name in _IDENTIFYING:
        yield "\n".join(map(header_text, part.values(name))).encode()
    yield message_id(part.values("message-id")).encode()
