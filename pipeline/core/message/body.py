"""The text of a message: which parts a reader sees, and their words. Quotations are left to `quotes`."""

import re
from dataclasses import dataclass

from pipeline.core.message.markup import html_text, markup_of
from pipeline.core.message.names import decoded_parameter, file_name
from pipeline.core.message.part import Part
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
    """`text` as preferred, `html` the same from HTML where both exist, `markup` every HTML source shown."""

    text: str = ""
    html: str = ""
    markup: str = ""
    is_html: bool = False


def is_body(part: Part, in_alternative: bool = False, alone: bool = False) -> bool:
    """True for a part that is read as text, not kept as a file. `alone`: it is the whole message."""
    media = part.media_type
    if media.startswith("multipart/"):
        return True
    if media not in (*_HTML, *_PLAIN):
        return False
    name = file_name(part)
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
        return Body(html_text(source)[:LONGEST_TEXT], "", source, True)
    return Body(_plain_text(part, decode(part.content, charset)))


def _preferred(bodies: list[Body]) -> Body:
    plain = next((body for body in bodies if body.text.strip() and not body.is_html), None)
    html = next((body for body in reversed(bodies) if body.text.strip() and body.is_html), None)
    markup = "\n".join(body.markup for body in bodies if body.markup)
    if plain is None or html is None:
        only = plain or html or Body()
        return Body(only.text, only.html, markup, only.is_html)
    words, html_words = len(plain.text.split()), len(html.text.split())
    if words < _STUB_WORDS and html_words > 4 * words:
        return Body(html.text, "", markup, True)
    return Body(plain.text, html.text, markup)


def _joined(bodies: list[Body]) -> Body:
    seen = [body for body in bodies if body.text.strip()]
    return Body(
        "\n\n".join(body.text for body in seen)[:LONGEST_TEXT],
        "\n\n".join(body.html or body.text for body in seen)[:LONGEST_TEXT] if any(body.html for body in seen) else "",
        "\n".join(body.markup for body in bodies if body.markup),
        bool(seen) and all(body.is_html for body in seen),
    )


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
