"""One row into 10,000 × 30 cells: our writing with its check of the result, beside openpyxl's load and save.

    python -m tests.benchmarks.one_row [--rows 10000] [--columns 30] [--turns 3]

Prints the CPU seconds of each, the least of some turns, and their ratio.
"""

import argparse
import io
import time
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.writing.patching import Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.merge import RowOut, SheetChanges


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.one_row", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args(arguments)
    content = a_workbook(asked.rows, asked.columns)
    ours = least(lambda: by_us(content, asked.columns), asked.turns)
    theirs = least(lambda: by_openpyxl(content, asked.columns), asked.turns)
    print(f"one row into {asked.rows} x {asked.columns} cells, {len(content) / 1e6:.1f} MB: CPU seconds")
    print(f"ours, checked {ours:.3f}   openpyxl {theirs:.3f}   ratio {theirs / ours:.0f}")
    return 0


def least(work: Callable[[], object], turns: int) -> float:
    """The least CPU time of some turns, in seconds."""
    times = []
    for _ in range(turns):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def a_workbook(rows: int, columns: int) -> bytes:
    """A table of texts and numbers, half each."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Candidatures"
    page.append([f"Colonne {column}" for column in range(1, columns + 1)])
    for row in range(1, rows + 1):
        page.append([f"Texte {row} {column}" if column % 2 else row * column for column in range(1, columns + 1)])
    page.add_table(Table(displayName="Candidatures", ref=f"A1:{get_column_letter(columns)}{rows + 1}"))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def by_us(content: bytes, columns: int) -> bytes:
    """As the worker does it."""
    row = RowOut("V21-001", {f"c{column}": f"Texte {column}" for column in range(1, columns + 1)})
    layout = Layout(1, {f"c{column}": column for column in range(1, columns + 1)})
    targets = [Target("Candidatures", layout, "c1", SheetChanges((), (row,)))]
    after = patched(content, targets, 1, "visions21-2017")
    check_result(content, after, targets)
    return after


def by_openpyxl(content: bytes, columns: int) -> bytes:
    """Load, append, save."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Candidatures"].append([f"Texte {column}" for column in range(1, columns + 1)])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
