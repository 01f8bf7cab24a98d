"""What a mail server keeps back: mail that it lists and does not give, and mail that its search hides. Pure.

The latter gives itself away: the folder grows by more than the search finds, and is counted another way from a UID on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

COUNTED, HIDDEN = "mailbox counted: {folder}", "mailbox hides: {folder}"  # milestones
REFUSED = "mailbox refuses: {folder}"  # milestone
PATIENCE = timedelta(hours=1)  # with a server that refuses mails: it may be ill


@dataclass(frozen=True)
class Count:
    """What a folder said of itself: on which day (ISO), its UIDVALIDITY, UIDNEXT (0: not said) and how many mails."""

    day: str
    uidvalidity: int
    uidnext: int
    exists: int

    def noted(self) -> str:
        return f"{self.day} {self.uidvalidity} {self.uidnext} {self.exists}"


@dataclass(frozen=True)
class Hidden:
    """Mails that the server holds and its search does not show: how many, the UID of the first."""

    uidvalidity: int
    first: int
    mails: int

    def noted(self) -> str:
        return f"{self.uidvalidity} {self.first} {self.mails}"


@dataclass(frozen=True)
class Refusal:
    """Mails that the server lists and does not give: since when some, how many now."""

    since: datetime
    mails: int

    def noted(self) -> str:
        return f"{self.since.isoformat(timespec='seconds')} {self.mails}"

    def has_lasted(self, now: datetime) -> bool:
        """Long enough for it to be the mails' fault."""
        return self.since + PATIENCE <= now


def read_count(noted: str) -> Count | None:
    """What a milestone says; None when the folder was never counted."""
    day, *numbers = noted.split(" ")
    return Count(day, *map(int, numbers)) if numbers else None


def read_hidden(noted: str) -> Hidden | None:
    """What a milestone says; None when nothing is hidden."""
    return Hidden(*map(int, noted.split(" "))) if noted else None


def read_refusal(noted: str) -> Refusal | None:
    """What a milestone says; None when no mail is refused."""
    since, _, mails = noted.partition(" ")
    return Refusal(datetime.fromisoformat(since), int(mails)) if noted else None


def to_count_above(now: Count, last: Count | None, newest: int, news: int) -> int | None:
    """The UID above which the mails are to be counted: 0 once a day, the newest known one where the folder grew by more
    than the `news` just found; None when the figures agree."""
    if last is None or (last.day, last.uidvalidity) != (now.day, now.uidvalidity):
        return 0
    is_above_newest = now.uidnext > last.uidnext and newest + 1 < now.uidnext
    return newest if is_above_newest or now.exists - last.exists > news else None
