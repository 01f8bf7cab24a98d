"""winmail.dat (MS-OXTNEF) → the files inside, and its text for a mail that has no other. Its formatting is left out."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.core.message.wording import decode

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_FILES = 100
_DEEPEST = 3
_CHARSET = "cp1252"  # until a code page is told

_NEW_FILE, _TITLE, _DATA, _PROPERTIES, _CODEPAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x9007
_BODY, _MESSAGE_PROPERTIES, _PLAIN_BODY = 0x800C, 0x9003, 0x1000
_ATTACH_DATA, _LONG_NAME, _SHORT_NAME, _MIME, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712
_FIXED_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_TEXT, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_NULL = 0x01


class TnefFault(ValueError):
    """These bytes are no TNEF, or are damaged."""


@dataclass
class TnefFile:
    """A file inside; `content_id` is "" unless it is a picture that the text shows."""

    name: str = ""
    media_type: str = ""
    content: bytes = b""
    content_id: str = ""


def open_tnef(data: bytes, depth: int = 0) -> tuple[TnefFile, ...]:
    """The attached files, those of attached messages included. Raises TnefFault on anything unexpected."""
    if not data.startswith(SIGNATURE) or depth > _DEEPEST:
        raise TnefFault("no TNEF signature, or too deep")
    files: list[TnefFile] = []
    charset = _CHARSET
    with _as_faults():
        for identity, value in _attributes(data):
            if identity == _CODEPAGE:
                charset = _charset(value)
            elif identity == _NEW_FILE:
                files.append(TnefFile())
            elif files:
                files.extend(_read_into(files[-1], identity, value, (charset, depth)))
            if len(files) > MOST_FILES:
                raise TnefFault("too many files")
    return tuple(file for file in files if file.content)


def words_in(data: bytes) -> str:
    """The plain text of the message inside, "" where only its formatting holds it. Raises TnefFault as `open_tnef`."""
    charset = _CHARSET
    with _as_faults():
        for identity, value in _attributes(data):
            if identity == _CODEPAGE:
                charset = _charset(value)
            elif identity == _BODY:
                return _text(value, charset)
            elif identity == _MESSAGE_PROPERTIES and _PLAIN_BODY in (found := dict(_properties(value))):
                return _typed_text(found[_PLAIN_BODY], charset)
    return ""


@contextmanager
def _as_faults() -> Iterator[None]:
    """Whatever damaged bytes lead to is a TnefFault."""
    try:
        yield
    except (struct.error, IndexError, OverflowError) as fault:
        raise TnefFault(str(fault)) from fault


def _charset(codepage: bytes) -> str:
    return f"cp{struct.unpack_from('<I', codepage)[0]}"


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(identity, value) of each attribute; the level byte and the checksum are not needed."""
    place = 6
    while place < len(data):
        _, identity, _, size = struct.unpack_from("<BHHI", data, place)
        value = data[place + 9 : place + 9 + size]
        if len(value) < size:
            raise TnefFault("cut short")
        yield identity, value
        place += 9 + size + 2


def _read_into(file: TnefFile, identity: int, value: bytes, context: tuple[str, int]) -> tuple[TnefFile, ...]:
    """Fill `file` from one attribute; the files of a message that it turns out to be."""
    charset, depth = context
    if identity == _TITLE:
        file.name = file.name or _text(value, charset)
    elif identity == _DATA:
        file.content = value
    elif identity == _PROPERTIES:
        return _read_properties(file, dict(_properties(value)), charset, depth)
    return ()


def _read_properties(
    file: TnefFile, found: dict[int, tuple[int, bytes]], charset: str, depth: int
) -> tuple[TnefFile, ...]:
    name = next((_typed_text(found[key], charset) for key in (_LONG_NAME, _SHORT_NAME) if key in found), "")
    file.name = name or file.name
    file.media_type = _typed_text(found[_MIME], charset).lower() if _MIME in found else file.media_type
    file.content_id = _typed_text(found[_CONTENT_ID], charset).strip("<>") if _CONTENT_ID in found else ""
    kind, data = found.get(_ATTACH_DATA, (0, b""))
    if kind == _BINARY:
        file.content = file.content or data
    elif kind == _OBJECT and data[16:20] == SIGNATURE:  # an attached message, behind the 16 bytes of its interface
        file.content = b""
        return open_tnef(data[16:], depth + 1)
    return ()


def _properties(value: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """(identity, (type, bytes)) of each MAPI property; of several values the first."""
    place = 4
    for _ in range(struct.unpack_from("<I", value)[0]):
        kind, identity = struct.unpack_from("<HH", value, place)
        place += 4
        if identity >= 0x8000:
            place = _after_name(value, place)
        data, place = _property_value(value, place, kind)
        yield identity, (kind & 0x0FFF, data)


def _after_name(value: bytes, place: int) -> int:
    """A named property carries a GUID, then a number or a string."""
    is_string, size = struct.unpack_from("<II", value, place + 16)
    return place + 24 + (_padded(size) if is_string else 0)


def _property_value(value: bytes, place: int, kind: int) -> tuple[bytes, int]:
    """The first value and where the next property starts."""
    several, kind = kind & 0x1000, kind & 0x0FFF
    if kind == _NULL:
        return b"", place
    has_count = several or kind in (_TEXT, _UNICODE, _OBJECT, _BINARY)
    count = struct.unpack_from("<I", value, place)[0] if has_count else 1
    place += 4 if has_count else 0
    first = b""
    for number in range(count):
        size, stored, place = _size(value, place, kind)
        if place + size > len(value):
            raise TnefFault("cut short")
        first = value[place : place + size] if number == 0 else first
        place += stored
    return first, place


def _size(value: bytes, place: int, kind: int) -> tuple[int, int, int]:
    """(bytes, bytes with their padding, where they start)."""
    if kind in _FIXED_SIZES:
        return _FIXED_SIZES[kind], _FIXED_SIZES[kind], place
    if kind not in (_TEXT, _UNICODE, _OBJECT, _BINARY):
        raise TnefFault(f"unknown type {kind:#x}")
    size = struct.unpack_from("<I", value, place)[0]
    return size, _padded(size), place + 4


def _padded(size: int) -> int:
    return (size + 3) & ~3


def _typed_text(typed: tuple[int, bytes], charset: str) -> str:
    kind, data = typed
    return _text(data, "utf-16-le" if kind == _UNICODE else charset)


def _text(data: bytes, charset: str) -> str:
    return decode(data, charset).rstrip("\x00")
