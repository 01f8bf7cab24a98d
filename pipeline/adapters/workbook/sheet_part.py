"""One sheet's XML: cells set, rows added, ranges extended; every other element and attribute stays as it is."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from pipeline.core.merge import CellValue, fitting
from pipeline.failures import Unavailable

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT = "http://purl.oclc.org/ooxml/"  # ISO 29500 strict: Excel's "Strict Open XML Spreadsheet"
STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_AFTER_HYPERLINKS = [
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
STYLE_ROWS = 5  # the style of a new cell is that of most of so many cells above


class SheetPart:
    """`root` is the worksheet element, changed in place; `epoch` is day 0 of the workbook's date system, `first_row`
    the first row under the headings."""

    def __init__(self, root: etree._Element, first_row: int = 2, epoch: datetime = EPOCH) -> None:
        self.root = root
        self._first_row, self._epoch = first_row, epoch
        self._space = etree.QName(root).namespace or ""
        self._relation_id = STRICT_RELATION_ID if self._space.startswith(STRICT) else RELATION_ID
        data = root.find(self._tag("sheetData"))
        if data is None or any(one.get("r") is None for row in data for one in (row, *row)):
            raise Unavailable("a sheet is stored in a way that cannot be written to; open the workbook and save it.")
        self._data = data
        self._rows = {int(str(row.get("r"))): row for row in data}

    def set(self, position: int, column: int, value: CellValue) -> None:
        """Put a value into a cell, text always as text; a cell with a formula is staff's and stays."""
        cell = self._cell(position, column)
        if cell.find(self._tag("f")) is not None:
            return
        for child in list(cell):
            cell.remove(child)
        for attribute in ("t", "cm", "vm"):  # the type of the old value; links to its metadata
            cell.attrib.pop(attribute, "")
        value = fitting(value)
        if value is None or value == "":
            return
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
            text.text = cleaned(value)
            text.set(XML_SPACE, "preserve")
        else:
            if isinstance(value, bool):
                cell.set("t", "b")
            etree.SubElement(cell, self._tag("v")).text = number(value, self._epoch)

    def holds_formula(self, position: int, column: int) -> bool:
        reference = f"{get_column_letter(column)}{position}"
        cells = (cell for cell in self._rows.get(position, ()) if cell.get("r") == reference)
        return any(cell.find(self._tag("f")) is not None for cell in cells)

    def calculate(self, position: int, column: int, formula: str) -> None:
        """Fill an empty cell of a column that calculates itself; its result is left to the spreadsheet program."""
        cell = self._cell(position, column)
        if not len(cell):
            etree.SubElement(cell, self._tag("f")).text = formula

    def forget_results(self) -> bool:
        """Drop the stored results of the formulas, so that they are computed anew; True when there were any."""
        stored = [(cell, cell.find(self._tag("v"))) for cell in self._data.iter(self._tag("c"))]
        found = [(cell, v) for cell, v in stored if v is not None and cell.find(self._tag("f")) is not None]
        for cell, result in found:
            cell.remove(result)
            cell.attrib.pop("t", "")
        return bool(found)

    def add_row(self, position: int, above: int, columns: Mapping[str, int]) -> None:
        """A row at `position` with the styles of the rows above it; a formatted empty row is filled instead."""
        row = self._row(position)
        for column in columns.values():
            cell = self._cell(position, column)
            style = self._style_above(above, column)
            if style and not cell.get("s"):
                cell.set("s", style)
        row.attrib.pop("spans", "")

    def set_height(self, position: int, points: float) -> None:
        """The height a row needs; not marked as chosen by hand, so that Excel goes on fitting it."""
        row = self._row(position)
        if row.get("customHeight") != "1":
            row.set("ht", f"{points:g}")

    def link(self, position: int, column: int, relation: str) -> None:
        """Make a cell a hyperlink to a relationship of this part."""
        links = self.root.find(self._tag("hyperlinks"))
        if links is None:
            links = etree.Element(self._tag("hyperlinks"))
            after = [self._tag(name) for name in _AFTER_HYPERLINKS]
            following = next((child for child in self.root if child.tag in after), None)
            if following is None:
                self.root.append(links)
            else:
                following.addprevious(links)
        reference = f"{get_column_letter(column)}{position}"
        for old in [one for one in links if one.get("ref") == reference]:
            links.remove(old)
        etree.SubElement(links, self._tag("hyperlink"), {"ref": reference, self._relation_id: relation})

    def extend(self, old_last: int, last: int) -> None:
        """Validations, conditional formats and the sheet's filter that ended with the table end with it again."""
        whole = self._first_row == old_last  # a single cell is a column of the table only where it has one row
        for element in self.root.iter(*(self._tag(n) for n in ("dataValidation", "conditionalFormatting"))):
            if element.get("sqref"):  # those of newer kinds have it as an element
                element.set("sqref", _extended(str(element.get("sqref")), old_last, last, whole))
        for element in self.root.iter("{*}sqref"):
            element.text = _extended(element.text or "", old_last, last, whole)
        for element in self.root.iter(self._tag("autoFilter")):
            element.set("ref", _extended(str(element.get("ref")), old_last, last, whole))
        dimension = self.root.find(self._tag("dimension"))
        if dimension is not None and ":" in str(dimension.get("ref")):
            dimension.set("ref", re.sub(r"\d+$", str(max(last, *self._rows)), str(dimension.get("ref"))))
        elif dimension is not None:
            self.root.remove(dimension)  # optional, and one cell no longer is all there is

    def _row(self, position: int) -> etree._Element:
        if position not in self._rows:
            row = etree.Element(self._tag("row"), r=str(position))
            before = [one for one in self._rows if one < position]
            if before:
                self._rows[max(before)].addnext(row)
            else:
                self._data.insert(0, row)
            self._rows[position] = row
        return self._rows[position]

    def _cell(self, position: int, column: int) -> etree._Element:
        row = self._row(position)
        for rank, cell in enumerate(row):
            here = _column_of(str(cell.get("r")))
            if here == column:
                return cell
            if here > column:
                return self._new_cell(row, rank, position, column)
        return self._new_cell(row, len(row), position, column)

    def _new_cell(self, row: etree._Element, rank: int, position: int, column: int) -> etree._Element:
        cell = etree.Element(self._tag("c"), r=f"{get_column_letter(column)}{position}")
        style = self._style_above(position - 1, column)
        if style:
            cell.set("s", style)
        row.insert(rank, cell)
        return cell

    def _style_above(self, position: int, column: int) -> str:
        """The style of most cells just above: a colour that staff gave to one row is not copied."""
        styles: Counter[str] = Counter()
        for above in range(position, max(position - STYLE_ROWS, self._first_row - 1), -1):
            for cell in self._rows.get(above, ()):
                if _column_of(str(cell.get("r"))) == column and cell.get("s"):
                    styles[str(cell.get("s"))] += 1
        return styles.most_common(1)[0][0] if styles else ""

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}" if self._space else name


def cleaned(text: str) -> str:
    """A text that no XML reader refuses and that Excel shows as it is; what is too long ends with an ellipsis."""
    # Excel reads _x0041_ as a character code: the underscore itself is escaped.
    return _ESCAPED.sub("_x005F_", str(fitting(text)))


def number(value: CellValue, epoch: datetime = EPOCH) -> str:
    """A number, or a date as the days since `epoch`."""
    match value:
        case datetime():
            return f"{(value.replace(tzinfo=None) - epoch).total_seconds() / 86_400:.15g}"
        case date():
            return str((datetime.combine(value, time()) - epoch).days)
        case time():
            return f"{(value.hour * 3600 + value.minute * 60 + value.second) / 86_400:.15g}"
        case bool():
            return str(int(value))
        case _:
            return f"{value}"


def _column_of(reference: str) -> int:
    return column_index_from_string(re.sub(r"\d+", "", reference))


def _extended(ranges: str, old_last: int, last: int, whole: bool) -> str:
    """The ranges ending on `old_last` end on `last`; `whole`: single cells of that row too."""
    longer = re.sub(rf"(:[A-Z]+){old_last}(?= |$)", rf"\g<1>{last}", ranges)
    return re.sub(rf"(?<![^ ])([A-Z]+){old_last}(?= |$)", rf"\g<1>{old_last}:\g<1>{last}", longer) if whole else longer
