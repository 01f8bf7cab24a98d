"""HTML → text as a reader sees it, and the pictures and links it refers to. Nothing is fetched."""

import re
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.core.message.wording import clean, decode

LONGEST_HTML = 2_000_000  # characters
DEEPEST_HTML = 3_000  # elements inside one another

_SKIPPED = {"script", "style", "head", "title", "template", "noscript", "-comment", "-doctype", "object", "svg"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "dl"}
_LINES = {"div", "tr", "li", "br", "address", "section", "article", "header", "footer", "center", "form", "dt", "dd"}
_SELF_CLOSING = {
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "col",
    "area",
    "base",
    "p",
    "li",
    "td",
    "th",
    "tr",
    "option",
}
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:]*)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTENT_ID = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)
_SOURCE = re.compile(r"<img\b[^<>]{0,1000}?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_QUOTE_CLASS = re.compile(r"quote|cite", re.IGNORECASE)
_NO_MARGIN = re.compile(r"margin(-bottom)?\s*:\s*0", re.IGNORECASE)
RULE = "________________________________"  # what Outlook writes for a horizontal line


def markup_of(data: bytes, charset: str) -> str:
    """The HTML source, in the charset declared by the part, else by itself."""
    if not charset:
        meta = _META_CHARSET.search(data[:4096])
        charset = meta[1].decode("ascii", "replace") if meta else ""
    return _not_too_deep(decode(data[: 4 * LONGEST_HTML], charset)[:LONGEST_HTML])


def html_text(source: str) -> str:
    """The visible text; quotations are marked with "> " as in plain text mail."""
    writer = _Writer()
    node = LexborHTMLParser(source).root
    while node is not None:
        node = writer.next_node(node)
    return clean("\n".join(writer.lines()))


def pictures(source: str) -> frozenset[str]:
    """The Content-IDs and file names of the pictures that the HTML shows, in lower case."""
    ids = {unquote(found).lower() for found in _CONTENT_ID.findall(source)}
    return frozenset(ids | {unquote(found).lower() for found in _SOURCE.findall(source) if "://" not in found})


def links(source: str) -> tuple[str, ...]:
    """Where the HTML's links lead, as they are written there."""
    if "href" not in source.lower():
        return ()
    nodes = LexborHTMLParser(source).css("a[href]")[:500]
    return tuple(str(node.attributes.get("href") or "") for node in nodes)


def _not_too_deep(source: str) -> str:
    """The HTML, without its elements where they are nested beyond reason: the parser takes quadratic time over them."""
    if source.count("<") <= DEEPEST_HTML:
        return source
    depth = 0
    for tag in _TAG.finditer(source):
        depth = max(0, depth - 1) if tag[1] else depth + (tag[2].lower() not in _SELF_CLOSING)
        if depth > DEEPEST_HTML:
            return _ANY_TAG.sub("<br>", source)
    return source


class _Writer:
    """Walks the tree by its links, since a deep one would exhaust recursion, and writes line by line."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._preformatted = 0
        self._cell_began = 0  # how many lines were done then

    def lines(self) -> list[str]:
        self._end_line()
        return self._done

    def next_node(self, node: LexborNode) -> LexborNode | None:
        """Write `node`; the one to go on with, None at the end."""
        inside = self._enter(node) and node.first_child
        if inside:
            return inside
        current: LexborNode | None = node
        while current is not None:
            self._leave(current)
            if current.next is not None:
                return current.next
            current = current.parent
        return None

    def _enter(self, node: LexborNode) -> bool:
        """Open a node; False when what is inside is not to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
        elif tag in _PARAGRAPHS:
            self._end_paragraph(node)
            self._quotes += _is_quote(node)
            self._preformatted += tag == "pre"
        elif tag in _LINES:
            self._end_line(always=tag == "br")
            if tag == "li":
                self._line.append("- ")
        elif tag == "hr":
            self._end_line()
            self._done.append(RULE)
        elif tag in ("td", "th"):
            self._begin_cell()
        return tag not in _SKIPPED

    def _begin_cell(self) -> None:
        """Beside the cell before it, or below one of several lines: a signature in two columns."""
        if len(self._done) > self._cell_began:
            self._end_line()
        elif self._line:
            self._line.append(" ")
        self._cell_began = len(self._done)

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _PARAGRAPHS:
            self._end_paragraph(node)
            self._quotes -= _is_quote(node)
            self._preformatted -= tag == "pre"
        elif tag in _LINES and tag != "br":
            self._end_line()

    def _write(self, text: str) -> None:
        if not self._preformatted:
            self._line.append(_BLANKS.sub(" ", text))
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._line.append(first)
        for line in others:
            self._end_line(always=True)
            self._line.append(line)

    def _end_line(self, always: bool = False) -> None:
        text = "".join(self._line)
        text = text if self._preformatted else re.sub(" +", " ", text).strip()
        self._line = []
        if text.strip() or always:
            self._done.append(("> " * min(self._quotes, 20) + text).rstrip())

    def _end_paragraph(self, node: LexborNode) -> None:
        self._end_line()
        if not _is_tight(node) and self._done and self._done[-1].strip("> "):
            self._done.append(">" if self._quotes else "")


def _is_tight(node: LexborNode) -> bool:
    """Word and some webmails write every line as a paragraph without margin."""
    attributes = node.attributes
    return (attributes.get("class") or "").startswith("Mso") or bool(_NO_MARGIN.search(attributes.get("style") or ""))


def _is_quote(node: LexborNode) -> bool:
    """A blockquote that quotes: those that only indent carry a style without a border."""
    if node.tag != "blockquote":
        return False
    attributes = node.attributes
    style = attributes.get("style") or ""
    if attributes.get("type") == "cite" or _QUOTE_CLASS.search(attributes.get("class") or ""):
        return True
    return "border-left" in style or not style
