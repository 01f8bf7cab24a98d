"""Since when a tracker waits to be written to, for `status` and for the alert that staff get after some hours."""

from pipeline.core.call import Call
from pipeline.core.waits import TRACKER, Wait, tracker_wait
from pipeline.ports import Office


def waiting(office: Office, call: Call) -> Wait | None:
    """The wait of a tracker; None when it shows everything."""
    return tracker_wait(office.ledger.journal.milestone, call.code)


def note_waiting(office: Office, call: Call, why: str) -> None:
    """It cannot be written to now: the first time counts, but one to come, noted by a clock that was set back."""
    earlier, now = waiting(office, call), office.clock.now()
    wait = Wait(earlier.since if earlier and earlier.since <= now else now, why)
    office.ledger.journal.reach(TRACKER.format(call=call.code), wait.noted())


def note_shown(office: Office, call: Call) -> None:
    """It shows everything."""
    if waiting(office, call):
        office.ledger.journal.reach(TRACKER.format(call=call.code), "")
