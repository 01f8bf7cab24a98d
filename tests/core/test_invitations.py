"""Invitations as calendars of other programs must read them; replies as those programs write them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.core.candidature import Attendance, MeetingPlan
from pipeline.core.invitations import Guest, Reply, invitation, meeting_of, meeting_uid, read_reply
from pipeline.core.message import Address
from tests.builders import a_call

NOW = datetime(2017, 2, 28, 9, 0, tzinfo=UTC)
ORGANISER = Address("Cerdd – Antoine Goxe", "agoxe@cerdd.org")
GUEST = Guest("V21-003", Address('Hélène "Léna" Carpentier', "h.carpentier@ternois.example"))
MEETING = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7), "14:00", "17:00", "Base 11/19", "Rue X, Loos", 2)
STARTS = datetime(2017, 3, 7, 13, tzinfo=UTC)
UID = "visions21-2017.V21-003.prep-1@cerdd.org"


def lines(meeting: MeetingPlan = MEETING) -> list[str]:
    """The unfolded lines of an invitation."""
    return invitation(a_call(), meeting, ORGANISER, GUEST, NOW).decode().replace("\r\n ", "").split("\r\n")


def reply(partstat: str, method: str = "REPLY", **more: str) -> bytes:
    params = "".join(f";{name}={value}" for name, value in more.items())
    return (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nPRODID:-//Microsoft//FR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
        f"ATTENDEE;PARTSTAT={partstat}{params}:MAILTO:H.Carpentier@ternois.example\r\n"
        f"UID:{UID}\r\nSEQUENCE:2\r\nDTSTART;TZID=Romance Standard Time:20170307T140000\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_an_invitation_says_everything_a_calendar_asks_for() -> None:
    written = lines()
    for line in (
        "METHOD:REQUEST",
        "SUMMARY:Visions +21 – Première réunion",
        "DTSTART;TZID=Europe/Paris:20170307T140000",
        "DTEND;TZID=Europe/Paris:20170307T170000",
        "DTSTAMP:20170228T090000Z",
        f"UID:{UID}",
        "SEQUENCE:2",
        "LOCATION:Base 11/19\\, Rue X\\, Loos",
        'ORGANIZER;CN="Cerdd – Antoine Goxe":mailto:agoxe@cerdd.org',
    ):
        assert line in written
    (attendee,) = [line for line in written if line.startswith("ATTENDEE")]
    assert attendee.endswith(":mailto:h.carpentier@ternois.example")
    assert {"PARTSTAT=NEEDS-ACTION", "RSVP=TRUE"} < set(attendee.partition(":mailto")[0].split(";"))


def test_the_time_zone_is_a_rule_and_not_a_list_of_dates() -> None:
    written = lines()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in written
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in written
    assert not [line for line in written if line.startswith("RDATE")]


def test_another_program_reads_the_same_instants() -> None:
    event = Calendar.from_ical(invitation(a_call(), MEETING, ORGANISER, GUEST, NOW)).walk("VEVENT")[0]
    paris = ZoneInfo("Europe/Paris")
    assert event.decoded("dtstart") == datetime(2017, 3, 7, 14, tzinfo=paris)
    assert event.decoded("dtend") == datetime(2017, 3, 7, 17, tzinfo=paris)


def test_in_another_zone_the_hours_are_given_in_utc() -> None:
    call = a_call(zone=ZoneInfo("America/Martinique"))
    calendar = invitation(call, MEETING, ORGANISER, GUEST, NOW).decode()
    assert "DTSTART:20170307T180000Z" in calendar
    assert "VTIMEZONE" not in calendar


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("", "", ["DTSTART;VALUE=DATE:20170307", "DTEND;VALUE=DATE:20170308"]),
        ("l’après-midi", "", ["DTSTART;VALUE=DATE:20170307", "DTEND;VALUE=DATE:20170308"]),
        ("14:00", "", ["DTSTART;TZID=Europe/Paris:20170307T140000"]),
        ("14:00", "09:00", ["DTSTART;TZID=Europe/Paris:20170307T140000"]),
    ],
)
def test_hours_that_are_not_set_are_not_made_up(start: str, end: str, found: list[str]) -> None:
    meeting = MeetingPlan("prep-1", "Réunion", date(2017, 3, 7), start, end)
    event = lines(meeting)[lines(meeting).index("BEGIN:VEVENT") :]
    assert [line for line in event if line.startswith(("DTSTART", "DTEND"))] == found


def test_a_calendar_says_of_which_version_it_is_and_nothing_of_a_place_that_is_not_set() -> None:
    said = lines(replace(MEETING, place=" ", address=""))
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:REQUEST"} <= set(said)
    assert not [line for line in said if line.startswith("LOCATION")]


def test_a_meeting_without_a_date_is_no_invitation() -> None:
    with pytest.raises(ValueError, match="prep-9 has no date"):
        lines(MeetingPlan("prep-9", "Réunion", None))


def test_what_staff_typed_cannot_add_a_line_to_the_calendar() -> None:
    meeting = MeetingPlan("prep-1", "Réunion\r\nATTACH:http://x.example", date(2017, 3, 7), place="Ici\nSUMMARY:non")
    assert not [line for line in lines(meeting) if line.startswith("ATTACH:") or line == "SUMMARY:non"]


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_a_uid_gives_back_what_it_was_made_of(call: str, number: str, meeting: str) -> None:
    call, number, meeting = (part.encode("utf-8", "replace").decode() for part in (call, number, meeting))
    uid = meeting_uid(call, number, meeting, "cerdd.org")
    assert meeting_of(uid) == (call, number, meeting)
    assert uid.isascii()


@pytest.mark.parametrize("uid", ["", "a@b", "a.b@c", "a.b.c.d@e", "..@c", "040000008200E00074C5B7101A82E008"])
def test_a_uid_of_somebody_else_is_no_meeting_of_ours(uid: str) -> None:
    assert meeting_of(uid) is None


@pytest.mark.parametrize(
    ("partstat", "attendance"),
    [
        ("ACCEPTED", Attendance.ACCEPTED),
        ("Declined", Attendance.DECLINED),
        ("TENTATIVE", Attendance.TENTATIVE),
        ("DELEGATED", Attendance.TENTATIVE),
    ],
)
def test_a_reply_tells_who_answers_what(partstat: str, attendance: Attendance) -> None:
    answer = read_reply(reply(partstat))
    assert answer is not None and answer.attendance == attendance
    assert answer == Reply(UID, "h.carpentier@ternois.example", "", partstat.lower(), 2, start=answer.start)
    assert isinstance(answer.start, datetime) and answer.start.astimezone(UTC) == STARTS
    assert meeting_of(answer.uid) == ("visions21-2017", "V21-003", "prep-1")


def test_a_reply_by_an_assistant_names_both() -> None:
    answer = read_reply(reply("ACCEPTED", **{"SENT-BY": '"mailto:Secretariat@ternois.example"'}))
    assert answer is not None
    assert (answer.attendee, answer.sent_by) == ("h.carpentier@ternois.example", "secretariat@ternois.example")


def test_another_time_proposed_is_a_reply_that_says_so() -> None:
    answer = read_reply(reply("TENTATIVE", method="COUNTER"))
    assert answer is not None and answer.counter


def test_a_reply_in_the_windows_alphabet_is_read() -> None:
    calendar = reply("ACCEPTED").replace(b"UID", "COMMENT:Réunion notée\r\nUID".encode("cp1252"))
    answer = read_reply(calendar)
    assert answer and replace(answer, start=None) == Reply(UID, "h.carpentier@ternois.example", "", "accepted", 2)


@pytest.mark.parametrize(
    "calendar",
    [
        b"",
        b"\x00\xff\xfe",
        b"BEGIN:VCALENDAR\r\n" * 3000,
        reply("NEEDS-ACTION"),
        reply("ACCEPTED", method="REQUEST"),
        reply("ACCEPTED", method="CANCEL"),
        reply("ACCEPTED").replace(b"SEQUENCE:2", b"SEQUENCE:deux"),
        reply("ACCEPTED").replace(b"END:VEVENT", b""),
        b"x" * 600_000,
    ],
)
def test_what_is_no_reply_is_none_and_never_raises(calendar: bytes) -> None:
    assert read_reply(calendar) is None


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_raise(junk: bytes) -> None:
    read_reply(junk)
    read_reply(reply("ACCEPTED").replace(b"SEQUENCE:2", junk))


PREP = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7), "14:00", "17:00", "Base 11/19", "Rue de Bourgogne")


@pytest.mark.parametrize(
    ("meeting", "method", "status"),
    [(PREP, "REQUEST", "CONFIRMED"), (replace(PREP, cancelled=True, sequence=1), "CANCEL", "CANCELLED")],
)
def test_another_library_reads_the_invitation_as_it_was_meant(meeting: MeetingPlan, method: str, status: str) -> None:
    guest = Guest("V21-003", Address("Hélène Carpentier", "h.carpentier@ternois.example"))
    organiser = Address("Cerdd", "agoxe@cerdd.org")
    raw = invitation(a_call(), meeting, organiser, guest, datetime(2017, 3, 1, 9, tzinfo=UTC))
    calendar = vobject.readOne(raw.decode())
    assert calendar.validate(raiseException=True)
    event = calendar.vevent
    assert (calendar.method.value, event.status.value, event.sequence.value) == (method, status, str(meeting.sequence))
    assert event.dtstart.value.astimezone(UTC) == datetime(2017, 3, 7, 13, tzinfo=UTC)
    assert event.dtend.value.astimezone(UTC) == datetime(2017, 3, 7, 16, tzinfo=UTC)
    assert (event.organizer.value, event.attendee.value) == (
        "mailto:agoxe@cerdd.org",
        "mailto:h.carpentier@ternois.example",
    )
    assert (event.attendee.params["RSVP"], event.attendee.params["CN"]) == (["TRUE"], ["Hélène Carpentier"])
    assert event.uid.value == "visions21-2017.V21-003.prep-1@cerdd.org"
    assert event.location.value == "Base 11/19, Rue de Bourgogne"
    assert (raw.count(b"RRULE:FREQ=YEARLY"), raw.count(b"RDATE")) == (2, 0)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b"")


# As the programs write them, after their documentation and public samples; names and places are invented.
BY_PROGRAM = {
    "Outlook": (
        'ATTENDEE;PARTSTAT=ACCEPTED;CN="Carpentier, Hélène":MAILTO:H.Carpentier@ternois.example\n'
        "COMMENT;LANGUAGE=fr-FR:\\n\nUID:{uid}\nSUMMARY;LANGUAGE=fr-FR:Accepté : réunion\n"
        'DTSTART;TZID="Romance Standard Time":20170307T140000\nDTEND;TZID="Romance Standard Time":20170307T170000\n'
        "CLASS:PUBLIC\nPRIORITY:5\nDTSTAMP:20170302T091500Z\nTRANSP:OPAQUE\nSTATUS:CONFIRMED\nSEQUENCE:0\n"
        "X-MICROSOFT-CDO-APPT-SEQUENCE:0\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\nX-MICROSOFT-DISALLOW-COUNTER:FALSE\n"
    ),
    "Google": (
        "DTSTART:20170307T130000Z\nDTEND:20170307T160000Z\nDTSTAMP:20170302T091500Z\n"
        "ORGANIZER;CN=Cerdd:mailto:agoxe@cerdd.org\nUID:{uid}\n"
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Hélène;X-NUM-GUESTS=0;X-RESPONSE-COMMENT=\n"
        ' "À bientôt":mailto:h.carpentier@ternois.example\nCREATED:20170301T090000Z\nDESCRIPTION:\nSEQUENCE:0\n'
        "STATUS:CONFIRMED\nTRANSP:OPAQUE\n"
    ),
    "Zimbra": (
        "UID:{uid}\nSUMMARY:réunion\n"
        "ATTENDEE;CN=Hélène Carpentier;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:\n h.carpentier@ternois.example\n"
        'ORGANIZER;CN=Cerdd:mailto:agoxe@cerdd.org\nDTSTART;TZID="Europe/Brussels":20170307T140000\n'
        'DTEND;TZID="Europe/Brussels":20170307T170000\nSTATUS:CONFIRMED\nCLASS:PUBLIC\nX-MICROSOFT-CDO-INTENDEDSTATUS:BUSY\n'
        "DTSTAMP:20170302T091500Z\nSEQUENCE:0\n"
    ),
    "Apple": (
        "UID:{uid}\nDTSTAMP:20170302T091500Z\nDTSTART;TZID=Europe/Paris:20170307T140000\nSEQUENCE:0\n"
        'ATTENDEE;CN="Hélène Carpentier";CUTYPE=INDIVIDUAL;EMAIL="h.carpentier@ternois.example";PARTSTAT=ACCEPTED'
        ":mailto:\n h.carpentier@ternois.example\nORGANIZER;CN=Cerdd;EMAIL=agoxe@cerdd.org:mailto:agoxe@cerdd.org\n"
        "LAST-MODIFIED:20170302T091500Z\nSUMMARY:réunion\n"
    ),
    "Thunderbird": (
        "CREATED:20170302T091400Z\nLAST-MODIFIED:20170302T091500Z\nDTSTAMP:20170302T091500Z\nUID:{uid}\n"
        "SUMMARY:réunion\n"
        "ORGANIZER;CN=Cerdd:mailto:agoxe@cerdd.org\n"
        "ATTENDEE;CN=Hélène Carpentier;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:h.carp\n"
        " entier@ternois.example\nX-MOZ-RECEIVED-SEQUENCE:0\nX-MOZ-RECEIVED-DTSTAMP:20170301T090000Z\nSEQUENCE:0\n"
        "DTSTART;TZID=Europe/Paris:20170307T140000\n"
    ),
}


@pytest.mark.parametrize("program", BY_PROGRAM)
@pytest.mark.parametrize("partstat", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_the_answer_of_each_program_is_read(program: str, partstat: str) -> None:
    event = BY_PROGRAM[program].format(uid=UID).replace("ACCEPTED", partstat)
    calendar = (
        f"BEGIN:VCALENDAR\nPRODID:-//X//FR\nVERSION:2.0\nMETHOD:REPLY\nBEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n"
    )
    for encoded in (calendar.encode(), calendar.replace("\n", "\r\n").encode()):
        answer = read_reply(encoded)
        assert answer and isinstance(answer.start, datetime) and answer.start.astimezone(UTC) == STARTS
        said = Reply(UID, "h.carpentier@ternois.example", "", partstat.lower(), 0)
        assert replace(answer, start=None) == said
