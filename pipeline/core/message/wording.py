"""Bytes and doubtful strings → clean text: NFC, no control character, no lone surrogate. Meaning is left to others."""

import codecs
import re
import unicodedata

LONGEST_LINE = 10_000  # characters of one header value: beyond, nobody reads

_CHARSET = re.compile(r"[A-Za-z0-9][\w.:+-]{0,40}", re.ASCII)
# Codecs that are no charset of a mail: some are quadratic, some run escapes.
_NOT_CHARSETS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
_WESTERN = {"ascii", "iso8859-1", "iso8859-15", "cp1252"}
_UTF8_SEQUENCE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
# Controls, invisible and direction marks, noncharacters, private use; line breaks and tabs are handled before.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u061c\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{4,}")


def decode(data: bytes, charset: str = "") -> str:
    """`data` in its declared charset, else UTF-8 when it is valid, else Windows-1252. Never raises.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 even when a Western charset is declared: nothing else looks so.
    """
    codec = _codec(charset)
    if codec in ("", "utf-8", *_WESTERN):
        return _decode_western(data, codec)
    try:
        return data.decode(codec, "replace")
    except (LookupError, ValueError, AssertionError):
        return _decode_western(data, "")


def raw_header(value: str) -> str:
    """A header as the parser kept it (8-bit bytes as surrogates) → text."""
    if value.isascii():
        return value
    return decode(value.encode("utf-8", "surrogateescape"))


def one_line(text: str) -> str:
    """`text` on one line: every run of white space and control characters is one space."""
    line = " ".join(text[:LONGEST_LINE].split())
    if line.isascii() and line.isprintable():
        return line
    spaced = _SPACES.sub(" ", text[:LONGEST_LINE])
    return unicodedata.normalize("NFC", " ".join(_scrubbed(spaced).split()))


def clean(text: str) -> str:
    """Several lines, ended by "\\n", without trailing spaces or long runs of empty lines."""
    scrubbed = _scrubbed(_LINE_BREAK.sub("\n", text)).replace("\xad", "")
    trimmed = "\n".join(line.rstrip(" \t") for line in scrubbed.split("\n"))
    shorter = _BLANK_LINES.sub("\n\n\n", trimmed)
    return unicodedata.normalize("NFC", shorter).strip("\n")


def _scrubbed(text: str) -> str:
    return _UNWANTED.sub("", _SURROGATE.sub("\ufffd", text))


def _codec(charset: str) -> str:
    """The codec's own name, "" when the charset is unknown, absent or none that a mail may use."""
    name = charset.strip(" \t\r\n\"'").partition("*")[0]
    if name.lower().startswith("x-mac-"):
        name = name[2:]  # as old Macs call their own
    if not _CHARSET.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name.replace("_", "-") not in _NOT_CHARSETS else ""


def _decode_western(data: bytes, codec: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if codec == "iso8859-15":
            return data.decode("iso8859-15", "replace")
        damaged_utf8 = codec == "utf-8" and _UTF8_SEQUENCE.search(data)
        return data.decode("utf-8" if damaged_utf8 else "cp1252", "replace")
