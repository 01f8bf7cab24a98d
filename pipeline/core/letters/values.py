"""The words given to the templates of letters to applicants: flat, French, ready to print. Choosing them is left to
the templates, escaping to the letterhead.

What is not known is "", 0 or (): a template leaves it out of the sentence. Nothing here is ever None.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from pipeline.core import french
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan
from pipeline.core.letters.greeting import attention, greeting
from pipeline.core.letters.legal import legal_block

_SYNDICATS = {"SM": "Syndicat mixte", "SI": "Syndicat intercommunal"}


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as a letter tells it: `day` "mardi 7 mars 2017", `when` "mardi 7 mars 2017, de 14 h à 17 h"."""

    title: str
    day: str
    when: str
    place: str


@dataclass(frozen=True)
class LetterValues:
    """The vocabulary of the templates, documented for staff in mail_templates/README.md."""

    # the candidature
    number: str
    greeting: str
    applicant: str
    attention: str  # "Hélène Carpentier, directrice générale des services"; "" when nobody can be named
    collectivite: str
    received: str
    late: bool  # the mail answered came after the closing
    in_time: bool  # the candidature came before it
    by_hand: bool  # typed by staff: it did not come by e-mail
    pieces: tuple[str, ...]
    # the call
    call_title: str
    call_short_title: str
    opens: str
    closes: str
    is_open: bool  # the closing is still to come
    places: str
    required_documents: tuple[str, ...]
    announcement_url: str
    retention_months: int
    # this letter
    today: str
    meetings: tuple[MeetingLine, ...]
    updated: bool  # an hour, a date or a place changed since a first convocation
    cancelled: tuple[MeetingLine, ...]  # meetings that will not take place, to which this candidature was invited
    reason: str  # the column Motif
    rank: str  # the column Rang
    missing: tuple[str, ...]
    reply_by: str
    attachments: tuple[str, ...]
    legal: tuple[str, ...]  # the paragraphs of the legal block, where the call configures one
    # who signs
    signatory: str
    signatory_role: str
    organisation: str
    our_email: str
    our_phone: str
    our_address: str


@dataclass(frozen=True)
class Occasion:
    """What one letter is about: `now` and `received` aware; `pieces` the names of the documents of the mail answered
    (or of the whole candidature); `missing` what a request for complements lists; `attachments` file names.
    `addressee` is the name of who is written to where it is not the contact; "" when nobody can be named."""

    now: datetime
    received: datetime | None = None
    addressee: str | None = None
    pieces: tuple[str, ...] = ()
    meetings: tuple[MeetingPlan, ...] = ()
    cancelled: tuple[MeetingPlan, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""
    reply_by: date | None = None
    attachments: tuple[str, ...] = ()


def values_for(call: Call, candidature: Candidature, occasion: Occasion) -> dict[str, object]:
    """The mapping for `Letterhead.write`, for a candidature with its corrections applied.

    `occasion.received` missing means the candidature's own reception. Past meetings are left out (see `upcoming`).
    """
    received = occasion.received or candidature.received
    now = occasion.now.astimezone(call.zone)
    meetings = upcoming(occasion.meetings, now.date())
    values = LetterValues(
        number=candidature.number,
        greeting=greeting(candidature.contact.name if occasion.addressee is None else occasion.addressee),
        applicant=candidature.contact.name,
        attention=attention(candidature.contact),
        collectivite=_in_full(candidature.collectivite),
        received=_received(call, received, by_hand=candidature.by_hand),
        late=received is not None and not call.is_in_time(received),
        in_time=candidature.in_time is not False,
        by_hand=candidature.by_hand,
        pieces=tuple(dict.fromkeys(filter(None, occasion.pieces))),
        opens=french.long_date(call.opens),
        closes=french.long_date(call.closes),
        is_open=call.is_in_time(now),
        places=_places(call),
        call_title=french.typography(call.title),
        call_short_title=call.short_title or call.title,
        required_documents=tuple(map(french.typography, call.required_documents)),
        announcement_url=call.announcement_url,
        retention_months=call.retention_months,
        today=french.long_date(now.date()),
        meetings=tuple(meeting_line(meeting) for meeting in meetings),
        updated=any(meeting.sequence > 0 for meeting in meetings),
        cancelled=tuple(meeting_line(meeting) for meeting in occasion.cancelled),
        missing=tuple(map(french.typography, occasion.missing)),
        reply_by=french.long_date(occasion.reply_by) if occasion.reply_by else "",
        attachments=occasion.attachments,
        legal=legal_block(call, received),
        **_of_staff(candidature, occasion),
        **_signature(call),
    )
    return asdict(values)


def _of_staff(candidature: Candidature, occasion: Occasion) -> dict[str, str]:
    """What staff typed of a decision; the reason with its full stop, since a letter may go on after it."""
    reason = " ".join(occasion.reason.split())
    end = "" if not reason or reason.endswith((".", "…", "!", "?")) else "."
    return {"reason": french.typography(reason + end), "rank": candidature.staff.get("rank", "")}


def _in_full(name: str) -> str:
    """The name as a letter writes it: the register of collectivités shortens the form of a syndicat."""
    short, _, rest = name.partition(" ")
    return french.typography(f"{_SYNDICATS[short]} {rest}" if short in _SYNDICATS and rest else name)


def _places(call: Call) -> str:
    """ "2 à 3 candidatures", "une candidature"; "" where the call does not say how many."""
    if call.places_max == 1:
        return "une candidature"
    return french.span(call.places_min, call.places_max, "candidature") if call.places_max > 0 else ""


def meeting_line(meeting: MeetingPlan) -> MeetingLine:
    """A meeting in words; what staff have not set is left out."""
    day = french.long_date(meeting.date) if meeting.date else ""
    where = ", ".join(filter(None, (meeting.place, ", ".join(lines_of(meeting.address)))))
    when = ", ".join(filter(None, (day, _hours(meeting))))
    return MeetingLine(french.typography(meeting.title), day, when, french.typography(where))


def _hours(meeting: MeetingPlan) -> str:
    """ "de 14 h à 17 h", "à 14 h"; a start in words ("l'après-midi") as it stands."""
    if french.time_of(meeting.start) is None:
        return meeting.start
    start = french.hour(meeting.start)
    return f"à {start}" if french.time_of(meeting.end) is None else f"de {start} à {french.hour(meeting.end)}"


def upcoming(meetings: Iterable[MeetingPlan], today: date) -> list[MeetingPlan]:
    """The meetings of today, of the days to come and without a date, by date."""
    ahead = [meeting for meeting in meetings if meeting.date is None or meeting.date >= today]
    return sorted(ahead, key=lambda meeting: (meeting.date or date.max, meeting.start))


def _received(call: Call, received: datetime | None, by_hand: bool) -> str:
    if received is None:
        return ""
    local = received.astimezone(call.zone)
    # Midnight is what a date typed without an hour becomes (a letter that came by post): the hour is not known.
    return f"le {french.day(local)}" if by_hand and local.time() == time() else french.moment(local)


def lines_of(text: str) -> tuple[str, ...]:
    """What staff typed in one cell, one item per line or between semicolons, without their own dashes."""
    items = (re.sub(r"^[\s•*–-]+|[\s;,]+$", "", item) for item in re.split(r"[\n\r;]+", text))
    return tuple(item for item in items if item)


def _signature(call: Call) -> dict[str, str]:
    contact = call.contact
    return {
        "signatory": contact.name,
        "signatory_role": contact.role,
        "organisation": contact.organisation,
        "our_email": contact.email,
        "our_phone": contact.phone,
        "our_address": ", ".join(lines_of(contact.address)),
    }
