"""What `status` says: what is recorded, waiting, failed, held. Pure."""

from collections import Counter
from datetime import datetime, timedelta

from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Candidature, Status
from pipeline.core.delivery import ON_ITS_WAY, LetterState
from pipeline.core.letters import LETTERS, OutgoingLetter, Request

FAILED = (LetterState.REFUSED, LetterState.BOUNCED, LetterState.UNKNOWN)
CYCLES_MISSED = 3
LEAST_SILENCE = timedelta(minutes=30)  # a cycle over a full mailbox may last


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
        "letters_waiting": sum(one.state in ON_ITS_WAY for one in letters),
        "letters_held": [_told(one) for one in letters if one.state is LetterState.HELD],
        "letters_failed": [_told(one) for one in letters if one.state in FAILED],
        "requests_waiting": [_asked(one) for one in asked if one.is_waiting],
    }


def mail_status(messages: list[LoggedMessage]) -> dict[str, object]:
    """How many mails were looked at, by nature, and those a person has to sort."""
    return {
        "messages": len(messages),
        "by_nature": dict(Counter(one.nature for one in messages)),
        "to_sort": sum(one.nature == "unsure" for one in messages),
    }


def silence(last_cycle: str, poll_minutes: int, now: datetime) -> str:
    """Why the last cycle (ISO, aware; "" for none) is too long ago for a worker that goes on, or in a time to come (the
    clock was set back), "" when it is not."""
    if not last_cycle:
        return "No cycle has ended yet: run `once` or `worker`."
    ended = datetime.fromisoformat(last_cycle)
    if abs(now - ended) <= max(LEAST_SILENCE, CYCLES_MISSED * timedelta(minutes=poll_minutes)):
        return ""
    return f"The last cycle ended on {ended:%d/%m/%Y at %H:%M}: is the worker running?"


def _told(letter: OutgoingLetter) -> str:
    label = LETTERS[letter.key.letter].label
    return f"{letter.key.number} {label} : {letter.why or letter.state}"


def _asked(request: Request) -> str:
    label = LETTERS[request.letter].label
    return f"{request.number} {label}" + (f" : {request.blocked}" if request.blocked else "")
