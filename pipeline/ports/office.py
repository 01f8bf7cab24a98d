"""Everything a cycle works with."""

from dataclasses import dataclass
from datetime import date

from pipeline.core.call import Call, with_code
from pipeline.core.message import Address
from pipeline.core.verdict import House
from pipeline.ports.ledger import Ledger
from pipeline.ports.mail import Mailbox, Postman
from pipeline.ports.progress import Progress
from pipeline.ports.surroundings import (
    Archive,
    Attempts,
    Clock,
    DocumentReader,
    Enclosures,
    Gazetteer,
    Letterhead,
    StopSwitch,
)
from pipeline.ports.workbooks import LaureateBook, Tracker


@dataclass(frozen=True)
class Limits:
    """The configured caps the steps must know."""

    max_message_bytes: int
    acks_per_sender_per_day: int
    acks_per_cycle: int
    confirm_above: int
    grace_minutes: int
    max_per_minute: int
    keep_unrelated_days: int = 30


@dataclass(frozen=True)
class Office:
    """Everything a cycle works with: the doors, the calls, who we are."""

    mailbox: Mailbox
    postman: Postman
    archive: Archive
    attempts: Attempts
    ledger: Ledger
    tracker: Tracker
    laureates: LaureateBook
    letterhead: Letterhead
    enclosures: Enclosures
    documents: DocumentReader
    gazetteer: Gazetteer
    clock: Clock
    stop: StopSwitch
    progress: Progress
    calls: tuple[Call, ...]
    house: House
    limits: Limits
    from_name: str
    address: str
    first_run: str = "ask"
    list_unrelated: bool = True
    alerts_to: tuple[str, ...] = ()
    digest_to: tuple[str, ...] = ()
    digest_at: str = "08:30"

    @property
    def sender(self) -> Address:
        """Who our letters come from."""
        return Address(self.from_name, self.address)

    def today(self, call: Call) -> date:
        """The day as it is where the call is."""
        return self.clock.now().astimezone(call.zone).date()

    def call(self, code: str | None) -> Call | None:
        """The call of that code; None for one that the configuration does not describe (any more)."""
        return with_code(code, self.calls)
