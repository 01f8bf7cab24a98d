"""A staff member as a program of its own: opens the workbook, types into cells found by their headings, saves.

    python -m tests.staff.typing WORKBOOK SHEET KEY '{"V21-001": {"Décision": "Retenu"}}'

KEY is the heading under which the rows are found. Nothing of `pipeline` is imported here.
"""

import json
import os
import sys
from pathlib import Path

from tests.staff.book import StaffBook


def main() -> None:
    path, sheet, key, typed = Path(sys.argv[1]), *sys.argv[2:5]
    book = StaffBook(path.read_bytes(), sheet, key=key)
    for row, cells in json.loads(typed).items():
        for heading, value in cells.items():
            book.put(book.find(row), heading, value)
    beside = path.with_name("~enregistrement.tmp")  # as Excel does: written beside, then put in its place
    beside.write_bytes(book.saved())
    os.replace(beside, path)


if __name__ == "__main__":
    main()
