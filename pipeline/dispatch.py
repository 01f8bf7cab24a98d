"""Outbox → SMTP → what became of each letter. Judging an answer is left to `core.delivery`.

The order of the three lines around `send` is the promise: claimed and committed first, handed over once, then recorded.
A letter claimed by a worker that is gone may have left: it is `unknown`, and never sent again by the machine.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from pipeline import faults
from pipeline.core.delivery import GIVE_UP, LetterState, Outcome, general_refusal, judge
from pipeline.core.english import counted
from pipeline.core.envois import WORDS
from pipeline.core.letters import LETTERS, LetterKey, OutgoingLetter
from pipeline.core.rivals import LOOKED_AT
from pipeline.failures import Unavailable
from pipeline.ports import Event, Office

log = logging.getLogger(__name__)
MINUTE = timedelta(minutes=1)
KEPT_AT_ONCE = 100  # copies of letters, a commit for them together
NO_COPY = "the Sent folder takes no copy of {letters} that left: {why}"
REFUSED_LAST = "letters refused"  # milestone: digest of a refusal that is not of a recipient, Message-ID of its letter
REFUSES_ALL = (
    "the SMTP server refuses one letter after the other ({said}): ask whoever runs it whether this account is blocked "
    "or sends more than it may. They are tried again, later and later."
)
LEFT_BEHIND = "envoi interrompu\u00a0: il n'est pas certain que ce courrier soit parti"


def send_outbox(office: Office, to_staff: bool = False) -> Counter[str]:
    """Send what is due, or of it what is for staff, while no more than `smtp.max_per_minute` letters left in a minute,
    whoever sent them.

    Raises Stopped before the next letter when a person says so.
    """
    counts: Counter[str] = Counter()
    outbox, now = office.ledger.outbox, office.clock.now()
    allowed = office.limits.max_per_minute - outbox.left_between(now - MINUTE, now)
    # A new ledger, and the Sent folder could not be asked: somebody else may have written to the applicants.
    to_staff = to_staff or not office.ledger.journal.milestone(LOOKED_AT)
    office.stop.heed()
    letter = outbox.claim_next(now, to_staff) if allowed > 0 else None
    for left in office.progress.over("letters sent", range(allowed - 1, -1, -1)):
        if letter is None:
            break
        outcome, words = _sent(office, letter)
        # One commit for what became of a letter and for the claim of the next, which is sent at once.
        with office.ledger.transaction():
            _record(office, letter, outcome)
            if words or outcome.state is LetterState.SENT:
                _note_refusal(office, letter, words)
            is_refused = bool(words) and outcome.state is not LetterState.REFUSED
            goes_on = left and not is_refused and not office.stop.found()
            letter = outbox.claim_next(office.clock.now(), to_staff) if goes_on else None
        counts[outcome.state] += 1
        if is_refused:
            raise Unavailable(REFUSES_ALL.format(said=words))
    office.stop.heed()
    return counts


def _sent(office: Office, letter: OutgoingLetter) -> tuple[Outcome, str]:
    """Hand a claimed letter over, once; what became of it, and the words of a refusal that is not of its recipient."""
    faults.point("claim")
    try:
        answer = office.postman.send(letter)
    except Unavailable:
        # No server took the connection or the login: nothing was handed over, the letter is as it was.
        office.ledger.outbox.record(letter.key, Outcome(letter.state, letter.why, retry_at=letter.retry_at))
        raise
    words = general_refusal(answer)
    is_of_all = bool(words) and _was_said_before(office, letter, words)
    return judge(answer, letter.attempts + 1, letter.created, is_of_all), words


def _was_said_before(office: Office, letter: OutgoingLetter, words: str) -> bool:
    """Whether another letter was refused in these words and none was taken since; copies of one are no other."""
    noted = office.ledger.journal.milestone(REFUSED_LAST)
    is_another = noted != _refusal(letter, words) or letter.state is LetterState.RETRY
    return noted.startswith(_digest(words)) and is_another


def _note_refusal(office: Office, letter: OutgoingLetter, words: str) -> None:
    """Remember the last general refusal, and of which letter it was; none, once a letter was taken."""
    noted, journal = _refusal(letter, words) if words else "", office.ledger.journal
    if journal.milestone(REFUSED_LAST) != noted:
        journal.reach(REFUSED_LAST, noted)


def _refusal(letter: OutgoingLetter, words: str) -> str:
    return f"{_digest(words)} {letter.message_id}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _record(office: Office, letter: OutgoingLetter, outcome: Outcome) -> None:
    """What became of a letter, in the outbox and in the journal: in the caller's transaction."""
    key = letter.key
    log.info("letter %s: %s, attempt %d", _said(letter), outcome.state, letter.attempts + 1)
    what = f"courrier {WORDS[outcome.state]} : {LETTERS[key.letter].label}, à {key.recipient}"
    office.ledger.outbox.record(key, outcome)
    office.ledger.journal.note(Event(office.clock.now(), "worker", what, key.call, key.number, outcome.why))


def _said(letter: OutgoingLetter) -> str:
    """A letter as the log names it."""
    return f"{letter.key.letter} {letter.key.number} {letter.message_id.partition('@')[0]}"


def settle_uncertain(office: Office) -> Counter[str]:
    """A letter left in `sending` or `unknown` is settled by the copy in the Sent folder, or stays for a person."""
    counts: Counter[str] = Counter()
    letters = office.ledger.outbox.left_sending()
    there = office.mailbox.sent_among({one.message_id for one in letters})
    for letter in letters:
        if letter.message_id in there:
            outcome = Outcome(LetterState.SENT, at=office.clock.now())
        elif letter.state is LetterState.SENDING:
            outcome = Outcome(LetterState.UNKNOWN, LEFT_BEHIND)
        else:
            continue
        with office.ledger.transaction():
            _record(office, letter, outcome)
        counts[outcome.state] += 1
    return counts


def keep_copies(office: Office) -> Counter[str]:
    """Put the copy of each sent letter into the Sent folder, once per Message-ID.

    One that the server does not take keeps no other from its place, and is given up after two days. Raises Unavailable
    for those, once the others were kept.
    """
    counts, kept, refused = Counter[str](), list[LetterKey](), dict[LetterKey, str]()
    try:
        for letter, is_there in office.progress.over("copies kept", _without_copy(office, kept, refused)):
            sent = letter.sent or office.clock.now()
            why = "" if is_there else office.mailbox.keep_copy(letter.raw, sent)
            if why and not _is_given_up(office, letter, sent, why):
                refused[letter.key] = why
                continue
            kept.append(letter.key)
            counts["copies"] += 1
            faults.point("copy")
    finally:
        _note_copied(office, kept)
    if refused:
        raise Unavailable(NO_COPY.format(letters=counted(len(refused), "letter"), why=next(iter(refused.values()))))
    return counts


def _is_given_up(office: Office, letter: OutgoingLetter, sent: datetime, why: str) -> bool:
    """Whether its copy was refused for long enough; the journal keeps that there is none."""
    now, key = office.clock.now(), letter.key
    if now - sent < GIVE_UP:
        return False
    what = f"copie non gardée dans les messages envoyés\u00a0: {LETTERS[key.letter].label}, à {key.recipient}"
    office.ledger.journal.note(Event(now, "worker", what, key.call, key.number, why))
    return True


def _without_copy(
    office: Office, kept: list[LetterKey], refused: Collection[LetterKey]
) -> Iterator[tuple[OutgoingLetter, bool]]:
    """Letters whose copy is not noted yet, and whether it is there all the same, some at a time: there may be
    thousands; `kept` are noted in between, those `refused` are left."""
    while letters := _not_in(refused, office.ledger.outbox.without_copy(KEPT_AT_ONCE + len(refused))):
        there = office.mailbox.sent_among({one.message_id for one in letters})
        yield from ((letter, letter.message_id in there) for letter in letters)
        _note_copied(office, kept)


def _not_in(refused: Collection[LetterKey], letters: Sequence[OutgoingLetter]) -> list[OutgoingLetter]:
    return [one for one in letters if one.key not in refused]


def _note_copied(office: Office, kept: list[LetterKey]) -> None:
    with office.ledger.transaction():
        for key in kept:
            office.ledger.outbox.note_copied(key)
    kept.clear()
