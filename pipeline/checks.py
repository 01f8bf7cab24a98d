"""The developer's checks: style, format, types, then the tests; the same for people and for continuous integration.

Standard library only. Making the environment with these tools is left to `environment`.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON_ALL_CORES = ("-n", "auto")  # a later -n in the arguments wins
CHECKS = (
    ("style", ("ruff", "check", ".")),
    ("format", ("ruff", "format", "--check", ".")),
    ("types", ("mypy", "--strict", "pipeline")),
)


def run_checks(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Run every check, then pytest with `arguments`, whose closing line is the last one printed.

    Returns 0 when all passed, 1 when one failed (all are run all the same), 2 when there is nothing to run them on.
    """
    absent = what_is_absent(root)
    if absent:
        print(f"The tests need a development copy of the program; {', '.join(absent)} not found.", file=sys.stderr)
        return 2
    failed = [name for name, words in CHECKS if not passes(name, words, root)]
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}.", flush=True)
    tests_pass = passes("tests", ("pytest", *ON_ALL_CORES, *arguments), root)
    return 1 if failed or not tests_pass else 0


def what_is_absent(root: Path) -> list[str]:
    """What the checks need and this copy or this interpreter has not, in words."""
    folders = [] if (root / "tests").is_dir() else [f"{root / 'tests'}"]
    tools = [tool for tool in ("ruff", "mypy", "pytest", "xdist") if importlib.util.find_spec(tool) is None]
    return folders + tools


def passes(name: str, words: Sequence[str], root: Path) -> bool:
    """Announce one check, run it in the project folder, say whether it passed."""
    print(f"== {name}: {' '.join(words)}", flush=True)
    return subprocess.run([sys.executable, "-m", *words], cwd=root).returncode == 0
