"""DOCX and ODT → text: paragraphs, tables, headers and footers, in the order they are written."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from pipeline.adapters.documents.archives import Container

DOCX_BODY, ODT_BODY = "word/document.xml", "content.xml"
LARGEST_XML = 20_000_000  # bytes: elements take many times more in memory
_AROUND = re.compile(r"word/(?:header|footer|footnotes)\d*\.xml")

# Local names: both formats exist in several namespaces (strict and transitional, old and new).
_SKIPPED = {"Fallback", "annotation", "tracked-changes", "del", "instrText", "desc", "title", "binary-data"}
_BREAKS = {"p": "\n", "h": "\n", "br": "\n", "cr": "\n", "line-break": "\n", "tab": "\t", "s": " "}


def docx_text(container: Container) -> str:
    """The text of a Word document: headers, body, footers and notes."""
    around = sorted(name for name in container.names() if _AROUND.fullmatch(name))[:9]
    headers = [name for name in around if "header" in name]
    others = [name for name in around if "header" not in name]
    return "\n".join(_xml_text(container.member(name), _is_run) for name in [*headers, DOCX_BODY, *others])


def odt_text(container: Container) -> str:
    """The text of an OpenDocument text: body, then headers and footers."""
    body = _xml_text(container.member(ODT_BODY), _is_anything)
    if "styles.xml" not in container.names():
        return body
    return body + "\n" + _xml_text(container.member("styles.xml"), _is_anything)


def _is_run(name: str) -> bool:
    """In WordprocessingML only w:t holds text; the rest is layout."""
    return name == "t"


def _is_anything(name: str) -> bool:
    return True


def _xml_text(source: bytes, holds_text: Callable[[str], bool]) -> str:
    if len(source) > LARGEST_XML:
        return ""
    return "".join(_pieces(fromstring(source), holds_text))


def _pieces(root: Element, holds_text: Callable[[str], bool]) -> Iterator[str]:
    """Text and breaks in document order; a stack, since depth is the sender's choice."""
    pending: list[Element | str] = [root]
    while pending:
        current = pending.pop()
        if isinstance(current, str):
            yield current
            continue
        name = current.tag.rpartition("}")[2] if isinstance(current.tag, str) else "desc"
        if name in _SKIPPED:
            continue
        yield _BREAKS.get(name, "")
        if current.text and holds_text(name):
            yield current.text
        # A cell's paragraphs follow each other: the break before each of them keeps the cells apart.
        for child in reversed(current):
            if child.tail and holds_text(name):
                pending.append(child.tail)
            pending.append(child)
