"""Convocations and reminders that are written and have not left: they follow the meetings, whom these await, and the
days that pass."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pipeline.core.envelope import text_of
from pipeline.core.merge import CellValue
from pipeline.ports import Office
from tests.steps.a_house import an_office_after
from tests.steps.test_letters_taken_back import asked_for, at, envois, left, letters, row, typed, untaken, waits


def test_a_convocation_says_where_the_meeting_is_when_it_leaves(tmp_path: Path) -> None:
    with waits(tmp_path, "Convocation", "Retenu") as office:
        typed(office, {"place": "Salle des fêtes"}, "reunions", "prep-1")
        at(office, "10:12", "10:22", "18:00")
        assert left(office) == [("convocation", "marc@ternois.example")]
        (taken,) = [one.raw for one in office.postman.sent]  # type: ignore[attr-defined]
        assert b"Salle des f" in taken


def test_who_was_convoked_by_a_letter_that_never_left_is_not_invited(tmp_path: Path) -> None:
    with waits(tmp_path, "Convocation", "Retenu") as office:
        assert row(office)["meeting:prep-1"] == "invité"
        typed(office, {"request": ""})
        at(office, "10:12")
        assert row(office)["meeting:prep-1"] in (None, "")
        typed(office, {"request": "Convocation"})
        at(office, "10:14", "10:24")
        assert row(office)["meeting:prep-1"] == "invité"


def test_a_convocation_that_waited_past_a_meeting_invites_to_those_that_are_left(tmp_path: Path) -> None:
    with waits(tmp_path, "Convocation", "Retenu", "queued") as office:
        at(office, "10:00", "10:10", day=8)
        assert letters(office) == [("convocation", "cancelled"), ("convocation", "sent")]
        (sent,) = office.postman.sent  # type: ignore[attr-defined]
        words = text_of(sent.raw)
        assert ("6 avril" in words, "7 mars" in words) == (True, False)


RECALLS_NOTHING = "la réunion, ou qui y est attendu, a changé avant qu'il parte"


def unreminded(office: Office, state: str) -> None:
    """Convoked; the reminder of the meeting of 7 March waits since the 4th."""
    asked_for(office, "Convocation", "Retenu", "retry")
    at(office, "18:00")
    untaken(office, state, "08:30", day=4)
    assert letters(office)[-1] == ("rappel_reunion", state)


def reminder_waits(folder: Path, state: str) -> AbstractContextManager[Office]:
    return an_office_after(unreminded, state, folder=folder, grace_minutes=10)


@pytest.mark.parametrize(("day", "end"), [(7, ("envoyé", "")), (8, ("annulé", RECALLS_NOTHING))])
def test_a_reminder_leaves_until_the_day_of_its_meeting_and_never_after_it(
    tmp_path: Path, day: int, end: tuple[str, str]
) -> None:
    with reminder_waits(tmp_path, "queued") as office:
        at(office, "10:00", day=day)
        assert envois(office)[-1] == ("Rappel de réunion", *end)


@pytest.mark.parametrize(
    ("state", "sheet", "key", "cells", "end"),
    [
        ("queued", "reunions", "prep-1", {"cancelled": "oui"}, ("annulé", RECALLS_NOTHING)),
        ("retry", "reunions", "prep-1", {"date": "14 mars 2017"}, ("annulé", RECALLS_NOTHING)),
        ("retry", "candidatures", "V21-001", {"meeting:prep-1": "décliné"}, ("annulé", RECALLS_NOTHING)),
        ("retry", "candidatures", "V21-001", {"decision": "Non retenu"}, ("annulé", RECALLS_NOTHING)),
        ("retry", "candidatures", "V21-001", {"meeting:prep-1": "accepté"}, ("envoyé", "")),
    ],
)
def test_a_reminder_that_no_server_took_yet_does_not_leave_once_it_recalls_nothing(
    tmp_path: Path, state: str, sheet: str, key: str, cells: dict[str, CellValue], end: tuple[str, str]
) -> None:
    with reminder_waits(tmp_path, state) as office:
        typed(office, cells, sheet, key)
        at(office, "12:00", day=4)
        assert envois(office)[-1] == ("Rappel de réunion", *end)
