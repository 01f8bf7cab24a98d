"""XML as bytes: tags and attributes found and changed where they stand, so that nothing beside them can differ."""

import html
import re
from collections.abc import Callable
from functools import cache

from lxml import etree

from pipeline.failures import Unavailable

ATTRIBUTES = rb"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*"
PREFIX = rb"(?:[\w.-]+:)?"
_ENCODING = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"']([\w.-]+)")
_READABLE = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_ROOT = re.compile(rb"<(?![?!])(" + PREFIX + rb")([\w.-]+)" + ATTRIBUTES + rb"(/?)>")


def parser() -> etree.XMLParser:
    """No entity, no network: a workbook comes from anywhere."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def readable(content: bytes, name: str) -> bytes:
    """The part itself; Unavailable when its bytes are not those of UTF-8."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or declared and declared[1].lower() not in _READABLE:
        raise Unavailable(f"{name}: is not stored as UTF-8; open the workbook in Excel and save it.")
    return content


def element(name: str) -> re.Pattern[bytes]:
    """The start tag of an element of that name, whatever its prefix."""
    return re.compile(rb"<" + PREFIX + name.encode() + rb"(?=[\s/>])" + ATTRIBUTES + rb"/?>")


def attribute(tag: bytes, name: str) -> bytes | None:
    found = _attribute(name).search(tag)
    return None if found is None else found[1][1:-1]


def with_attribute(tag: bytes, name: str, value: bytes) -> bytes:
    """The start tag with the attribute's value changed, or the attribute added last."""
    found = _attribute(name).search(tag)
    if found:
        return tag[: found.start(1)] + b'"' + value + b'"' + tag[found.end(1) :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return b'%s %s="%s"%s' % (tag[:end].rstrip(), name.encode(), value, tag[end:])


def without_attributes(tag: bytes, *names: str) -> bytes:
    for name in names:
        tag = _attribute(name).sub(b"", tag)
    return tag


def changed_attribute(tag: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The start tag with the attribute changed where it has it; the tag itself where the value stays."""
    value = attribute(tag, name)
    new = None if value is None else change(value)
    return tag if new is None or new == value else with_attribute(tag, name, new)


def root_tag(content: bytes) -> re.Match[bytes]:
    """The first element: 1 its prefix with the colon, 2 its name, 3 whether it closes itself."""
    found = _ROOT.search(content)
    if found is None:
        raise Unavailable("a part of the workbook has no element; put back a copy from the backups folder.")
    return found


def with_child(content: bytes, child: Callable[[bytes], bytes]) -> bytes:
    """The document with an element added as the last of its root's; `child` is told the root's prefix."""
    root = root_tag(content)
    new = child(root[1])
    if root[3]:
        return content[: root.end() - 2] + b">" + new + b"</%s%s>" % (root[1], root[2]) + content[root.end() :]
    at = content.rfind(b"</")
    return content[:at] + new + content[at:]


def escaped(text: str) -> bytes:
    """For the text of an element and for an attribute between double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").encode()


def unescaped(text: bytes) -> str:
    return html.unescape(text.decode()) if b"&" in text else text.decode()


@cache  # asked for at every cell
def _attribute(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\s+" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')")
