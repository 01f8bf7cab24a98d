"""The folder of a call that is not there: a share that is off, as a rule.

What were written in its place would be hidden once the share is back, and what is read there is not what there is. For
the steps and commands that read or write beside a tracker.
"""

from pipeline.core.call import Call
from pipeline.failures import Unavailable
from pipeline.ports import Office

NOT_THERE = (
    "{folder}: is not there. Connect the share, or put the folder back; if it is lost, make it again, empty: "
    "the tracker is then made anew in it."
)


def refuse_lost_folder(office: Office, call: Call) -> None:
    """Unavailable while the folder of a call, in which the worker wrote, is not there; for a call that has none yet,
    while those of all the others are not: it would be made where the share is to appear."""
    if office.tracker.has_folder(call):
        return
    written = [one for one in office.calls if office.ledger.memory.generation(one.code)]
    if call in written or written and not any(map(office.tracker.has_folder, written)):
        raise _not_there(office, call if call in written else written[0])


def refuse_missing_folder(office: Office, call: Call) -> None:
    """The same where the ledger does not know, or no longer, whether the worker wrote there."""
    if not office.tracker.has_folder(call):
        raise _not_there(office, call)


def _not_there(office: Office, call: Call) -> Unavailable:
    return Unavailable(NOT_THERE.format(folder=office.tracker.path(call).parent))
