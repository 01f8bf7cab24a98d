"""Those who write: our engine, and openpyxl to compare it with. Each takes a workbook's bytes and gives new ones."""

import io
import warnings

import openpyxl

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.writing.patching import Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.merge import CellOut, RowOut, SheetChanges
from tests.proofs.scenario import Subject, Write


def by_us(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
    """As the worker does it, with its own check of the result. Raises Unavailable where it refuses."""
    keys = {column: key for key, column in subject.columns.items()}
    cells = tuple(CellOut(row, keys[column], value) for (row, column), value in write.cells.items())
    first = next(iter(subject.columns))
    rows = (RowOut(str(write.row[first]), dict(write.row)),) if write.row else ()
    layout = Layout(subject.header_row, dict(subject.columns))
    targets = [Target(subject.tab, layout, first, SheetChanges(cells, rows))]
    after = patched(content, targets, generation)
    check_result(content, after, targets)
    return after


def by_openpyxl(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
    """Load, set, append, save."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content))
        page = book[subject.tab]
        for place, value in write.cells.items():
            page.cell(*place).value = value
        below = page.max_row + 1
        for key, value in write.row.items():
            page.cell(below, subject.columns[key]).value = value
        saved = io.BytesIO()
        book.save(saved)
    return saved.getvalue()
