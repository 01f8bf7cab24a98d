"""Whether a step would find all as it left it, so that it need not look again.

A step that found nothing to do notes the state of all that it looked at; while that state is the same, so is what it
would find. Shared by the steps that look at everything.
"""

import hashlib

from pipeline.core.call import Call
from pipeline.ports import Office

NOTHING_TO_DO = "nothing to do: {step} {call}"  # milestone: the state in which that step of that call found nothing


def state_of(office: Office, call: Call, mark: str, *seen: object) -> str:
    """A digest of the ledger under its `mark`, of the configuration, and of what the step has `seen` elsewhere.

    The day is part of it, since much is told by days: what nobody thought of here is looked at tomorrow.
    """
    known = (mark, office.today(call), call, office.calls, office.limits, office.list_unrelated, *seen)
    return hashlib.sha256(repr(known).encode()).hexdigest()


def is_as_left(office: Office, call: Call, step: str, state: str) -> bool:
    """Whether the step found nothing to do in this state."""
    return office.ledger.journal.milestone(NOTHING_TO_DO.format(step=step, call=call.code)) == state


def note_nothing_to_do(office: Office, call: Call, step: str, state: str) -> None:
    """The step found nothing to do in this state, all of which was taken before it looked."""
    office.ledger.journal.reach(NOTHING_TO_DO.format(step=step, call=call.code), state)
