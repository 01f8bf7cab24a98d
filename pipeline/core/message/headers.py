"""Header values → text, dates and Message-IDs, whatever was written there. Addresses are left to `addresses`."""

import binascii
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.core.message.wording import decode, one_line, raw_header

MOST_IDS = 50
LONGEST_ID = 500

# Blanks are allowed inside the words although RFC 2047 forbids them: several programs of today write them.
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_HEXADECIMAL = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_ANGLED = re.compile(r"<([^<>]{1,600})>")
_WHITE = re.compile(r"\s+")
_MOMENT = re.compile(r"\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}(?::\d{2})?(?: [+-]\d{4})?")
_YEARS = range(1970, 3000)  # the years that every sheet and database can hold


def header_text(value: str) -> str:
    """One header value, decoded, on one line."""
    return one_line(decode_words(raw_header(value)))


def decode_words(text: str) -> str:
    """RFC 2047 encoded words decoded wherever they stand; what cannot be decoded stays as it is.

    Bytes of neighbouring words are joined before they are decoded: a letter may be cut between two of them.
    """
    if "=?" not in text:
        return text
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _ENCODED_WORD.finditer(text):
        between = text[end : word.start()]
        name, data = word[1].partition("*")[0].lower(), _word_bytes(word[2], word[3])
        if pending and (between.strip() or name != charset):
            out.append(decode(pending, charset))
            pending = b""
        if between.strip() or end == 0:
            out.append(between)
        pending, charset, end = pending + data, name, word.end()
    out.append(decode(pending, charset))
    return "".join([*out, text[end:]])


def message_ids(values: Sequence[str]) -> tuple[str, ...]:
    """Bare Message-IDs of In-Reply-To or References, each once, in order; the first and the last when too many."""
    text = " ".join(decode_words(raw_header(value)) for value in values)
    found = [_WHITE.sub("", angled) for angled in _ANGLED.findall(text)]
    found = found or [word.strip("<>,;") for word in text.split() if "@" in word]
    ids = list(dict.fromkeys(one_line(each) for each in found if 0 < len(each) <= LONGEST_ID))
    return tuple(ids if len(ids) <= MOST_IDS else [ids[0], *ids[-(MOST_IDS - 1) :]])


def message_id(values: Sequence[str]) -> str:
    """The message's own bare Message-ID, "" if none."""
    for value in values[:1]:
        text = decode_words(raw_header(value))
        angled = _ANGLED.search(text)
        bare = _WHITE.sub("", angled[1] if angled else text.strip().strip("<>"))
        return one_line(bare[:LONGEST_ID])
    return ""


def moment(value: str) -> datetime | None:
    """An aware datetime, or None; a date that names no zone is taken as UTC."""
    text = one_line(raw_header(value))[:300]
    candidates = [text, *_MOMENT.findall(text)[:1]]
    for candidate in candidates:
        try:
            parsed = parsedate_to_datetime(candidate)
        except Exception:  # the parser raises half a dozen kinds on what people's clocks write
            continue
        if parsed.year in _YEARS:
            return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return None


def received_moment(values: Sequence[str]) -> datetime | None:
    """When the last server took the message: the date of the topmost Received header."""
    return moment(values[0].rpartition(";")[2]) if values else None


def _word_bytes(form: str, encoded: str) -> bytes:
    raw = encoded.encode("utf-8", "surrogatepass")
    if form in "qQ":
        return _HEXADECIMAL.sub(lambda pair: bytes([int(pair[1], 16)]), raw.replace(b"_", b" "))
    return base64_bytes(raw)


def base64_bytes(encoded: bytes, start: int = 0, end: int | None = None) -> bytes:
    """Base64 with whatever padding, line ends or stray characters it has; what follows the padding is ignored."""
    end = len(encoded) if end is None else end
    padding = encoded.find(b"=", start, end)
    if padding < 0 or not encoded[padding:end].strip(b"=\r\n"):
        with suppress(binascii.Error):  # padding is missing, or a letter
            return binascii.a2b_base64(memoryview(encoded)[start:end])
    kept = _NOT_BASE64.sub(b"", encoded[start:end].partition(b"=")[0])
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
