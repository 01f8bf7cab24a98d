"""Raw copies of mail that is not for us, erased after `[limits] keep_unrelated_days`; hash and verdict stay."""

from collections import Counter
from datetime import timedelta

from pipeline.ports import Office

SWEPT = "unrelated mail swept"  # milestone: the day on which that was last done


def forget_unrelated(office: Office) -> Counter[str]:
    """Once a day. What a crash left of an erased mail goes too."""
    now, journal = office.clock.now(), office.ledger.journal
    day = office.today(office.calls[0]).isoformat()
    if journal.milestone(SWEPT) == day:
        return Counter()
    old = office.ledger.erasing.unrelated(now - timedelta(days=office.limits.keep_unrelated_days))
    left = [sha256 for sha256, _ in office.archive.erased()]
    going = [sha256 for sha256 in (*old, *left) if office.archive.holds(sha256)]
    for sha256 in going:
        office.archive.drop(sha256)
    journal.reach(SWEPT, day)
    return Counter({"copies of unrelated mail erased": len(going)})
