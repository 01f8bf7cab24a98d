"""The proof over real mail: every message read and judged, none that a machine sent could ever be answered.

    python -m tests.proofs.public_mail FOLDER [--list WORDS] [--no-office]

FOLDER holds raw messages of any origin and labels.json, which says of each what it is (`mail/subjects.py`): no mail of
other projects is kept here. A good one takes the fixtures of public mail libraries (parsers in several languages),
of help desks, of list managers and of those who classify bounces; label it by what each collection is for, and by
reading what no collection tells.

Each message goes through reading and triage as one newly arrived, addressed to us during an open call; then once more
under the subject, the words and the document of a candidature, so that only what marks a machine can hold an answer
back. Then all of them go through an office, from the mailbox to the ledger. Prints the shares; `--list` also those on
the wrong side of the shares whose name contains WORDS; exits with 1 when a share is below what is asked.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.proofs.mail.judging import judged
from tests.proofs.mail.recording import recorded
from tests.proofs.mail.report import shares
from tests.proofs.mail.subjects import subjects


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and print it."""
    asked = _asked(arguments)
    logging.disable(logging.ERROR)
    begun = time.monotonic()
    everything = list(subjects(asked.folder))
    measured = shares([judged(subject) for subject in everything])
    print(f"{len(everything)} messages", *measured, sep="\n")
    states, lost = ({}, []) if asked.no_office else recorded(everything)
    for state, count in sorted(states.items()):
        print(f"  in the ledger, {state}: {count}")
    for share in measured:
        if asked.list is not None and asked.list in share.what:
            print(f"\n{share.what}", *share.bad, sep="\n  ")
    print(f"\n{len(lost)} lost or not judged", *lost, sep="\n")
    print(f"{time.monotonic() - begun:.0f} s")
    return 0 if all(share.holds for share in measured) and not lost else 1


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.public_mail")
    parser.add_argument("folder", type=Path, help="raw messages, and labels.json")
    parser.add_argument("--list", metavar="WORDS", help="list what is wrong in the shares of that name")
    parser.add_argument("--no-office", action="store_true", help="only reading and triage, not the whole office")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
