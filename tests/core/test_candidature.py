"""A candidature: the moves between its states, and its facts as staff corrected them."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.core.batching import batches
from pipeline.core.candidature import Attendance, MeetingPlan, Status, corrected, planned
from tests.builders import a_call, a_candidature


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.OPEN, Status.WITHDRAWN),
        (Status.OPEN, Status.REMOVED),
        (Status.WITHDRAWN, Status.OPEN),
        (Status.WITHDRAWN, Status.REMOVED),
        (Status.REMOVED, Status.OPEN),
    ],
)
def test_a_move_that_is_allowed_changes_the_state_and_nothing_else(before: Status, after: Status) -> None:
    candidature = a_candidature(status=before, staff={"decision": "Retenu"})
    assert candidature.moved(after) == replace(candidature, status=after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.OPEN, Status.OPEN),
        (Status.WITHDRAWN, Status.WITHDRAWN),
        (Status.REMOVED, Status.REMOVED),
        (Status.REMOVED, Status.WITHDRAWN),
    ],
)
def test_any_other_move_is_refused_and_named(before: Status, after: Status) -> None:
    with pytest.raises(ValueError, match=f"^V21-001: {before} → {after} is not a move$"):
        a_candidature(status=before).moved(after)


def test_a_candidature_that_nobody_corrected_is_as_the_worker_read_it() -> None:
    assert corrected(a_candidature()) == a_candidature()


@pytest.mark.parametrize("column", ["collectivite", "kind", "siren", "subject"])
@pytest.mark.parametrize("typed", ["Autre", "", "accepté"])
def test_what_staff_typed_or_emptied_is_the_fact(column: str, typed: str) -> None:
    candidature = a_candidature(corrections={column: typed})
    assert corrected(candidature) == replace(candidature, **{column: typed})


@pytest.mark.parametrize(
    ("column", "field", "typed"),
    [
        ("contact", "name", "Zoé Lenoir"),
        ("role", "role", "Maire"),
        ("email", "email", "zoe@ternois.example"),
        ("phone", "phone", "03 21 00 00 00"),
        ("email", "email", ""),
        ("phone", "phone", ""),
    ],
)
def test_what_staff_typed_of_the_contact_changes_that_and_leaves_the_rest(column: str, field: str, typed: str) -> None:
    candidature = a_candidature(corrections={column: typed})
    assert corrected(candidature).contact == replace(candidature.contact, **{field: typed})


@pytest.mark.parametrize(
    ("column", "typed", "fact"),
    [
        ("departements", "59, 62", ("59", "62")),
        ("departements", "2", ("02",)),
        ("departements", "2A ; 974", ("2A", "974")),
        ("departements", "", ()),
        ("population", "37 000", 37000),
        ("population", "37.000", 37000),
        ("population", "37000,5", 37000),
        ("population", "37000,5 ", 37000),
        ("population", "environ", None),
        ("population", "", None),
        ("in_time", "Non", False),
        ("in_time", "oui", True),
        ("in_time", "à voir", None),
        ("in_region", "NON", False),
        ("in_region", "à vérifier", None),
        ("in_region", "", None),
    ],
)
def test_codes_figures_and_yes_or_no_are_read_as_excel_and_people_write_them(
    column: str, typed: str, fact: object
) -> None:
    candidature = a_candidature(corrections={column: typed})
    assert corrected(candidature) == replace(candidature, **{column: fact})


@pytest.mark.parametrize(
    ("typed", "attendance"),
    [
        ("accepté", Attendance.ACCEPTED),
        ("Décliné", Attendance.DECLINED),
        ("peut-etre", Attendance.TENTATIVE),
        ("invitée", Attendance.INVITED),
        ("", Attendance.ACCEPTED),
        ("on verra", Attendance.ACCEPTED),
    ],
)
def test_an_attendance_that_staff_typed_wins_and_a_word_that_is_none_says_nothing(
    typed: str, attendance: Attendance
) -> None:
    answered = {"prep-1": Attendance.ACCEPTED, "prep-2": Attendance.DECLINED}
    candidature = a_candidature(meetings=answered, corrections={"meeting:prep-1": typed})
    assert corrected(candidature).meetings == answered | {"prep-1": attendance}


def test_staff_may_say_that_an_applicant_who_declined_comes_after_all() -> None:
    candidature = a_candidature(meetings={"prep-1": Attendance.DECLINED}, corrections={"meeting:prep-1": "accepté"})
    assert corrected(candidature).meetings == {"prep-1": Attendance.ACCEPTED}


def test_the_words_that_a_ledger_holds_are_still_those_of_older_ledgers() -> None:
    assert [str(one) for one in Status] == ["open", "withdrawn", "removed"]
    assert [str(one) for one in Attendance] == ["invited", "accepted", "declined", "tentative"]


def test_meetings_are_those_of_the_call_in_its_order_as_staff_set_them() -> None:
    first, second = a_call().meetings
    put_off = MeetingPlan("prep-2", "Deuxième réunion", date(2017, 4, 20), "14:00", place="Arras")
    of_a_past_file = MeetingPlan("prep-0", "Réunion supprimée", date(2017, 1, 5))
    assert planned(a_call(), [of_a_past_file, put_off]) == [
        MeetingPlan("prep-1", first.title, date(2017, 3, 7)),
        put_off,
    ]
    assert planned(a_call(), [])[1] == MeetingPlan("prep-2", second.title, date(2017, 4, 6))


@pytest.mark.parametrize(
    ("things", "expected"),
    [("", []), ("a", ["a"]), ("abcd", ["ab", "cd"]), ("abcde", ["ab", "cd", "e"])],
)
def test_many_things_come_some_at_a_time_in_order_and_none_is_left_out(things: str, expected: list[str]) -> None:
    assert list(batches(things, 2)) == expected
