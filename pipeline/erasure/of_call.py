"""A call past its retention: what goes of it, and the transaction that empties the ledger of it."""

import json
from dataclasses import dataclass

from pipeline import faults
from pipeline.core.alerts import TOLD
from pipeline.core.arrival import LoggedMessage, ReadingState
from pipeline.core.call import Call, home_of
from pipeline.core.candidature import Candidature
from pipeline.core.compiled import BESIDE, BOOK, COMPILED
from pipeline.core.erasure import PURGED, UNFINISHED, Work, ranges, retention_start, tombstone
from pipeline.core.journal import ERASURE, SEALED, is_erasable
from pipeline.core.laureates import lists_of
from pipeline.core.letters import OutgoingLetter
from pipeline.core.statistics import Figures, figures_of
from pipeline.core.waits import TRACKER
from pipeline.ports import CallFiles, Event, Office, Traces


@dataclass(frozen=True)
class CallPlan:
    """Everything of a call that a purge erases."""

    mails: tuple[LoggedMessage, ...]
    candidatures: tuple[Candidature, ...]
    letters: tuple[OutgoingLetter, ...]
    files: CallFiles
    events: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.mails or self.candidatures or self.letters or self.files.go)

    @property
    def pieces(self) -> int:
        return sum(len(one.pieces) for one in self.candidatures)


def plan_call(office: Office, traces: Traces, call: Call) -> CallPlan:
    """What there is; changes nothing."""
    return CallPlan(
        tuple(_mails(office, call)),
        tuple(office.ledger.candidatures.all(call.code)),
        tuple(office.ledger.outbox.letters(call.code)),
        traces.of_call(call.code),
        tuple(_events(office, call)),
    )


def begin_call(office: Office, call: Call, plan: CallPlan, visa: str) -> Work:
    """The published list without contacts, then the ledger without the call, in one transaction; what is left to do.

    Unavailable while somebody has the laureate workbook open.
    """
    _publish_without_contacts(office, call, plan)
    ledger, now = office.ledger, office.clock.now()
    figures = _figures(office, call, plan)
    mails = tuple((one.arrival.sha256, one.content_digest) for one in plan.mails)
    work = Work(now.isoformat(timespec="seconds"), (call.code,), mails, whole=True)
    with ledger.transaction():
        ledger.journal.reach(UNFINISHED, work.noted())
        faults.point("purge:list")
        for one in plan.mails:
            ledger.mail.decide(tombstone(one))
        ledger.erasing.blank_mails([sha256 for sha256, _ in mails])
        ledger.erasing.drop_call(call.code)
        ledger.erasing.drop_told()
        of_call = [name.format(call=call.code) for name in (COMPILED, BESIDE, TRACKER)]
        told = [TOLD.format(key=f"{one.message_id} ") for one in plan.letters]
        ledger.erasing.forget_milestones([*told, *of_call])
        noted = {"at": work.begun, "visa": visa, "figures": figures}
        ledger.journal.reach(PURGED.format(call=call.code), json.dumps(noted, ensure_ascii=False))
        _tell(office, call, plan, visa)
    faults.point("purge:rows")
    return work


def _tell(office: Office, call: Call, plan: CallPlan, visa: str) -> None:
    """The event of the erasure: what was erased, and under which visa, without a name."""
    sealed = SEALED.format(numbers=ranges(plan.events), seal=office.ledger.erasing.blank_events(plan.events))
    counts = f"{len(plan.candidatures)} candidatures, {len(plan.mails)} messages, {len(plan.letters)} courriers"
    why = f"{sealed}Appel {call.code} : {counts}. Visa des archives : {visa}."
    office.ledger.journal.note(
        Event(office.clock.now(), "staff", f"{ERASURE} : fin de conservation", call.code, "", why)
    )


def _mails(office: Office, call: Call) -> list[LoggedMessage]:
    """Those of the call, and those of no call that its tracker shows, once they are as old as its data may get."""
    limit = retention_start(call, office.today(call))
    own = office.ledger.erasing.mails(call=call.code)
    nobodys = [
        one
        for one in office.ledger.erasing.mails()
        if one.state is not ReadingState.WAITING
        and one.arrival.received.astimezone(call.zone).date() < limit
        and home_of(None, one.arrival.received, office.calls) == call
    ]
    return [one for one in (*own, *nobodys) if one.state is not ReadingState.ERASED]


def _events(office: Office, call: Call) -> list[int]:
    """The call's own, and those of no call from the time its data go back to; never one that tells of an erasure."""
    limit = retention_start(call, office.today(call))
    return [
        number
        for number, event, _ in office.ledger.journal.whole()
        if is_erasable(event.what)
        and (event.call == call.code or not event.call and event.at.astimezone(call.zone).date() < limit)
    ]


def _figures(office: Office, call: Call, plan: CallPlan) -> Figures:
    """Counted now; those of an earlier purge of the same call stand, and what came since is not added to them."""
    noted = office.ledger.journal.milestone(PURGED.format(call=call.code))
    earlier: Figures = json.loads(noted)["figures"] if noted else {}
    return earlier or figures_of(plan.candidatures, plan.mails, plan.letters)


def _publish_without_contacts(office: Office, call: Call, plan: CallPlan) -> None:
    """What was published stays: the workbook with that page alone. Where no list was compiled, none is made."""
    if not office.laureates.fingerprint(call, BOOK) or not plan.candidatures:
        return
    names = office.gazetteer.territories().departements()
    lists = lists_of(call, plan.candidatures, plan.letters, names)
    office.laureates.write(call, BOOK, office.laureates.public_book(call, lists, office.today(call)))
