"""The package around a workbook: parts by name, relationships; unchanged parts keep their compressed bytes."""

import zipfile
from collections.abc import Iterable, Mapping
from functools import cached_property

from lxml import etree

from pipeline.adapters.workbook.writing import relations, zip_members
from pipeline.adapters.workbook.writing.relations import CONTENT_TYPES, Relation, relations_part
from pipeline.adapters.workbook.writing.xml_bytes import parser, readable
from pipeline.adapters.workbook.writing.zip_members import Bytes, Member, key_of
from pipeline.failures import Unavailable

_OLE = b"\xd0\xcf\x11\xe0"
NO_DATE = (1980, 1, 1, 0, 0, 0)  # of new parts: the same changes give the same file


class Package:
    """A workbook's parts; only those that were `put` differ when it is packed again.

    Raises BadZipFile for what is no zip, Unavailable for what cannot be written to without loss.
    """

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLE):
            raise Unavailable("the workbook is protected by a password, or an old .xls; save it as .xlsx without.")
        self._content = content
        self._members = zip_members.members_of(content)
        self._by_key = {key_of(member.filename): member for member in self._members}
        self._changed: dict[str, Member] = {}
        self._new: dict[str, str] = {}  # names of new parts by key
        if any(key.startswith("_xmlsignatures/") for key in self._by_key):
            raise Unavailable("the tracker is digitally signed; save it without signature, so that it can be written.")

    # The parts

    def names(self) -> list[str]:
        """Every part as it will be packed, new ones last."""
        return [*(one.filename for one in self._members), *self._new.values()]

    def has(self, name: str) -> bool:
        key = key_of(name)
        return key in self._by_key or key in self._new

    def part(self, name: str) -> bytes:
        """A part's bytes as they are now; KeyError when there is none of that name."""
        key = key_of(name)
        if key in self._changed:
            return zip_members.inflated(self._changed[key])
        return zip_members.unpacked(self._content, self._by_key[key])

    def text(self, name: str) -> bytes:
        """The same of a part whose bytes are to be changed; Unavailable when they are not UTF-8."""
        return readable(self.part(name), name)

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.part(name), parser())

    def put(self, name: str, chunks: Iterable[Bytes]) -> None:
        """Give a part another content, compressed as its pieces come; a part that is not there is made."""
        key = key_of(name)
        if key not in self._by_key:
            self._new[key] = name
        self._changed[key] = zip_members.deflated(self._by_key.get(key) or zipfile.ZipInfo(name, NO_DATE), chunks)

    def edit(self, name: str, content: bytes) -> None:
        """The same where the content may be what it was: the part is left alone then."""
        if content != self.part(name):
            self.put(name, [content])

    def packed(self) -> bytes:
        """The workbook, its parts in their old order, new ones last; BadZipFile, zlib.error for a damaged part."""
        zip_members.refuse_damaged(self._content, (i for i in self._members if key_of(i.filename) not in self._changed))
        there = ((key_of(info.filename), info) for info in self._members)
        old = (self._changed.get(key) or zip_members.as_it_was(self._content, info) for key, info in there)
        new = (self._changed[key] for key in self._new)
        return zip_members.packed([*old, *new], zip_members.comment_of(self._content))

    # What they are

    def sheets(self) -> list[str]:
        return list(self._sheet_parts)

    def sheet_part(self, name: str) -> str:
        """The part of the sheet of that name; KeyError when there is none."""
        return self._sheet_parts[name]

    @cached_property
    def book_part(self) -> str:
        found = self.related("", "officeDocument")
        if not found or not self.has(found[0]):
            raise Unavailable("the workbook has lost its contents; put back a copy from the backups folder.")
        return found[0]

    @cached_property
    def _sheet_parts(self) -> dict[str, str]:
        targets = {relation.id: relation.part for relation in self.relations(self.book_part)}
        found = {}
        for sheet in self.tree(self.book_part).iter("{*}sheet"):
            relation = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            if relation in targets:
                found[str(sheet.get("name"))] = targets[relation]
        return found

    # What they point to

    def relations(self, part: str) -> list[Relation]:
        """What a part points to; "" is the package itself."""
        name = relations_part(part)
        return relations.relations_in(self.text(name), part) if self.has(name) else []

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that `part` points to with a relationship whose type ends in `kind`."""
        return [one.part for one in self.relations(part) if one.kind.endswith(f"/{kind}") and one.part]

    def link(self, part: str, targets: Iterable[str]) -> dict[str, str]:
        """The ids of external hyperlinks of a part by their targets, made where they are not there yet."""
        return self._related_ids(part, f"{self.kinds()}/hyperlink", dict.fromkeys(targets, ""))

    def relate(self, part: str, kind: str, target: str, meant: str = "") -> str:
        """The id of a relationship, made when it is not there yet; `meant` is the part that it points to, if any."""
        return self._related_ids(part, kind, {target: meant})[target]

    def _related_ids(self, part: str, kind: str, targets: Mapping[str, str]) -> dict[str, str]:
        """The ids of relationships of one kind by their targets, each with the part it means."""
        there, name = self.relations(part), relations_part(part)
        known = {one.target: one.id for one in reversed(there) if one.kind == kind and one.target in targets}
        free = relations.free_ids(there)
        new = [Relation(next(free), kind, one, meant) for one, meant in targets.items() if one not in known]
        if new:
            there_now = self.text(name) if self.has(name) else relations.EMPTY
            self.put(name, [relations.with_relations(there_now, new)])
        return known | {one.target: one.id for one in new}

    def declare(self, name: str, content_type: str) -> None:
        """Tell the content type of a new part."""
        self.edit(CONTENT_TYPES, relations.with_type(self.text(CONTENT_TYPES), name, content_type))

    def kinds(self) -> str:
        """What the types of relationships begin with: transitional or strict, as the workbook has it."""
        kinds = [one.kind for one in self.relations("") if one.kind.endswith("/officeDocument")]
        return kinds[0].rpartition("/")[0]
