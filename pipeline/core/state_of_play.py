"""What `status` says: what is recorded, waiting, failed, held. Pure."""

from collections import Counter

from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Candidature, Status
from pipeline.core.delivery import LetterState
from pipeline.core.letters import LETTERS, OutgoingLetter, Request

PENDING = (LetterState.QUEUED, LetterState.SENDING, LetterState.RETRY)
FAILED = (LetterState.REFUSED, LetterState.BOUNCED, LetterState.UNKNOWN)


def call_status(
    candidatures: list[Candidature], letters: list[OutgoingLetter], asked: list[Request]
) -> dict[str, object]:
    """The figures of one call, as `status --json` gives them."""
    shown = [one for one in candidatures if one.status is not Status.REMOVED]
    return {
        "candidatures": len(shown),
        "in_time": sum(one.in_time is True for one in shown),
        "late": sum(one.in_time is False for one in shown),
        "withdrawn": sum(one.status is Status.WITHDRAWN for one in shown),
        "rows_deleted_by_staff": [one.number for one in candidatures if one.status is Status.REMOVED],
        "decisions": dict(Counter(one.staff["decision"] for one in shown if one.staff.get("decision"))),
        "letters_sent": sum(one.state is LetterState.SENT for one in letters),
        "letters_waiting": sum(one.state in PENDING for one in letters),
        "letters_held": [_told(one) for one in letters if one.state is LetterState.HELD],
        "letters_failed": [_told(one) for one in letters if one.state in FAILED],
        "requests_waiting": [_asked(one) for one in asked if one.state == "waiting"],
    }


def mail_status(messages: list[LoggedMessage]) -> dict[str, object]:
    """How many mails were looked at, by nature, and those a person has to sort."""
    return {
        "messages": len(messages),
        "by_nature": dict(Counter(one.nature for one in messages)),
        "to_sort": sum(one.nature == "unsure" for one in messages),
    }


def _told(letter: OutgoingLetter) -> str:
    label = LETTERS[letter.key.letter].label
    return f"{letter.key.number} {label} : {letter.why or letter.state}"


def _asked(request: Request) -> str:
    label = LETTERS[request.letter].label
    return f"{request.number} {label}" + (f" : {request.blocked}" if request.blocked else "")
