"""Letters about our candidatures in the Sent folder that this ledger did not write: of another installation on the same
mailbox, or of a ledger that was lost.
"""

from dataclasses import dataclass

from pipeline.core.delivery import NOT_LEFT
from pipeline.core.erasure import PURGED
from pipeline.core.rivals import LOOKED_AT, SentLetter, letter_of
from pipeline.ports import Office


@dataclass(frozen=True)
class Findings:
    """`strangers`: letters that this ledger does not know; `mark`: up to where the folder was looked at."""

    strangers: tuple[SentLetter, ...]
    mark: str


def look_into_sent(office: Office) -> Findings:
    """What came into the Sent folder since it was last found in order. One question where nothing did."""
    sent = office.mailbox.sent_since(office.ledger.journal.milestone(LOOKED_AT))
    # What was purged is unknown to the ledger by right.
    known = [call for call in office.calls if not office.ledger.journal.milestone(PURGED.format(call=call.code))]
    prefixes = {call.prefix for call in known}
    letters = [letter for head in sent.heads if (letter := letter_of(head, prefixes))]
    return Findings(tuple(one for one in letters if not _is_ours(office, one)), sent.mark)


def _is_ours(office: Office, letter: SentLetter) -> bool:
    """Whether this ledger sent it; two ledgers may write the same letter under the same Message-ID."""
    written = office.ledger.outbox.by_message_id(letter.message_id)
    return written is not None and written.state not in NOT_LEFT


def note_in_order(office: Office, findings: Findings) -> None:
    """Remember up to where nothing in the Sent folder is unknown."""
    if findings.mark != office.ledger.journal.milestone(LOOKED_AT):
        office.ledger.journal.reach(LOOKED_AT, findings.mark)
