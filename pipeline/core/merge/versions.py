"""How much a sheet differs from what a version of it held, in the cells that only the worker fills."""

from collections.abc import Mapping, Sequence

from pipeline.core.columns import Owner, Sheet
from pipeline.core.merge.folded import unfolded
from pipeline.core.merge.memory import Row
from pipeline.core.merge.sameness import same
from pipeline.core.merge.values import SheetReading


def differences(sheet: Sheet, reading: SheetReading, stood: Mapping[str, Sequence[Row]]) -> int:
    """So many of the worker's cells hold nothing that stood in them in that version; a row that it did not hold differs
    in all of them, one that is not there any more counts as one."""
    ours = [one.key for one in sheet.columns if one.owner is Owner.WORKER and one.key != sheet.row_key]
    present = {row.key for row in reading.rows}
    return sum(key not in present for key in stood) + sum(
        not any(same(values[column], state.get(column)) for state in stood.get(row.key, ()))
        for row in reading.rows
        if row.key
        for values in (unfolded(row.values),)
        for column in ours
        if column in values
    )
