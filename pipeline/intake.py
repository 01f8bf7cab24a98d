"""Mailbox → raw archive → ledger. Reading and filing what arrived is left to `reading`.

Each mail is on the disk and in the ledger before anything looks at it, so that a crash between any two lines
costs nothing but time.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from pipeline import faults
from pipeline.core.arrival import FIRST_CYCLE, REBUILDING, Arrival, Copy, reception_of, unanswered, unread
from pipeline.core.english import counted
from pipeline.core.message import read_message
from pipeline.counting import note_hidden_mail, note_refused_mail, refused_mail
from pipeline.failures import LedgerBehind, Misconfigured
from pipeline.ports import Fetched, Folder, NotFetched, Office

log = logging.getLogger(__name__)
CLAIMED_AT_ONCE = 100  # mails; another worker may fetch the next ones meanwhile
RECORDED_AT_ONCE = 50  # mails a commit: each costs a wait for the disk
HALF_REBUILT = "the recovery of the ledger that began on {begun} did not come to its end: run `recover` again."
NOT_ANSWERED = "Message arrivé avant la mise en service : enregistré sans réponse."


def collect_mail(office: Office, name: str) -> Counter[str]:
    """Fetch what a watched folder holds, the ledger does not, and no other worker is fetching."""
    counts: Counter[str] = Counter()
    folder, ledger = office.mailbox.open(name), office.ledger.mail
    news = office.mailbox.uids(folder, above=ledger.last_uid(folder))
    ledger.note_uids(folder, news)
    note_hidden_mail(office, folder, len(news))
    ledger.release_uids(folder)  # what the last cycle could not fetch
    kept: list[tuple[Arrival, Copy]] = []  # on the disk, not in the ledger yet
    refusal, refused = refused_mail(office, name), 0
    is_ill = not (refusal and refusal.has_lasted(office.clock.now()))  # by what it says, until it has said so for long
    try:
        for item in office.progress.over("mails fetched", _fetched(office, folder), len(news)):
            faults.point("fetch")
            if isinstance(item, NotFetched):
                is_refused = not (item.gone or item.lasts)
                refused += is_refused
                if not (is_refused and is_ill):
                    counts.update(_leave_a_trace(office, folder, item))
                continue
            arrival = _archived(office, item.raw, folder.name, item.received)
            kept.append((arrival, Copy(folder.name, folder.uidvalidity, item.uid)))
            if len(kept) == RECORDED_AT_ONCE:
                counts.update(_record(office, kept))
    finally:
        counts.update(_record(office, kept))
    note_refused_mail(office, name, refused)
    return counts


def _fetched(office: Office, folder: Folder) -> Iterator[Fetched | NotFetched]:
    """What nobody else is fetching, some at a time."""
    while uids := office.ledger.mail.claim_uids(folder, CLAIMED_AT_ONCE):
        yield from office.mailbox.fetch(folder, uids)


def refuse_lost_ledger(office: Office) -> Counter[str]:
    """Raises LedgerBehind when mail was archived that this ledger, which never saw any, must have known, and for one
    that `recover` had not rebuilt to its end: what left before is not all known."""
    archive, begun = office.archive, office.ledger.journal.milestone(REBUILDING)
    if begun:
        raise LedgerBehind(f"{HALF_REBUILT.format(begun=begun)} Until then nothing is sent.")
    if office.ledger.mail.is_empty() and (next(archive.hashes(), None) or next(archive.erased(), None)):
        raise LedgerBehind(
            "the ledger is empty, and mail was recorded before: put the ledger back from a backup, or run `recover`. "
            "Until then nothing is sent."
        )
    return Counter()


def take_in_file(office: Office, raw: bytes, source: str) -> tuple[str, bool]:
    """Take in a mail that came by another way; its hash, by which it is known again, and whether it is new."""
    received = reception_of(read_message(raw), office.clock.now())
    arrival = _archived(office, raw, source, received)
    return arrival.sha256, office.ledger.mail.record(arrival, None)


def settle_first_run(office: Office) -> Counter[str]:
    """At the very first cycle, do with the mail already there what `mailbox.first_run` says.

    Raises Misconfigured (exit code 2) when it says "ask" and somebody waits for an answer.
    """
    if office.ledger.journal.milestone(FIRST_CYCLE):
        return Counter()
    if office.first_run == "ask" and (waiting := len(office.ledger.mail.to_answer())):
        raise Misconfigured(
            f"[mailbox] first_run: the mailbox already holds {counted(waiting, 'message')} that would be answered now. "
            'Write first_run = "answer" to answer them, or "record" to record them without writing to anyone.'
        )
    with office.ledger.transaction():
        if office.first_run == "record":
            for message in office.ledger.mail.to_answer():
                office.ledger.mail.decide(unanswered(message, NOT_ANSWERED))
        office.ledger.journal.reach(FIRST_CYCLE, office.clock.now().isoformat())
    return Counter()


def _record(office: Office, kept: list[tuple[Arrival, Copy]]) -> Counter[str]:
    """Take over into the ledger, together, what is on the disk; nothing is left to take over."""
    counts: Counter[str] = Counter()
    if not kept:
        return counts
    with office.ledger.transaction():
        for arrival, copy in kept:
            new = office.ledger.mail.record(arrival, copy)
            if new:
                log.info("mail %s recorded from %s, %d bytes", arrival.sha256[:16], copy.folder, arrival.size)
            counts["recorded"] += int(new)
    kept.clear()
    faults.point("ledger")
    return counts


def _archived(office: Office, raw: bytes, source: str, received: datetime) -> Arrival:
    sha256 = office.archive.keep(raw)
    return Arrival(sha256, source, received, len(raw))


def _leave_a_trace(office: Office, folder: Folder, missing: NotFetched) -> Counter[str]:
    """A mail that cannot be taken becomes a visible row once it is given up; one that has gone away does not."""
    head = missing.head or f"X-Not-Fetched: {folder.name} {folder.uidvalidity} {missing.uid}\r\n\r\n".encode()
    arrival = _archived(office, head, folder.name, missing.received or office.clock.now())
    # Giving up and leaving the row are one: a mail given up without a row would be lost.
    with office.ledger.transaction():
        given_up = office.ledger.mail.note_not_fetched(folder, missing)
        if not given_up or missing.gone:
            return Counter()
        office.ledger.mail.record(arrival, None)
        office.ledger.mail.decide(unread(arrival, read_message(head), missing.reason))
    return Counter(unreadable=1)
