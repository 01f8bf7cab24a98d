"""The row of totals of a table: it slides down when rows are added above it and nothing points at it."""

import re

from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.placing import Place
from pipeline.adapters.workbook.writing.ranges import Area, Growth
from pipeline.adapters.workbook.writing.sheet_bytes import Row, SheetBytes
from pipeline.adapters.workbook.writing.splicing import Splice
from pipeline.adapters.workbook.writing.xml_bytes import PREFIX, escaped
from pipeline.failures import Unavailable

_FORMULA = re.compile(rb"(<%sf(?:\s[^>]*)?>)([^<]*)" % PREFIX)
_GROWING = re.compile(
    rb"<%s(?:pageMargins|pageSetup)[^>]*>|\s(?:sqref|ref)=\"[^\"]*:[^\"]*\"|<%ssqref>[^<]*" % (PREFIX, PREFIX)
)
_POINTING = re.compile(r"worksheets/|charts/|comments|/workbook\.xml$|pivotCache", re.IGNORECASE)


def slide_totals(package: Package, sheet: SheetBytes, place: Place, growth: Growth, merged: list[Area]) -> Splice:
    """The row with its new number; Unavailable, saying how to mend it, where that would break something."""
    number = place.last + 1
    row = sheet.row(number)
    if row is None or place.totals != 1 or sheet.last_row != number:
        raise _stop(sheet, "other rows stand under it")
    if any(area.top <= number <= area.bottom for area in merged) or _is_pointed_at(package, sheet, row):
        raise _stop(sheet, "something points at it")
    if any(cell.column not in place.columns and sheet.is_filled(cell) for cell in sheet.cells(row)):
        raise _stop(sheet, "something stands beside it")
    content = sheet.content[row.start : row.end]
    content = _FORMULA.sub(lambda found: found[1] + growth.relative_formula(found[2]), content)
    moved = re.compile(rb"(\sr\s*=\s*[\"'][A-Z]*)%d(?=[\"'])" % number)
    return Splice(row.start, row.end, moved.sub(lambda found: found[1] + b"%d" % (number + growth.by), content))


def _is_pointed_at(package: Package, sheet: SheetBytes, row: Row) -> bool:
    at = re.compile(rb"(?<![\w.])\$?[A-Z]{1,3}\$?%d(?![\w(])" % row.number)
    formulas = _FORMULA.findall(sheet.content, sheet.start, sheet.end)
    if any(at.search(text) for _, text in formulas) or at.search(_GROWING.sub(b"", sheet.content[sheet.end :])):
        return True
    return any(_points(package, name, sheet, row.number) for name in package.names() if _POINTING.search(name))


def _points(package: Package, name: str, sheet: SheetBytes, number: int) -> bool:
    own = package.sheet_part(sheet.name)
    if name == own or not name.endswith(".xml"):
        return False
    content, title = package.part(name), re.escape(escaped(sheet.name.replace("'", "''")))
    away = rb"%s(?:'|&apos;)?!(?:\$?[A-Z]{1,3}\$?\d+:)?\$?[A-Z]{1,3}\$?%d(?!\d)" % (title, number)
    if re.search(away, content):
        return True
    notes = [*package.related(own, "comments"), *package.related(own, "threadedComment")]
    return name in notes and re.search(rb'\sref="[A-Z]+%d"' % number, content) is not None


def _stop(sheet: SheetBytes, reason: str) -> Unavailable:
    return Unavailable(f"sheet {sheet.name}: remove the totals row of its table, so that rows can be added; {reason}.")
