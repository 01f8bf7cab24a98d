"""The names of attached files as the standard library reads them. Which files to keep is left to the product."""

import email
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message as Tree
from email.utils import collapse_rfc2231_value

from pipeline.core.message import Message


@dataclass(frozen=True)
class Names:
    """How many attached files have a name that both read, and (ours, theirs) where they differ."""

    same: int = 0
    different: tuple[tuple[str, str], ...] = ()


def compared(raw: bytes, message: Message) -> Names:
    """Compare the names of the files that the product kept with those of the parts of the same content."""
    theirs = dict(_named_parts(raw))
    pairs = [(one.name, theirs[one.content]) for one in message.documents if one.content and one.content in theirs]
    different = tuple((ours, name) for ours, name in pairs if ours != name)
    return Names(len(pairs) - len(different), different)


def _named_parts(raw: bytes) -> Iterator[tuple[bytes, str]]:
    try:
        for part in email.message_from_bytes(raw.lstrip(b"\r\n")).walk():
            name = "" if part.is_multipart() else _name(part)
            content = part.get_payload(decode=True) if name else None
            if isinstance(content, bytes) and content:
                yield content, name
    except Exception:  # the independent reader has limits of its own
        return


def _name(part: Tree) -> str:
    found = part.get_param("filename", None, "content-disposition") or part.get_param("name", None, "content-type")
    text = collapse_rfc2231_value(found) if found else ""
    if "=?" in text:
        text = str(make_header(decode_header(text)))
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return re.split(r"[/\\]", line)[-1].strip().lstrip(".")
