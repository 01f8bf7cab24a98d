"""A workbook's package read without any code of the pipeline: parts, relationships, sheets by name."""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True)
class Relation:
    """One relationship; `target` is a part's name, or what is written there for one that points outside."""

    id: str
    kind: str
    target: str
    outside: bool


class Parcel:
    """The members of a package by name; names are compared without case, as the format says."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.members = [name for name in package.namelist() if not name.endswith("/")]
            self.parts = {name.lstrip("/"): package.read(name) for name in self.members}
        self._by_folded = {name.lower(): name for name in self.parts}

    def name(self, target: str) -> str | None:
        """The part of that name, however it is capitalised."""
        return self._by_folded.get(target.lower())

    def relations(self, part: str) -> list[Relation]:
        """What a part ("" for the package itself) points to."""
        folder, base = posixpath.split(part)
        own = self.name(posixpath.join(folder, "_rels", f"{base}.rels"))
        if own is None:
            return []
        return [_relation(element, folder) for element in tree(self.parts[own]) if isinstance(element.tag, str)]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Every part that can be reached from the package's root, with the kind of the relationship that led there."""
        found: dict[str, str] = {}
        waiting = [("", "")]
        while waiting:
            part, kind = waiting.pop(0)
            if part in found:
                continue
            found[part] = kind
            for relation in self.relations(part):
                target = None if relation.outside else self.name(relation.target)
                if target is not None:
                    waiting.append((target, relation.kind))
        del found[""]
        return found

    @cached_property
    def book(self) -> str:
        """The name of the workbook's part."""
        return next(part for part, kind in self.kinds.items() if kind == "officeDocument")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each sheet (worksheets and others) by the name on its tab, in the order of the tabs."""
        targets = {relation.id: self.name(relation.target) for relation in self.relations(self.book)}
        named = {}
        for element in tree(self.parts[self.book]).iterfind("{*}sheets/{*}sheet"):
            part = targets.get(
                next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
            )
            if part is not None:
                named[str(element.get("name"))] = part
        return named

    @property
    def unreached(self) -> list[str]:
        """Parts that nothing points at."""
        return [
            name
            for name in self.parts
            if name not in self.kinds and name != CONTENT_TYPES and not name.endswith(".rels")
        ]

    def content_type(self, part: str) -> str:
        """What [Content_Types].xml says of a part; "" when it says nothing."""
        overrides, defaults = self._content_types
        return overrides.get("/" + part.lower()) or defaults.get(part.rsplit(".", 1)[-1].lower(), "")

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = tree(self.parts[self._by_folded[CONTENT_TYPES.lower()]])
        types = [(one, str(one.get("ContentType"))) for one in root if isinstance(one.tag, str)]
        overrides = {str(one.get("PartName")).lower(): kind for one, kind in types if one.get("PartName")}
        return overrides, {str(one.get("Extension")).lower(): kind for one, kind in types if one.get("Extension")}

    @property
    def strings(self) -> list[etree._Element]:
        """The shared strings, in order."""
        part = next((part for part, kind in self.kinds.items() if kind == "sharedStrings"), None)
        return [] if part is None else [one for one in tree(self.parts[part]) if local(one) == "si"]

    @cached_property
    def shown(self) -> list[str]:
        """How each of the cells' formats shows numbers: the code, or the number of one that needs none."""
        part = next((part for part, kind in self.kinds.items() if kind == "styles"), None)
        root = None if part is None else tree(self.parts[part])
        if root is None:
            return []
        codes = {int(one.get("numFmtId") or 0): one.get("formatCode") for one in root.iterfind("{*}numFmts/{*}numFmt")}
        numbers = [int(one.get("numFmtId") or 0) for one in root.iterfind("{*}cellXfs/{*}xf")]
        return [str(codes.get(number, number)) for number in numbers]

    def doubled(self) -> list[str]:
        """Members that stand twice in the archive."""
        return [name for name, times in Counter(name.lower() for name in self.members).items() if times > 1]


def _relation(element: etree._Element, folder: str) -> Relation:
    target = str(element.get("Target") or "").replace("\\", "/")
    outside = element.get("TargetMode") == "External"
    if not outside:
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(str(element.get("Id")), str(element.get("Type")).rstrip("/").split("/")[-1], target, outside)


def tree(data: bytes, forgiving: bool = False) -> etree._Element:
    """The root element of an XML part; `forgiving` is for VML, which is seldom well formed."""
    rules = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True, recover=forgiving)
    return etree.fromstring(data, rules)


def local(node: etree._Element) -> str:
    """The name without its namespace; "" for a comment or an instruction."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The elements under a node with their local names."""
    for child in node:
        if isinstance(child.tag, str):
            yield local(child), child
