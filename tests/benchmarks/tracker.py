"""The tracker: a row more in a large sheet, a hundred changed rows, staff's edits read; beside openpyxl."""

import functools
import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from pipeline.adapters.workbook.reading import Layout, open_workbook
from pipeline.adapters.workbook.writing.patching import Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.merge import CellOut, RowOut, SheetChanges
from tests.benchmarks.measuring import Goal, Outcome, Scale, interleaved

COLUMNS, CHANGED = 30, 100
SHEET, PART = "Candidatures", "xl/worksheets/sheet1.xml"
TASKS = {
    "one row more": "one_row_by_us",
    "one row more, openpyxl": "one_row_by_openpyxl",
    "the sheet recompressed": "recompressed",
    "one changed row": "one_changed_row",
    "100 changed rows": "many_changed_rows",
    "staff's edits read": "read_by_us",
    "staff's edits read, openpyxl": "read_by_openpyxl",
}
Work = Callable[[], None]


def tracker(scale: Scale) -> Outcome:
    """CPU decides: nothing here waits."""
    rows = scale.of(300, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "suivi.xlsx"
        book.write_bytes(a_workbook(rows))
        tasks = {
            name: functools.partial(scale.apart, f"tracker:{task}", book=str(book)) for name, task in TASKS.items()
        }
        rounds = interleaved(tasks, scale.rounds)
        size = book.stat().st_size

    def ratio(over: str, under: str) -> float:
        return rounds.ratio(over, under, "cpu")

    ours, theirs, squeezed, one, many, read, read_by_them = TASKS
    goals = (
        Goal("one row more: ≥ 30 × less CPU than openpyxl", ratio(theirs, ours), at_least=30),
        Goal("one row more: ≤ 3 × recompressing the sheet", ratio(ours, squeezed), at_most=3),
        Goal("staff's edits: ≥ 10 × less CPU than openpyxl", ratio(read_by_them, read), at_least=10),
        Goal("100 changed rows cost ≤ 1.5 × one", ratio(many, one), at_most=1.5),
    )
    return Outcome("tracker", f"{rows} rows of {COLUMNS} cells, {size / 1e6:.1f} MB", rounds, goals)


def a_workbook(rows: int) -> bytes:
    """A table of texts and numbers, half each."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    page.append([f"Colonne {column}" for column in range(1, COLUMNS + 1)])
    for row in range(1, rows + 1):
        page.append([f"Texte {row} {column}" if column % 2 else row * column for column in range(1, COLUMNS + 1)])
    page.add_table(Table(displayName=SHEET, ref=f"A1:{get_column_letter(COLUMNS)}{rows + 1}"))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def by_us(book: str, changes: SheetChanges) -> Work:
    """As the worker does it, with the check of the result."""
    content = Path(book).read_bytes()
    layout = Layout(1, {f"c{column}": column for column in range(1, COLUMNS + 1)})
    targets = [Target(SHEET, layout, "c1", changes)]
    return lambda: check_result(content, patched(content, targets, 1, "visions21-2017"), targets)


def one_row_by_us(book: str) -> Work:
    row = RowOut("V21-001", {f"c{column}": f"Texte {column}" for column in range(1, COLUMNS + 1)})
    return by_us(book, SheetChanges((), (row,)))


def one_changed_row(book: str) -> Work:
    return by_us(book, changed(1))


def many_changed_rows(book: str) -> Work:
    return by_us(book, changed(CHANGED))


def changed(rows: int) -> SheetChanges:
    """Three cells in each of so many rows, all over the sheet's first ten thousandth parts."""
    return SheetChanges(
        tuple(CellOut(2 + 2 * row, f"c{column}", f"Autre {row}") for row in range(rows) for column in (3, 5, 7))
    )


def one_row_by_openpyxl(book: str) -> Work:
    content = Path(book).read_bytes()

    def work() -> None:
        opened = openpyxl.load_workbook(io.BytesIO(content))
        opened[SHEET].append([f"Texte {column}" for column in range(1, COLUMNS + 1)])
        opened.save(io.BytesIO())

    return work


def recompressed(book: str) -> Work:
    """The sheet out of its package and into one, by the standard codec as it comes."""
    content = Path(book).read_bytes()

    def work() -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sheet = package.read(PART)
        squeezer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
        assert squeezer.compress(sheet) + squeezer.flush()

    return work


def read_by_us(book: str) -> Work:
    def work() -> None:
        assert list(open_workbook(Path(book)).rows(SHEET))

    return work


def read_by_openpyxl(book: str) -> Work:
    def work() -> None:
        assert [list(row) for row in openpyxl.load_workbook(book)[SHEET].iter_rows(values_only=True)]

    return work
