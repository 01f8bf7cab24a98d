"""What `status` tells of a tracker: who has it open, since when it waits, what staff took out of it."""

from pipeline.core.call import Call
from pipeline.core.candidature import Status
from pipeline.failures import Unavailable
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Office
from pipeline.tracking.carrying import found_in, warnings_in
from pipeline.tracking.sighting import remarks_on, sight
from pipeline.tracking.waiting import waiting

COPIED = "Feuille « {name} »\u00a0: copie de Candidatures, elle n'est pas lue."


def state_of_tracker(office: Office, call: Call) -> dict[str, object]:
    """The figures of one call's tracker, as `status --json` gives them; nothing is changed."""
    holder, wait = office.tracker.holder(call), waiting(office, call)
    opened = holder.since.astimezone(call.zone) if holder and holder.since else None
    waits = wait.since.astimezone(call.zone) if wait else None
    return {
        "tracker": str(office.tracker.path(call)),
        "tracker_open_by": holder.name if holder else None,
        "tracker_open_with": holder.program if holder else None,
        "tracker_open_since": opened.isoformat(timespec="seconds") if opened else None,
        "tracker_waits_since": waits.isoformat(timespec="seconds") if waits else None,
        "tracker_waits_because": wait.why if wait else None,
        "tracker_copies_beside": [one.name for one in office.tracker.conflict_copies(call)],
        "tracker_remarks": _remarks(office, call),
        "rows_moved_by_staff": _moved(office, call),
    }


def _remarks(office: Office, call: Call) -> list[str]:
    try:
        sighting = sight(office, call)
        if sighting is None:
            refuse_lost_folder(office, call)
    except Unavailable as trouble:
        return [str(trouble)]
    if sighting is None:
        return []
    copies = [COPIED.format(name=name) for name in office.tracker.copied_sheets(call, sighting.seen)]
    return [*warnings_in(found_in(call, sighting)), *remarks_on(office, call, sighting), *copies]


def _moved(office: Office, call: Call) -> list[str]:
    """Candidatures that are still followed and whose row stands in a sheet of staff's."""
    gone = office.ledger.memory.gone(call.code, "candidatures")
    followed = {one.number for one in office.ledger.candidatures.all(call.code) if one.status is not Status.REMOVED}
    return sorted(followed & set(gone))
