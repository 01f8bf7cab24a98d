"""The cells of a sheet's part as facts to compare: what each holds, whatever way it is stored."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from tests.proofs.parcel import XML_NAMESPACE, children, local

INDEX = "s"  # the cell's format: an index that a writer of styles may renumber
KEPT_APART = {"r", "t", INDEX}
FORMULA_KEPT_APART = {"t", "ref", "si", f"{XML_NAMESPACE}space"}
HINTS = {"spans", "dyDescent"}
EMPTY = ("s", "")  # a text without any character
Place = tuple[int, int]


@dataclass
class Cell:
    """What a cell holds. `value` is its constant (text, number, error, boolean) as ("kind", text)."""

    value: tuple[str, str] | None = None
    formula: tuple[str, str] | None = None
    cached: tuple[str, str] | None = None
    rich: Counter[str] = field(default_factory=Counter)
    phonetic: Counter[str] = field(default_factory=Counter)
    formula_marks: tuple[str, ...] = ()
    style: str = "0"
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """A constant that loses nothing but itself when it is overwritten."""
        return self.value is not None and self.formula is None and not (self.rich or self.phonetic or self.marks)


def cells_of(sheet: etree._Element, strings: list[etree._Element]) -> dict[Place, Cell]:
    """The cells by (row, column), both from 1; those without a reference stand after the one before."""
    found: dict[Place, Cell] = {}
    masters: dict[str, str] = {}
    row_number = 0
    for row in rows_of(sheet):
        row_number = int(row.get("r") or row_number + 1)
        column = 0
        for name, element in children(row):
            if name == "c":
                column = column_of(str(element.get("r"))) if element.get("r") else column + 1
                found[row_number, column] = _cell(element, strings, masters)
    return found


def rows_of(sheet: etree._Element) -> list[etree._Element]:
    """The row elements, in the order of the file."""
    data = next((child for name, child in children(sheet) if name == "sheetData"), None)
    return [] if data is None else [row for name, row in children(data) if name == "row"]


def row_marks(sheet: etree._Element) -> dict[int, Counter[str]]:
    """The attributes of each row (height, hidden, level …) by its number."""
    found: dict[int, Counter[str]] = {}
    number = 0
    for row in rows_of(sheet):
        number = int(row.get("r") or number + 1)
        names = {etree.QName(str(key)).localname: str(value) for key, value in row.attrib.items()}
        found[number] = Counter(
            name if name in HINTS else f"{name}={as_number(value)}" for name, value in names.items() if name != "r"
        )
    return found


def _cell(element: etree._Element, strings: list[etree._Element], masters: dict[str, str]) -> Cell:
    inside = dict(children(element))
    kind = str(element.get("t") or "n")
    cell = Cell(style=str(element.get(INDEX) or "0"))
    cell.marks = {
        etree.QName(str(key)).localname: str(value) for key, value in element.attrib.items() if key not in KEPT_APART
    }
    cell.formula = _formula(inside.get("f"), masters)
    cell.formula_marks = _formula_marks(inside.get("f"))
    text = inside["v"].text if "v" in inside else None
    if kind == "inlineStr" or (kind == "s" and text):
        source = inside.get("is") if kind == "inlineStr" else _shared(strings, str(text))
        cell.value, cell.rich, cell.phonetic = _string(source)
    elif text is not None:
        found = ("s" if kind == "str" else kind, as_number(text) if kind in ("n", "b") else text)
        if cell.formula is None:
            cell.value = found
        else:
            cell.cached = found
    return cell


def _shared(strings: list[etree._Element], index: str) -> etree._Element | None:
    place = int(float(index))
    return strings[place] if place < len(strings) else None


def _formula(element: etree._Element | None, masters: dict[str, str]) -> tuple[str, str] | None:
    """(kind, text); one that shares the formula of another cell has that cell's place in the group for a text."""
    if element is None:
        return None
    kind = str(element.get("t") or "normal")
    if kind != "shared":
        return kind, f"{element.text or ''} {element.get('ref') or ''}".strip()
    group = str(element.get("si"))
    if element.text:
        masters[group] = element.text
        return "normal", element.text
    return ("shared", "") if group in masters else None


def _formula_marks(element: etree._Element | None) -> tuple[str, ...]:
    """What else is said of a formula: that it is always computed anew, the input cells of a data table …"""
    marks = {} if element is None else {str(key): as_number(str(value)) for key, value in element.attrib.items()}
    return tuple(f"{name}={value}" for name, value in marks.items() if name not in FORMULA_KEPT_APART)


def _string(source: etree._Element | None) -> tuple[tuple[str, str] | None, Counter[str], Counter[str]]:
    """The text, the formatted runs, the phonetic guides of a string."""
    if source is None:
        return None, Counter(), Counter()
    texts, rich, phonetic = [], Counter[str](), Counter[str]()
    for name, child in children(source):
        if name == "t":
            texts.append(_shown(child))
        elif name == "r":
            texts.append("".join(_shown(part) for part in child if local(part) == "t"))
            rich[_flat(child)] += 1
        else:
            phonetic[_flat(child)] += 1
    return ("s", "".join(texts)), rich, phonetic


def _shown(text: etree._Element) -> str:
    """Blanks at the ends are shown only where the file asks for it."""
    kept = text.get(f"{XML_NAMESPACE}space") == "preserve"
    return (text.text or "") if kept else (text.text or "").strip(" \t\r\n")


def _flat(element: etree._Element) -> str:
    """An element as one line: names, attributes, texts."""
    marks = " ".join(f"{etree.QName(str(key)).localname}={value}" for key, value in sorted(element.attrib.items()))
    inside = "".join(_flat(child) for _, child in children(element))
    return f"<{local(element)} {marks}>{element.text or ''}{inside}"


def as_number(text: str) -> str:
    """A number in one way of writing it, true and false as 1 and 0; anything else as it is."""
    if text in ("true", "false"):
        return "1" if text == "true" else "0"
    try:
        return repr(float(text))
    except ValueError:
        return text


def column_of(reference: str) -> int:
    """The column's number in a reference such as AB12."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number


def letters(column: int) -> str:
    """The letters of a column's number."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
