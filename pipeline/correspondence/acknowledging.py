"""Answers to mail: each acknowledgement is written once for the mail it answers, or held for a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline import faults
from pipeline.core.arrival import LoggedMessage, unanswered
from pipeline.core.batching import batches
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, corrected
from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.envelope import is_writable
from pipeline.core.french import count
from pipeline.core.letters import LetterKey
from pipeline.correspondence.writing import NO_FOLDER, Dossier, Writer

DAY = timedelta(days=1)
WRITTEN_AT_ONCE = 50  # letters a commit: each costs a wait for the disk
TOO_MANY_FROM_SENDER = "retenu\u00a0: cette adresse a déjà reçu {count} en 24 heures"
TOO_MANY_AT_ONCE = "retenu\u00a0: plus de {count} dans le même passage"


def acknowledge(writer: Writer, hold: str = "") -> Counter[str]:
    """Write every acknowledgement that is due; with `hold`, the reason why all of them wait for a person."""
    counts: Counter[str] = Counter()
    for batch in batches(writer.office.ledger.mail.to_answer(), WRITTEN_AT_ONCE):
        with writer.office.ledger.transaction():
            _acknowledge(writer, batch, hold, counts)
    return counts


def _acknowledge(writer: Writer, messages: Sequence[LoggedMessage], hold: str, counts: Counter[str]) -> None:
    ledger = writer.office.ledger
    for message in messages:
        call = writer.office.call(message.call)
        candidature = ledger.candidatures.get(call.code, message.number) if call else None
        if call is None or candidature is None:
            ledger.mail.decide(unanswered(message, "Sans candidature\u00a0: pas de réponse."))
            continue
        if not is_writable(message.sender):  # decided by an earlier version, or rebuilt from a tracker
            ledger.mail.decide(unanswered(message, "Adresse non valable\u00a0: pas de réponse."))
            continue
        reason = hold or _held_back(writer, message, counts["queued"]) or writer.objection(call, message.answer or "")
        if reason == NO_FOLDER:
            continue  # a person could not let it go in a tracker that is away
        counts["held" if reason else "queued"] += _write(writer, call, candidature, message, reason)


def _held_back(writer: Writer, message: LoggedMessage, written: int) -> str:
    """Why an acknowledgement waits for a person though it is due, "" if it may leave (contract, [limits])."""
    limits = writer.office.limits
    if written >= limits.acks_per_cycle:
        return TOO_MANY_AT_ONCE.format(count=count(limits.acks_per_cycle, "accusé"))
    now = writer.office.clock.now()
    if writer.office.ledger.outbox.written_to(message.sender, now - DAY, now) >= limits.acks_per_sender_per_day:
        return TOO_MANY_FROM_SENDER.format(count=count(limits.acks_per_sender_per_day, "accusé"))
    return ""


def _write(writer: Writer, call: Call, candidature: Candidature, message: LoggedMessage, held: str) -> int:
    letter = message.answer or ""
    key = LetterKey(call.code, candidature.number, letter, message.arrival.sha256, message.sender)
    written = writer.written(key, Dossier(call, corrected(candidature), writer.meetings(call), message))
    if written is None:
        return 0
    if held:
        written = replace(written, state=LetterState.HELD, why=held)
    outbox = writer.office.ledger.outbox
    queued = outbox.queue(written)
    if not queued:  # it was taken back when staff reclassified the mail, and is due after all
        outbox.record(key, Outcome(written.state, written.why), LetterState.CANCELLED)
    faults.point("queue")
    return int(queued)
