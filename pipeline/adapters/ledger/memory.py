"""What stands in each tracker, row by row, as it was last written or read, and what stood there under each stamp.

A row of the sheet is one row here, its cells a JSON object: for a tracker of 10,000 rows and 25 columns that is 25
times fewer rows to write at each save than one for each cell, and as exact. A state that another replaces moves to
`tracker_past`, with the first and the last stamp of the files in which it stood.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection, Integer, and_, bindparam, delete, exists, false, insert, select, true, update

from pipeline.adapters.ledger.column_types import decode_cells, encode
from pipeline.adapters.ledger.database import AnyRow, Database
from pipeline.adapters.ledger.schema import tracker_announced, tracker_generation, tracker_past, tracker_row
from pipeline.core.merge import CellValue
from pipeline.ports import Announced, Span

FEW = 500  # keys: up to there they are looked up by name, above the sheet is read whole
Cells = Mapping[str, Mapping[str, CellValue]]

IN_SHEET = and_(tracker_row.c.call == bindparam("of_call"), tracker_row.c.sheet == bindparam("of_sheet"))
ROWS = select(tracker_row).where(IN_SHEET)
THERE, GONE = ROWS.where(~tracker_row.c.gone), ROWS.where(tracker_row.c.gone)
STANDING = THERE.where(tracker_row.c.since <= bindparam("stamp"))
SOME_ROWS = ROWS.where(tracker_row.c.key.in_(bindparam("keys", expanding=True)))
STOOD = (
    select(tracker_past.c.key, tracker_past.c.cells)
    .where(
        tracker_past.c.call == bindparam("of_call"),
        tracker_past.c.sheet == bindparam("of_sheet"),
        tracker_past.c.since <= bindparam("stamp"),
        tracker_past.c.until >= bindparam("stamp"),
    )
    .order_by(tracker_past.c.id)
)
TAKE_OUT = update(tracker_row).where(IN_SHEET, tracker_row.c.key == bindparam("of_key")).values(gone=true())
OF_CALL = tracker_generation.c.call == bindparam("of_call")
ANNOUNCED = select(tracker_announced).where(tracker_announced.c.call == bindparam("of_call"))
ITS_ROW = exists().where(
    *(tracker_row.c[name] == tracker_announced.c[name] for name in ("call", "sheet", "key"))
)  # remembered already, as it stood before
ADD_NEW_ROWS = insert(tracker_row).from_select(
    ["call", "sheet", "key", "cells", "since", "gone"],
    ANNOUNCED.where(~ITS_ROW).add_columns(bindparam("stamp", type_=Integer), false()),
)
DROP_ANNOUNCED = delete(tracker_announced).where(tracker_announced.c.call == bindparam("of_call"))


class SqlTrackerMemory:
    """Values keep their type: text, whole or broken number, yes/no, date, date and time, time, nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        row = database.insert(tracker_row)
        self._keep = row.on_conflict_do_update(
            index_elements=["call", "sheet", "key"],
            set_={"cells": row.excluded.cells, "since": row.excluded.since, "gone": row.excluded.gone},
        )
        write = database.insert(tracker_generation)
        self._count = write.on_conflict_do_update(
            index_elements=["call"],
            set_={"generation": write.excluded.generation, "announced": write.excluded.announced},
        )

    def written(self, call: str, sheet: str) -> dict[str, dict[str, CellValue]]:
        return dict(self.rows_written(call, sheet))

    def rows_written(self, call: str, sheet: str) -> Iterator[tuple[str, dict[str, CellValue]]]:
        with self._database.read() as connection:
            for some in connection.execute(THERE, _place(call, sheet)).partitions(FEW):
                yield from _decoded(some)

    def gone(self, call: str, sheet: str) -> dict[str, dict[str, CellValue]]:
        with self._database.read() as connection:
            return dict(_decoded(connection.execute(GONE, _place(call, sheet)).all()))

    def stood(self, call: str, sheet: str, generation: int) -> dict[str, list[dict[str, CellValue]]]:
        stamp = {**_place(call, sheet), "stamp": generation}
        with self._database.read() as connection:
            past = connection.execute(STOOD, stamp).all()
            still = connection.execute(STANDING, stamp).all()
        states: dict[str, list[dict[str, CellValue]]] = defaultdict(list)
        rows = [*past, *still]
        for row, cells in zip(rows, decode_cells([row.cells for row in rows]), strict=True):
            states[row.key].append(cells)
        return dict(states)

    def remember(self, call: str, sheet: str, cells: Cells, span: Span) -> None:
        """As the port says; rows that hold it all already are not written."""
        if not cells:
            return
        with self._database.write() as connection:
            before = {row.key: row for row in _rows(connection, call, sheet, list(cells))}
            known = dict(_decoded([*before.values()]))
            after = {key: encode({**known.get(key, {}), **row}) for key, row in cells.items()}
            changed = [key for key, text in after.items() if key not in before or _differs(before[key], text)]
            _close(connection, [before[key] for key in changed if key in before], span.until)
            place = {"call": call, "sheet": sheet, "since": span.since, "gone": False}
            if changed:
                connection.execute(self._keep, [{**place, "key": key, "cells": after[key]} for key in changed])

    def take_out(self, call: str, sheet: str, keys: Iterable[str], span: Span) -> None:
        """As the port says; rows taken out already stay as they are."""
        with self._database.write() as connection:
            rows = [row for row in _rows(connection, call, sheet, list(keys)) if not row.gone]
            _close(connection, rows, span.until)
            if rows:
                connection.execute(TAKE_OUT, [{**_place(call, sheet), "of_key": row.key} for row in rows])

    def announce(self, call: str, rows: Iterable[Announced], generation: int) -> None:
        coming = iter(rows)
        with self._database.write() as connection:
            last, before = self._counted(connection, call)
            if before not in (0, generation):
                _keep_unrecorded(connection, call, before)
            connection.execute(DROP_ANNOUNCED, {"of_call": call})
            while some := list(islice(coming, FEW)):  # there may be thousands, each as long as its letter
                new = [{"sheet": sheet, "key": key, "cells": encode(dict(cells))} for sheet, key, cells in some]
                connection.execute(insert(tracker_announced).values(call=call), new)
            connection.execute(self._count, {"call": call, "generation": last, "announced": generation})

    def confirm(self, call: str, generation: int) -> bool:
        with self._database.write() as connection:
            if self._counted(connection, call)[1] != generation:
                return False
            for some in connection.execute(ANNOUNCED.where(ITS_ROW), {"of_call": call}).partitions(FEW):
                by_sheet: dict[str, list[AnyRow]] = defaultdict(list)
                for row in some:
                    by_sheet[row.sheet].append(row)
                for sheet, rows in by_sheet.items():
                    self.remember(call, sheet, dict(_decoded(rows)), Span.of_write(generation))
            connection.execute(ADD_NEW_ROWS, {"of_call": call, "stamp": generation})
            connection.execute(DROP_ANNOUNCED, {"of_call": call})
            connection.execute(self._count, {"call": call, "generation": generation, "announced": 0})
            return True

    def generation(self, call: str) -> int:
        with self._database.read() as connection:
            return self._counted(connection, call)[0]

    def next_generation(self, call: str) -> int:
        with self._database.read() as connection:
            return max(self._counted(connection, call)) + 1

    @staticmethod
    def _counted(connection: Connection, call: str) -> tuple[int, int]:
        """The number of the last write, and of the one announced (0: none)."""
        row = connection.execute(select(tracker_generation).where(OF_CALL), {"of_call": call}).first()
        return (row.generation, row.announced) if row else (0, 0)


def _place(call: str, sheet: str) -> dict[str, str]:
    return {"of_call": call, "of_sheet": sheet}


def _rows(connection: Connection, call: str, sheet: str, keys: list[str]) -> list[AnyRow]:
    if len(keys) <= FEW:
        return list(connection.execute(SOME_ROWS, {**_place(call, sheet), "keys": keys}))
    wanted = set(keys)
    return [row for row in connection.execute(ROWS, _place(call, sheet)) if row.key in wanted]


def _differs(row: AnyRow, text: str) -> bool:
    return bool(row.gone or row.cells != text)


def _close(connection: Connection, rows: Iterable[AnyRow], until: int) -> None:
    """Move states that end into the past; one that never stood in any file leaves nothing there."""
    past = [
        {"call": row.call, "sheet": row.sheet, "key": row.key, "cells": row.cells, "since": row.since, "until": until}
        for row in rows
        if not row.gone and row.since <= until
    ]
    if past:
        connection.execute(insert(tracker_past), past)


def _keep_unrecorded(connection: Connection, call: str, generation: int) -> None:
    """What a write was to put into the file that perhaps took place, as one more state under its number."""
    span = {"since": generation, "until": generation}
    past = [
        {"call": call, "sheet": row.sheet, "key": row.key, "cells": row.cells, **span}
        for row in connection.execute(ANNOUNCED, {"of_call": call})
    ]
    if past:
        connection.execute(insert(tracker_past), past)


def _decoded(rows: Sequence[AnyRow]) -> Iterator[tuple[str, dict[str, CellValue]]]:
    """The cells, with their row keys."""
    return zip([row.key for row in rows], decode_cells([row.cells for row in rows]), strict=True)
