"""A sheet as read + what is remembered of it → what staff did, what to write. Pure.

Staff win in every cell they changed; nothing of either side is lost. Reading and writing the workbook are left to
`adapters/workbook`, storing what staff did to the ledger.

headings.py   which column is which        matching.py   which row is which        memory.py   what is remembered
incoming.py   what staff did               outgoing.py   what to write             folded.py   rows kept small
moved_alone.py cells without their rows    versions.py   which version           sameness.py, fitting.py  values
"""

from pipeline.core.merge.fitting import fitting
from pipeline.core.merge.folded import FoldedCells, unfolded
from pipeline.core.merge.headings import absent_headings, places_seen, with_renamed_columns, without_keys
from pipeline.core.merge.incoming import edits_in, rows_by_hand
from pipeline.core.merge.matching import known_rows, reidentified, rows_by_key, without_borrowed_keys
from pipeline.core.merge.memory import Memory
from pipeline.core.merge.outgoing import Links, cells_out, remembered
from pipeline.core.merge.sameness import same
from pipeline.core.merge.values import (
    CellOut,
    CellValue,
    Clash,
    Edit,
    EditsIn,
    Place,
    RowByHand,
    RowOut,
    SheetChanges,
    SheetReading,
    SheetRow,
    Stray,
)
from pipeline.core.merge.versions import differences

__all__ = [
    "CellOut",
    "CellValue",
    "Clash",
    "Edit",
    "EditsIn",
    "FoldedCells",
    "Links",
    "Memory",
    "Place",
    "RowByHand",
    "RowOut",
    "SheetChanges",
    "SheetReading",
    "SheetRow",
    "Stray",
    "absent_headings",
    "cells_out",
    "differences",
    "edits_in",
    "fitting",
    "known_rows",
    "places_seen",
    "reidentified",
    "remembered",
    "rows_by_hand",
    "rows_by_key",
    "same",
    "unfolded",
    "with_renamed_columns",
    "without_borrowed_keys",
    "without_keys",
]
