"""The names of attached files as the standard library reads them. Which files to keep is left to the product."""

import email
import re
import unicodedata
from collections import defaultdict
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
    """Compare the names of the files that the product kept with those of the parts of the same content, in order."""
    theirs: dict[bytes, list[str]] = defaultdict(list)
    for content, name in _named_parts(raw):
        theirs[content].append(name)
    pairs = [(one.name, _closest(theirs[one.content], one.name)) for one in message.documents if one.content in theirs]
    different = tuple((ours, name) for ours, name in pairs if ours != name)
    return Names(len(pairs) - len(different), different)


def _closest(names: list[str], ours: str) -> str:
    """Of parts with the same content, the one of that name, else the next; it is used up unless it is the last."""
    found = names.index(ours) if ours in names else 0
    return names.pop(found) if len(names) > 1 else names[0]


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
    # Compat32 hides 8-bit bytes behind Header objects; as they came they are surrogates.
    given = Tree()
    for key, value in part.raw_items():
        if key.lower() in ("content-disposition", "content-type"):
            given[key] = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    found = given.get_param("filename", None, "content-disposition") or given.get_param("name", None, "content-type")
    text = _text(collapse_rfc2231_value(found)) if found else ""
    if "=?" in text:
        text = str(make_header(decode_header(text)))
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return re.split(r"[/\\]", line)[-1].strip().lstrip(".")


def _text(name: str) -> str:
    """8-bit bytes, which no standard explains, as UTF-8, else as Windows would show them."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
