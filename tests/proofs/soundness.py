"""What Excel is known to refuse or to "repair", found in a package without Excel: each a sentence."""

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from tests.proofs.cells import cells_of, column_of, letters, rows_of
from tests.proofs.parcel import CONTENT_TYPES, Parcel, children, local, tree

# The order that the format's schema demands (ECMA-376 part 1, 18.3.1.99, CT_Worksheet).
ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
).split()


RELATIONSHIPS = b"officeDocument/"  # in the namespace of references, of both dialects of the format


def unsound(content: bytes) -> set[str]:
    """What is wrong in the package; to be compared with what was wrong already in the original."""
    parcel = Parcel(content)
    return {
        *(f"{name} stands twice in the archive" for name in parcel.doubled()),
        *(f"{part} has no content type" for part in parcel.parts if not _typed(parcel, part)),
        *_dangling(parcel),
        *(wrong for tab, part in parcel.sheets.items() for wrong in _sheet_faults(parcel, tab, part)),
        *_calculation_chain(parcel),
    }


def _typed(parcel: Parcel, part: str) -> bool:
    return part == CONTENT_TYPES or part.endswith(".rels") or bool(parcel.content_type(part))


def _dangling(parcel: Parcel) -> Iterator[str]:
    for part in ["", *parcel.kinds]:
        relations = parcel.relations(part)
        for relation in relations:
            if not relation.outside and "#" not in relation.target and parcel.name(relation.target) is None:
                yield f"{part} points to {relation.target}, which is not there"
        if len({relation.id for relation in relations} - {"", "None"}) < len(relations):
            yield f"{part} has two relationships of one name, or one without"
        known = {relation.id for relation in relations}
        yield from (f"{part}: {missing} names no relationship" for missing in _asked(parcel, part) - known)


def _asked(parcel: Parcel, part: str) -> set[str]:
    """The relationships that a part speaks of."""
    data = parcel.parts.get(part, b"")
    if RELATIONSHIPS not in data or part.endswith(".vml"):
        return set()
    root = tree(data)
    return {str(value) for one in root.iter() for key, value in one.attrib.items() if _names_relation(str(key))}


def _sheet_faults(parcel: Parcel, tab: str, part: str) -> Iterator[str]:
    if parcel.kinds.get(part) != "worksheet":
        return
    root = tree(parcel.parts[part])
    if not _ascending(root):
        yield f"{tab}: rows or cells do not ascend"
    ranks = [ORDER.index(name) for name, _ in children(root) if name in ORDER]
    if any(before > after for before, after in pairwise(ranks)):
        yield f"{tab}: elements in the wrong order"
    yield from (f"{tab}: {wrong}" for wrong in _undeclared(root))
    yield from _table_faults(parcel, tab, part, root)


def _names_relation(key: str) -> bool:
    return key.endswith("officeDocument/relationships}id")


def _ascending(root: etree._Element) -> bool:
    rows = [int(row.get("r") or 0) for row in rows_of(root)]
    columns = [[column_of(str(cell.get("r") or "")) for _, cell in children(row)] for row in rows_of(root)]
    lines = [line for line in (rows, *columns) if all(line)]
    return all(before < after for line in lines for before, after in pairwise(line))


def _undeclared(root: etree._Element) -> Iterator[str]:
    """Prefixes that mc:Ignorable lists without a namespace: Excel refuses the file."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if str(key).endswith("/markup-compatibility/2006}Ignorable"):
                yield from (f"prefix {one} is not declared" for one in str(value).split() if one not in element.nsmap)


def _table_faults(parcel: Parcel, tab: str, part: str, root: etree._Element) -> Iterator[str]:
    """A table's headings are the text of its header cells, no column is named twice, its range has its columns."""
    cells = cells_of(root, parcel.strings)
    for relation in parcel.relations(part):
        name = parcel.name(relation.target) if relation.kind == "table" else None
        if name is None:
            continue
        table = tree(parcel.parts[name])
        names = [str(one.get("name")) for one in table.iterfind("{*}tableColumns/{*}tableColumn")]
        first, _, last = str(table.get("ref")).partition(":")
        left, row = column_of(first), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if column_of(last or first) - left + 1 != len(names) or len({one.lower() for one in names}) < len(names):
            yield f"{tab}: table {table.get('name')} does not fit its columns"
        for column, heading in enumerate(names, left) if table.get("headerRowCount") != "0" else ():
            shown = cells[row, column].value if (row, column) in cells else None
            if shown is None or shown[1] != heading.replace("_x000a_", "\n"):
                yield f"{tab}: heading {letters(column)}{row} is not the name of its table column"


def _calculation_chain(parcel: Parcel) -> Iterator[str]:
    """An entry of the chain without its formula makes Excel repair the file."""
    chain = next((part for part, kind in parcel.kinds.items() if kind == "calcChain"), None)
    if chain is None:
        return
    numbers = [str(one.get("sheetId")) for one in tree(parcel.parts[parcel.book]).iterfind("{*}sheets/{*}sheet")]
    tabs = dict(zip(numbers, parcel.sheets.values(), strict=False))
    formulas = {
        number: {
            f"{letters(c)}{r}"
            for (r, c), cell in cells_of(tree(parcel.parts[part]), parcel.strings).items()
            if cell.formula
        }
        for number, part in tabs.items()
    }
    number = ""
    for entry in tree(parcel.parts[chain]):
        if local(entry) == "c":
            number = str(entry.get("i") or number)
            if str(entry.get("r")) not in formulas.get(number, set()):
                yield f"calcChain names {entry.get('r')} of sheet {number}, which has no formula"
