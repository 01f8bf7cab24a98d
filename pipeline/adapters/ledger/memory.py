"""What stands in each tracker, cell by cell, as it was last written or read.

A row of the sheet is one row here, its cells a JSON object: for a tracker of 10,000 rows and 25 columns that is 25
times fewer rows to write at each save than one for each cell, and as exact.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, and_, bindparam, delete, select

from pipeline.adapters.ledger.column_types import decode_cells, encode
from pipeline.adapters.ledger.database import Database
from pipeline.adapters.ledger.schema import tracker_generation, tracker_row
from pipeline.core.merge import CellValue

FEW = 500  # keys: up to there they are looked up by name, above the sheet is read whole

IN_SHEET = and_(tracker_row.c.call == bindparam("of_call"), tracker_row.c.sheet == bindparam("of_sheet"))
ROWS = select(tracker_row.c.key, tracker_row.c.cells).where(IN_SHEET)
SOME_ROWS = ROWS.where(tracker_row.c.key.in_(bindparam("keys", expanding=True)))
FORGET = delete(tracker_row).where(IN_SHEET, tracker_row.c.key == bindparam("of_key"))
GENERATION = select(tracker_generation.c.generation).where(tracker_generation.c.call == bindparam("of_call"))


class SqlTrackerMemory:
    """Values keep their type: text, whole or broken number, yes/no, date, date and time, time, nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        row = database.insert(tracker_row)
        self._keep = row.on_conflict_do_update(
            index_elements=["call", "sheet", "key"], set_={"cells": row.excluded.cells}
        )
        write = database.insert(tracker_generation)
        self._count = write.on_conflict_do_update(
            index_elements=["call"], set_={"generation": write.excluded.generation}
        )

    def written(self, call: str, sheet: str) -> dict[str, dict[str, CellValue]]:
        with self._database.read() as connection:
            rows = connection.execute(ROWS, {"of_call": call, "of_sheet": sheet}).all()
        return dict(zip([key for key, _ in rows], decode_cells([cells for _, cells in rows]), strict=True))

    def remember(self, call: str, sheet: str, cells: Mapping[str, Mapping[str, CellValue]]) -> None:
        """As the port says; columns not named keep what they held, rows that hold it all already are not written."""
        if not cells:
            return
        with self._database.write() as connection:
            before = _texts(connection, call, sheet, list(cells))
            known = dict(zip(before, decode_cells(list(before.values())), strict=True))
            after = {key: encode({**known.get(key, {}), **row}) for key, row in cells.items()}
            place = {"call": call, "sheet": sheet}
            rows = [{**place, "key": key, "cells": text} for key, text in after.items() if before.get(key) != text]
            if rows:
                connection.execute(self._keep, rows)

    def forget(self, call: str, sheet: str, keys: Iterable[str]) -> None:
        rows = [{"of_call": call, "of_sheet": sheet, "of_key": key} for key in keys]
        if rows:
            with self._database.write() as connection:
                connection.execute(FORGET, rows)

    def generation(self, call: str) -> int:
        with self._database.read() as connection:
            return connection.execute(GENERATION, {"of_call": call}).scalar() or 0

    def note_generation(self, call: str, generation: int) -> None:
        with self._database.write() as connection:
            connection.execute(self._count, {"call": call, "generation": generation})


def _texts(connection: Connection, call: str, sheet: str, keys: list[str]) -> dict[str, str]:
    place = {"of_call": call, "of_sheet": sheet}
    if len(keys) <= FEW:
        found = connection.execute(SOME_ROWS, {**place, "keys": keys})
    else:
        found = connection.execute(ROWS, place)
    wanted = set(keys)
    return {key: text for key, text in found if key in wanted}
