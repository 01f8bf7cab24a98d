"""The name of an attached file, as its writer meant it. Making it safe for a disk is left to whoever writes there."""

import re
from collections.abc import Iterator
from itertools import count, islice
from urllib.parse import unquote_to_bytes

from pipeline.core.message.headers import decode_words
from pipeline.core.message.wording import decode, one_line, raw_header

LONGEST_NAME = 120
_LONGEST_VALUE = 32_000
_MOST_PARAMETERS = 100

_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.|"(?!\s{0,4}(?:;|\Z)))*)("|\Z)|([^;]*))', re.DOTALL)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?")
_EXTENDED = re.compile(r"([^']*)'[^']*'(.*)", re.DOTALL)
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)/(?=\d)")

EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "image/heic": ".heic",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
}
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".zip"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n", ".png"),
    (b"{\\rtf", ".rtf"),
    (b"II*\x00", ".tif"),
)


def file_name(disposition: str, content_type: str) -> str:
    """The decoded name, of Content-Disposition first, "" when neither header has one."""
    return tidy_name(decoded_parameter(disposition, "filename")) or tidy_name(decoded_parameter(content_type, "name"))


def decoded_parameter(header: str, name: str) -> str:
    """A parameter in any of the ways programs write it: plain, raw 8-bit, RFC 2231, RFC 2047 or percent-encoded."""
    plain = ""
    sections: dict[int, tuple[bool, str]] = {}
    for key, text in _parameters(header):
        parsed = _SECTION.fullmatch(key)
        if parsed is None or parsed[1] != name:
            continue
        if parsed[2] is None and parsed[3] is None:
            plain = plain or text
        else:
            sections.setdefault(int(parsed[2] or 0), (bool(parsed[3]), text))
    return _joined(sections) if sections else _without_percents(decode_words(raw_header(plain)))


def tidy_name(name: str) -> str:
    """One line without path or leading dots, at most LONGEST_NAME characters with its extension; "" if none is left."""
    line = _BETWEEN_DIGITS.sub("-", one_line(name))
    line = re.split(r"[/\\]", line)[-1].strip().lstrip(".").rstrip(". ").strip()
    if len(line) <= LONGEST_NAME:
        return line
    stem, dot, extension = line.rpartition(".")
    if not dot or len(extension) > 10:
        return line[:LONGEST_NAME].rstrip(". ")
    return stem[: LONGEST_NAME - len(extension) - 1].rstrip(". ") + "." + extension


def name_for(media: str, data: bytes, number: int) -> str:
    """A name for the `number`th piece, which came without one."""
    known = EXTENSIONS.get(media) or next((end for start, end in _SIGNATURES if data.startswith(start)), ".bin")
    return f"piece-{number}{known}"


def numbered(name: str) -> Iterator[str]:
    """ "scan.pdf", then "scan (2).pdf", "scan (3).pdf" …"""
    yield name
    end = name[-len(extension(name)) :] if extension(name) else ""
    stem = name.removesuffix(end)
    for rank in count(2):
        yield f"{stem} ({rank}){end}"


def extension(name: str) -> str:
    """ ".pdf", in lower case; "" if none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def declared_type(media: str, name: str) -> str:
    """The media type; what only says "bytes" is told by the name's extension where that is known."""
    if media not in ("application/octet-stream", "application/x-download", "application/force-download"):
        return media
    return next((known for known, end in EXTENSIONS.items() if end == extension(name)), media)


def _parameters(header: str) -> Iterator[tuple[str, str]]:
    text = ";" + header[:_LONGEST_VALUE].partition(";")[2]
    for found in islice(_PARAMETER.finditer(text), _MOST_PARAMETERS):
        if found[3] == "":  # the quotation never ends
            yield found[1].lower(), found[2].partition(";")[0].strip()
        elif found[2] is not None:
            # Only quotation marks and backslashes are unescaped: Windows paths stand there as they are.
            yield found[1].lower(), re.sub(r'\\(["\\])', r"\1", found[2])
        else:
            yield found[1].lower(), found[4].strip().strip('"')


def _joined(sections: dict[int, tuple[bool, str]]) -> str:
    """RFC 2231 sections in their order; the first one names the charset."""
    charset, data = "", b""
    for place, number in enumerate(sorted(sections)):
        encoded, text = sections[number]
        if place == 0 and encoded:
            extended = _EXTENDED.fullmatch(text)
            charset, text = (extended[1], extended[2]) if extended else ("", text)
        raw = text.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(raw) if encoded else raw
    return decode_words(decode(data, charset))


def _without_percents(name: str) -> str:
    """A percent-encoded name decoded, when that gives text; « 100 % bio.pdf » stays as it is."""
    if " " in name or not _PERCENT.search(name):
        return name
    try:
        return unquote_to_bytes(name).decode("utf-8")
    except UnicodeDecodeError:
        return name
