"""What a ledger that was lost takes from the rows of the tracker."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pipeline.core.candidature import MeetingPlan
from pipeline.core.delivery import LetterState
from pipeline.core.merge import CellValue
from pipeline.core.message import Message, read_message
from pipeline.core.rebuilding import REBUILT, candidature_from, letter_kind, letter_state, meeting_from, message_from
from tests.builders import a_call, a_logged_message, paris

PLAN = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7))
ROW: dict[str, CellValue] = {"number": "V21-001", "nature": "Candidature", "answer": "Accusé de réception", "why": "Un"}


def a_message() -> Message:
    read = read_message(b"From: marc@ternois.example\r\nSubject: AMI\r\nMessage-ID: <1@t>\r\n\r\nBonjour")
    assert isinstance(read, Message)
    return read


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("Commune", "COM"),
        ("Syndicat mixte", "SMF"),
        ("Syndicat intercommunal", "SIVOM"),
        ("Lycée", "Lycée"),
        (None, ""),
    ],
)
def test_the_type_of_a_row_is_the_first_that_is_shown_so(shown: str | None, kind: str) -> None:
    assert candidature_from(a_call(), {"number": "V21-001", "kind": shown}).kind == kind


def test_a_row_is_the_candidature_that_it_shows_with_what_staff_typed_and_is_to_be_looked_at() -> None:
    row = {
        "number": "V21-001",
        "received": datetime(2017, 2, 20, 10),
        "in_time": "oui",
        "email": "marc@ternois.example",
        "decision": "Retenu",
        "notes": "",
        "to_check": f"Un\n{REBUILT}",
    }
    found = candidature_from(a_call(), row)
    assert (found.number, found.received, found.in_time) == ("V21-001", paris("2017-02-20 10:00"), True)
    assert (found.contact.email, found.corrections) == ("marc@ternois.example", {})
    assert (found.staff, found.to_check) == ({"decision": "Retenu"}, ("Un", REBUILT))


@pytest.mark.parametrize(
    ("changes", "call", "answer"),
    [
        ({}, "visions21-2017", "accuse_reception"),
        ({"answer": "Accusé de réception (envoyé le 20/02/2017)"}, "visions21-2017", "accuse_reception"),
        ({"answer": ""}, "visions21-2017", None),
        ({"number": ""}, "visions21-2017", "accuse_reception"),
        ({"number": "", "answer": ""}, None, None),
    ],
    ids=["answered", "with its state", "not answered", "answered, without number", "of no call"],
)
def test_a_row_of_messages_tells_of_which_call_a_mail_is_and_what_answered_it(
    changes: dict[str, CellValue], call: str | None, answer: str | None
) -> None:
    found = message_from(a_call(), ROW | changes, a_logged_message().arrival, a_message())
    assert (found.call, found.answer, found.nature, found.why) == (call, answer, "candidature", ("Un",))


def test_a_nature_that_is_none_is_for_a_person_and_what_staff_chose_stands() -> None:
    row = ROW | {"nature": "?", "reclass": "complement"}
    found = message_from(a_call(), row, a_logged_message().arrival, a_message())
    assert (found.nature, found.staff_nature) == ("unsure", "complement")


def test_only_what_became_of_a_letter_that_left_is_taken_from_its_row() -> None:
    taken = {word: letter_state(word) for word in ("envoyé", "refusé", "non remis", "incertain", "en attente", "")}
    assert taken == {
        "envoyé": LetterState.SENT,
        "refusé": LetterState.REFUSED,
        "non remis": LetterState.BOUNCED,
        "incertain": LetterState.UNKNOWN,
        "en attente": None,
        "": None,
    }


def test_a_letter_is_known_by_its_name_in_the_tracker() -> None:
    assert [letter_kind(word) for word in ("Convocation", "Lauréat", "Bonjour", "")] == [
        "convocation",
        "laureat",
        "",
        "",
    ]


def test_a_meeting_is_as_its_row_shows_it_and_empty_cells_leave_what_the_call_announces() -> None:
    row: dict[str, CellValue] = {"key": "other", "title": "", "date": date(2017, 3, 14), "start": None, "place": "Loos"}
    assert meeting_from(PLAN, row, invited=False) == replace(PLAN, date=date(2017, 3, 14), place="Loos")
    assert meeting_from(PLAN, {}, invited=False) == PLAN


def test_an_invitation_to_a_meeting_that_was_invited_to_before_follows_all_that_left() -> None:
    assert meeting_from(PLAN, {}, invited=True).sequence >= 100
    assert meeting_from(replace(PLAN, sequence=3), {}, invited=False).sequence == 0
