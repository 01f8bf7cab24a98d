"""iCalendar: invitations out, replies in (RFC 5545, 5546). Which meetings, and to whom, is left to correspondence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from pipeline.core.call import Call
from pipeline.core.candidature import Attendance, MeetingPlan
from pipeline.core.message import Address

if TYPE_CHECKING:  # 10 MB that most mails and letters need not: loaded by the functions below
    from icalendar import Calendar, Component, vCalAddress

MAX_CALENDAR_BYTES = 500_000
PARIS = "Europe/Paris"
# By rule, not by a list of dates: Outlook misreads zones written as RDATE lists, which the library would make.
_PARIS_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""
_ANSWERS = {
    "ACCEPTED": Attendance.ACCEPTED,
    "DECLINED": Attendance.DECLINED,
    "TENTATIVE": Attendance.TENTATIVE,
    "DELEGATED": Attendance.TENTATIVE,  # somebody else may come: staff read who
}
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True)
class Reply:
    """An answer to an invitation: `attendee` and `sent_by` ("" if they answered themselves) are e-mail addresses in
    lower case, `partstat` the answer's own word in lower case; `counter` when another time is proposed; `start` that of
    the meeting as the program gives it back, None when it does not."""

    uid: str
    attendee: str
    sent_by: str
    partstat: str
    sequence: int
    counter: bool = False
    start: date | datetime | None = None

    @property
    def attendance(self) -> Attendance:
        return _ANSWERS[self.partstat.upper()]


@dataclass(frozen=True)
class Guest:
    """Who is invited, for which candidature."""

    number: str
    address: Address


def meeting_uid(call: str, number: str, meeting: str, domain: str) -> str:
    """The UID of one candidature's invitation, the same for ever: "visions21-2017.V21-003.prep-1@cerdd.org"."""
    parts = (quote(part, safe="").replace(".", "%2E") for part in (call, number, meeting))
    return f"{'.'.join(parts)}@{domain}"


def meeting_of(uid: str) -> tuple[str, str, str] | None:
    """(call, number, meeting key) of a UID that `meeting_uid` made, None for any other."""
    parts = uid.strip().rpartition("@")[0].split(".")
    if len(parts) != 3 or not all(parts):
        return None
    call, number, meeting = (unquote(part) for part in parts)
    return call, number, meeting


def invitation(call: Call, meeting: MeetingPlan, organiser: Address, guest: Guest, now: datetime) -> bytes:
    """A calendar with METHOD:REQUEST, or CANCEL for a meeting that is cancelled (RFC 5546, 3.2.5), in UTF-8 with CRLF.

    A meeting without hours takes the whole day.

    Raises ValueError for a meeting without a date: there is nothing to invite to.
    """
    if meeting.date is None:
        raise ValueError(f"{meeting.key} has no date")
    from icalendar import Calendar, Event, Timezone  # noqa: PLC0415 - see above

    calendar = Calendar()
    calendar.add("prodid", "-//Visions pipeline//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if meeting.cancelled else "REQUEST")
    starts, ends = _hours(meeting, meeting.date, call.zone)
    if isinstance(starts, datetime) and starts.tzinfo is not UTC:
        calendar.add_component(Timezone.from_ical(_PARIS_ZONE))
    event = Event()
    event.add("uid", meeting_uid(call.code, guest.number, meeting.key, organiser.domain))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", starts)
    if ends is not None:
        event.add("dtend", ends)
    for name, text in _words(call, meeting, guest).items():
        event.add(name, text)
    event["organizer"] = _person(organiser, {})
    asked = {"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION", "rsvp": "TRUE"}
    event["attendee"] = _person(guest.address, asked)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def read_reply(calendar: bytes) -> Reply | None:
    """The answer in a calendar part; None when it is no answer, says nothing or cannot be read. Never raises."""
    if len(calendar) > MAX_CALENDAR_BYTES:
        return None
    from icalendar import Calendar  # noqa: PLC0415 - see above

    try:
        return _reply(Calendar.from_ical(_decoded(calendar)))
    except Exception:
        return None


def _reply(calendar: Calendar) -> Reply | None:
    method = str(calendar.get("method", "")).upper()
    events = calendar.walk("VEVENT")
    if method not in ("REPLY", "COUNTER") or not events:
        return None
    event = events[0]
    said = event.get("attendee", [])
    for attendee in said if isinstance(said, list) else [said]:
        partstat = str(attendee.params.get("partstat", "")).upper()
        if partstat in _ANSWERS:
            sent_by = _email(attendee.params.get("sent-by", ""))
            sequence = int(event.get("sequence", 0))
            uid = str(event.get("uid", "")).strip()
            counter = method == "COUNTER"
            return Reply(uid, _email(attendee), sent_by, partstat.lower(), sequence, counter, _start(event))
    return None


def _start(event: Component) -> date | datetime | None:
    try:
        start = event.decoded("dtstart")
    except (KeyError, ValueError):
        return None
    return start if isinstance(start, date) else None  # a datetime is one


def _hours(meeting: MeetingPlan, day: date, zone: ZoneInfo) -> tuple[date | datetime, date | datetime | None]:
    """Start and end, in Paris time or in UTC; an end that is missing or not after the start is never made up."""
    start, end = hour_of(meeting.start), hour_of(meeting.end)
    if start is None:
        return day, day + timedelta(days=1)
    hours = (datetime.combine(day, hour, zone) for hour in (start, end) if hour and hour >= start)
    starts, *ends = hours if str(zone) == PARIS else (moment.astimezone(UTC) for moment in hours)
    return starts, next((moment for moment in ends if moment > starts), None)


def hour_of(text: str) -> time | None:
    """ "14:00" as a time, None for what is no hour."""
    found = _HOUR.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _words(call: Call, meeting: MeetingPlan, guest: Guest) -> dict[str, str]:
    contact = call.contact
    lines = (
        f"Appel à manifestation d’intérêt «\u00a0{call.title}\u00a0»",
        f"Candidature\u00a0: {guest.number}",
        f"Contact\u00a0: {', '.join(filter(None, (contact.name, contact.phone, contact.email)))}",
    )
    place = ", ".join(filter(None, (_one_line(meeting.place), _one_line(meeting.address))))
    words = {
        "summary": _one_line(f"{call.short_title} – {meeting.title}" if call.short_title else meeting.title),
        "description": "\n".join(_one_line(line) for line in lines),
        "location": place,
        "status": "CANCELLED" if meeting.cancelled else "CONFIRMED",
        "transp": "OPAQUE",
    }
    return {name: text for name, text in words.items() if text}


def _person(address: Address, params: dict[str, str]) -> vCalAddress:
    from icalendar import vCalAddress, vText  # noqa: PLC0415 - see above

    person = vCalAddress(f"mailto:{address.email}")
    name = _one_line(address.name).replace('"', "")  # a parameter cannot hold a quotation mark (RFC 5545, 3.2)
    for key, value in (({"cn": name} if name else {}) | params).items():
        person.params[key] = vText(value)
    return person


def _email(address: object) -> str:
    return re.sub(r"^mailto:", "", str(address).strip().strip('"'), flags=re.IGNORECASE).strip().lower()


def _decoded(calendar: bytes) -> str:
    try:
        return calendar.decode("utf-8-sig")
    except UnicodeDecodeError:
        return calendar.decode("cp1252", "replace")


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
