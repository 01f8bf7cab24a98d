"""Figures that depend on what was written are computed anew when the workbook is opened."""

import re

from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.tables import tables_of
from pipeline.adapters.workbook.writing.xml_bytes import (
    PREFIX,
    attribute,
    element,
    unescaped,
    with_attribute,
    without_attributes,
)

APPLICATION_PART = "docProps/app.xml"
_ENTRY = element("c")
_NAME = re.compile(rb"(<%sdefinedName(?:\s[^>]*)?>)([^<]*)" % PREFIX)
_FORMULA = re.compile(rb"<%sf(?:\s[^>]*)?>([^<]+)" % PREFIX)
_RESULT = re.compile(rb"<%sv(?:\s[^>]*)?>[^<]*</%sv\s*>" % (PREFIX, PREFIX))


def recalculate(package: Package, written: dict[str, frozenset[int]]) -> None:
    """`written`: the sheets with changes, and the columns of each whose results are read by the worker."""
    book = package.text(package.book_part)
    always = element("calcPr").sub(lambda tag: with_attribute(tag[0], "fullCalcOnLoad", b"1"), book)
    package.edit(package.book_part, always)
    # LibreOffice does not hear that request in a file of its own: only a figure without a stored result is computed.
    if package.has(APPLICATION_PART) and b"LibreOffice" in package.part(APPLICATION_PART):
        _forget_results(package, written)


def slide_calculation_order(package: Package, sheet: str, row: int, by: int) -> None:
    """The formulas of a row that went down, where they went: Excel mends a file that has an entry without a formula.

    An entry without a sheet is of that of the entry before (ECMA-376 part 1, 18.6.1).
    """
    ids = {
        one.get("name"): str(one.get("sheetId")).encode() for one in package.tree(package.book_part).iter("{*}sheet")
    }
    for part in package.related(package.book_part, "calcChain"):
        if package.has(part):
            package.edit(part, _slid(package.text(part), ids[sheet], row, by))


def _slid(chain: bytes, sheet: bytes, row: int, by: int) -> bytes:
    of = b""

    def moved(entry: re.Match[bytes]) -> bytes:
        nonlocal of
        of = attribute(entry[0], "i") or of
        cell = attribute(entry[0], "r") or b""
        column = cell.rstrip(b"0123456789")
        if of != sheet or cell != b"%s%d" % (column, row):
            return entry[0]
        return with_attribute(entry[0], "r", b"%s%d" % (column, row + by))

    return _ENTRY.sub(moved, chain)


def _forget_results(package: Package, written: dict[str, frozenset[int]]) -> None:
    """On every sheet whose formulas name what was written, or another such sheet."""
    waiting = {
        name: SheetBytes(package.part(part), name) for name, part in _sheets(package) if _calculates(package, part)
    }
    words = set(written) | _tables(package, written)
    words |= _defined(package, words)
    while found := [name for name, sheet in waiting.items() if _mentions(sheet, words)]:
        for name in found:
            sheet = waiting.pop(name)
            package.put(package.sheet_part(name), _without_results(sheet, written.get(name, frozenset())))
        words |= {*found}


def _sheets(package: Package) -> list[tuple[str, str]]:
    sheets = [(name, package.sheet_part(name)) for name in package.sheets()]
    return [(name, part) for name, part in sheets if "/worksheets/" in f"/{part}" and package.has(part)]


def _calculates(package: Package, part: str) -> bool:
    return _FORMULA.search(package.part(part)) is not None


def _tables(package: Package, sheets: dict[str, frozenset[int]]) -> set[str]:
    return {table.name for sheet in sheets for table in tables_of(package, package.sheet_part(sheet))}


def _defined(package: Package, words: set[str]) -> set[str]:
    """The defined names that stand for something of these."""
    found = _NAME.findall(package.text(package.book_part))
    names = {unescaped(attribute(tag, "name") or b"") for tag, text in found if _names(unescaped(text), words)}
    return {name for name in names if not name.startswith("_xlnm.")}


def _mentions(sheet: SheetBytes, words: set[str]) -> bool:
    formulas = set(_FORMULA.findall(sheet.content, sheet.start, sheet.end))
    return any(_names(unescaped(text), words) for text in formulas)


def _names(formula: str, words: set[str]) -> bool:
    folded = formula.casefold()
    return any(word.replace("'", "''").casefold() in folded for word in words)


def _without_results(sheet: SheetBytes, kept: frozenset[int]) -> list[bytes | memoryview]:
    """The sheet but for the results of its formulas; those in the columns `kept` stay, for the worker reads them."""
    whole, done = memoryview(sheet.content), 0
    pieces: list[bytes | memoryview] = []
    for row in sheet.rows_from(sheet.start):
        for cell in sheet.cells(row) if sheet.has_formula(row) else ():
            if cell.has_formula and cell.column not in kept and _RESULT.search(cell.content):
                start = cell.start + len(cell.tag)
                tag = without_attributes(cell.tag, "t")
                pieces += [whole[done : cell.start], tag, _RESULT.sub(b"", cell.content)]
                done = start + len(cell.content)
    return [*pieces, whole[done:]]
