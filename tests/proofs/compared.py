"""What a workbook lost between two states, told by meaning and not by bytes; shares no code with the pipeline.

A workbook is taken apart into units ("sheet/dataValidations", "chart", "workbook/definedNames" …), each a bag of
tokens: an element, an attribute with its value, a text, each with its path. A token of the first state that the second
has no longer is lost, but where it is a range that only grew at its foot.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from tests.proofs.cells import Cell, Place, as_number, cells_of, letters, row_marks
from tests.proofs.growth import covers, grew
from tests.proofs.parcel import XML_NAMESPACE, Parcel, children, local, tree

Token = tuple[str, str]
Units = dict[str, Counter[Token]]
BINARY = {
    *("image", "vbaProject", "printerSettings", "oleObject", "package", "control", "activeXControlBinary"),
    *("thumbnail", "hdphoto", "media"),
}
TAKEN_APART = {"worksheet": "sheet", "chartsheet": "chartsheet", "officeDocument": "workbook", "styles": "styles"}
# Numbers into the styles, into relationships, or how many there are: a writer of its own may number anew.
INDEXES = {
    *("s", "style", "xfId", "dxfId", "dataDxfId", "headerRowDxfId", "totalsRowDxfId", "headerRowBorderDxfId"),
    *("tableBorderDxfId", "totalsRowBorderDxfId", "headerRowCellStyle", "numFmtId", "fontId", "fillId", "borderId"),
    *("id", "embed", "link", "sheetId", "cacheId", "localSheetId", "shapeId", "calcId"),
}
COUNTS = {"count", "uniqueCount"}
# The writer's own: that everything is to be calculated anew, its number in the document's properties.
ASKED_FOR = {"calcPr@fullCalcOnLoad"}
STAMPS = {"SuiviGeneration"}


@dataclass(frozen=True)
class Written:
    """What was written on purpose: cells by sheet, how many rows were added, and by sheet the row of totals that had
    to make room for them, with how far it went."""

    cells: Mapping[str, frozenset[Place]] = field(default_factory=dict)
    rows: int = 0
    slid: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """How much of a unit there was, and what of it is gone."""

    tokens: int
    lost: Counter[Token]

    @property
    def missing(self) -> int:
        return self.lost.total()


@dataclass(frozen=True)
class Comparison:
    """Every unit of the first state, and the parts that are gone, as "kind (how many)"."""

    units: dict[str, Kept]
    parts_lost: Counter[str]

    @property
    def cached_lost(self) -> int:
        kept = self.units.get("sheet/cached value")
        return kept.missing if kept else 0

    @property
    def tokens_lost(self) -> int:
        """Elements, attributes and texts that are gone, cached values aside."""
        return sum(kept.missing for kept in self.units.values()) - self.cached_lost

    @property
    def lossless(self) -> bool:
        return not (self.parts_lost or self.tokens_lost or self.cached_lost)


def compared(before: bytes, after: bytes, written: Written) -> Comparison:
    """What `after` has no longer of `before`, but for what was written on purpose."""
    old, new = Parcel(before), Parcel(after)
    loose = _styles(old) != _styles(new)
    had, has = _units(old, written, loose), _units(new, replace(written, slid={}), loose)
    units = {
        name: Kept(tokens.total(), _lost(tokens, has.get(name, Counter()), written.rows))
        for name, tokens in had.items()
    }
    return Comparison(units, _parts(old) - _parts(new))


def _styles(parcel: Parcel) -> list[bytes]:
    return [parcel.parts[part] for part, kind in parcel.kinds.items() if kind == "styles"]


def _parts(parcel: Parcel) -> Counter[str]:
    """How many parts of each kind; shared strings are looked at through the cells that show them."""
    reached = Counter(kind for kind in parcel.kinds.values() if kind != "sharedStrings")
    return reached + Counter({f"unreached {name}": 1 for name in parcel.unreached})


def _lost(had: Counter[Token], has: Counter[Token], rows: int) -> Counter[Token]:
    """The tokens that are gone, each grown one paired with the one it became."""
    lost, new = had - has, has - had
    by_path = defaultdict(list)
    for path, value in new.elements():
        by_path[path].append(value)
    gone = Counter[Token]()
    for path, value in lost.elements():
        became = next((late for late in by_path[path] if _became(path, value, late, rows)), None)
        if became is None:
            gone[path, value] += 1
        else:
            by_path[path].remove(became)
    return gone


def _became(path: str, soon: str, late: str, rows: int) -> bool:
    """Whether a token is still there in another form: a range that grew, a formula now spelled out in its own cell."""
    if path.endswith("dimension@ref"):
        return covers(late, soon)
    return not soon or grew(soon, late, rows)


def _units(parcel: Parcel, written: Written, loose: bool) -> Units:
    units: Units = defaultdict(Counter)
    tabs = {part: name for name, part in parcel.sheets.items()}
    for part, kind in parcel.kinds.items():
        units["content types"][kind, parcel.content_type(part)] += 1
        for relation in parcel.relations(part):
            outside = relation.target if relation.outside else ""
            units["outside links" if outside else "relationships"][f"{kind}>{relation.kind}", outside] += 1
        if kind != "sharedStrings":
            _add(units, parcel.parts[part], kind, tabs.get(part, ""), loose)
        if kind == "worksheet" and part in tabs:
            _add_cells(units, parcel, tabs[part], written, loose)
    return units


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
    if element.text and element.text.strip():
        yield f"{here}#", element.text.strip()
    for _, child in children(element):
        yield from _tokens(child, here, loose)


def _attributes(element: etree._Element, path: str, loose: bool) -> Iterator[Token]:
    """The attributes as tokens; `loose` leaves out the value of those that number things."""
    for key, value in element.attrib.items():
        name = etree.QName(str(key)).localname
        place = f"{path}@{name}"
        if str(key).startswith(XML_NAMESPACE) or any(place.endswith(one) for one in ASKED_FOR):
            continue
        yield place, "" if name in COUNTS or (loose and name in INDEXES) else as_number(str(value))


def _add_cells(units: Units, parcel: Parcel, tab: str, written: Written, loose: bool) -> None:
    sheet = tree(parcel.parts[parcel.sheets[tab]])
    meant = written.cells.get(tab, frozenset())
    slid, distance = written.slid.get(tab, (0, 0))
    for (row, column), cell in cells_of(sheet, parcel.strings).items():
        place = f"{tab}!{letters(column)}{row + distance * (row == slid)}"
        for unit, token in _facts(cell, loose, (row, column) in meant and row != slid):
            units[unit][place, token] += 1
    for number, marks in row_marks(sheet).items():
        for mark, times in marks.items():
            if not (loose and mark.startswith("s=")):
                hint = "hints" if "=" not in mark else "attributes"
                units[f"sheet/row {hint}"][f"{tab}!{number + distance * (number == slid)}", mark] += times


def _facts(cell: Cell, loose: bool, meant: bool) -> Iterator[tuple[str, str]]:
    """What a cell holds, by unit; of one that was written on purpose only its format."""
    if cell.style != "0":
        yield "sheet/cell style", "" if loose else cell.style
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
    if cell.cached is not None:
        yield "sheet/cached value", "=".join(cell.cached)
