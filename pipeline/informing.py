"""Ledger → what staff are told: at once what needs a person, once a day how things stand. What is worth telling is
decided in `core.alerts` and `core.digest`; these letters leave with the next cycle, like the others.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pipeline.core import french, outtray
from pipeline.core.alerts import REMEDIES, TOLD, Cause, alert_of, hidden_cause, is_to_tell, letter_causes, trouble_cause
from pipeline.core.call import Call
from pipeline.core.candidature import corrected
from pipeline.core.compiled import BESIDE, read_beside
from pipeline.core.dated import before
from pipeline.core.decisions import LETTER_OF, Rehearsal, rehearsed
from pipeline.core.digest import State, sections_of
from pipeline.core.envelope import Envelope, compose
from pipeline.core.laureates import decision_of
from pipeline.core.letters import LetterKey, OutgoingLetter, Section, TemplateFault, alert_values, digest_values
from pipeline.core.message import Address
from pipeline.core.waits import PATIENCE, Wait, tracker_wait
from pipeline.counting import hidden_mail
from pipeline.dossiers import dossiers, messages_of, plans
from pipeline.failures import Unavailable
from pipeline.ports import Holder, Office

STANDS = "trouble: {key}"  # milestone: since when a trouble lasts
DIGEST_DAY, DIGEST_UNTIL = "digest day", "digest until"
LASTING = timedelta(hours=1)
STALE = "Le tableau de suivi n'est plus à jour depuis {since}."
NEW_LIST = "La liste des lauréats a changé\u00a0; vous aviez modifié la vôtre, la nouvelle est dans « {name} »."
CLOSE_IT = "Enregistrez et fermez le tableau sur ce poste\u00a0: il est mis à jour au passage suivant."
MEND_IT = "Fermez le tableau s'il est ouvert, ou faites ce que dit le message ci-dessus."
NOT_LOST = "Rien n'est perdu\u00a0: les candidatures sont enregistrées et les courriers partent pendant ce temps."


def inform_staff(office: Office, troubles: Sequence[str]) -> Counter[str]:
    """Write the alert and the digest that are due; `troubles` are what this cycle could not do.

    Raises Unavailable when their template is at fault.
    """
    return Counter(alerts=_alert(office, troubles), digests=_digest(office))


def inform_of_standstill(office: Office, troubles: Sequence[str]) -> Counter[str]:
    """Tell at once of what ended a run before it could tell anything, when it happens again. Not of the first time:
    it may have been the last."""
    now, journal, again = office.clock.now().isoformat(timespec="seconds"), office.ledger.journal, []
    for cause in map(trouble_cause, troubles):
        if journal.milestone(STANDS.format(key=cause.key)):
            again.append(cause)
            continue
        known = journal.milestone(STANDS.format(key="all"))
        journal.reach(STANDS.format(key="all"), ",".join(filter(None, (known, cause.key))))
        journal.reach(STANDS.format(key=cause.key), now)
    return Counter(alerts=_tell(office, again))


def rehearsal_of(office: Office, call: Call) -> Rehearsal:
    """What the decisions in the tracker would send now, and what blocks it."""
    candidatures = [corrected(one) for one in office.ledger.candidatures.all(call.code)]
    around = outtray.Surroundings(plans(office, call), call.required_documents, office.today(call))
    obstacles = {}
    for one in candidatures:
        letter = LETTER_OF.get(decision_of(one))
        convoked = letter == "laureat" and bool(call.meetings)
        reasons = [outtray.obstacle(name, one, around) for name in filter(None, (letter, "convocation" * convoked))]
        obstacles[one.number] = next(filter(None, reasons), "")
    return rehearsed(candidatures, office.ledger.outbox.letters(call.code), obstacles)


def _alert(office: Office, troubles: Sequence[str]) -> int:
    return _tell(office, _causes(office, troubles)) if office.alerts_to else 0


def _tell(office: Office, found: Sequence[Cause]) -> int:
    """One letter about those of which staff were not told yet."""
    now, journal = office.clock.now(), office.ledger.journal
    causes = [one for one in found if is_to_tell(one, journal.milestone(_told(one)), now)]
    if not causes or not office.alerts_to:
        return 0
    title, sections = alert_of(causes)
    occasion = hashlib.sha256("\n".join((now.isoformat(), *(one.key for one in causes))).encode()).hexdigest()[:32]
    with office.ledger.transaction():
        for one in causes:
            journal.reach(_told(one), now.isoformat(timespec="seconds"))
        return _write(office, "alerte", occasion, office.alerts_to, alert_values(title, sections, _here(office)))


def _told(cause: Cause) -> str:
    return TOLD.format(key=cause.key)


def _causes(office: Office, troubles: Sequence[str]) -> list[Cause]:
    milestone = office.ledger.journal.milestone
    waits = [(call, wait) for call in office.calls if (wait := tracker_wait(milestone, call.code))]
    now, of_trackers = office.clock.now(), [wait.why for _, wait in waits]
    trackers = [_tracker_cause(office, call, wait) for call, wait in waits if now - wait.since >= PATIENCE]
    lasting = _lasting(office, [one for one in troubles if one not in of_trackers])
    hidden = [hidden_cause(folder, mails) for folder, mails in hidden_mail(office).items()]
    return [*trackers, *letter_causes(office.ledger.outbox.letters(states=REMEDIES)), *hidden, *lasting]


def _lasting(office: Office, troubles: Sequence[str]) -> list[Cause]:
    """The troubles that have been there for an hour at every cycle."""
    now, journal, found = office.clock.now(), office.ledger.journal, []
    standing = {cause.key: cause for cause in map(trouble_cause, troubles)}
    known = [key for key in journal.milestone(STANDS.format(key="all")).split(",") if key]
    for key in {*known, *standing}:
        since = before(journal.milestone(STANDS.format(key=key)), now)
        if key not in standing:
            journal.reach(STANDS.format(key=key), "")
        elif since is None:
            journal.reach(STANDS.format(key=key), now.isoformat(timespec="seconds"))
        elif since + LASTING <= now:
            found.append(standing[key])
    if known != list(standing):
        journal.reach(STANDS.format(key="all"), ",".join(standing))
    return found


def _tracker_cause(office: Office, call: Call, wait: Wait) -> Cause:
    holder = office.tracker.holder(call)
    facts = (
        f"{call.short_title}\u00a0: {office.tracker.path(call)}",
        f"En attente depuis {french.moment(wait.since.astimezone(call.zone))}",
        _holder(holder, call) if holder else f"Message technique\u00a0: {wait.why}",
    )
    remedies = (CLOSE_IT if holder else MEND_IT, NOT_LOST)
    key = f"tableau {call.code} {wait.since.isoformat()}"
    return Cause(key, "le tableau de suivi n'est plus à jour", facts, remedies, again=True)


def _holder(holder: Holder, call: Call) -> str:
    """Who has the tracker open, in French: "Ouvert par Marie Durand (LibreOffice) depuis le …"."""
    program = f" ({holder.program})" if holder.program else ""
    since = f" depuis {french.moment(holder.since.astimezone(call.zone))}" if holder.since else ""
    return f"Ouvert par {holder.name or 'une personne inconnue'}{program}{since}"


def _digest(office: Office) -> int:
    """Once a day from `digest_at` on, when something happened since the last one or waits."""
    here, journal = _here(office), office.ledger.journal
    day = here.date().isoformat()
    if not office.digest_to or f"{here:%H:%M}" < office.digest_at or journal.milestone(DIGEST_DAY) == day:
        return 0
    since = before(journal.milestone(DIGEST_UNTIL), here) or here - timedelta(days=1)
    sections = _sections(office, since)
    with office.ledger.transaction():
        journal.reach(DIGEST_DAY, day)
        if not sections:
            return 0
        journal.reach(DIGEST_UNTIL, here.isoformat(timespec="seconds"))
        title = french.listing([call.short_title for call in office.calls])
        return _write(office, "digest", day, office.digest_to, digest_values(title, sections, here))


def _sections(office: Office, since: datetime) -> tuple[Section, ...]:
    found = []
    for call in office.calls:
        for section in sections_of(_state(office, call, since)):
            several = f" – {call.short_title}" if len(office.calls) > 1 else ""
            found.append(Section(f"{section.title}{several}", section.lines))
    return tuple(found)


def _state(office: Office, call: Call, since: datetime) -> State:
    messages, wait = list(messages_of(office, call)), tracker_wait(office.ledger.journal.milestone, call.code)
    stale = [STALE.format(since=french.moment(wait.since.astimezone(call.zone)))] if wait else []
    news = _new_list_beside(office, call, since)
    return State(call, dossiers(office, call), messages, rehearsal_of(office, call), since, stale, news)


def _new_list_beside(office: Office, call: Call, since: datetime) -> list[str]:
    """Staff changed the laureate workbook: where the list of today is."""
    beside = read_beside(office.ledger.journal.milestone(BESIDE.format(call=call.code)))
    return [NEW_LIST.format(name=beside.name)] if beside and beside.at > since else []


def _here(office: Office) -> datetime:
    return office.clock.now().astimezone(office.calls[0].zone)


def _write(office: Office, letter: str, occasion: str, to: Sequence[str], values: Mapping[str, object]) -> int:
    call, now, sender = office.calls[0].code, office.clock.now(), office.sender
    try:
        words = office.letterhead.write(letter, call, values)
    except TemplateFault as fault:
        raise Unavailable(str(fault)) from fault
    written = 0
    for recipient in to:
        key = LetterKey(call, "", letter, occasion, recipient)
        message_id = key.message_id(sender.domain)
        envelope = Envelope(sender, Address("", recipient), words.subject, words.text, words.html, message_id, now)
        written += office.ledger.outbox.queue(OutgoingLetter(key, message_id, words.subject, compose(envelope), now))
    return written
