"""Workbooks for the tests: a tracker with rows, parts of a package, what staff do to it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.core.merge import CellOut, CellValue, RowOut, SheetChanges
from pipeline.ports import Edition
from tests.builders import a_call, paris
from tests.steps.a_house import ReadyTracker

CALL = a_call()
SHEET = "xl/worksheets/sheet1.xml"
MINE = {SHEET, "xl/tables/table1.xml", "docProps/custom.xml", "xl/workbook.xml"}


def rows_out(*numbers: str, **values: CellValue) -> SheetChanges:
    return SheetChanges((), tuple(RowOut(number, {"number": number, **values}) for number in numbers))


def a_tracker(folder: Path, *numbers: str, **values: CellValue) -> ExcelTracker:
    """A new tracker with a row per number."""
    tracker = ReadyTracker(folder / "sheets", folder / "state")
    tracker.create(CALL)
    if numbers:
        write(tracker, rows_out(*numbers, **values))
    return tracker


def write(tracker: ExcelTracker, changes: SheetChanges, generation: int = 1) -> None:
    seen = tracker.read(CALL)
    assert seen is not None
    tracker.write(CALL, seen, {"candidatures": changes}, Edition(generation, paris("2017-03-01 09:30")))


def cell(position: int, column: str, value: CellValue, link: str = "") -> SheetChanges:
    return SheetChanges((CellOut(position, column, value, link),))


def values(tracker: ExcelTracker, *columns: str) -> list[tuple[CellValue, ...]]:
    """The cells of those columns, row by row; an empty one is None."""
    seen = tracker.read(CALL)
    assert seen is not None
    return [tuple(_or_none(row.values.get(column)) for column in columns) for row in seen.sheets["candidatures"].rows]


def _or_none(value: CellValue) -> CellValue:
    return None if value == "" else value


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_part(path: Path, name: str, change: Callable[[str], str]) -> None:
    """Change one part of the package as text; a missing part begins empty."""
    changed = parts(path)
    changed[name] = change(changed.get(name, b"").decode()).encode()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for part, data in changed.items():
            package.writestr(part, data)
    path.write_bytes(content.getvalue())


def by_staff(tracker: ExcelTracker, change: Callable[[openpyxl.Workbook], object]) -> None:
    """Open, change and save the workbook as a person would."""
    book = openpyxl.load_workbook(tracker.path(CALL))
    change(book)
    book.save(tracker.path(CALL))


def column_of(page: object, heading: str) -> int:
    """The 1-based column of a heading in the first 30 rows."""
    for row in page.iter_rows(max_row=30):  # type: ignore[attr-defined]
        for one in row:
            if one.value == heading:
                return int(one.column)
    raise AssertionError(heading)


def page_of(tracker: ExcelTracker) -> Worksheet:
    return openpyxl.load_workbook(tracker.path(CALL))["Candidatures"]


def reference(tracker: ExcelTracker) -> tuple[str, str]:
    """The range of the table, and that of its filter."""
    table = page_of(tracker).tables["Candidatures"]
    return table.ref, table.autoFilter.ref
