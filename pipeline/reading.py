"""Waiting mail → message → triage → candidature, one mail at a time, each in one transaction.

Deciding is left to `core`; here the mail's surroundings are gathered and the verdict is filed.
"""

import logging
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from pipeline import faults
from pipeline.core import filing
from pipeline.core.arrival import (
    NO_ANSWER,
    RECORDED_ONLY,
    Arrival,
    LoggedMessage,
    ReadingState,
    unanswered,
    unread,
)
from pipeline.core.attendance import answered
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature
from pipeline.core.delivery import ARROWS, LetterState, Outcome
from pipeline.core.erasure import NOT_READ_AGAIN, tombstone
from pipeline.core.filing import Study
from pipeline.core.letters import OutgoingLetter
from pipeline.core.message import Document, Message, Unreadable, read_message, unreadable
from pipeline.core.person import contact_of
from pipeline.core.territory import clues_from, identify
from pipeline.core.triage import NOTHING_SAID, Case, Known, Nature, Verdict, clues_of, reclassified, triage
from pipeline.dossiers import plans
from pipeline.failures import Misconfigured, Unavailable, where
from pipeline.pieces import LayingOut, bytes_of, file_pieces
from pipeline.ports import Event, Office

log = logging.getLogger(__name__)
MOST_FAILURES = 3
MANY = 1_000  # mails read in one cycle
DEADLY = "La lecture de ce message a interrompu l'assistant plusieurs fois\u00a0: à lire à la main."
WORTH_READING = (Nature.CANDIDATURE, Nature.COMPLEMENT, Nature.QUESTION, Nature.UNSURE)


def read_mail(office: Office) -> Counter[str]:
    """Judge and file every mail that waits, the oldest first; one that cannot be read becomes a visible row.

    A document that cannot be written stops no mail: it is tried again at the end, then the fault is raised. Nor does a
    mail whose bytes were lost.
    """
    counts, documents = Counter[str](), LayingOut(office)
    mail = office.ledger.mail
    for arrival in office.progress.over("mails read", mail.waiting(), mail.count_waiting()):
        if _is_gone(office, arrival):
            counts[_leave_as_it_was(office, arrival).state] += 1
            continue
        raw = bytes_of(office, arrival.sha256, documents.faults)
        if raw is None:
            continue
        failures = office.attempts.begin(arrival.sha256)
        try:
            faults.point("read")
            message = _read(raw, failures)
            del raw  # it may be as large as all that was read of it
            logged = _read_one(office, arrival, message)
        except (Unavailable, Misconfigured, OSError):
            raise  # not the mail's fault; one that is at fault three times all the same is given up
        except Exception as fault:
            log.error("mail %s could not be judged: %s", arrival.sha256[:16], where(fault))
            reason = f"Ce message n'a pas pu être analysé ({type(fault).__name__})\u00a0: à lire à la main."
            message = Unreadable(reason)
            logged = unread(arrival, message, reason)
            office.ledger.mail.decide(logged)
        office.attempts.end()
        counts[logged.nature or logged.state] += 1
        log.info("mail %s judged: %s %s", arrival.sha256[:16], logged.nature or logged.state, logged.number)
        faults.point("decide")
        if isinstance(message, Message):
            documents.at_once(logged, message.documents)
    documents.finish()
    if counts.total() >= MANY:  # what comes next needs the memory: letters and rows for all of them
        office.gazetteer.territories().put_away_france()
    return counts


def _read(raw: bytes, failures: int) -> Message | Unreadable:
    """The mail; one whose reading failed too often is given up, then its head too is left alone."""
    if failures < MOST_FAILURES:
        return read_message(raw)
    return unreadable(raw, DEADLY) if failures == MOST_FAILURES else Unreadable(DEADLY)


def _read_one(office: Office, arrival: Arrival, message: Message | Unreadable) -> LoggedMessage:
    if isinstance(message, Unreadable):
        logged = unread(arrival, message, message.reason)
        office.ledger.mail.decide(logged)
        return logged
    first = office.ledger.mail.find_content(message.content_digest)
    if first is None or first.arrival.sha256 == arrival.sha256:
        return _judge_and_file(office, arrival, message)
    if office.archive.is_erased(first.arrival.sha256):
        return _erase_copy(office, arrival, first)
    logged = replace(
        first, arrival=arrival, state=ReadingState.DUPLICATE, nature="duplicate", answer=None, staff_nature=""
    )
    office.ledger.mail.decide(logged)
    return logged


def _is_gone(office: Office, arrival: Arrival) -> bool:
    """Whether the bytes were erased on purpose: the mail left a tombstone, or staff reclassify one that was not for us
    and is past its days. Any other mail whose bytes are missing is a loss, and fetched again."""
    if office.archive.is_erased(arrival.sha256):
        return True
    if office.archive.holds(arrival.sha256):
        return False
    before = office.ledger.mail.get(arrival.sha256)
    return bool(before and before.staff_nature and before.nature)


def _leave_as_it_was(office: Office, arrival: Arrival) -> LoggedMessage:
    """A mail that cannot be read again: what was decided of it stands, with the reason."""
    before = office.ledger.mail.get(arrival.sha256) or LoggedMessage(arrival)
    if before.nature:
        logged = replace(before, state=ReadingState.DECIDED, staff_nature="", answer=None, why=(NOT_READ_AGAIN,))
    else:
        logged = tombstone(before)
    office.ledger.mail.decide(logged)
    return logged


def _erase_copy(office: Office, arrival: Arrival, first: LoggedMessage) -> LoggedMessage:
    """A copy, by other bytes, of a mail that was erased is erased as well; the tombstone first."""
    office.archive.erase(arrival.sha256, first.content_digest)
    logged = replace(tombstone(first), arrival=arrival, nature="")
    with office.ledger.transaction():
        office.ledger.mail.decide(logged)
        office.ledger.erasing.blank_mails([arrival.sha256])
    return logged


def _judge_and_file(office: Office, arrival: Arrival, message: Message) -> LoggedMessage:
    before = office.ledger.mail.get(arrival.sha256)
    asked = before.staff_nature if before else ""
    study, verdict = _judge(office, arrival, message, before if asked else None)
    with office.ledger.transaction():
        number = _file(office, arrival, message, study, verdict)
        now = office.clock.now()
        logged = replace(filing.logged(arrival, message, verdict, number), staff_nature=asked, decided=now)
        if arrival.source.startswith(RECORDED_ONLY) and not asked:
            logged = unanswered(logged, NO_ANSWER)
        office.ledger.mail.decide(logged)
        office.ledger.journal.note(
            Event(
                now,
                "staff" if asked else "worker",
                f"message classé : {verdict.nature}",
                verdict.call or "",
                number,
                " ".join(verdict.why),
            )
        )
    return logged


def _text(office: Office, document: Document) -> str:
    faults.moved()  # one of many slow documents
    return office.documents.text(document)


def _judge(office: Office, arrival: Arrival, message: Message, asked: LoggedMessage | None) -> tuple[Study, Verdict]:
    """Judge by the mail alone, then once more with the text of its documents where that may help; `asked` is the row
    that staff reclassified."""
    study = _study(office, message, ())
    likely = study.likely_siren
    known = office.ledger.mail.known_about(clues_of(message), study.likely_siren)
    case = _case(office, arrival, message, study, known)
    verdict = triage(case)
    if message.documents and (asked or verdict.nature in WORTH_READING or NOTHING_SAID in verdict.why):
        study = _study(office, message, tuple(_text(office, document) for document in message.documents))
        if study.likely_siren != likely:
            known = office.ledger.mail.known_about(clues_of(message), study.likely_siren)
        case = _case(office, arrival, message, study, known)
        verdict = triage(case)
    if asked:
        verdict = reclassified(case, Nature(asked.staff_nature), verdict, (asked.call, asked.number))
    if verdict.nature is Nature.CANDIDATURE:
        verdict = replace(verdict, why=(*verdict.why, study.identification.why))
    return study, _at_its_time(office, arrival, message, verdict)


def _study(office: Office, message: Message, texts: tuple[str, ...]) -> Study:
    regions = tuple(dict.fromkeys(region for call in office.calls for region in call.regions))
    found = identify(clues_from(message, texts), office.gazetteer.territories(), regions)
    return Study(found, document_texts=texts)


def _case(office: Office, arrival: Arrival, message: Message, study: Study, known: Known) -> Case:
    return Case(
        message,
        known,
        office.calls,
        office.house,
        arrival.received,
        siren=study.siren,
        document_texts=study.document_texts,
        candidates=tuple(place.siren for place in study.identification.candidates),
    )


def _at_its_time(office: Office, arrival: Arrival, message: Message, verdict: Verdict) -> Verdict:
    """No answer before the call opens, nor one that would tell a time of reception that nobody knows."""
    call = office.call(verdict.call)
    if not (verdict.answer and call):
        return verdict
    if not call.has_opened(arrival.received):
        why = "Reçu avant l'ouverture de l'appel\u00a0: pas de réponse."
    elif filing.is_undated(call, arrival, message):
        why = f"Accusé non envoyé\u00a0: {filing.UNDATED}."
    else:
        return verdict
    return replace(verdict, answer=None, why=(*verdict.why, why))


def _file(office: Office, arrival: Arrival, message: Message, study: Study, verdict: Verdict) -> str:
    """Apply a verdict to the ledger; the number of the candidature concerned, "" if none."""
    call = office.call(verdict.call)
    known = office.ledger.candidatures.get(call.code, verdict.number) if call and verdict.number else None
    study = _dated(office, study, call) if call else study
    if verdict.nature is Nature.CANDIDATURE and call and known is None:
        place = study.identification.collectivite
        of_commune, named = (place.kind == "COM", place.name) if place else (None, "")
        study = replace(study, person=contact_of(message, study.document_texts, of_commune, named))
        known = office.ledger.candidatures.open(filing.opened(call, arrival, message, study, verdict), call.prefix)
        file_pieces(office, known, arrival, message)
    elif known and verdict.nature in (Nature.CANDIDATURE, Nature.COMPLEMENT):
        office.ledger.candidatures.save(filing.completed(known, study, message, verdict))
        file_pieces(office, known, arrival, message)
    elif known and call and verdict.nature is Nature.WITHDRAWAL:
        office.ledger.candidatures.save(filing.withdrawn(known, arrival.received, call))
        file_pieces(office, known, arrival, message)
    elif known and verdict.nature is Nature.UNSURE and verdict.to_check:
        office.ledger.candidatures.save(filing.with_doubts(known, *verdict.to_check))
    elif known and call and verdict.nature is Nature.RSVP:
        _note_attendance(office, call, known, message, verdict)
    elif verdict.nature is Nature.BOUNCE:
        return _mark_bounced(office, message, arrival.received) or verdict.number
    return known.number if known else verdict.number


def _dated(office: Office, study: Study, call: Call) -> Study:
    """The collectivité with its population in the year in which the call closes, where the reference list has it."""
    found = study.identification
    if found.collectivite is None:
        return study
    place = office.gazetteer.territories().nominal_at(found.collectivite, call.closes.year)
    return replace(study, identification=replace(found, collectivite=place))


def _note_attendance(office: Office, call: Call, known: Candidature, message: Message, verdict: Verdict) -> None:
    """What their calendars answered; what does not count is said to staff."""
    candidature, former = answered(known, message.calendars, plans(office, call), call.zone)
    office.ledger.candidatures.save(filing.with_doubts(candidature, *verdict.to_check, *former))
    for said in former:
        now = office.clock.now()
        office.ledger.journal.note(Event(now, "worker", "réponse non comptée", call.code, known.number, said))


def _mark_bounced(office: Office, message: Message, at: datetime) -> str:
    """Tie a bounce to the letters of ours that it returns, which share their Message-ID, each recipient's its own; the
    number of their candidature, "" if none is found."""
    report = message.report
    ids = [report.original_message_id] if report else []
    for message_id in filter(None, (*ids, *message.in_reply_to, *message.references)):
        letter = office.ledger.outbox.by_message_id(message_id)
        if letter is None:
            continue
        for returned in _returned(office, letter, report.recipients if report else ()):
            if LetterState.BOUNCED in ARROWS[returned.state]:
                reason = (report.reason if report else "") or "le serveur du destinataire l'a refusé"
                office.ledger.outbox.record(returned.key, Outcome(LetterState.BOUNCED, f"non remis ({reason})", at))
        return letter.key.number
    return ""


def _returned(office: Office, letter: OutgoingLetter, recipients: Collection[str]) -> list[OutgoingLetter]:
    """Of the letters of that Message-ID those to the recipients that a bounce names; the first when it names none."""
    if not recipients:
        return [letter]
    own = office.ledger.outbox.copies(letter.message_id)
    return [one for one in own if one.key.recipient.lower() in recipients]
