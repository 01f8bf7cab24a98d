"""Whether a folder of the mailbox is to be counted another way than by search, from which UID on. Pure.

A server that hides mail from its search gives itself away: the folder grows by more than the search finds.
"""

from dataclasses import dataclass

COUNTED, HIDDEN = "mailbox counted: {folder}", "mailbox hides: {folder}"  # milestones


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


def read_count(noted: str) -> Count | None:
    """What a milestone says; None when the folder was never counted."""
    day, *numbers = noted.split(" ")
    return Count(day, *map(int, numbers)) if numbers else None


def read_hidden(noted: str) -> Hidden | None:
    """What a milestone says; None when nothing is hidden."""
    return Hidden(*map(int, noted.split(" "))) if noted else None


def to_count_above(now: Count, last: Count | None, newest: int, news: int) -> int | None:
    """The UID above which the mails are to be counted: 0 once a day, the newest known one where the folder grew by more
    than the `news` just found; None when the figures agree."""
    if last is None or (last.day, last.uidvalidity) != (now.day, now.uidvalidity):
        return 0
    is_above_newest = now.uidnext > last.uidnext and newest + 1 < now.uidnext
    return newest if is_above_newest or now.exists - last.exists > news else None
