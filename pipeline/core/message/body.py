"""The text of a message: which parts a reader sees, and their words. Quotations are left to `quotes`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipeline.core.message.markup import html_text, markup_of
from pipeline.core.message.names import decoded_parameter
from pipeline.core.message.part import Part
from pipeline.core.message.uuencoded import without_files
from pipeline.core.message.wording import clean, decode

LONGEST_TEXT = 200_000  # characters
_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain", "text/enriched", "text/richtext")
# What Exchange makes of the text below an attachment.
_EXCHANGE_REST = re.compile(r"ATT\d{3,}\.(?:txt|html?)", re.IGNORECASE)
_FLOW = re.compile(r"((?:>[ ]?)*)(.*)")
# A text part this short beside a longer HTML one only says that the mail program should show the other.
_STUB_WORDS = 25


@dataclass(frozen=True)
class Body:
    """`text` as preferred, `html` the same from HTML where both exist, `markup` every HTML source shown.

    Words are taken out of HTML when they are asked for: beside a plain text nobody mostly does.
    """

    words: Callable[[], str] = str
    words_of_html: Callable[[], str] = str
    markup: str = ""
    is_html: bool = False

    @cached_property
    def text(self) -> str:
        return self.words()

    @cached_property
    def html(self) -> str:
        return self.words_of_html()


def is_body(part: Part, in_alternative: bool = False, alone: bool = False) -> bool:
    """True for a part that is read as text, not kept as a file. `alone`: it is the whole message."""
    media = part.media_type
    if media.startswith("multipart/"):
        return True
    if media not in (*_HTML, *_PLAIN):
        return False
    name = part.name
    if _EXCHANGE_REST.fullmatch(name):
        return True
    attached = disposition(part) == "attachment"
    if alone:
        return not (attached and name)
    return not attached and (in_alternative or not name)


def disposition(part: Part) -> str:
    """ "inline", "attachment" or ""."""
    return part.value("content-disposition").partition(";")[0].strip().lower()


def read_body(part: Part, in_alternative: bool = False, alone: bool = True) -> Body:
    """The text of a message and of what it shows; attached messages are left out."""
    media = part.media_type
    parts = part.children
    if parts and media.startswith("message/"):
        return Body()
    if parts:
        alternative = media == "multipart/alternative"
        bodies = [read_body(each, alternative, alone=False) for each in parts]
        return _preferred(bodies) if alternative else _joined(bodies)
    if not is_body(part, in_alternative, alone):
        return Body()
    charset = decoded_parameter(part.value("content-type"), "charset")
    if media in _HTML:
        source = markup_of(part.content, charset)
        return Body(lambda: html_text(source)[:LONGEST_TEXT], markup=source, is_html=True)
    return Body(lambda: _plain_text(part, decode(without_files(part.content), charset)))


def _preferred(bodies: list[Body]) -> Body:
    plain = next((body for body in bodies if not body.is_html and body.text.strip()), Body())
    htmls = [body for body in reversed(bodies) if body.is_html]
    words = len(plain.text.split())
    if words < _STUB_WORDS:
        html = next((body for body in htmls if body.text.strip()), Body())
        if not words or len(html.text.split()) > 4 * words:
            return Body(lambda: html.text, lambda: html.html, _markup(bodies), html.is_html)

    def from_html() -> str:
        return next((body.text for body in htmls if body.text.strip()), plain.html)

    return Body(lambda: plain.text, from_html, _markup(bodies))


def _joined(bodies: list[Body]) -> Body:
    def words() -> str:
        return "\n\n".join(body.text for body in bodies if body.text.strip())[:LONGEST_TEXT]

    def words_of_html() -> str:
        seen = [body for body in bodies if body.text.strip()]
        shown = "\n\n".join(body.html or body.text for body in seen)[:LONGEST_TEXT]
        return shown if any(body.html for body in seen) else ""

    is_plain = any(body.text.strip() for body in bodies if not body.is_html)
    return Body(words, words_of_html, _markup(bodies), not is_plain and any(body.is_html for body in bodies))


def _markup(bodies: list[Body]) -> str:
    return "\n".join(body.markup for body in bodies if body.markup)


def _plain_text(part: Part, text: str) -> str:
    text = text[: 2 * LONGEST_TEXT]
    declared = part.value("content-type")
    if decoded_parameter(declared, "format").lower() == "flowed":
        text = _unflowed(text, decoded_parameter(declared, "delsp").lower() == "yes")
    return clean(text)[:LONGEST_TEXT]


def _unflowed(text: str, delete_space: bool) -> str:
    """RFC 3676: a line that ends with a space goes on in the next one of the same quotation."""
    out: list[list[str]] = []
    going_on = ""  # the quotation mark of the paragraph that goes on; "." before it when it does
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _FLOW.match(line)
        mark, words = (found[1].replace(" ", ""), found[2]) if found else ("", line)
        words = words.removeprefix(" ") if not mark else words
        if going_on == "." + mark and words != "-- ":
            out[-1].append(words)
        else:
            out.append([mark + " " if mark else "", words])
        flows = words.endswith(" ") and words != "-- "
        if flows and delete_space:
            out[-1][-1] = words[:-1]
        going_on = "." + mark if flows else ""
    return "\n".join("".join(pieces) for pieces in out)
