"""The members of a zip: read with care, and copied with their compressed bytes, order, dates and extra fields."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pipeline.failures import Unavailable

Bytes = bytes | memoryview
MOST_BYTES = 2_000_000_000  # of one part; Excel itself stops before
LARGE = 1_000_000  # bytes of XML from which speed counts more than size
STEP = 1 << 20  # bytes handed to the compressor at a time
STEP_IN = 1 << 16  # and to the one that unpacks
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_ENCRYPTED, _DESCRIPTOR, _LEVELS, _UTF_8 = 0x1, 0x8, 0x6, 0x800  # bits of a member's flags
_ZIP64_EXTRA, _ZIP64_VERSION, _DEFLATE_VERSION = 1, 45, 20
_MOST_MEMBERS, _MOST_OFFSET = 0xFFFF, 0xFFFFFFFF  # beyond them a zip is a zip64


@dataclass(frozen=True)
class Member:
    """One member as it is to stand in a zip; `data` is compressed, `size` and `crc` are those of what it unpacks to."""

    info: zipfile.ZipInfo
    data: Sequence[Bytes]
    crc: int
    size: int
    method: int
    local_extra: bytes = b""


def members_of(content: bytes) -> list[zipfile.ZipInfo]:
    """Every member in its order; raises BadZipFile, or Unavailable for what would not survive a copy."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found = package.infolist()
    names: set[str] = set()
    for info in found:
        if key_of(info.filename) in names:
            raise Unavailable(f"the workbook holds {info.filename} twice; open it in Excel and save it.")
        if info.flag_bits & _ENCRYPTED:
            raise Unavailable("the workbook is protected by a password; save it without password.")
        if max(info.file_size, info.compress_size) > MOST_BYTES:
            raise Unavailable(f"{info.filename} of the workbook is larger than 2 GB; make it smaller.")
        names.add(key_of(info.filename))
    return found


def key_of(name: str) -> str:
    """A part's name as packages compare them: whatever its case, without a slash before it."""
    return name.replace("\\", "/").lstrip("/").lower()


def compressed(content: bytes, info: zipfile.ZipInfo) -> memoryview:
    """A member's bytes as they stand in the zip."""
    start = _data_start(content, info)
    data = memoryview(content)[start : start + info.compress_size]
    if len(data) != info.compress_size:
        raise zipfile.BadZipFile(f"{info.filename} is cut short")
    return data


def unpacked(content: bytes, info: zipfile.ZipInfo) -> bytes:
    """A member's content, its length and checksum compared; raises BadZipFile, zlib.error, NotImplementedError."""
    data = compressed(content, info)
    if info.compress_type == zipfile.ZIP_STORED:
        result = bytes(data)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        result = _unpacked_once(data, info.file_size)
    else:
        raise NotImplementedError(f"{info.filename} is compressed in an unknown way")
    if len(result) != info.file_size or zlib.crc32(result) != info.CRC:
        raise zipfile.BadZipFile(f"bad checksum of {info.filename}")
    return result


def _unpacked_once(data: memoryview, size: int) -> bytes:
    """At most one byte more than `size`, whatever they unpack to; made in one place, not in pieces that are joined."""
    made, unpacker = io.BytesIO(), zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(data), STEP_IN):
        made.write(unpacker.decompress(data[start : start + STEP_IN], size + 1 - made.tell()))
        if made.tell() > size:
            break
    return made.getvalue()


def refuse_damaged(content: bytes, members: Iterable[zipfile.ZipInfo]) -> None:
    """Raises BadZipFile, zlib.error for members that cannot be unpacked; none is held whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for info in members:
            with package.open(info) as stream:
                while stream.read(STEP):
                    pass


def as_it_was(content: bytes, info: zipfile.ZipInfo) -> Member:
    """A member of the zip `content` whose bytes are copied."""
    extra = _local_extra(content, info)
    return Member(info, (compressed(content, info),), info.CRC, info.file_size, info.compress_type, extra)


def deflated(info: zipfile.ZipInfo, chunks: Iterable[Bytes]) -> Member:
    """A member with a new content, compressed as its chunks come, so that it is never held whole."""
    steps = _steps(chunks)
    first, size = [], 0
    for step in steps:
        first.append(step)
        size += len(step)
        if size > LARGE:
            break
    packer = zlib.compressobj(1 if size > LARGE else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc, size, data = 0, 0, []
    for step in chain(first, steps):
        crc, size = zlib.crc32(step, crc), size + len(step)
        data.append(packer.compress(step))
    return Member(info, (*filter(None, data), packer.flush()), crc, size, zipfile.ZIP_DEFLATED)


def inflated(member: Member) -> bytes:
    """What a member that was `deflated` was made from."""
    return zlib.decompress(b"".join(member.data), -zlib.MAX_WBITS)


def packed(members: Iterable[Member], comment: bytes) -> bytes:
    """The zip of these members."""
    chunks: list[Bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        directory.append(_central_header(member, offset))
        header = _local_header(member)
        chunks += [header, *member.data]
        offset += len(header) + sum(map(len, member.data))
    listed = b"".join(directory)
    if len(directory) > _MOST_MEMBERS or offset + len(listed) > _MOST_OFFSET:
        raise Unavailable("the workbook is larger than 4 GB; make it smaller.")
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), offset, len(comment))
    return b"".join([*chunks, listed, end, comment])


def comment_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.comment


def _steps(chunks: Iterable[Bytes]) -> Iterator[memoryview]:
    for chunk in chunks:
        view = memoryview(chunk)
        for start in range(0, len(view), STEP):
            yield view[start : start + STEP]


def _data_start(content: bytes, info: zipfile.ZipInfo) -> int:
    header = _header(content, info)
    return info.header_offset + _LOCAL.size + int(header[9]) + int(header[10])


def _local_extra(content: bytes, info: zipfile.ZipInfo) -> bytes:
    start = info.header_offset + _LOCAL.size + _header(content, info)[9]
    return content[start : _data_start(content, info)]


def _header(content: bytes, info: zipfile.ZipInfo) -> tuple[Any, ...]:
    raw = content[info.header_offset : info.header_offset + _LOCAL.size]
    if len(raw) < _LOCAL.size or not raw.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile(f"the header of {info.filename} is damaged")
    return _LOCAL.unpack(raw)


def _local_header(member: Member) -> bytes:
    name, extra = _name(member.info), _without_zip64(member.local_extra)
    head = (_version(member.info), _flags(member), member.method, *_moment(member.info))
    sizes = (member.crc, sum(map(len, member.data)), member.size)
    return _LOCAL.pack(b"PK\3\4", *head, *sizes, len(name), len(extra)) + name + extra


def _central_header(member: Member, offset: int) -> bytes:
    info = member.info
    name, extra = _name(info), _without_zip64(info.extra)
    made = info.create_version | info.create_system << 8
    head = (made, _version(info), _flags(member), member.method, *_moment(info))
    sizes = (member.crc, sum(map(len, member.data)), member.size)
    tail = (len(name), len(extra), len(info.comment), 0, info.internal_attr, info.external_attr, offset)
    return _CENTRAL.pack(b"PK\1\2", *head, *sizes, *tail) + name + extra + info.comment


def _name(info: zipfile.ZipInfo) -> bytes:
    name = info.orig_filename
    return name.encode() if info.flag_bits & _UTF_8 or name.isascii() else name.encode("cp437")


def _flags(member: Member) -> int:
    """Sizes stand in the header now, never after the data; a new content says nothing of its level."""
    flags = member.info.flag_bits & ~_DESCRIPTOR
    is_new = member.method == zipfile.ZIP_DEFLATED and member.crc != getattr(member.info, "CRC", None)
    return flags & ~_LEVELS if is_new else flags


def _version(info: zipfile.ZipInfo) -> int:
    return _DEFLATE_VERSION if info.extract_version == _ZIP64_VERSION else info.extract_version


def _moment(info: zipfile.ZipInfo) -> tuple[int, int]:
    """Time and date as a zip writes them."""
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields but the sizes of a zip64, which nothing needs below 4 GB."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64_EXTRA:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
