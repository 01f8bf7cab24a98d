"""Raw copies of mail that is not for us, erased after `[limits] keep_unrelated_days`; hash and verdict stay.

What is erased does not come back when a clock that was ahead is set right: after a leap nothing is, until the day that
follows it, when the clock has run on for a day from where it leapt to. A worker that was off for days leaps too.
"""

from collections import Counter
from datetime import date, timedelta

from pipeline.ports import Office

SWEPT = "unrelated mail swept"  # milestone: the day on which that was last done
USUAL = timedelta(days=1)  # from one sweep to the next


def forget_unrelated(office: Office) -> Counter[str]:
    """Once a day. What a crash left of an erased mail goes too."""
    now, journal = office.clock.now(), office.ledger.journal
    day, swept = office.today(office.calls[0]), journal.milestone(SWEPT)
    if swept == day.isoformat():
        return Counter()
    has_leapt = bool(swept) and day - date.fromisoformat(swept) > USUAL
    before = now - timedelta(days=office.limits.keep_unrelated_days)
    old = [] if has_leapt else office.ledger.erasing.unrelated(before)
    left = [sha256 for sha256, _ in office.archive.erased()]
    going = [sha256 for sha256 in (*old, *left) if office.archive.holds(sha256)]
    for sha256 in going:
        office.archive.drop(sha256)
    journal.reach(SWEPT, day.isoformat())
    return Counter({"copies of unrelated mail erased": len(going)})
