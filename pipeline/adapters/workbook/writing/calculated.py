"""The formulas of a table's columns that calculate themselves, as they stand in a new row."""

import re
from collections.abc import Sequence

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from pipeline.adapters.workbook.writing.sheet_bytes import Cell, SheetBytes
from pipeline.adapters.workbook.writing.tables import Table
from pipeline.adapters.workbook.writing.xml_bytes import attribute, unescaped

_REFERENCE = re.compile(r"(?<![\w\[])\$?[A-Z]{1,3}\$?\d+(?![\w\](])")
_FORMULA = re.compile(rb"(<(?:[\w.-]+:)?f(?:\s[^>]*)?>)([^<]+)<")


class Calculated:
    """Formulas relative to their own row are moved from a row that has them: `above`, the nearest first."""

    def __init__(self, sheet: SheetBytes, table: Table | None, above: Sequence[dict[int, Cell]]) -> None:
        self._sheet = sheet
        self._formulas = table.formulas if table else {}
        self._origins = {column: self._origin(column, above) for column in self._formulas}

    def at(self, row: int) -> dict[int, str]:
        """The formula of each such column in a row; a column of which none can be told is left out."""
        found = {}
        for column, formula in self._formulas.items():
            origin = self._origins[column]
            if not _REFERENCE.search(formula):
                found[column] = formula
            elif origin:
                there = f"{get_column_letter(column)}{row}"
                found[column] = Translator(f"={origin[0]}", origin[1]).translate_formula(there)[1:]
        return found

    def _origin(self, column: int, above: Sequence[dict[int, Cell]]) -> tuple[str, str] | None:
        """A formula of the column and the reference of the cell that holds it."""
        for row in above:
            found = _FORMULA.search(row[column].content) if column in row else None
            if found and attribute(found[1], "t") in (None, b"normal", b"shared"):
                return unescaped(found[2]), (attribute(row[column].tag, "r") or b"").decode()
            shared = self._shared(row[column]) if column in row else None
            if shared:
                return shared
        return None

    def _shared(self, cell: Cell) -> tuple[str, str] | None:
        """The master of a shared formula, whose other cells only tell its number."""
        rank = re.search(rb"<(?:[\w.-]+:)?f\s[^>]*\ssi=\"(\d+)\"", cell.content)
        master = rank and re.search(
            rb"<%sf\s(?:[^>]*\s)?si=\"%s\"[^>]*>([^<]+)<" % (self._sheet.prefix, rank[1]), self._sheet.content
        )
        if not master:
            return None
        return unescaped(master[1]), self._sheet.reference_before(master.start()).decode()
