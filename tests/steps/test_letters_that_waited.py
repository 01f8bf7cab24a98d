"""Letters that could not leave when they were written: what changed meanwhile is seen before they do."""

from pathlib import Path

import pytest

from pipeline.core.delivery import LetterState
from pipeline.core.envelope import text_of
from pipeline.core.merge import CellValue
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.failures import Unavailable
from pipeline.ports import Office
from tests.builders import a_call, a_candidature
from tests.steps.a_house import an_office
from tests.steps.test_letters_that_left import at, cells

CALL = a_call()
RETAINED: dict[str, CellValue] = {"decision": "Retenu", "request": "Convocation"}


def typed(office: Office, words: dict[str, CellValue], sheet: str = "candidatures", key: str = "V21-001") -> None:
    type_into(office.tracker, CALL, sheet, {key: words})


def begun(office: Office) -> None:
    """A candidature in the tracker, and the meetings as staff planned them: on 7 March and 6 April."""
    office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    at(office, "2017-03-01 09:00")
    type_into(office.tracker, CALL, "reunions", MEETINGS)


def away(office: Office, is_away: bool) -> None:
    """The SMTP server can, or cannot, be reached."""

    def unreachable(letter: object) -> object:
        raise Unavailable("smtp.cerdd.org: the SMTP server cannot be reached.")

    if is_away:
        office.postman.send = unreachable  # type: ignore[method-assign, assignment]
    else:
        del office.postman.send  # type: ignore[attr-defined]


def with_a_waiting_reminder(office: Office) -> None:
    """Of the meeting of 7 March, which the server, away on the day it was due, did not take yet."""
    begun(office)
    typed(office, RETAINED)
    at(office, "2017-03-01 10:00")
    away(office, True)
    at(office, "2017-03-05 10:00")


def letters(office: Office) -> dict[str, tuple[LetterState, str]]:
    """{letter: (state, why)} of the letters to applicants."""
    return {
        one.key.letter: (one.state, one.why.replace("\u00a0", " "))
        for one in office.ledger.outbox.letters()
        if one.key.number
    }


RECALLS_NOTHING = (LetterState.CANCELLED, "la réunion, ou qui y est attendu, a changé avant qu'il parte")


@pytest.mark.parametrize("back", ["2017-03-07 10:00", "2017-03-08 10:00"])
def test_a_reminder_leaves_until_the_day_of_its_meeting_and_never_after_it(tmp_path: Path, back: str) -> None:
    with an_office(tmp_path) as office:
        with_a_waiting_reminder(office)
        assert letters(office)["rappel_reunion"] == (LetterState.QUEUED, "")
        away(office, False)
        at(office, back)
        assert letters(office)["rappel_reunion"] == ((LetterState.SENT, "") if "-07" in back else RECALLS_NOTHING)


@pytest.mark.parametrize(
    ("sheet", "key", "words"),
    [
        ("reunions", "prep-1", {"cancelled": "oui"}),
        ("reunions", "prep-1", {"date": "2017-03-14"}),
        ("candidatures", "V21-001", {"decision": "Non retenu"}),
    ],
)
def test_a_reminder_of_what_changed_before_it_left_never_leaves(
    tmp_path: Path, sheet: str, key: str, words: dict[str, CellValue]
) -> None:
    with an_office(tmp_path) as office:
        with_a_waiting_reminder(office)
        typed(office, words, sheet, key)
        away(office, False)
        at(office, "2017-03-05 11:00")
        assert letters(office)["rappel_reunion"] == RECALLS_NOTHING


def test_a_convocation_that_waited_past_a_meeting_invites_to_those_that_are_left(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        begun(office)
        away(office, True)
        typed(office, RETAINED)
        at(office, "2017-03-06 10:00")
        away(office, False)
        at(office, "2017-03-08 10:00")
        states = sorted(one.state for one in office.ledger.outbox.letters(kind="convocation"))
        assert states == [LetterState.CANCELLED, LetterState.SENT]
        (sent,) = office.postman.sent  # type: ignore[attr-defined]
        words = text_of(sent.raw)
        assert ("6 avril" in words, "7 mars" in words) == (True, False)


def test_a_decision_that_changed_before_its_letter_left_blocks_it(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        begun(office)
        away(office, True)
        typed(office, {"decision": "Retenu", "request": "Lauréat"})
        at(office, "2017-03-02 10:00")
        typed(office, {"decision": "Non retenu"})
        away(office, False)
        at(office, "2017-03-02 10:05")
        why = "la colonne Décision doit indiquer « Retenu » (elle indique « Non retenu »)."
        assert letters(office) == {"laureat": (LetterState.CANCELLED, why)}
        assert f"Courrier « Lauréat » non envoyé : {why}" in said(office)
        assert office.postman.sent == []  # type: ignore[attr-defined]


def said(office: Office) -> str:
    return str(cells(office, "candidatures")["to_check"]).replace("\u00a0", " ")


def test_a_letter_taken_out_of_the_out_tray_before_it_left_does_not_leave(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        begun(office)
        away(office, True)
        typed(office, {"decision": "Retenu", "request": "Lauréat"})
        at(office, "2017-03-02 10:00")
        typed(office, {"decision": "Non retenu", "request": "Non retenu"})
        away(office, False)
        at(office, "2017-03-02 10:05")
        assert letters(office) == {
            "laureat": (LetterState.CANCELLED, "retiré de Courrier à envoyer avant de partir"),
            "non_retenu": (LetterState.SENT, ""),
        }
        assert [one.key.letter for one in office.postman.sent] == ["non_retenu"]  # type: ignore[attr-defined]
        assert [row["state"] for row in (cells(office, "envois", 0), cells(office, "envois", 1))] == [
            "annulé",
            "envoyé",
        ]
