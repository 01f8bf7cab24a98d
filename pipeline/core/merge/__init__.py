"""Ledger rows + sheet rows + what was last written → edits in, cells out, conflicts. Pure.

Staff win in every cell they changed. Reading and writing the workbook are left to `adapters/workbook`, storing edits
to the ledger.
"""

from pipeline.core.merge.fitting import fitting
from pipeline.core.merge.incoming import edits_in
from pipeline.core.merge.outgoing import cells_out, old_copy, remembered
from pipeline.core.merge.sameness import same
from pipeline.core.merge.values import (
    CellOut,
    CellValue,
    Edit,
    EditsIn,
    RowByHand,
    RowOut,
    SheetChanges,
    SheetReading,
    SheetRow,
)

__all__ = [
    "CellOut",
    "CellValue",
    "Edit",
    "EditsIn",
    "RowByHand",
    "RowOut",
    "SheetChanges",
    "SheetReading",
    "SheetRow",
    "cells_out",
    "edits_in",
    "fitting",
    "old_copy",
    "remembered",
    "same",
]
