"""The proof over real workbooks: many writes into each, and nothing lost.

    python -m tests.proofs.lossless FOLDER [--writes 200] [--libreoffice] [--jobs 2] [--refused FOLDER]

FOLDER holds .xlsx and .xlsm files of any origin: no workbook of other projects is kept here. A good one takes a hundred
of the test files of public spreadsheet libraries (readers and writers in several languages), chosen so that every
feature of `features.py` is there and many programs have saved them; keep a note of where each comes from. Those that
are broken on purpose, encrypted or signed go to another folder, for --refused: our engine has to say why it does not
write into them.

Each workbook is written to by our engine, 200 times in a row, and by openpyxl, once; the first state is compared with
the last, and read with openpyxl, calamine and LibreOffice. Prints the losses by feature, the totals, and every failure;
exits with 1 when our engine lost anything.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.proofs.readers import Values, as_written, converted, seen_by_calamine
from tests.proofs.refusing import refused
from tests.proofs.report import failures, table, totals
from tests.proofs.run import REFRESHED, SEEN, Proof, judged, proof_of
from tests.proofs.subjects import has_controls, pivot_columns
from tests.proofs.writers import by_openpyxl, by_us

SUFFIXES = (".xlsx", ".xlsm")
AT_ONCE = 2  # LibreOffice programs


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and print it."""
    asked = _asked(arguments)
    paths = _workbooks(asked.folder)
    begun = time.monotonic()
    with ProcessPoolExecutor(asked.jobs) as pool:
        ours = list(pool.map(partial(_proved, count=asked.writes), paths))
        theirs = list(pool.map(partial(proof_of, writer=by_openpyxl, count=1), paths))
    if asked.libreoffice:
        read_by_libreoffice(ours, theirs)
    columns = {"ours": ours, "openpyxl": theirs}
    reasons = refused(_workbooks(asked.refused)) if asked.refused else {}
    wrong = [*failures(ours), *(f"{name}: {why}" for name, why in reasons.items() if "Unavailable: " not in why)]
    print("\n".join([*table(columns), "", *totals(columns), "", *(f"{one}: {why}" for one, why in reasons.items())]))
    print(f"\n{len(wrong)} failures", *wrong, sep="\n")
    print(f"\n{time.monotonic() - begun:.0f} s")
    return 1 if wrong else 0


def _workbooks(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.proofs.lossless",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--writes", type=int, default=200)
    parser.add_argument("--libreoffice", action="store_true", help="also open every result in LibreOffice")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--refused", type=Path, help="a folder of files that must not be written into")
    return parser.parse_args(arguments)


def _proved(path: Path, count: int) -> Proof:
    begun = time.monotonic()
    proof = proof_of(path, by_us, count)
    print(f"{path.name}: {proof.writes} writes in {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)
    return proof


def read_by_libreoffice(*writers: Sequence[Proof]) -> None:
    """Let LibreOffice save each original and each result anew, and look for the written values in what it made."""
    written = [[proof for proof in proofs if proof.writes] for proofs in writers]
    stacks = [
        {proof.name: proof.before for proofs in written for proof in proofs},
        *({proof.name: proof.after for proof in proofs} for proofs in written),
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        originals, *results = pool.map(converted, stacks)
    for proofs, result in zip(written, results, strict=True):
        for proof in proofs:
            old, new = (_shown(made.get(proof.name), proof) for made in (originals, result))
            verdict = judged({} if proof.name in originals else None, new, proof.values)
            proof.read["LibreOffice"] = REFRESHED if verdict != SEEN and _is_refreshed(proof, old, new) else verdict


def _shown(content: bytes | None, proof: Proof) -> Values | None:
    return seen_by_calamine(content, proof.tab, list(proof.values)) if content is not None else None


def _is_refreshed(proof: Proof, old: Values | None, new: Values | None) -> bool:
    """Whether LibreOffice, at loading, wrote over the cells that show something else: it lays out pivot tables anew,
    in their columns, and gives the cells of controls the value that it gave them in the original as well."""
    if old is None or new is None:
        return False
    columns, controls = pivot_columns(proof.before, proof.tab), has_controls(proof.before, proof.tab)
    return all(
        as_written(value, new[place]) or place[1] in columns or (controls and new[place] == old[place])
        for place, value in proof.values.items()
    )


if __name__ == "__main__":
    raise SystemExit(main())
