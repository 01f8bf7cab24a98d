"""One person: what is erased of what is held about them, and the transaction that empties the ledger of it."""

from dataclasses import dataclass, replace

from pipeline import faults
from pipeline.core.alerts import TOLD
from pipeline.core.call import home_of
from pipeline.core.envois import envoi_key, key_of
from pipeline.core.erased_person import staffs_mentions, without_contact
from pipeline.core.erasure import UNFINISHED, Work, ranges, without_writer
from pipeline.core.journal import ERASURE, SEALED, is_erasable
from pipeline.core.letters import Draft, Request
from pipeline.core.rows import message_key
from pipeline.failures import Unavailable
from pipeline.held import Held, held_about
from pipeline.ports import Event, Office


@dataclass(frozen=True)
class PersonPlan:
    """What is held; `staffs` names the cells of staff's, `documents` the files, that a person has to look at."""

    held: Held
    staffs: tuple[str, ...]
    documents: tuple[str, ...]


def plan_person(office: Office, address: str) -> PersonPlan:
    """What there is; changes nothing."""
    held = held_about(office, address)
    cells = [
        f"{one.number}: {', '.join(columns)}"
        for one in held.candidatures
        if (columns := staffs_mentions(one, held.who))
    ]
    pieces = [
        f"{one.call}/{piece.path}"
        for one in held.candidatures
        for piece in one.pieces
        if piece.message_sha in held.hashes
    ]
    return PersonPlan(held, tuple(cells), tuple(pieces))


def begin_person(office: Office, plan: PersonPlan, visa: str) -> Work:
    """The ledger without the person, in one transaction; what is left to do.

    Unavailable while mail waits to be read, which may be theirs, or documents are not beside the tracker yet, which are
    the collectivité's.
    """
    held = plan.held
    if office.ledger.candidatures.pieces_to_lay_out() or office.ledger.mail.count_waiting():
        raise Unavailable("mail or documents wait to be read or laid out: run `once`, then purge again.")
    work = _work(office, held)
    with office.ledger.transaction():
        office.ledger.journal.reach(UNFINISHED, work.noted())
        faults.point("purge:list")
        _empty(office, held)
        _tell(office, held, visa)
    faults.point("purge:rows")
    return work


def _work(office: Office, held: Held) -> Work:
    homes = [home_of(one.call, one.arrival.received, office.calls) for one in held.mails]
    of_mails = [(call.code, "messages", message_key(one)) for one, call in zip(held.mails, homes, strict=True) if call]
    of_candidatures = [(one.call, "candidatures", one.number) for one in held.candidatures]
    letters = (*held.letters, *held.naming)
    of_letters = [(one.key.call, "envois", envoi_key(one.message_id)) for one in letters]
    of_drafts = [(one.call, "envois", key_of(one)) for one in _drafts(office, held)]
    rows = (*of_candidatures, *of_mails, *of_letters, *of_drafts)
    known = {call.code for call in office.calls}
    return Work(
        office.clock.now().isoformat(timespec="seconds"),
        tuple(sorted({call for call, _, _ in rows} & known)),
        tuple((one.arrival.sha256, one.content_digest) for one in held.mails),
        whole=False,
        rows=rows,
    )


def _empty(office: Office, held: Held) -> None:
    ledger, subjects = office.ledger, frozenset(one.subject for one in held.mails if one.subject)
    for mail in held.mails:
        ledger.mail.decide(without_writer(mail))
    ledger.erasing.blank_mails(held.hashes)
    for one in held.candidatures:
        ledger.candidatures.save(without_contact(one, held.who, subjects))
    for request in _drafts(office, held):
        ledger.outbox.update_request(replace(request, draft=Draft(), blocked=""))
    ledger.erasing.blank_letters([one.key for one in held.letters], keep=False)
    ledger.erasing.blank_letters([one.key for one in held.naming], keep=True)
    ledger.erasing.drop_told()
    ledger.erasing.forget_milestones([TOLD.format(key=f"{one.message_id} ") for one in held.letters])


def _drafts(office: Office, held: Held) -> list[Request]:
    """Letters asked for whose draft, which staff read in Envois, names the person."""
    theirs = {(one.call, one.number) for one in held.candidatures}
    asked = [one for call in {call for call, _ in theirs} for one in office.ledger.outbox.requests(call)]
    return [
        one
        for one in asked
        if (one.call, one.number) in theirs
        and held.who.is_named_in("\n".join((one.draft.subject, one.draft.text, *one.draft.recipients, one.blocked)))
    ]


def _tell(office: Office, held: Held, visa: str) -> None:
    """The event of the erasure, without a name."""
    numbers = [number for number, event, _ in held.events if is_erasable(event.what)]
    sealed = SEALED.format(numbers=ranges(numbers), seal=office.ledger.erasing.blank_events(numbers))
    counts = f"{len(held.mails)} messages, {len(held.letters)} courriers"
    why = f"{sealed}À la demande d'une personne : {counts}.{f' Visa des archives : {visa}.' if visa else ''}"
    office.ledger.journal.note(Event(office.clock.now(), "staff", f"{ERASURE} : une personne", why=why))
