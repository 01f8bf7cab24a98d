"""Letters that staff put into Courrier à envoyer of a row, or take out of it before they leave."""

from dataclasses import replace

from pipeline.core.call import Call
from pipeline.core.letters import Request
from pipeline.ports import Office


def ask(office: Office, call: Call, number: str, letter: str) -> None:
    """Note the wish; what may leave is decided later."""
    office.ledger.outbox.ask(Request(0, call.code, number, letter, office.clock.now()))


def take_back(office: Office, call: Call, number: str) -> None:
    """What is not written yet never will be."""
    for request in office.ledger.outbox.open_requests(call.code):
        if request.number == number and request.is_waiting:
            office.ledger.outbox.update_request(replace(request, state="cancelled"))
