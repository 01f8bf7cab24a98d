"""Since when a tracker waits to be written to, for `status`; after some hours staff are told by a letter."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.core import french
from pipeline.core.call import Call
from pipeline.core.envelope import Envelope, compose
from pipeline.core.letters import LetterKey, OutgoingLetter, Section, TemplateFault, alert_values
from pipeline.core.message import Address
from pipeline.failures import Unavailable
from pipeline.ports import Holder, Office

WAITING = "tracker waiting: {call}"  # milestone: since when and why; "" when it was written to
PATIENCE = timedelta(hours=4)
TITLE = "le tableau de suivi n'est plus à jour"
CLOSE_IT = (
    "Enregistrez et fermez le tableau sur ce poste\u00a0: il est mis à jour au passage suivant.",
    "Rien n'est perdu\u00a0: les candidatures sont enregistrées et les courriers partent pendant ce temps.",
)
MEND_IT = (
    "Fermez le tableau s'il est ouvert, ou faites ce que dit le message ci-dessus.",
    "Rien n'est perdu\u00a0: les candidatures sont enregistrées et les courriers partent pendant ce temps.",
)


@dataclass(frozen=True)
class Wait:
    """Since when (aware) a tracker could not be written to, and what was said then."""

    since: datetime
    why: str


def waiting(office: Office, call: Call) -> Wait | None:
    """The wait of a tracker; None when it shows everything."""
    noted = office.ledger.journal.milestone(WAITING.format(call=call.code))
    if not noted:
        return None
    since, why = json.loads(noted)
    return Wait(datetime.fromisoformat(since), why)


def note_waiting(office: Office, call: Call, why: str) -> None:
    """It cannot be written to now: the first time counts."""
    earlier = waiting(office, call)
    since = earlier.since if earlier else office.clock.now()
    noted = json.dumps([since.isoformat(timespec="seconds"), why], ensure_ascii=False)
    office.ledger.journal.reach(WAITING.format(call=call.code), noted)


def note_shown(office: Office, call: Call) -> None:
    """It shows everything."""
    if waiting(office, call):
        office.ledger.journal.reach(WAITING.format(call=call.code), "")


def alert_of_waiting(office: Office, call: Call) -> Counter[str]:
    """Write to `[staff] alerts_to`, once a day, when the tracker has been waiting for hours.

    Raises Unavailable when the letter's template is at fault.
    """
    wait, now = waiting(office, call), office.clock.now()
    if wait is None or now - wait.since < PATIENCE:
        return Counter()
    letters = [_alert(office, call, wait, recipient) for recipient in office.alerts_to]
    return Counter(alerts=sum(office.ledger.outbox.queue(letter) for letter in letters))


def _alert(office: Office, call: Call, wait: Wait, recipient: str) -> OutgoingLetter:
    now, sender = office.clock.now(), Address(office.from_name, office.address)
    day = f"tableau-{(now - wait.since).days}-{wait.since.isoformat(timespec='minutes')}"
    key = LetterKey(call.code, "", "alerte", day, recipient)
    try:
        words = office.letterhead.write("alerte", call.code, alert_values(TITLE, _sections(office, call, wait), now))
    except TemplateFault as fault:
        raise Unavailable(f"{fault.where}: {fault.what}") from fault
    message_id = key.message_id(sender.domain)
    envelope = Envelope(sender, Address("", recipient), words.subject, words.text, words.html, message_id, now)
    return OutgoingLetter(key, message_id, words.subject, compose(envelope), now)


def _sections(office: Office, call: Call, wait: Wait) -> tuple[Section, ...]:
    holder = office.tracker.holder(call)
    facts = (
        f"{call.short_title}\u00a0: {office.tracker.path(call)}",
        f"En attente depuis {french.moment(wait.since.astimezone(call.zone))}",
        told(holder, call) if holder else f"Message technique\u00a0: {wait.why}",
    )
    return Section("Ce qui est constaté", facts), Section("Que faire", CLOSE_IT if holder else MEND_IT)


def told(holder: Holder, call: Call) -> str:
    """Who has the tracker open, in French: "Ouvert par Marie Durand (LibreOffice) depuis le …"."""
    program = f" ({holder.program})" if holder.program else ""
    since = f" depuis {french.moment(holder.since.astimezone(call.zone))}" if holder.since else ""
    return f"Ouvert par {holder.name or 'une personne inconnue'}{program}{since}"
