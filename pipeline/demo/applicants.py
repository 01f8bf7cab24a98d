"""The applicants' side: they open the convocation in their calendar program and click Accept or Decline."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from icalendar import Calendar


def invitations_in(raw: bytes) -> list[Calendar]:
    """The calendars of a convocation as a calendar program finds them."""
    message = message_from_bytes(raw, policy=policy.default)
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [Calendar.from_ical(str(part.get_content())) for part in parts]


def answer(invitation: Calendar, partstat: str, convocation: bytes, at: datetime) -> bytes:
    """The mail a calendar program sends (RFC 5546 REPLY): the same event, one attendee, the answer."""
    asked = message_from_bytes(convocation, policy=policy.default)
    event = invitation.walk("VEVENT")[0]
    attendee = event["ATTENDEE"]
    attendee.params["PARTSTAT"] = partstat
    attendee.params.pop("RSVP", None)
    reply = Calendar()
    reply.add("prodid", "-//Agenda d'exemple//FR")
    reply.add("version", "2.0")
    reply.add("method", "REPLY")
    reply.add_component(event)
    mail = EmailMessage(policy=policy.SMTP)
    word = {"ACCEPTED": "Accepté", "DECLINED": "Refusé", "TENTATIVE": "Provisoire"}[partstat]
    mail["From"], mail["To"] = asked["To"], asked["From"]
    mail["Subject"] = f"{word} : {event['SUMMARY']}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{partstat.lower()}-{str(event['UID']).replace('@', '-')}@agenda.example>"
    mail["In-Reply-To"] = asked["Message-ID"]
    mail.set_content(f"{word}.\n")
    mail.add_alternative(reply.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()
