"""The proof in words: a table by feature, totals, failures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tests.proofs.compared import Comparison
from tests.proofs.features import feature_of, in_order
from tests.proofs.run import NO_ORIGINAL, REFRESHED, SEEN, Proof

ENTIRELY = 0.97  # of a feature's tokens in a file: lost as a whole
SHOWN = 4
FINE = (SEEN, REFRESHED, NO_ORIGINAL)
Columns = Mapping[str, Sequence[Proof]]


def table(columns: Columns) -> list[str]:
    """`·` nothing lost in any file; `L a` lost entirely in a files, `P b` partly, `/n` files opened."""
    marks = {name: _marks(proofs) for name, proofs in columns.items()}
    features = in_order(feature for by_feature in marks.values() for feature in by_feature)
    lines = [f"| feature (files) | {' | '.join(columns)} |", f"|---{'|---' * len(columns)}|"]
    for feature in features:
        files = max(by_feature[feature].total() for by_feature in marks.values())
        lines.append(f"| {feature} ({files}) | {' | '.join(_said(one[feature]) for one in marks.values())} |")
    return lines


def totals(columns: Columns) -> list[str]:
    """One line a writer, and the readers' verdicts."""
    lines = []
    for name, proofs in columns.items():
        compared = [proof.comparison for proof in proofs if proof.comparison]
        tokens = sum(kept.tokens for one in compared for kept in one.units.values())
        lost = sum(one.tokens_lost for one in compared)
        cached = sum(one.cached_lost for one in compared)
        parts = sum(one.parts_lost.total() for one in compared)
        lines += [
            f"{name}: {len(proofs)} files, {len(compared)} written, {sum(proof.writes for proof in proofs)} writes, "
            f"{sum(one.lossless for one in compared)} files without any loss",
            f"  lost: {parts} parts, {lost} of {tokens} elements, attributes, values; {cached} cached formula values",
            *(f"  {reader}: {said}" for reader, said in _readers(proofs)),
            *(f"  refused in {files} files: {why}" for why, files in _refusals(proofs).most_common()),
        ]
    return lines


def failures(proofs: Iterable[Proof]) -> list[str]:
    """Every file where something was lost, is unsound, or is not seen: empty when all is well."""
    return [f"{proof.name} ({proof.producer}): {what}" for proof in proofs for what in _failures(proof)]


def _failures(proof: Proof) -> Iterable[str]:
    yield from proof.faults
    for reader, verdict in proof.read.items():
        if verdict not in FINE:
            yield f"{reader}: {verdict}"
    if proof.comparison:
        yield from (f"part lost: {kind} × {times}" for kind, times in proof.comparison.parts_lost.items())
        for unit, kept in proof.comparison.units.items():
            if kept.missing:
                sample = ", ".join(f"{path} {value}".strip() for path, value in list(kept.lost)[:SHOWN])
                yield f"{unit}: {kept.missing} of {kept.tokens} lost: {sample}"


def _marks(proofs: Iterable[Proof]) -> dict[str, Counter[str]]:
    """For each feature, in how many files it was kept, lost entirely, lost partly."""
    marks: dict[str, Counter[str]] = defaultdict(Counter)
    for proof in proofs:
        for feature, mark in _by_feature(proof.comparison).items() if proof.comparison else ():
            marks[feature][mark] += 1
    return marks


def _by_feature(comparison: Comparison) -> dict[str, str]:
    there, gone = Counter[str](), Counter[str]()
    for unit, kept in comparison.units.items():
        there[feature_of(unit)] += kept.tokens
        gone[feature_of(unit)] += kept.missing
    return {feature: _mark(gone[feature], tokens) for feature, tokens in there.items() if tokens}


def _mark(lost: int, tokens: int) -> str:
    return "·" if not lost else "L" if lost >= ENTIRELY * tokens else "P"


def _said(marks: Counter[str]) -> str:
    losses = [f"{mark}{marks[mark]}" for mark in "LP" if marks[mark]]
    return f"{'+'.join(losses)}/{marks.total()}" if losses else "·"


def _readers(proofs: Iterable[Proof]) -> Iterable[tuple[str, str]]:
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for proof in proofs:
        for reader, verdict in proof.read.items():
            short = verdict if verdict in (*FINE, "does not open") else "other values"
            verdicts[reader][short] += 1
    for reader, counted in verdicts.items():
        yield reader, ", ".join(f"{verdict} {times}" for verdict, times in counted.most_common())


def _refusals(proofs: Iterable[Proof]) -> Counter[str]:
    """The reasons, by number of files."""
    return Counter(reason for proof in proofs for reason in proof.refused)
