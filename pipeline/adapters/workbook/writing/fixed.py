"""The cells of a sheet that the worker never writes: formulas, what they fill, what merged cells hide."""

import re

from pipeline.adapters.workbook.writing.ranges import Area, area_of
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.xml_bytes import attribute, element

_MERGED = element("mergeCell")
_ERROR = re.compile(rb" t=[\"']e[\"'][^>]*>")
_FILLS_A_RANGE = re.compile(rb"<[^>]*?\st\s*=\s*[\"'](?:array|dataTable)[\"'][^>]*>")


def fixed_cells(there: SheetBytes) -> frozenset[tuple[int, int]]:
    """(row, column), 1-based, of each such cell down to the sheet's last row."""
    found = set(_with_formulas(there))
    for area in filled_areas(there):
        found |= _cells(area, there.last_row)
    for area in merged_areas(there):
        found |= _cells(area, there.last_row) - {(area.top, area.left)}
    return frozenset(found)


def silent_cells(there: SheetBytes) -> frozenset[tuple[int, int]]:
    """(row, column) of each cell that says nothing: under merged ones, with a formula without result, with an error."""
    silent = [at for at in there.formulas() if not there.has_result(at)]
    silent += [error.end() for error in _ERROR.finditer(there.content, there.start, there.end)]
    found = {place for at in silent for place in _places(there, at)}
    for area in merged_areas(there):
        found |= _cells(area, there.last_row) - {(area.top, area.left)}
    return frozenset(found)


def is_hidden(row: int, column: int, filled: list[Area], merged: list[Area]) -> bool:
    """Whether a cell belongs to an array's results or is under merged cells without being the one that shows."""
    return any(area.covers(row, column) for area in filled) or any(
        area.covers(row, column) and (row, column) != (area.top, area.left) for area in merged
    )


def filled_areas(sheet: SheetBytes) -> list[Area]:
    """The ranges that an array formula or a data table fills."""
    tags = (_FILLS_A_RANGE.match(sheet.content, at, sheet.end) for at in sheet.formulas())
    areas = (area_of(attribute(tag[0], "ref") or b"") for tag in tags if tag)
    return [area for area in areas if area]


def merged_areas(sheet: SheetBytes) -> list[Area]:
    tail = sheet.content[sheet.end :]
    areas = (area_of(attribute(tag, "ref") or b"") for tag in _MERGED.findall(tail))
    return [area for area in areas if area]


def _with_formulas(sheet: SheetBytes) -> set[tuple[int, int]]:
    return {place for at in sheet.formulas() for place in _places(sheet, at)}


def _places(sheet: SheetBytes, at: int) -> list[tuple[int, int]]:
    """The cell of the formula that starts there."""
    area = area_of(sheet.reference_before(at))
    return [(area.top, area.left)] if area else []


def _cells(area: Area, last_row: int) -> set[tuple[int, int]]:
    """A block of whole columns is cut at the sheet's last row."""
    rows, columns = range(area.top, min(area.bottom, last_row) + 1), range(area.left, area.right + 1)
    return {(row, column) for row in rows for column in columns}
