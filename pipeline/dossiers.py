"""What the ledger holds for one call: its messages, its meetings, its dossiers. For the steps that tell of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pipeline.core.arrival import LoggedMessage
from pipeline.core.call import Call, home_of
from pipeline.core.candidature import MeetingPlan, Status, planned
from pipeline.core.columns import MEETINGS_SHEET
from pipeline.core.letters import OutgoingLetter, Request
from pipeline.core.rows import Dossier
from pipeline.ports import Office


def plans(office: Office, call: Call) -> list[MeetingPlan]:
    """The meetings of a call as they stand."""
    taken_out = office.ledger.memory.gone(call.code, MEETINGS_SHEET.key)
    saved = planned(call, office.ledger.candidatures.meetings(call.code))
    return [replace(one, listed=one.key not in taken_out) for one in saved]


def is_known(office: Office, call: Call, number: str) -> bool:
    """Whether a candidature of the call has that number, though its row may be gone."""
    return office.ledger.candidatures.get(call.code, number) is not None


def messages_of(office: Office, call: Call) -> Iterator[LoggedMessage]:
    """The messages shown in this call's tracker, one by one: its own, and those of no call whose home it is."""
    for one in office.ledger.mail.each_message():
        is_listed = office.list_unrelated or one.nature != "unrelated" or one.staff_nature
        if is_listed and home_of(one.call, one.arrival.received, office.calls) == call:
            yield one


def dossiers(office: Office, call: Call) -> list[Dossier]:
    """Every candidature that is shown, with its letters and requests."""
    complements = office.ledger.mail.complements(call.code)
    letters: dict[str, list[OutgoingLetter]] = defaultdict(list)
    requests: dict[str, list[Request]] = defaultdict(list)
    for letter in office.ledger.outbox.letters(call.code):
        letters[letter.key.number].append(letter)
    for request in office.ledger.outbox.open_requests(call.code):
        requests[request.number].append(request)
    return [
        Dossier(one, complements.get(one.number, 0), tuple(letters[one.number]), tuple(requests[one.number]))
        for one in office.ledger.candidatures.all(call.code)
        if one.status is not Status.REMOVED
    ]
