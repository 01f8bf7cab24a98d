"""Those who write: our engine, and openpyxl to compare it with. Each takes a workbook's bytes and gives new ones."""

import io
import warnings
from pathlib import Path
from urllib.parse import quote

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.sharing.refusals import refuse_what_is_no_workbook
from pipeline.adapters.workbook.writing.patching import Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.merge import CellOut, RowOut, SheetChanges
from tests.proofs.scenario import Write, folder
from tests.proofs.subjects import Subject


def by_us(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
    """As the worker does it, with its own check of the result. Raises Unavailable where it refuses."""
    refuse_what_is_no_workbook(Path("suivi.xlsx"), content)
    keys = {column: key for key, column in subject.columns.items()}
    cells = tuple(
        CellOut(place[0], keys[place[1]], value, write.links.get(place, "")) for place, value in write.cells.items()
    )
    first = next(iter(subject.columns))
    rows = tuple(
        RowOut(str(row[first]), dict(row), {write.linked: folder(row[first])} if write.linked else {})
        for row in write.rows
    )
    layout = Layout(subject.header_row, dict(subject.columns))
    targets = [Target(subject.tab, layout, first, SheetChanges(cells, rows))]
    after = patched(content, targets, generation)
    check_result(content, after, targets)
    return after


def by_openpyxl(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
    """Load, set, append, save; with its options that keep macros and formatted texts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        macros = b"vbaProject" in content
        book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=macros, rich_text=True)
        page = book[subject.tab]
        for place, value in write.cells.items():
            _set(page, *place, value, write.links.get(place, ""))
        for below, row in enumerate(write.rows, page.max_row + 1):
            first = row[next(iter(subject.columns))]
            for key, value in row.items():
                _set(page, below, subject.columns[key], value, folder(first) if key == write.linked else "")
        saved = io.BytesIO()
        book.save(saved)
    return saved.getvalue()


def _set(page: Worksheet, row: int, column: int, value: object, link: str) -> None:
    cell = page.cell(row, column)
    cell.value = value
    if link:
        cell.hyperlink = quote(link)
