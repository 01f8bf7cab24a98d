"""Raw mail as programs write it, for the tests: header lines stand as they are given, no library encodes them."""

import base64
import struct

HEAD = (
    "From: Jeanne Petit <j.petit@ville.example>\n"
    "To: ami@cerdd.example\n"
    "Subject: Candidature\n"
    "Message-ID: <1@ville.example>\n"
    "Date: Tue, 7 Mar 2017 10:12:00 +0100\n"
)
PDF = b"%PDF-1.4 essai"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(1200)


def mail(head: str = "", body: bytes = b"", base: str = HEAD) -> bytes:
    """A message with the usual headers, then `head`, then `body` as it is."""
    return (base + head).replace("\n", "\r\n").encode("utf-8", "surrogateescape") + b"\r\n" + body


def text(body: str, head: str = "Content-Type: text/plain; charset=utf-8\n") -> bytes:
    """A part of 8-bit text."""
    return head.replace("\n", "\r\n").encode() + b"\r\n" + body.replace("\n", "\r\n").encode() + b"\r\n"


def html(body: str) -> bytes:
    return text(body, "Content-Type: text/html; charset=utf-8\n")


def file(head: str, content: bytes = PDF) -> bytes:
    """A base64 part with these header lines."""
    encoded = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return f"{head.strip()}\nContent-Transfer-Encoding: base64\n\n".replace("\n", "\r\n").encode() + encoded


def multipart(subtype: str, *parts: bytes, boundary: str = "limite", parameters: str = "") -> bytes:
    """A multipart with its own header lines."""
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}\r\n\r\n'.encode()
    mark = b"--" + boundary.encode()
    return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def mixed(*parts: bytes) -> bytes:
    """A whole message with these parts."""
    return HEAD.replace("\n", "\r\n").encode() + multipart("mixed", *parts)


def tnef(*files: tuple[str, bytes]) -> bytes:
    """A winmail.dat with these files, each with a short DOS title and its long name as a MAPI property."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    for name, content in files:
        long_name = name.encode("utf-16-le") + b"\x00\x00"
        stored = long_name + bytes(-len(long_name) % 4)
        properties = struct.pack("<IHHII", 2, 0x1F, 0x3707, 1, len(long_name)) + stored
        properties += struct.pack("<HHI", 0x0003, 0x3705, 1)
        out += _attribute(2, 0x00069002, bytes(14)) + _attribute(2, 0x00018010, b"COURT~1.PDF\x00")
        out += _attribute(2, 0x0006800F, content) + _attribute(2, 0x00069005, properties)
    return out


def _attribute(level: int, identity: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, identity, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
