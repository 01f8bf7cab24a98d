"""One workbook through many writes: what was refused, what was lost, who still reads it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.proofs.compared import Comparison, compared
from tests.proofs.model import Model
from tests.proofs.parcel import Parcel, tree
from tests.proofs.readers import READERS, Values, as_written, seen
from tests.proofs.scenario import Write, writes
from tests.proofs.soundness import unsound
from tests.proofs.subjects import Subject, subject_of

SEEN, REFRESHED, NO_ORIGINAL = "seen", "refreshed by the reader", "cannot open the original"
Writer = Callable[[bytes, Subject, Write, int], bytes]


@dataclass
class Proof:
    """What became of one workbook under one writer."""

    name: str
    producer: str = "unknown"
    tab: str = ""
    before: bytes = b""
    after: bytes = b""
    writes: int = 0
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    comparison: Comparison | None = None
    values: Values = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)


def proof_of(path: Path, writer: Writer, count: int) -> Proof:
    """Run the writes and compare the first state with the last."""
    before = path.read_bytes()
    proof = Proof(path.name, producer_of(before), before=before, after=before)
    subject = subject_of(before)
    if subject is None or not subject.columns:
        proof.refused["no sheet to write into"] += 1
        return proof
    proof.tab = subject.tab
    try:
        model = _written(proof, subject, writer, count)
        proof.faults += _unfit(proof)
        if proof.writes:
            _examine(proof, model)
    except Exception as fault:  # the result is so broken that it cannot be looked at: the worst that can be
        proof.faults.append(
            f"after {proof.writes} writes the result cannot be examined: {type(fault).__name__}: {fault}"
        )
    return proof


def _written(proof: Proof, subject: Subject, writer: Writer, count: int) -> Model:
    model = Model(subject)
    seed = int.from_bytes(hashlib.sha256(proof.name.encode()).digest()[:4], "big")
    plan = writes(subject, count, seed)
    write = next(plan, None)
    while write is not None:
        closed = not _made(proof, model, writer, write) and bool(write.rows)
        if closed and write.cells:
            _made(proof, model, writer, replace(write, rows=(), linked=""))
        try:
            write = plan.send(closed)
        except StopIteration:
            write = None
    return model


def _made(proof: Proof, model: Model, writer: Writer, write: Write) -> bool:
    """One write; whether it was made. What was not is counted with the reason."""
    try:
        after = writer(proof.after, model.subject, write, proof.writes + 1)
    except Exception as fault:
        why = next(iter(str(fault).splitlines()), "")
        proof.refused[f"{'row' if write.rows else 'cell'}: {type(fault).__name__}: {why}"] += 1
        return False
    proof.after = after
    proof.writes += 1
    proof.rows += len(write.rows)
    model.took(write, after)
    return True


def _examine(proof: Proof, model: Model) -> None:
    proof.values = model.values
    proof.comparison = compared(proof.before, proof.after, model.written(proof.before, proof.after))
    proof.faults += sorted(unsound(proof.after) - unsound(proof.before))
    proof.faults += model.faults(proof.before, proof.after)
    places = list(proof.values)
    for name, reader in READERS.items():
        found = seen(reader, proof.before, proof.tab, places)
        proof.read[name] = judged(found, seen(reader, proof.after, proof.tab, places), proof.values)


def _unfit(proof: Proof) -> Iterator[str]:
    """Refusals that are none: the writer broke down instead of saying why it does not write."""
    yield from (why for why in proof.refused if "Unavailable:" not in why and "no sheet to write into" not in why)


def judged(original: Values | None, found: Values | None, wanted: Values) -> str:
    """ "seen", "cannot open the original", "does not open", or the first cell that is not as written."""
    if found is None:
        return NO_ORIGINAL if original is None else "does not open"
    for (row, column), value in wanted.items():
        if not as_written(value, found[row, column]):
            return f"R{row}C{column} shows {found[row, column]!r} instead of {value!r}"
    return SEEN


def producer_of(content: bytes) -> str:
    """The program that saved the workbook, as it says itself."""
    parcel = Parcel(content)
    part = parcel.name("docProps/app.xml")
    if part is None:
        return "unknown"
    root = tree(parcel.parts[part])
    name, version = (str(root.findtext(f"{{*}}{one}") or "") for one in ("Application", "AppVersion"))
    return " ".join(f"{name.split('/')[0].strip() or 'unknown'} {version}".split())
