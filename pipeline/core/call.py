"""A call (AMI): its dates, its contact, its meetings. Reading the files is left to `settings`."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Contact:
    """Who signs the letters of a call."""

    name: str
    role: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting as the call announces it; place and hours are staff's, in the sheet Réunions."""

    key: str
    title: str
    date: date


@dataclass(frozen=True)
class Legal:
    """What an acknowledgement must say where the law of acknowledgements applies (see `letters.legal`).

    `silence` is "rejection" or "acceptance"; `appeal` a whole sentence, needed for a rejection.
    """

    service: str
    phone: str
    email: str
    address: str
    silence: str
    silence_months: int
    appeal: str
    controller: str
    purpose: str
    legal_basis: str
    recipients: str
    dpo: str
    notice_url: str = ""


@dataclass(frozen=True)
class Call:
    """One call. `code` is the folder and ledger key, `prefix` begins the numbers (V21-001)."""

    code: str
    prefix: str
    title: str
    short_title: str
    opens: date
    closes: date
    places_min: int
    places_max: int
    keywords: tuple[str, ...]
    regions: tuple[str, ...]
    contact: Contact
    zone: ZoneInfo
    meetings: tuple[Meeting, ...] = ()
    required_documents: tuple[str, ...] = ()
    announcement_url: str = ""
    retention_months: int = 24
    legal: Legal | None = None
    reply_days: int = 14  # that a request for complements leaves; 0 = no date is given

    def deadline(self) -> datetime:
        """The first instant that is too late: midnight after the closing day, in the call's zone."""
        return datetime.combine(self.closes + timedelta(days=1), time(), self.zone)

    def is_in_time(self, received: datetime) -> bool:
        """Whether what the server received then (aware datetime) is in time. The Date header has no say."""
        return received < self.deadline()

    def has_opened(self, received: datetime) -> bool:
        return received >= datetime.combine(self.opens, time(), self.zone)


def with_code(code: str | None, calls: tuple[Call, ...]) -> Call | None:
    """The one of these calls that has this code."""
    return next((call for call in calls if call.code == code), None)


def home_of(code: str | None, received: datetime, calls: tuple[Call, ...]) -> Call | None:
    """The call in whose tracker a message is shown: its own; else the call that had opened last when it was received,
    or the first to open, so that every message is shown in one place."""
    if code:
        return with_code(code, calls)
    by_opening = sorted(calls, key=lambda call: (call.opens, call.code))
    return next((call for call in reversed(by_opening) if call.has_opened(received)), next(iter(by_opening), None))
