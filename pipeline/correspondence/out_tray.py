"""The out-tray of one call: each letter that staff ask for is drafted for them to read, and written when it may leave.

What may is decided in `core.outtray`.
"""

from collections import Counter
from dataclasses import replace

from pipeline import faults
from pipeline.core import outtray
from pipeline.core.call import Call
from pipeline.core.candidature import Status
from pipeline.core.letters import Draft, LetterKey, Request
from pipeline.correspondence.writing import Writer, invited
from pipeline.ports import Event
from pipeline.taking_back import letters_of, take_back_request

REPLACED = "remplacé avant de partir\u00a0: ce qu'il dit, ou à qui, a changé"
GONE = "cette candidature n'est plus dans le tableau."


def follow_requests(writer: Writer, call: Call) -> Counter[str]:
    """Draft what is asked for; write what may leave, say of the rest why it waits."""
    office, outbox = writer.office, writer.office.ledger.outbox
    for request in outbox.open_requests(call.code):
        if not request.is_waiting:
            _ask_anew(writer, call, request)
    waiting = [one for one in outbox.open_requests(call.code) if one.is_waiting]
    drafted = outtray.gated([_drafted(writer, call, one) for one in waiting], office.limits.confirm_above)
    for before, after in zip(waiting, drafted, strict=True):
        if after != before:
            outbox.update_request(after)
    counts: Counter[str] = Counter()
    for request in drafted:
        if outtray.may_leave(request, office.clock.now(), office.limits.grace_minutes):
            counts["queued"] += _fulfil(writer, call, request)
        elif request.blocked:
            counts["blocked"] += 1
    return counts


def _ask_anew(writer: Writer, call: Call, request: Request) -> None:
    """A letter that no server took yet, and that may not leave any more or would be another one now, is taken back and
    asked for anew, with the delay in which staff may read it."""
    letters = letters_of(writer.office, request)
    if not outtray.is_all_to_come(letters) or writer.objection(call, request.letter):
        return  # files that cannot be seen now are in what was written
    as_it_would_be = _drafted(writer, call, request)
    if not outtray.is_another_now(letters, request, as_it_would_be):
        return
    with writer.office.ledger.transaction():
        if take_back_request(writer.office, request, as_it_would_be.blocked or REPLACED):
            writer.office.ledger.outbox.ask(replace(request, asked=writer.office.clock.now(), state="waiting"))


def _drafted(writer: Writer, call: Call, request: Request) -> Request:
    """The request with the letter as it would leave now, and what stands in its way."""
    found = writer.office.ledger.candidatures.get(call.code, request.number)
    if found is None or found.status is Status.REMOVED:
        return replace(request, blocked=GONE)
    dossier = writer.dossier(call, found, request)
    around = outtray.Surroundings(dossier.meetings, call.required_documents, writer.office.today(call))
    blocked = outtray.obstacle(request.letter, dossier.candidature, around)
    blocked = blocked or writer.objection(call, request.letter)
    words = writer.words(request.letter, dossier)
    if words is None:
        fault = writer.met[-1]
        return replace(request, blocked=f"le modèle de ce courrier est en défaut ({fault.where}\u00a0: {fault.what}).")
    recipients = outtray.recipients(dossier.candidature)
    return replace(request, blocked=blocked, draft=Draft(words.subject, words.text.strip(), recipients))


def _fulfil(writer: Writer, call: Call, request: Request) -> int:
    """Write a letter staff asked for, to the contact and to Copie à, all or none."""
    found = writer.office.ledger.candidatures.get(call.code, request.number)
    if found is None:
        return 0
    dossier = writer.dossier(call, found, request)
    recipients = outtray.recipients(dossier.candidature)
    key = LetterKey(call.code, request.number, request.letter, request.occasion, recipients[0])
    written = writer.written(key, dossier)
    if written is None:
        return 0
    ledger = writer.office.ledger
    with ledger.transaction():
        for recipient in recipients:
            ledger.outbox.queue(replace(written, key=replace(key, recipient=recipient)))
        ledger.outbox.update_request(replace(request, state="written", blocked=""))
        if request.letter == "convocation":
            ledger.candidatures.save(invited(found, writer.announced(dossier)))
        ledger.journal.note(
            Event(written.created, "worker", f"courrier écrit : {request.letter}", call.code, request.number)
        )
    faults.point("queue")
    return len(recipients)
