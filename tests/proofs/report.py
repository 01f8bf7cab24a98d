"""The proof in words: a table by feature, totals, failures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.proofs.compared import Comparison
from tests.proofs.features import feature_of, in_order
from tests.proofs.run import NO_ORIGINAL, REFRESHED, SEEN, Proof

ENTIRELY = 0.97  # of a feature's tokens in a file: lost as a whole
SHOWN = 4
FINE = (SEEN, REFRESHED, NO_ORIGINAL)
Columns = Mapping[str, Sequence[Proof]]


def table(columns: Columns) -> list[str]:
    """For each feature and writer: how many units (elements, attributes, values) there were, how many are lost, in
    how many of the files; of these, in how many as good as all."""
    found = {name: _by_feature(proofs) for name, proofs in columns.items()}
    features = in_order(feature for by_feature in found.values() for feature in by_feature)
    heads = [f"{name}: {what}" for name in columns for what in ("units there", "lost", "files touched (entirely)")]
    lines = [f"| feature (files) | {' | '.join(heads)} |", f"|---{'|---' * len(heads)}|"]
    for feature in features:
        counts = [by_feature.get(feature, Lost()) for by_feature in found.values()]
        files = max(one.files for one in counts)
        lines.append(f"| {feature} ({files}) | {' | '.join(one.said() for one in counts)} |")
    return lines


def totals(columns: Columns) -> list[str]:
    """A few lines a writer: what was done, what is lost, what the readers saw, what was refused."""
    lines = []
    for name, proofs in columns.items():
        compared = [proof.comparison for proof in proofs if proof.comparison]
        tokens = sum(kept.tokens for one in compared for kept in one.units.values())
        lines += [
            f"{name}: {len(proofs)} workbooks, {len(compared)} written, {sum(proof.writes for proof in proofs)} writes "
            f"with {sum(proof.rows for proof in proofs)} rows added, "
            f"{sum(one.lossless for one in compared)} workbooks without any loss",
            f"  lost: {sum(one.parts_lost.total() for one in compared)} of {sum(one.parts for one in compared)} parts, "
            f"{sum(one.tokens_lost for one in compared)} of {tokens} elements, attributes, values, "
            f"{sum(one.cached_lost for one in compared)} cached formula values; "
            f"byte for byte the same: {sum(one.parts_same for one in compared)} parts",
            *(f"  withdrawn on purpose: {what}" for what in _withdrawn(compared)),
            *(f"  {reader}: {said}" for reader, said in _readers(proofs)),
            *(f"  refused in {len(files)} workbooks: {why} [{', '.join(files)}]" for why, files in _refusals(proofs)),
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


@dataclass
class Lost:
    """What became of a feature in all files that have it."""

    files: int = 0
    units: int = 0
    lost: int = 0
    touched: int = 0
    entirely: int = 0

    def add(self, there: int, gone: int) -> None:
        self.files += 1
        self.units += there
        self.lost += gone
        self.touched += gone > 0
        self.entirely += gone >= ENTIRELY * there

    def said(self) -> str:
        touched = f"{self.touched}/{self.files} ({self.entirely})" if self.touched else f"0/{self.files}"
        return f"{self.units} | {self.lost or '·'} | {touched}"


def _by_feature(proofs: Iterable[Proof]) -> dict[str, Lost]:
    found: dict[str, Lost] = defaultdict(Lost)
    for proof in proofs:
        for feature, (there, gone) in _in_one(proof.comparison).items() if proof.comparison else ():
            found[feature].add(there, gone)
    return found


def _in_one(comparison: Comparison) -> dict[str, tuple[int, int]]:
    there, gone = Counter[str](), Counter[str]()
    for unit, kept in comparison.units.items():
        there[feature_of(unit)] += kept.tokens
        gone[feature_of(unit)] += kept.missing
    return {feature: (tokens, gone[feature]) for feature, tokens in there.items() if tokens}


def _readers(proofs: Iterable[Proof]) -> Iterable[tuple[str, str]]:
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for proof in proofs:
        for reader, verdict in proof.read.items():
            short = verdict if verdict in (*FINE, "does not open") else "other values"
            verdicts[reader][short] += 1
    for reader, counted in verdicts.items():
        yield reader, ", ".join(f"{verdict} {times}" for verdict, times in counted.most_common())


def _withdrawn(comparisons: Sequence[Comparison]) -> Iterable[str]:
    total = sum((one.withdrawn for one in comparisons), Counter[str]())
    for kind, times in total.items():
        yield f"{kind} × {times}, in {sum(kind in one.withdrawn for one in comparisons)} workbooks"


def _refusals(proofs: Iterable[Proof]) -> list[tuple[str, list[str]]]:
    """The reasons, each with the files, most files first."""
    files = defaultdict(list)
    for proof in proofs:
        for reason in proof.refused:
            files[reason].append(proof.name)
    return sorted(files.items(), key=lambda one: -len(one[1]))
