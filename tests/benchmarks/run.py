"""The benchmarks: product and comparison interleaved in one run on the same work.

    python3 run.py bench [NAME …] [--small] [--rounds N] [--mails N] [--save FILE] [--report FILE]

Example: python3 run.py bench parse --rounds 5 --save /tmp/figures.json

No time decides an exit code: it is 1 only when a benchmark could not be run.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import reporting
from tests.benchmarks.measuring import ROOT, Outcome, Scale

NAMES = (
    "whole_line",
    "parts",
    "hot_spots",
    "fetch",
    "parse",
    "idle",
    "tracker",
    "send",
    "pacing",
    "growth",
    "memory",
    "start",
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    asked = parser.parse_args(arguments)
    for name in set(asked.names) - set(NAMES):
        parser.error(f"there is no benchmark {name}: {', '.join(NAMES)}")
    if asked.report:
        reporting.write_report(asked.report, ROOT / "docs" / "performance.md")
        return 0
    scale = Scale(asked.small, 1 if asked.small else asked.rounds, asked.mails)
    failed = []
    for name in asked.names or NAMES:
        try:
            found = reporting.saved_form(benchmark(name, scale))
        except AssertionError as fault:
            print(f"{name}: {fault}", file=sys.stderr)
            failed.append(name)
            continue
        reporting.show(found)
        if asked.save:
            words = sys.argv[1:] if arguments is None else arguments
            reporting.save(asked.save, found, ("python3 run.py bench", *words))
    return 1 if failed else 0


def benchmark(name: str, scale: Scale) -> Outcome:
    """Run one: the function of its module's name."""
    outcome = getattr(importlib.import_module(f"tests.benchmarks.{name}"), name)(scale)
    assert isinstance(outcome, Outcome)
    return outcome


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--small", action="store_true", help="a moment each: does the harness work?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mails", type=int, default=0, help="in place of the usual number of mails")
    parser.add_argument("--save", type=Path, metavar="FILE", help="add the figures to this JSON file")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write docs/performance.md from saved figures")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
