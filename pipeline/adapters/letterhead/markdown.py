"""Markdown with sealed values → the plain text and the HTML of a letter, from one reading of it."""

from functools import lru_cache
from html import escape
from re import compile as pattern
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.adapters.letterhead.sealing import filled, has_blanks, lifted, unseal
from pipeline.core.french import MONTHS, NO_BREAK, typography

_SCHEMES = ("https://", "http://", "mailto:", "tel:")
# 23 h 58, 03 21 00 00 00, 28 février, 1er mars, Visions +21
_GLUED = pattern(
    rf"(?<=\d) (?=(?:\d|h\b|(?:{'|'.join(MONTHS)})\b))|(?<=\b1er) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\d h) (?=\d)"
    r"| (?=[+−]\d)"
)
# The number of a candidature, outside of a tag: its hyphen is a place where lines break.
_REFERENCE = pattern(r"<[^>]*>|(\[?(?<![A-Z0-9-])[A-Z][A-Z0-9]{0,11}-\d{3,6}(?![A-Z0-9-])\]?)")
_WHOLE = '<span style="white-space:nowrap">{}</span>'
_STYLES = {
    "p": "margin:0 0 16px",
    # By the margin: Outlook for Windows knows no padding of a list, and would hang its marks out of the sheet.
    "ul": "margin:0 0 16px 22px;padding:0",
    "ol": "margin:0 0 16px 22px;padding:0",
    "li": "margin:0 0 6px",
    "h2": "margin:24px 0 8px;font-size:17px;line-height:24px",
    "h3": "margin:20px 0 8px;font-size:16px;line-height:24px",
    "blockquote": "margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #b9c3bd",
}


class _ValueInLink(Exception):
    """What a link leads to, or shows beside its text, depends on a value: it cannot be written without it."""


class _Parser(MarkdownIt):
    """Link targets keep their values sealed no longer; which of them are allowed is seen in `parse`."""

    def normalizeLink(self, url: str) -> str:
        if has_blanks(url):
            raise _ValueInLink
        return quote(unseal(url), safe="/:?#@&=+,;%~!$'()*")

    def validateLink(self, url: str) -> bool:
        return True


# Indented lines stay text (staff indent for the eye), and a mail of ours shows no picture.
_PARSER = _Parser("commonmark", {"html": False, "linkify": False, "breaks": True}).disable(["code", "image"])


def written(source: str) -> tuple[str, str]:
    """The plain text and the HTML. Letters that differ in their values alone are read once."""
    plan, values = lifted(source)
    try:
        text, html = _both(plan)
    except _ValueInLink:
        tokens = parse(source)
        return to_text(tokens), to_html(tokens)
    return filled(text, values), _whole(filled(html, values, _in_html))


@lru_cache(maxsize=100)
def _both(plan: str) -> tuple[str, str]:
    tokens = parse(plan)
    return to_text(tokens), to_html(tokens)


def parse(source: str) -> list[Token]:
    """The tokens of a letter: French typography set, links checked, headings below the letter's own title."""
    tokens = _PARSER.parse(source)
    for at, token in enumerate(tokens):
        if token.type == "list_item_open" and tokens[at + 1].type == "paragraph_open":
            # A loop in a template leaves empty lines between items, which Markdown takes for paragraphs.
            tokens[at + 1].hidden = tokens[at + 3].hidden = True
        if token.tag == "h1":
            token.tag = "h2"
        if token.nesting == 1 and token.tag in _STYLES and not token.hidden:
            token.attrSet("style", _STYLES[token.tag])
        for child in token.children or ():
            _dress(child)
    return tokens


def to_html(tokens: list[Token]) -> str:
    """The HTML of the letter's body; the values are escaped and nothing in them is markup."""
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return _whole(unseal(html, _in_html))


def _whole(html: str) -> str:
    """The HTML with no line to break inside the number that a person is asked to keep in the subject."""
    return _REFERENCE.sub(lambda found: _WHOLE.format(found[1]) if found[1] else found[0], html)


def glued(text: str) -> str:
    """The text with no line to break inside a date, an hour or a number."""
    return _GLUED.sub(NO_BREAK, text)


def _in_html(value: str) -> str:
    return glued(escape(value))


def to_text(tokens: list[Token]) -> str:
    """The plain text: paragraphs on one line each, "- " before items, links as "text : url"."""
    blocks: list[tuple[str, int]] = []  # the text of a block, the number of its list, 0 outside of lists
    marks: list[str] = []  # what stands before the items of the lists we are in: "- ", "1. "
    fresh, lists = False, 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += not marks
            marks.append("- " if token.tag == "ul" else f"{token.attrGet('start') or 1}. ")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "list_item_close" and marks[-1] != "- ":
            marks[-1] = f"{int(marks[-1][:-2]) + 1}. "
        elif token.type in ("inline", "fence"):
            blocks.append((_block(_plain(token), marks, fresh), lists if marks else 0))
            fresh = False
    return unseal(_joined(blocks))


def _block(text: str, marks: list[str], fresh: bool) -> str:
    """A paragraph, or an item behind its mark and as far in as its list."""
    if not marks:
        return text
    indent = "  " * (len(marks) - 1)
    blank = " " * len(marks[-1])
    return indent + (marks[-1] if fresh else blank) + text.replace("\n", f"\n{indent}{blank}")


def _joined(blocks: list[tuple[str, int]]) -> str:
    """Items of one list on lines that follow each other, everything else with an empty line between."""
    text, before = "", 0
    for block, its_list in blocks:
        text += ("\n" if its_list and its_list == before else "\n\n" if text else "") + block
        before = its_list
    return text


def _plain(token: Token) -> str:
    if token.type == "fence":
        return token.content.rstrip("\n")
    parts: list[str] = []
    starts: list[int] = []
    for child in token.children or ():
        if child.type == "link_open":
            starts.append(len(parts))
            parts.append(str(child.attrGet("href") or ""))
        elif child.type == "link_close":
            at = starts.pop()
            parts[at:] = [_link("".join(parts[at + 1 :]), parts[at])]
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(child.content)
    return "".join(parts)


def _link(text: str, url: str) -> str:
    if has_blanks(text):
        raise _ValueInLink
    bare = url.removeprefix("mailto:").removeprefix("tel:")
    if not url or unseal(text) in (url, bare) or url.startswith("tel:"):
        return text
    return f"{text}{NO_BREAK}: {bare}"


def _dress(token: Token) -> None:
    if token.type == "text":
        token.content = typography(token.content)
    if token.type == "link_open":
        url = str(token.attrGet("href") or "")
        token.attrs["href"] = url if url.lower().startswith(_SCHEMES) else ""
