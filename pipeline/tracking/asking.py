"""What staff put into Courrier à envoyer of a row, or take out of it before it left; what is said of the row."""

from pipeline.core.call import Call
from pipeline.core.corrections import UNKNOWN_LETTER, asked_otherwise, requested_letter
from pipeline.core.envois import TAKEN_BACK
from pipeline.core.filing import with_doubts
from pipeline.core.letters import Request
from pipeline.core.merge import CellValue
from pipeline.core.rows import request_is_over
from pipeline.core.typed import text
from pipeline.ports import Office
from pipeline.taking_back import letters_of, take_back_request


def ask(office: Office, call: Call, number: str, value: CellValue) -> None:
    """Note the letter that the cell names, whether it may leave or not; a word that is none is said."""
    letter, found = requested_letter(value), office.ledger.candidatures.get(call.code, number)
    if found and asked_otherwise(found) != found:
        office.ledger.candidatures.save(asked_otherwise(found))
    if letter:
        office.ledger.outbox.ask(Request(0, call.code, number, letter, office.clock.now()))
    elif letter == "":
        warn(office, call, number, UNKNOWN_LETTER.format(word=text(value)))


def take_out(office: Office, call: Call, number: str) -> None:
    """What has not left does not leave; a request of which everything left is over, and no longer to be taken back."""
    for request in office.ledger.outbox.open_requests(call.code):
        if request.number == number and not request_is_over(request, letters_of(office, request)):
            take_back_request(office, request, TAKEN_BACK)


def warn(office: Office, call: Call, number: str, sentence: str) -> None:
    """A sentence for À vérifier, once."""
    candidature = office.ledger.candidatures.get(call.code, number)
    if candidature and sentence not in candidature.to_check:
        office.ledger.candidatures.save(with_doubts(candidature, sentence))
