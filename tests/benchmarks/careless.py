"""The program without its durability: nothing is asked to reach the disk. It measures what the promise costs.

python -m tests.benchmarks.careless ARGUMENTS OF run.py
"""

import os
import sys

from pipeline.adapters.ledger import opening
from pipeline.commands import main


def forget_the_disk() -> None:
    """fsync does nothing, SQLite waits for nothing."""
    os.fsync = os.fdatasync = lambda descriptor: None
    careful = "PRAGMA synchronous = FULL"
    assert careful in opening.PRAGMAS, "the ledger says otherwise how careful it is: say so here too"
    opening.PRAGMAS = tuple(one.replace(careful, "PRAGMA synchronous = OFF") for one in opening.PRAGMAS)


if __name__ == "__main__":
    forget_the_disk()
    raise SystemExit(main(sys.argv[1:]))
