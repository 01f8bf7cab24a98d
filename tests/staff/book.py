"""A second writer of workbooks, independent of ours: what a person does to a sheet, done to its XML.

It rewrites all rows of a sheet, as other programs do, and keeps the rest of the package. Texts are written as shared
strings are by nobody: in the cell. Nothing of `pipeline` is imported here.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
EPOCH = datetime(1899, 12, 30)
Value = str | float | bool | None


@dataclass(frozen=True)
class Cell:
    value: Value = None
    style: str = ""
    formula: str = ""


@dataclass
class Row:
    cells: dict[int, Cell] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)


def letters(column: int) -> str:
    """1 → "A", 28 → "AB"."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(reference: str) -> int:
    number = 0
    for letter in re.sub(r"[^A-Z]", "", reference):
        number = number * 26 + ord(letter) - 64
    return number


class StaffBook:
    """One sheet of a workbook, opened by a person: its headings, its rows under them, in order.

    `like_excel`: columns keep their numbers in the table, and the file says that Excel saved it; else neither. Rows are
    found by the column headed `key`.
    """

    def __init__(self, content: bytes, sheet: str = "Candidatures", like_excel: bool = True, key: str = "N°") -> None:
        self.key = key
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self._like_excel = like_excel
        self._part = self._part_of(sheet)
        self._root = etree.fromstring(self.parts[self._part])
        rows = self._read_rows()
        self._top = next(
            number for number, row in rows.items() if sum(c.value is not None for c in row.cells.values()) > 5
        )
        self.above = {number: row for number, row in rows.items() if number < self._top}
        self.head = rows[self._top]
        last = max(rows)
        self.rows = [rows.get(number, Row()) for number in range(self._top + 1, last + 1)]
        while self.rows and not any(cell.value is not None for cell in self.rows[-1].cells.values()):
            self.rows.pop()
        self._ids = self._table_ids()

    # Looking

    def column(self, heading: str) -> int:
        """The column under a heading; KeyError without one."""
        for column, cell in self.head.cells.items():
            if cell.value == heading:
                return column
        raise KeyError(heading)

    def has(self, heading: str) -> bool:
        return any(cell.value == heading for cell in self.head.cells.values())

    def find(self, number: str) -> Row:
        """The first row of that key; KeyError without one."""
        column = self.column(self.key)
        for row in self.rows:
            if _text(row.cells.get(column, Cell()).value) == number:
                return row
        raise KeyError(number)

    def value(self, number: str, heading: str) -> str:
        return _text(self.find(number).cells.get(self.column(heading), Cell()).value)

    def column_values(self, heading: str) -> list[str]:
        column = self.column(heading)
        return [_text(row.cells.get(column, Cell()).value) for row in self.rows]

    def records(self) -> list[dict[str, str]]:
        """Every row that is not empty, by heading."""
        heads = {column: _text(cell.value) for column, cell in self.head.cells.items() if cell.value is not None}
        found = [{head: _text(row.cells.get(c, Cell()).value) for c, head in heads.items()} for row in self.rows]
        return [one for one in found if any(one.values())]

    # Doing

    def type(self, number: str, heading: str, value: Value) -> None:
        self.put(self.find(number), heading, value)

    def put(self, row: Row, heading: str, value: Value) -> None:
        column = self.column(heading)
        row.cells[column] = replace(row.cells.get(column, Cell()), value=None if value == "" else value, formula="")

    def add(self, values: dict[str, Value], at: int | None = None) -> None:
        """A row typed under the last one, or inserted at a place (0: first)."""
        row = Row()
        self.rows.insert(len(self.rows) if at is None else at, row)
        for heading, value in values.items():
            self.put(row, heading, value)

    def copy(self, number: str) -> None:
        """A row copied under the last one."""
        self.rows.append(Row(dict(self.find(number).cells)))

    def delete(self, number: str) -> None:
        self.rows.remove(self.find(number))

    def sort(self, key: Callable[[Row], object]) -> None:
        self.rows.sort(key=key)  # type: ignore[arg-type]

    def rename(self, heading: str, new: str) -> None:
        column = self.column(heading)
        self.head.cells[column] = replace(self.head.cells[column], value=new)
        self.key = new if heading == self.key else self.key

    def drop(self, heading: str) -> None:
        """Delete a column: those on its right move left."""
        self._shift(self.column(heading), -1)

    def insert(self, heading: str, before: str) -> None:
        """A new column of staff's."""
        column = self.column(before)
        self._shift(column, 1)
        self.head.cells[column] = replace(self.head.cells[column + 1], value=heading)

    def move(self, heading: str, before: str) -> None:
        """Cut a column and insert it before another."""
        source = self.column(heading)
        cells = [(row, row.cells.get(source)) for row in self._all()]
        number = self._ids.get(source)
        self._shift(source, -1)
        target = self.column(before)
        self._shift(target, 1)
        for row, cell in cells:
            if cell is not None:
                row.cells[target] = cell
        if number is not None:
            self._ids[target] = number

    def _all(self) -> list[Row]:
        return [self.head, *self.rows]

    def _shift(self, at: int, by: int) -> None:
        gone = at if by < 0 else 0
        for row in self._all():
            row.cells = {c + by * (c >= at): cell for c, cell in sorted(row.cells.items()) if c != gone}
        self._ids = {c + by * (c >= at): one for c, one in sorted(self._ids.items()) if c != gone}

    # Saving

    def saved(self, drop: Iterable[str] = ()) -> bytes:
        """The workbook as it is now, without the parts named in `drop`."""
        parts = dict(self.parts)
        parts[self._part] = self._sheet_xml(parts[self._part])
        for part, root in self._tables().items():
            parts[part] = self._table_xml(root)
        if self._like_excel:
            parts["docProps/app.xml"] = re.sub(
                rb"<Application>[^<]*", b"<Application>Microsoft Excel", parts["docProps/app.xml"]
            )
        for name in drop:
            _without(parts, name)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, data in parts.items():
                package.writestr(name, data)
        return content.getvalue()

    def _sheet_xml(self, old: bytes) -> bytes:
        numbered = {**self.above, self._top: self.head, **dict(enumerate(self.rows, self._top + 1))}
        rows = "".join(_row_xml(number, row) for number, row in sorted(numbered.items()))
        return re.sub(
            rb"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>".encode(), old, flags=re.S
        )

    def _table_xml(self, root: etree._Element) -> bytes:
        width = max(column for column, cell in self.head.cells.items() if cell.value is not None)
        reference = f"A{self._top}:{letters(width)}{self._top + max(1, len(self.rows))}"
        root.set("ref", reference)
        for one in root.iter(f"{MAIN}autoFilter"):
            one.set("ref", reference)
        columns = root.find(f"{MAIN}tableColumns")
        kept = {one.get("id"): one for one in columns}
        fresh = max(int(one) for one in kept) + 1
        for child in list(columns):
            columns.remove(child)
        for column in range(1, width + 1):
            name = _text(self.head.cells.get(column, Cell()).value) or f"Colonne{column}"
            known = kept.get(self._ids.get(column, "")) if self._like_excel else None
            child = known if known is not None else etree.Element(f"{MAIN}tableColumn")
            if known is None:
                child.set("id", str(fresh if self._like_excel else column))
                fresh += 1
            child.set("name", name)
            columns.append(child)
        columns.set("count", str(width))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    # The package

    def _part_of(self, sheet: str) -> str:
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        targets = self._relations("xl/workbook.xml")
        return next(targets[str(one.get(RELATION))] for one in book.iter(f"{MAIN}sheet") if one.get("name") == sheet)

    def _relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        rels = self.parts.get(f"{folder}/_rels/{name}.rels")
        if rels is None:
            return {}
        return {
            str(one.get("Id")): posixpath.normpath(posixpath.join("/", folder, str(one.get("Target")))).lstrip("/")
            for one in etree.fromstring(rels)
        }

    def _tables(self) -> dict[str, etree._Element]:
        names = [part for part in self._relations(self._part).values() if "/tables/" in part]
        return {name: etree.fromstring(self.parts[name]) for name in names}

    def _table_ids(self) -> dict[int, str]:
        ids: dict[int, str] = {}
        for root in self._tables().values():
            first = column_of(str(root.get("ref")).split(":")[0])
            for rank, column in enumerate(root.find(f"{MAIN}tableColumns")):
                ids[first + rank] = str(column.get("id"))
        return ids

    def _read_rows(self) -> dict[int, Row]:
        shared = self._shared_strings()
        rows = {}
        for row in self._root.iter(f"{MAIN}row"):
            kept = {str(k): str(v) for k, v in row.attrib.items() if k in ("ht", "customHeight", "hidden")}
            cells = {column_of(str(c.get("r"))): _cell(c, shared) for c in row.iter(f"{MAIN}c")}
            rows[int(row.get("r"))] = Row(cells, kept)
        return rows

    def _shared_strings(self) -> list[str]:
        part = self.parts.get("xl/sharedStrings.xml")
        if part is None:
            return []
        return ["".join(t.text or "" for t in one.iter(f"{MAIN}t")) for one in etree.fromstring(part)]


def _cell(cell: etree._Element, shared: list[str]) -> Cell:
    kind, style = cell.get("t") or "n", str(cell.get("s") or "")
    formula = cell.findtext(f"{MAIN}f") or ""
    if kind == "inlineStr":
        return Cell("".join(t.text or "" for t in cell.iter(f"{MAIN}t")), style, formula)
    text = cell.findtext(f"{MAIN}v")
    if text is None:
        return Cell(None, style, formula)
    value: Value = {"s": lambda: shared[int(text)], "str": lambda: text, "b": lambda: text == "1"}.get(
        kind, lambda: float(text)
    )()
    return Cell(value, style, formula)


def _row_xml(number: int, row: Row) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in row.attributes.items())
    cells = "".join(_cell_xml(f"{letters(column)}{number}", cell) for column, cell in sorted(row.cells.items()))
    return f'<row r="{number}"{attributes}>{cells}</row>'


def _cell_xml(reference: str, cell: Cell) -> str:
    style = f' s="{cell.style}"' if cell.style else ""
    formula = f"<f>{_escaped(cell.formula)}</f>" if cell.formula else ""
    match cell.value:
        case None:
            return f'<c r="{reference}"{style}>{formula}</c>' if style or formula else ""
        case bool():
            return f'<c r="{reference}"{style} t="b">{formula}<v>{int(cell.value)}</v></c>'
        case str():
            if formula:
                return f'<c r="{reference}"{style} t="str">{formula}<v>{_escaped(cell.value)}</v></c>'
            words = f'<t xml:space="preserve">{_escaped(cell.value)}</t>'
            return f'<c r="{reference}"{style} t="inlineStr"><is>{words}</is></c>'
        case _:
            return f'<c r="{reference}"{style}>{formula}<v>{cell.value!r}</v></c>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(value: Value) -> str:
    """A cell as text, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _without(parts: dict[str, bytes], name: str) -> None:
    """Take a part out, with what points to it."""
    parts.pop(name, None)
    quoted = re.escape(posixpath.basename(name)).encode()
    for other in [one for one in parts if one.endswith(".rels")]:
        parts[other] = re.sub(rb"<Relationship\s[^>]*" + quoted + rb"\"[^>]*/>", b"", parts[other])
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = re.sub(rb"<Override\s[^>]*" + quoted + rb"\"[^>]*/>", b"", types)
