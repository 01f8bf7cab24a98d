"""A late answer to an older invitation is no answer to the new date, whatever calendar programs make of SEQUENCE."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.core.attendance import answered, answered_before, is_to_the_latest, uninvited
from pipeline.core.candidature import Attendance, MeetingPlan
from pipeline.core.delivery import LetterState
from pipeline.core.invitations import Reply, meeting_uid
from tests.builders import PARIS, a_candidature, a_letter, paris

NOW_ON = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 14), "14:00", sequence=2)
UID = meeting_uid("visions21-2017", "V21-001", "prep-1", "cerdd.org")
REPLY = Reply(UID, "marc@ternois.example", "", "accepted", 0)


@pytest.mark.parametrize(
    ("sequence", "start", "is_one"),
    [
        (2, None, True),
        (2, paris("2017-03-07 14:00"), True),  # it knows the latest
        (0, paris("2017-03-14 14:00"), True),  # no SEQUENCE, or a wrong one; or only the place changed since
        (0, datetime(2017, 3, 14, 13, tzinfo=UTC), True),
        (0, datetime(2017, 3, 14, 14), True),  # a time without zone
        (0, date(2017, 3, 14), True),
        (0, paris("2017-03-07 14:00"), False),
        (1, paris("2017-03-14 15:00"), False),
        (0, date(2017, 3, 7), False),
        (0, None, False),
    ],
)
def test_an_answer_counts_by_its_sequence_or_else_by_the_start_that_it_gives_back(sequence, start, is_one):
    assert is_to_the_latest(replace(REPLY, sequence=sequence, start=start), NOW_ON, PARIS) is is_one


def test_every_answer_to_a_meeting_that_never_changed_counts():
    assert is_to_the_latest(replace(REPLY, start=date(1970, 1, 1)), replace(NOW_ON, sequence=0), PARIS)


def test_a_meeting_of_a_whole_day_is_compared_by_its_day():
    day = replace(NOW_ON, start="")
    assert is_to_the_latest(replace(REPLY, start=paris("2017-03-14 00:00")), day, PARIS)
    assert not is_to_the_latest(replace(REPLY, start=paris("2017-03-15 00:00")), day, PARIS)
    assert not is_to_the_latest(replace(REPLY, start=date(2017, 3, 14)), replace(day, date=None), PARIS)


def test_the_start_of_a_counter_proposal_says_nothing_of_the_invitation():
    assert not is_to_the_latest(replace(REPLY, counter=True, start=paris("2017-03-14 14:00")), NOW_ON, PARIS)
    assert is_to_the_latest(replace(REPLY, counter=True, sequence=2, start=paris("2017-03-21 09:00")), NOW_ON, PARIS)


def a_reply(partstat: str, more: str) -> bytes:
    event = f"UID:{UID}\r\nATTENDEE;PARTSTAT={partstat}:mailto:marc@ternois.example\r\n{more}"
    return f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("more", "when"),
    [
        ('DTSTART;TZID="Romance Standard Time":20170307T140000\r\n', " (le 7 mars 2017 à 14 h)"),
        ("DTSTART:20170307T130000Z\r\nSEQUENCE:0\r\n", " (le 7 mars 2017 à 14 h)"),
        ("DTSTART;VALUE=DATE:20170307\r\n", " (le 7 mars 2017)"),
        ("SEQUENCE:1\r\n", ""),
        ("DTSTART:hier\r\n", ""),
    ],
)
def test_an_answer_to_the_former_date_is_said_and_not_counted(more, when):
    invited = a_candidature(meetings={"prep-1": Attendance.INVITED})
    candidature, said = answered(invited, [a_reply("DECLINED", more)], [NOW_ON], PARIS)
    assert candidature == invited
    assert said == (
        f"La réponse « décliné » de marc@ternois.example à « Première réunion » concerne une invitation remplacée "
        f"depuis{when}\u00a0: elle n'est pas comptée. Inscrivez-la dans la colonne de la réunion si elle vaut encore.",
    )


def test_an_answer_to_the_meeting_as_it_stands_is_written_and_that_of_another_candidature_is_not():
    invited, today = a_candidature(meetings={"prep-1": Attendance.INVITED}), "DTSTART:20170314T130000Z\r\n"
    candidature, said = answered(invited, [a_reply("ACCEPTED", today)], [NOW_ON], PARIS)
    assert (candidature.meetings, said) == ({"prep-1": Attendance.ACCEPTED}, ())
    other = replace(invited, number="V21-002")
    assert answered(other, [a_reply("ACCEPTED", today), b"x"], [NOW_ON], PARIS) == (other, ())


def test_answers_to_the_date_before_are_said_when_a_meeting_moves_and_only_then():
    was, asked = replace(NOW_ON, date=date(2017, 3, 7)), {"prep-1": Attendance.INVITED}
    candidatures = [
        a_candidature(meetings={"prep-1": Attendance.ACCEPTED}),
        a_candidature(number="V21-002", meetings=asked),
        a_candidature(number="V21-003"),
    ]
    said = "La réponse « accepté » à « Première réunion » a été donnée pour l'ancienne date (le 7 mars 2017 à 14 h)"
    told = {"V21-001": f"{said}\u00a0: redemandez « Convocation »."}
    assert answered_before(candidatures, was, NOW_ON) == told
    assert answered_before(candidatures, was, replace(was, start="15:00")) == told
    assert answered_before(candidatures, replace(was, start=""), NOW_ON) == {
        number: sentence.replace(" à 14 h", "") for number, sentence in told.items()
    }
    assert answered_before(candidatures, was, replace(was, place="Ailleurs", end="18:00")) == {}
    assert answered_before(candidatures, replace(was, date=None), NOW_ON) == {}


@pytest.mark.parametrize(
    ("number", "state", "stands"),
    [
        ("V21-001", "cancelled", False),
        ("V21-001", "refused", False),
        *(("V21-001", state, True) for state in ("sent", "sending", "queued", "retry", "held", "unknown", "bounced")),
        ("V21-002", "sent", False),
    ],
)
def test_an_invitation_stands_while_a_convocation_left_or_may_leave(number, state, stands):
    letter = a_letter("convocation")
    letter = replace(letter, key=replace(letter.key, number=number), state=LetterState(state))
    meetings = {"prep-1": Attendance.INVITED, "prep-2": Attendance.ACCEPTED}
    left = uninvited(a_candidature(meetings=meetings), [letter]).meetings
    assert left == (meetings if stands else {"prep-2": Attendance.ACCEPTED})


def test_a_convocation_that_left_stands_beside_another_that_was_refused():
    sent = replace(a_letter("convocation"), state=LetterState.SENT)
    invited = a_candidature(meetings={"prep-1": Attendance.INVITED})
    assert uninvited(invited, [replace(sent, state=LetterState.REFUSED), sent]) == invited


def test_an_answer_without_a_start_is_none_to_a_meeting_that_lost_its_date():
    assert not is_to_the_latest(replace(REPLY, start=None), replace(NOW_ON, date=None, start=""), PARIS)


def test_the_hour_that_somebody_proposes_instead_is_not_said_to_be_that_of_the_former_invitation():
    counter = a_reply("TENTATIVE", "DTSTART:20170321T080000Z\r\n").replace(b"METHOD:REPLY", b"METHOD:COUNTER")
    _, (said,) = answered(a_candidature(), [counter], [NOW_ON], PARIS)
    assert "une invitation remplacée depuis\u00a0: elle" in said


def test_an_answer_to_a_meeting_that_staff_took_out_of_the_sheet_is_written_all_the_same():
    candidature, said = answered(a_candidature(), [a_reply("ACCEPTED", "SEQUENCE:0\r\n")], [], PARIS)
    assert (candidature.meetings, said) == ({"prep-1": Attendance.ACCEPTED}, ())


def test_an_answer_that_a_secretary_sent_for_somebody_is_said_to_be_hers():
    reply = a_reply("DECLINED", "SEQUENCE:1\r\n").replace(
        b"ATTENDEE;", b'ATTENDEE;SENT-BY="mailto:secretariat@ternois.example";'
    )
    _, (said,) = answered(a_candidature(), [reply], [NOW_ON], PARIS)
    assert said.startswith("La réponse « décliné » de secretariat@ternois.example à « Première réunion »")
