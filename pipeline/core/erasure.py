"""What is personal in what the worker keeps, what a purge makes of it, and from which day it may. Pure.

A call that is purged leaves figures, the published list of laureates, and tombstones: the hashes of its mails, by which
they are known again and never recorded, acknowledged or answered a second time. One person who is erased leaves the
candidature of their collectivité, with words in the place of theirs. Doing it is left to the step `erasure`.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from pipeline.core.arrival import LoggedMessage, ReadingState
from pipeline.core.call import Call
from pipeline.core.letters.legal import months_later

ERASED = "(effacé)"
CONTACT_ERASED = "(contact effacé)"
MESSAGE_ERASED = "Message effacé à la demande de la personne qui l'avait écrit."
NOT_READ_AGAIN = "La copie de ce message a été effacée\u00a0: il ne peut plus être relu."
PURGED = "purged: {call}"  # milestone: when, with which visa, and the figures that stay (JSON)
UNFINISHED = "erasure"  # milestone: what an erasure that began has still to do (Work, JSON); "" for none


@dataclass(frozen=True)
class Keeping:
    """What a purge makes of a table of the ledger: of the call's rows all go, or `blanked` columns are emptied."""

    table: str
    rows_go: bool = False
    blanked: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


# Every column of every table is named, or its rows go: a test holds this and the schema together.
LEDGER = (
    Keeping(
        "mail",
        blanked=(
            *("source", "size", "message_id", "sender", "sender_key", "sender_domain", "sender_name", "subject"),
            *("date", "number", "answer", "why", "staff_nature", "threads", "decided"),
        ),
        kept=("id", "sha256", "received", "state", "content_digest", "nature", "call"),
    ),
    Keeping("mail_thread", rows_go=True),
    Keeping(
        "mail_copy",
        blanked=("reason",),
        kept=("folder", "uidvalidity", "uid", "mail_id", "attempts", "given_up", "marked", "claimed_by"),
    ),
    *(Keeping(table, rows_go=True) for table in ("candidature", "clue", "piece", "letter", "request")),
    *(Keeping(table, rows_go=True) for table in ("tracker_row", "tracker_past", "tracker_announced")),
    # So that a number or a stamp is never given twice, and an older tracker is known as older.
    Keeping("numbering", kept=("call", "last")),
    Keeping("tracker_generation", kept=("call", "generation", "announced")),
    # The call's own meetings: rooms and hours.
    Keeping(
        "meeting",
        kept=(*("id", "call", "key", "title", "date", "begins", "ends", "place", "address", "sequence", "cancelled"),),
    ),
    # The chain stays whole: see core.journal.
    Keeping("event", blanked=("what", "why"), kept=("id", "at", "who", "call", "number", "digest")),
    Keeping("milestone", kept=("name", "value")),
)


@dataclass(frozen=True)
class Work:
    """What an erasure still has to do once its rows are gone: tombstones for `mails` (hash, digest of the content),
    the files of `calls`, all of them when `whole`; `rows` are the keys of tracker rows whose past goes, by call and
    sheet. No address, no name: it is written down until it is done."""

    begun: str
    calls: tuple[str, ...]
    mails: tuple[tuple[str, str], ...]
    whole: bool
    rows: tuple[tuple[str, str, str], ...] = ()  # call, sheet, key

    def noted(self) -> str:
        return json.dumps(asdict(self))


def read_work(noted: str) -> Work | None:
    """What the milestone says; None when nothing is left undone."""
    if not noted:
        return None
    read = json.loads(noted)
    pairs = tuple((sha256, digest) for sha256, digest in read["mails"])
    rows = tuple((call, sheet, key) for call, sheet, key in read["rows"])
    return Work(read["begun"], tuple(read["calls"]), pairs, read["whole"], rows)


def erasable_from(call: Call) -> date:
    """The first day on which the call's data may go: the day after closes + retention_months."""
    return months_later(call.closes, call.retention_months) + timedelta(days=1)


def retention_start(call: Call, today: date) -> date:
    """Mail of no call that was received before that day is past the retention of the call that shows it."""
    return months_later(today, -call.retention_months)


def tombstone(message: LoggedMessage) -> LoggedMessage:
    """What the ledger keeps of a mail of a purged call: its hashes, its day, what kind of mail it was."""
    return LoggedMessage(
        message.arrival,
        ReadingState.ERASED,
        content_digest=message.content_digest,
        nature=message.nature,
        call=message.call,
    )


def without_writer(message: LoggedMessage) -> LoggedMessage:
    """A mail of an erased person: still shown where it stood, with nothing of theirs, and never answered again."""
    return replace(
        message,
        state=ReadingState.DECIDED if message.state is ReadingState.WAITING else message.state,
        message_id="",
        sender=CONTACT_ERASED,
        sender_name="",
        subject=ERASED,
        date=None,
        answer=None,
        why=(MESSAGE_ERASED,),
        staff_nature="",
        threads=(),
    )


def ranges(numbers: Iterable[int]) -> str:
    """ "3-57, 60"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)
