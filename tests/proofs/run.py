"""One workbook through many writes: what was refused, what was lost, who still reads it."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs.cells import Place, cells_of
from tests.proofs.compared import Comparison, Written, compared
from tests.proofs.parcel import Parcel, tree
from tests.proofs.readers import READERS, Values, as_written, seen
from tests.proofs.scenario import Subject, Write, row_of, subject_of, table_of, writes
from tests.proofs.soundness import unsound

SEEN, REFRESHED, NO_ORIGINAL = "seen", "refreshed by the reader", "cannot open the original"
Writer = Callable[[bytes, Subject, Write, int], bytes]


@dataclass
class Model:
    """What must be seen after the writes."""

    subject: Subject
    values: dict[Place, object] = field(default_factory=dict)
    last_added: int = 0
    rows: int = 0

    def took(self, write: Write, after: bytes) -> None:
        """A write was made; the first added row is looked for, the next ones stand under it."""
        self.values.update(write.cells)
        if write.row:
            key = str(next(iter(write.row.values())))
            found = self.last_added + 1 if self.last_added else row_of(after, self.subject.tab, key)
            self.last_added = found or 0
            self.rows += 1
            self.values.update(
                {(self.last_added, self.subject.columns[one]): value for one, value in write.row.items()}
            )

    def written(self, before: bytes, after: bytes) -> Written:
        """What was done on purpose between the two states: also the way of a row of totals."""
        meant = {self.subject.tab: frozenset(self.values)}
        old, new = (table_of(content, self.subject.tab) for content in (before, after))
        if old and new and old[1] and new[0] != old[0]:
            return Written(meant, self.rows, {self.subject.tab: (old[0], new[0] - old[0])})
        return Written(meant, self.rows)


@dataclass
class Proof:
    """What became of one workbook under one writer."""

    name: str
    producer: str
    tab: str = ""
    before: bytes = b""
    after: bytes = b""
    writes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    comparison: Comparison | None = None
    values: dict[Place, object] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)


def proof_of(path: Path, writer: Writer, count: int) -> Proof:
    """Run the writes and compare the first state with the last."""
    before = path.read_bytes()
    proof = Proof(path.name, producer_of(before), before=before, after=before)
    subject = subject_of(before)
    if subject is None:
        proof.refused["no sheet with cells"] += 1
        return proof
    proof.tab = subject.tab
    model = _written(proof, subject, writer, count)
    proof.values = model.values
    if proof.writes:
        _examine(proof, model)
    return proof


def _written(proof: Proof, subject: Subject, writer: Writer, count: int) -> Model:
    model = Model(subject)
    seed = int.from_bytes(hashlib.sha256(proof.name.encode()).digest()[:4], "big")
    plan = writes(subject, count, seed)
    write = next(plan, None)
    while write is not None:
        try:
            proof.after = writer(proof.after, subject, write, proof.writes + 1)
        except Exception as fault:
            why = next(iter(str(fault).splitlines()), "")
            proof.refused[f"{'row' if write.row else 'cell'}: {type(fault).__name__}: {why}"] += 1
            if not write.row and not proof.writes:
                break
            closed = bool(write.row)
        else:
            closed = False
            proof.writes += 1
            model.took(write, proof.after)
        try:
            write = plan.send(closed)
        except StopIteration:
            write = None
    return model


def _examine(proof: Proof, model: Model) -> None:
    proof.comparison = compared(proof.before, proof.after, model.written(proof.before, proof.after))
    proof.faults += sorted(unsound(proof.after) - unsound(proof.before))
    proof.faults += [*_strays(proof, model), *_left_out(proof, model)]
    places = list(proof.values)
    for name, reader in READERS.items():
        found = seen(reader, proof.before, proof.tab, places)
        proof.read[name] = judged(found, seen(reader, proof.after, proof.tab, places), proof.values)


def judged(original: Values | None, found: Values | None, wanted: Values) -> str:
    """ "seen", "cannot open the original", "does not open", or the first cell that is not as written."""
    if found is None:
        return NO_ORIGINAL if original is None else "does not open"
    for (row, column), value in wanted.items():
        if not as_written(value, found[row, column]):
            return f"R{row}C{column} shows {found[row, column]!r} instead of {value!r}"
    return SEEN


def _strays(proof: Proof, model: Model) -> list[str]:
    """Constants where nothing stood and nobody wrote; a row of totals may have moved."""
    old, new = _constants(proof.before), _constants(proof.after)
    tab, (total, distance) = next(iter(model.written(proof.before, proof.after).slid.items()), ("", (0, 0)))
    moved = {(tab, (total + distance, column)) for where, (_, column) in old if where == tab}
    meant = {(proof.tab, place) for place in model.values}
    return [f"{tab}!R{row}C{column} appeared" for tab, (row, column) in sorted(new - old - meant - moved)]


def _constants(content: bytes) -> set[tuple[str, Place]]:
    parcel = Parcel(content)
    pages = {tab: part for tab, part in parcel.sheets.items() if parcel.kinds[part] == "worksheet"}
    return {
        (tab, place)
        for tab, part in pages.items()
        for place, cell in cells_of(tree(parcel.parts[part]), parcel.strings).items()
        if cell.value is not None
    }


def _left_out(proof: Proof, model: Model) -> list[str]:
    """Rows that were added under the table instead of in it."""
    table = table_of(proof.after, proof.tab)
    if table is None or table[0] - table[1] >= model.last_added:
        return []
    return [f"the table ends on row {table[0]}, the last added row is {model.last_added}"]


def producer_of(content: bytes) -> str:
    """The program that saved the workbook, as it says itself."""
    parcel = Parcel(content)
    part = parcel.name("docProps/app.xml")
    if part is None:
        return "unknown"
    root = tree(parcel.parts[part])
    name, version = (str(root.findtext(f"{{*}}{one}") or "") for one in ("Application", "AppVersion"))
    return f"{name.split('/')[0].strip() or 'unknown'} {version}".strip()
