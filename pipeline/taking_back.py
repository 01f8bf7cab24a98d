"""Letters that were written and that no server took yet, kept from leaving: what they were written for is no longer so.

Several steps learn it: staff empty the out-tray or reclassify a mail, or a row says something else than its letter.
"""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.core.attendance import uninvited
from pipeline.core.delivery import NEVER_LEAVES, NOT_LEFT, LetterState, Outcome
from pipeline.core.letters import OutgoingLetter, Request
from pipeline.ports import Office


def take_back_request(office: Office, request: Request, why: str) -> bool:
    """The letters of a request do not leave, but those that did or may have; one that did not invites nobody. Whether
    none of them leaves: another worker may have begun to send one."""
    ledger = office.ledger
    with ledger.transaction():
        take_back(office, letters_of(office, request), why)
        ledger.outbox.update_request(replace(request, state="cancelled"))
        found = ledger.candidatures.get(request.call, request.number)
        if found and request.letter == "convocation":
            ledger.candidatures.save(uninvited(found, ledger.outbox.letters(request.call, kind="convocation")))
        return all(one.state in NEVER_LEAVES for one in letters_of(office, request))


def take_back(office: Office, letters: Iterable[OutgoingLetter], why: str) -> None:
    """Of these letters those that no server took never leave."""
    for letter in letters:
        if letter.state in NOT_LEFT:
            outcome = Outcome(LetterState.CANCELLED, why, office.clock.now())
            office.ledger.outbox.record(letter.key, outcome, letter.state)


def letters_of(office: Office, request: Request) -> list[OutgoingLetter]:
    """What was written for a request, a letter for each recipient."""
    written = office.ledger.outbox.letters(request.call, kind=request.letter)
    return [letter for letter in written if letter.key.occasion == request.occasion]
