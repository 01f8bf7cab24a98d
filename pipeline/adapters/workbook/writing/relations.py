"""What a part of a package points to, and the content types of parts: read and changed as bytes."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from pipeline.adapters.workbook.writing.xml_bytes import attribute, element, escaped, unescaped, with_child
from pipeline.adapters.workbook.writing.zip_members import key_of

CONTENT_TYPES = "[Content_Types].xml"
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_RELATIONSHIP, _OVERRIDE = element("Relationship"), element("Override")


@dataclass(frozen=True)
class Relation:
    """`target` as it is written, `part` the part that it means ("" when it is outside of the package)."""

    id: str
    kind: str
    target: str
    part: str


def relations_part(part: str) -> str:
    """Where the relationships of a part are; those of the package itself for ""."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_in(content: bytes, part: str) -> list[Relation]:
    """The relationships of `part`, from the content of its relationships part."""
    return [_relation(tag, part) for tag in _RELATIONSHIP.findall(content)]


def with_relations(content: bytes, new: Sequence[Relation]) -> bytes:
    return with_child(content, lambda prefix: b"".join(_written(prefix, one) for one in new))


def free_ids(there: Sequence[Relation]) -> Iterator[str]:
    taken = {one.id for one in there}
    return (one for rank in count(1) if (one := f"rIdPieces{rank}") not in taken)


def with_type(types: bytes, part: str, content_type: str) -> bytes:
    """The content types, those of a new part among them."""
    if any(_is_of(tag, part) for tag in _OVERRIDE.findall(types)):
        return types
    rest = b'PartName="/%s" ContentType="%s"' % (escaped(part), escaped(content_type))
    return with_child(types, lambda prefix: b"<%sOverride %s/>" % (prefix, rest))


def _written(prefix: bytes, relation: Relation) -> bytes:
    mode = b"" if relation.part else b' TargetMode="External"'
    words = tuple(map(escaped, (relation.id, relation.kind, relation.target)))
    return b"<%sRelationship %s%s/>" % (prefix, b'Id="%s" Type="%s" Target="%s"' % words, mode)


def _relation(tag: bytes, part: str) -> Relation:
    target = _text(tag, "Target")
    outside = _text(tag, "TargetMode") == "External"
    return Relation(_text(tag, "Id"), _text(tag, "Type"), target, "" if outside else _meant(part, target))


def _meant(part: str, target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _is_of(tag: bytes, part: str) -> bool:
    return key_of(_text(tag, "PartName")) == key_of(part)


def _text(tag: bytes, name: str) -> str:
    return unescaped(attribute(tag, name) or b"")
