"""A workbook taken apart into units ("sheet/dataValidations", "chart", "workbook/definedNames" …), each a bag of
tokens: an element, an attribute with its value, a text, each with its path."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from tests.proofs.cells import Cell, Place, as_number, cells_of, letters, row_marks
from tests.proofs.parcel import XML_NAMESPACE, Parcel, children, local, tree

Token = tuple[str, str]
Units = dict[str, Counter[Token]]
Cells = Mapping[str, frozenset[Place]]
Slide = tuple[int, int, range]  # a row, how far down it went, the columns that went with it
Slid = Mapping[str, Slide]
InOneSheet = tuple[frozenset[Place], Slide | None]
NONE = frozenset[Place]()
SPACE = f"{XML_NAMESPACE}space"
BINARY = {
    *("image", "vbaProject", "printerSettings", "oleObject", "package", "control", "activeXControlBinary"),
    *("thumbnail", "hdphoto", "media"),
}
TAKEN_APART = {"worksheet": "sheet", "chartsheet": "chartsheet", "officeDocument": "workbook", "styles": "styles"}
# Numbers into the styles, into relationships, or how many there are: a writer that writes all anew may number anew.
INDEXES = {
    *("s", "style", "xfId", "dxfId", "dataDxfId", "headerRowDxfId", "totalsRowDxfId", "headerRowBorderDxfId"),
    *("tableBorderDxfId", "totalsRowBorderDxfId", "headerRowCellStyle", "numFmtId", "fontId", "fillId", "borderId"),
    *("id", "embed", "link", "sheetId", "cacheId", "localSheetId", "shapeId", "calcId"),
}
COUNTS = {"count", "uniqueCount"}
# The writer's own: that everything is to be calculated anew, its number in the document's properties.
ASKED_FOR = {"calcPr@fullCalcOnLoad"}
STAMPS = {"SuiviGeneration"}


def units_of(parcel: Parcel, meant: Cells, slid: Slid, loose: bool) -> Units:
    """`meant`: the cells whose content was changed on purpose. `slid`: by sheet what is to be looked for further down.
    `loose` leaves out the value of what numbers things."""
    units: Units = defaultdict(Counter)
    units["content types"]["rels", parcel.content_type("_rels/.rels")] += 1
    for part in parcel.kinds:
        _add_relations(units, parcel, part)
        _add_part(units, parcel, part, loose)
    for tab, part in parcel.sheets.items():
        if parcel.kinds[part] == "worksheet":
            sheet, slide = tree(parcel.parts[part]), slid.get(tab)
            cells = cells_of(sheet, parcel.strings)
            if loose:
                cells = {place: replace(cell, style=_shown(parcel, cell)) for place, cell in cells.items()}
            _add_cells(units, tab, cells, (meant.get(tab, NONE), slide))
            _add_rows(units, tab, sheet, slide, loose)
    for name in parcel.unreached:
        units["unreached parts"][name, hashlib.sha256(parcel.parts[name]).hexdigest()] += 1
    return units


def _add_relations(units: Units, parcel: Parcel, part: str) -> None:
    """What a part is and what it points to; within the package by kind, for ids and names of parts may change."""
    kind = parcel.kinds[part]
    units["content types"][kind, parcel.content_type(part)] += 1
    for relation in parcel.relations(part):
        outside = relation.target if relation.outside else ""
        units["outside links" if outside else "relationships"][f"{kind}>{relation.kind}", outside] += 1


def _add_part(units: Units, parcel: Parcel, part: str, loose: bool) -> None:
    """A part's tokens; shared strings are looked at through the cells that show them."""
    kind, tabs = parcel.kinds[part], {one: name for name, one in parcel.sheets.items()}
    if kind == "styles":
        # In full, for the numbers of number formats may change.
        units["styles/cellXfs"].update(("/cellXfs/xf shows", code) for code in parcel.shown)
    if kind != "sharedStrings":
        _add(units, parcel.parts[part], kind, tabs.get(part, ""), loose)


def _add(units: Units, data: bytes, kind: str, tab: str, loose: bool) -> None:
    """A part's tokens, in the units it is taken apart into."""
    root = None if kind in BINARY else _root(data, kind)
    if root is None:
        units[kind][hashlib.sha256(data).hexdigest(), ""] += 1
    elif kind in TAKEN_APART:
        units[f"{TAKEN_APART[kind]}/root"].update(_attributes(root, tab, loose))
        for name, child in children(root):
            if name != "sheetData":
                units[f"{TAKEN_APART[kind]}/{_unit(name, child)}"].update(_tokens(child, tab, loose))
    elif kind == "drawing":
        for _, anchor in children(root):
            units[f"drawing/{_drawn(anchor)}"].update(_tokens(anchor, "", loose))
    else:
        units[kind].update(_tokens(root, "", loose))


def _root(data: bytes, kind: str) -> etree._Element | None:
    """The part as XML; None for what is none."""
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n").startswith(b"<"):
        return None
    try:
        return tree(data, forgiving=kind == "vmlDrawing")
    except etree.XMLSyntaxError:
        return None


def _unit(name: str, child: etree._Element) -> str:
    """The unit of a child of a sheet, a workbook or the styles; extensions by what they hold."""
    if name == "AlternateContent":
        inner = [inside for _, choice in children(child) for inside, _ in children(choice)]
        return f"mc:{inner[0]}" if inner else "mc"
    if name == "extLst":
        held = [inside for _, extension in children(child) for inside, _ in children(extension)]
        return f"ext:{'+'.join(sorted(set(held)))}"
    return name


def _drawn(anchor: etree._Element) -> str:
    """What an anchor of a drawing holds: pic, sp, grpSp, graphicFrame …"""
    return next(
        (name for name, _ in children(anchor) if name not in ("from", "to", "clientData", "ext", "pos")), "nothing"
    )


def _tokens(element: etree._Element, path: str, loose: bool) -> Iterator[Token]:
    here = f"{path}/{local(element)}"
    if element.get("name") in STAMPS:
        return
    yield here, ""
    yield from _attributes(element, here, loose)
    text = (element.text or "") if element.get(SPACE) == "preserve" else (element.text or "").strip()
    if text:
        yield f"{here}#", text
    for _, child in children(element):
        yield from _tokens(child, here, loose)


def _attributes(element: etree._Element, path: str, loose: bool) -> Iterator[Token]:
    """The attributes as tokens; `loose` leaves out the value of those that number things."""
    for key, value in element.attrib.items():
        name = etree.QName(str(key)).localname
        place = f"{path}@{name}"
        if str(key).startswith(XML_NAMESPACE) or any(place.endswith(one) for one in ASKED_FOR):
            continue
        yield place, "" if loose and name in (COUNTS | INDEXES) else as_number(str(value))


def _add_cells(units: Units, tab: str, cells: Mapping[Place, Cell], written: InOneSheet) -> None:
    meant, slid = written
    for (row, column), cell in cells.items():
        place = f"{tab}!{letters(column)}{_now(row, slid if slid and column in slid[2] else None)}"
        for unit, token in _facts(cell, (row, column) in meant):
            units[unit][place, token] += 1


def _shown(parcel: Parcel, cell: Cell) -> str:
    """Of a format whose number may change at least how it shows numbers."""
    number = int(cell.style)
    return parcel.shown[number] if number < len(parcel.shown) else "0"


def _add_rows(units: Units, tab: str, sheet: etree._Element, slid: Slide | None, loose: bool) -> None:
    for number, marks in row_marks(sheet).items():
        for mark, times in marks.items():
            if not (loose and mark.startswith("s=")):
                hint = "hints" if "=" not in mark else "attributes"
                units[f"sheet/row {hint}"][f"{tab}!{_now(number, slid)}", mark] += times


def _now(row: int, slid: Slide | None) -> int:
    """Where a row is to be looked for."""
    return row + slid[1] if slid and row == slid[0] else row


def _facts(cell: Cell, meant: bool) -> Iterator[tuple[str, str]]:
    """What a cell holds, by unit; of one that was written on purpose only its format."""
    if cell.style != "0" or not (meant or cell.value is cell.formula is None):
        yield "sheet/cell style", cell.style
    if not meant:
        yield from _contents(cell)
        for unit, tokens in (("string/rich run", cell.rich), ("string/phonetic", cell.phonetic)):
            for token in tokens.elements():
                yield unit, token
        for name, value in cell.marks.items():
            yield "sheet/cell ph" if name == "ph" else "sheet/cell cm,vm", f"{name}={value}"


def _contents(cell: Cell) -> Iterator[tuple[str, str]]:
    if cell.value is not None:
        yield "sheet/constant", "=".join(cell.value)
    if cell.formula is not None:
        kind, text = cell.formula
        yield ("sheet/formula" if kind in ("normal", "shared") else f"sheet/formula:{kind}"), text
    for mark in cell.formula_marks:
        yield "sheet/formula marks", mark
    if cell.cached is not None:
        yield "sheet/cached value", "=".join(cell.cached)
