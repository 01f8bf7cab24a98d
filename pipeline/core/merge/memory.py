"""What the ledger remembers of one sheet, as the merge needs it for the file at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.core.merge.values import CellValue

Row = Mapping[str, CellValue]
Rows = Mapping[str, Row]


@dataclass(frozen=True)
class Memory:
    """Rows by key, cells by column key.

    `now`: as last known to stand in the newest version of the file; `gone`: rows that staff took out, as last known.
    `copy`: for a file that is an older copy, the states in which each row may stand in it untouched, the newest last (a
    row that it never held is absent); None for the newest version. `marked`: False for a file that lost its stamp: of
    what it lacks nothing is concluded. `elsewhere`: absent rows that stand in another sheet, and its name.
    """

    now: Rows
    gone: Rows = field(default_factory=dict)
    copy: Mapping[str, Sequence[Row]] | None = None
    marked: bool = True
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_newest(self) -> bool:
        return self.copy is None and self.marked

    def last(self, key: str) -> Row:
        """The cells last known of a row, whatever became of it since; empty for an unknown row."""
        return self.now.get(key) or self.gone.get(key) or {}

    def untouched(self, key: str) -> Sequence[Row]:
        """The states of a row of this file that nobody has touched; empty where the file never held it."""
        if self.copy is not None:
            return self.copy.get(key, ())
        return (self.now[key],) if key in self.now else ()

    def before(self, key: str) -> Sequence[Row]:
        """As `untouched`, or what was last known of a row that this file should not have: what edits start from."""
        return self.untouched(key) or ((self.last(key),) if self.last(key) else ())
