"""A tracker at rest: file and ledger are those that were compared last, and found alike. Then there is nothing to carry
in and nothing to show.

The file is known by the hash of its bytes: whatever staff typed changes it, whatever the clock of the share says.
"""

from pipeline.core.call import Call
from pipeline.ports import Office
from pipeline.standstill import is_as_left, note_nothing_to_do, state_of

STEP = "tracker"
TYPED = "tracker typed into: {call}"  # the number of the write after which staff last typed


def is_at_rest(office: Office, call: Call) -> bool:
    """Whether nothing changed since everything was found alike, and the file needs no new number either."""
    fingerprint = office.tracker.fingerprint(call)
    if not fingerprint or _waits_for_stamp(office, call):
        return False
    return is_as_left(office, call, STEP, _state(office, call, office.ledger.mark(), fingerprint))


def note_at_rest(office: Office, call: Call, mark: str, fingerprint: str) -> None:
    """The file of this fingerprint shows all that the ledger held under this mark."""
    note_nothing_to_do(office, call, STEP, _state(office, call, mark, fingerprint))


def note_typed_into(office: Office, call: Call) -> None:
    """Staff typed into the file since it was last written: a copy of it may hold more or less."""
    office.ledger.journal.reach(TYPED.format(call=call.code), str(office.ledger.memory.generation(call.code)))


def is_to_stamp(office: Office, call: Call, generation: int | None) -> bool:
    """Whether the file, which carries the number `generation`, needs that of a new write, though it shows everything.

    One that staff typed into gets it so that a copy made before is known as older, but not while it is held open.
    """
    return generation != office.ledger.memory.generation(call.code) or _waits_for_stamp(office, call)


def _waits_for_stamp(office: Office, call: Call) -> bool:
    last = str(office.ledger.memory.generation(call.code))
    typed = office.ledger.journal.milestone(TYPED.format(call=call.code)) == last
    return typed and office.tracker.holder(call) is None


def _state(office: Office, call: Call, mark: str, fingerprint: str) -> str:
    """The sheet Envois says of a letter in its delay when it leaves, and of one whose delay is over that it waits."""
    now, grace = office.clock.now(), office.limits.grace_minutes
    waiting = [one for one in office.ledger.outbox.open_requests(call.code) if one.is_waiting]
    return state_of(office, call, mark, fingerprint, [one.id for one in waiting if one.leaves_at(grace) > now])
