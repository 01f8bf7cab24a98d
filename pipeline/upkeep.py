"""What keeps the installation well from one cycle to the next: the note that it ended, the copy of the ledger."""

from collections import Counter

from pipeline.ports import Office

LAST_CYCLE = "last_cycle"


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
