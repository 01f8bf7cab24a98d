"""What keeps the installation well from one cycle to the next: the note that it ended, the copy of the ledger."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from pipeline.failures import PROGRAM_FAULT, Unavailable
from pipeline.ports import Office

LAST_CYCLE = "last_cycle"
LAST_TROUBLES = "troubles of the last cycle"  # milestone: one a line, "" when there was none


def note_cycle(office: Office) -> Counter[str]:
    """Remember when the last cycle ended, for `status`; then the courtesy of `[mailbox] after`."""
    office.ledger.journal.reach(LAST_CYCLE, office.clock.now().isoformat(timespec="seconds"))
    copies = office.ledger.mail.copies_to_mark()
    office.mailbox.mark_handled(copies)
    office.ledger.mail.note_marked(copies)
    return Counter()


def keep_backup(office: Office) -> Counter[str]:
    """Once a day, a copy of the ledger."""
    office.ledger.back_up(office.clock.now().date())
    return Counter()


def note_troubles(office: Office, troubles: Sequence[str]) -> None:
    """Remember what the cycle that ends could not do, for `status`, also where a person has halted it."""
    said, journal = "\n".join(" ".join(one.split()) for one in troubles), office.ledger.journal
    with suppress(Unavailable, OSError):  # a ledger that cannot be written to is a trouble of the cycle already
        if journal.milestone(LAST_TROUBLES) != said:
            journal.reach(LAST_TROUBLES, said)


def cut_short(office: Office) -> tuple[str, ...]:
    """What of the last cycle's troubles was a fault of the program: nothing was done after it."""
    try:
        said = office.ledger.journal.milestone(LAST_TROUBLES).split("\n")
    except Unavailable:  # told by the first step that needs the ledger
        return ()
    return tuple(one for one in said if one.startswith(PROGRAM_FAULT))
