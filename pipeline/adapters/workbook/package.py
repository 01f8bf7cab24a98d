"""The zip around a workbook: parts by name, relationships; unchanged parts keep their bytes."""

import io
import posixpath
import zipfile

from lxml import etree

from pipeline.adapters.workbook.reading import parser

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
EMPTY_RELATIONSHIPS = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()


class Package:
    """A workbook's parts; only those that were `put` differ when it is packed again."""

    def __init__(self, content: bytes) -> None:
        self._source = zipfile.ZipFile(io.BytesIO(content))
        self._changed: dict[str, bytes] = {}

    def part(self, name: str) -> bytes:
        return self._changed[name] if name in self._changed else self._source.read(name)

    def has(self, name: str) -> bool:
        return name in self._changed or name in self._source.namelist()

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.part(name), parser())

    def put(self, name: str, root: etree._Element) -> None:
        self._changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def names(self) -> list[str]:
        return self._source.namelist()

    def packed(self) -> bytes:
        """The workbook, its parts in their old order, new ones last."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for member in self._source.infolist():
                out.writestr(
                    member, self._changed.get(member.filename, self._source.read(member)), member.compress_type
                )
            for name in self._changed.keys() - set(self._source.namelist()):
                out.writestr(name, self._changed[name])
        return target.getvalue()

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that `part` points to with a relationship whose type ends in `kind`."""
        return [
            self._target(part, str(one.get("Target")))
            for one in self._relationships(part)
            if str(one.get("Type")).endswith(f"/{kind}") and one.get("TargetMode") != "External"
        ]

    def sheets(self) -> list[str]:
        return [str(sheet.get("name")) for sheet in self.tree(self.book_part()).iter("{*}sheet")]

    def sheet_part(self, name: str) -> str:
        """The part of the sheet of that name; KeyError when there is none."""
        root = self.tree(self.book_part())
        for sheet in root.iter("{*}sheet"):
            if sheet.get("name") == name:
                wanted = next(value for key, value in sheet.attrib.items() if str(key).endswith("}id"))
                relation = next(one for one in self._relationships(self.book_part()) if one.get("Id") == wanted)
                return self._target(self.book_part(), str(relation.get("Target")))
        raise KeyError(name)

    def book_part(self) -> str:
        return self.related("", "officeDocument")[0]

    def link(self, part: str, target: str) -> str:
        """The id of an external hyperlink of a part, made when it is not there yet."""
        root, kind = self._relationships(part), f"{self._kinds()}/hyperlink"
        for one in root:
            if one.get("Type") == kind and one.get("Target") == target:
                return str(one.get("Id"))
        taken = {str(one.get("Id")) for one in root}
        new = next(f"rIdPieces{rank}" for rank in range(1, len(taken) + 2) if f"rIdPieces{rank}" not in taken)
        etree.SubElement(
            root, f"{{{RELATIONSHIPS}}}Relationship", Id=new, Type=kind, Target=target, TargetMode="External"
        )
        self.put(_relationships_of(part), root)
        return new

    def _kinds(self) -> str:
        """What the types of relationships begin with: transitional or strict, as the workbook has it."""
        kinds = [str(one.get("Type")) for one in self._relationships("")]
        return next(kind for kind in kinds if kind.endswith("/officeDocument")).rpartition("/")[0]

    def _relationships(self, part: str) -> etree._Element:
        name = _relationships_of(part)
        return self.tree(name) if self.has(name) else etree.fromstring(EMPTY_RELATIONSHIPS)

    @staticmethod
    def _target(part: str, target: str) -> str:
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _relationships_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
