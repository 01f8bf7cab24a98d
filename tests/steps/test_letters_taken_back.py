"""Letters that are written and have not left, since the mail server takes none yet: they follow what staff decide."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.adapters.letterhead import Letterhead
from pipeline.core.delivery import Step
from pipeline.core.merge import CellValue
from pipeline.correspondence import write_letters_due
from pipeline.cycle import run_cycle
from pipeline.demo.staff import MEETINGS, Typed, type_into
from pipeline.ports import Office, Written
from pipeline.tracking import carry_in_staff_edits
from tests.builders import a_call, a_candidature, paris
from tests.staff.book import StaffBook
from tests.steps.a_house import ROOT, an_office
from tests.steps.test_limits_and_promises import a_candidature_mail

CALL = a_call()
LATER = (421, "too busy", Step.BEFORE_DATA)


def at(office: Office, hour: str) -> None:
    """One cycle at that hour of 2 March 2017, without trouble."""
    office.clock.moment = paris(f"2017-03-02 {hour}")  # type: ignore[attr-defined]
    assert run_cycle(office).troubles == []


def typed(office: Office, cells: dict[str, CellValue], sheet: str = "candidatures", key: str = "V21-001") -> None:
    type_into(office.tracker, CALL, sheet, {key: cells})


def waits(office: Office, letter: str, decision: str, meetings: Typed | None = None) -> None:
    """A letter was asked for at ten and written at ten past; the server did not take it then."""
    for _ in range(4):
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    at(office, "09:00")
    if meetings:
        type_into(office.tracker, CALL, "reunions", meetings)
    typed(office, {"decision": decision, "request": letter})
    at(office, "10:00")
    office.postman.answers += [LATER]  # type: ignore[attr-defined]
    at(office, "10:10")
    assert letters(office)[-1][1] == "retry"


def letters(office: Office) -> list[tuple[str, str]]:
    return [(letter.key.letter, str(letter.state)) for letter in office.ledger.outbox.letters()]


def left(office: Office) -> list[tuple[str, str]]:
    """The letters that a server took, and to whom."""
    found = office.ledger.outbox.letters()
    return [(letter.key.letter, letter.key.recipient) for letter in found if letter.state == "sent"]


def row(office: Office, sheet: str = "candidatures", key: str = "V21-001") -> dict[str, CellValue]:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return next(dict(row.values) for row in seen.sheets[sheet].rows if row.key == key)


def envois(office: Office) -> list[tuple[CellValue, CellValue, CellValue]]:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return [(row.values["letter"], row.values["state"], row.values["why"]) for row in seen.sheets["envois"].rows]


def test_a_letter_that_no_server_took_yet_does_not_leave_once_staff_take_it_out_of_the_out_tray(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"request": ""})
        for hour in ("10:12", "12:00", "18:00"):
            at(office, hour)
        assert (letters(office), left(office)) == ([("laureat", "cancelled")], [])
        assert envois(office) == [("Lauréat", "annulé", "retiré de Courrier à envoyer avant de partir")]
        assert (row(office)["request"] or "", row(office)["last_letter"] or "") == ("", "")


def test_a_letter_taken_out_and_asked_for_again_before_it_left_leaves_once(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"request": ""})
        at(office, "10:12")
        typed(office, {"request": "Lauréat"})
        for hour in ("10:14", "10:24", "18:00"):
            at(office, hour)
        assert letters(office) == [("laureat", "cancelled"), ("laureat", "sent")]


def test_of_two_letters_chosen_one_after_the_other_before_any_left_only_the_last_leaves(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"decision": "Non retenu", "request": "Non retenu"})
        for hour in ("10:12", "10:22", "18:00"):
            at(office, hour)
        assert left(office) == [("non_retenu", "marc@ternois.example")]
        assert row(office)["to_check"] in (None, "")


def test_a_letter_whose_decision_changes_before_it_left_waits_and_says_why(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"decision": "Non retenu"})
        at(office, "10:12")
        at(office, "18:00")
        assert left(office) == []
        assert row(office)["request"] == "Lauréat"
        assert str(row(office)["to_check"]).startswith("Courrier «\u00a0Lauréat\u00a0» non envoyé\u00a0: ")

        typed(office, {"decision": "Retenu"})
        at(office, "18:05")
        assert left(office) == [("laureat", "marc@ternois.example")]
        at(office, "18:10")
        assert (row(office)["request"] or "", row(office)["to_check"] or "") == ("", "")


def test_a_letter_goes_to_the_address_that_staff_corrected_before_it_left(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"email": "mairie@ternois.example"})
        for hour in ("10:12", "10:22", "18:00"):
            at(office, hour)
        assert left(office) == [("laureat", "mairie@ternois.example")]
        assert envois(office)[0] == (
            *("Lauréat", "annulé"),
            "remplacé avant de partir\u00a0: ce qu'il dit, ou à qui, a changé",
        )


def test_a_letter_that_was_refused_leaves_to_the_address_that_staff_corrected(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        office.postman.answers += [(550, "no such user", Step.BEFORE_DATA)]  # type: ignore[attr-defined]
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        at(office, "09:00")
        typed(office, {"decision": "Retenu", "request": "Lauréat"})
        for hour in ("10:00", "10:10", "12:00"):
            at(office, hour)
        assert (letters(office), row(office)["request"]) == ([("laureat", "refused")], "Lauréat")
        typed(office, {"email": "mairie@ternois.example"})
        for hour in ("14:00", "14:10", "14:15"):
            at(office, hour)
        assert left(office) == [("laureat", "mairie@ternois.example")]
        assert row(office)["request"] in (None, "")


class OfAnotherWorker(Letterhead):
    """While this worker drafts a letter again, another one begins to send it."""

    office: Office

    def write(self, letter: str, call: str, values: dict[str, object]) -> Written:
        self.office.ledger.outbox.claim_next(self.office.clock.now())
        return super().write(letter, call, values)


def test_a_letter_that_another_worker_begins_to_send_is_not_asked_for_anew(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"contact": "Anne Petit"})
        office.clock.moment = paris("2017-03-02 12:00")  # type: ignore[attr-defined]
        carry_in_staff_edits(office, CALL)
        letterhead = OfAnotherWorker(ROOT / "mail_templates")
        letterhead.office = office
        write_letters_due(replace(office, letterhead=letterhead))
        assert letters(office) == [("laureat", "sending")]
        assert [one.state for one in office.ledger.outbox.requests(CALL.code)] == ["cancelled"]


def test_a_convocation_says_where_the_meeting_is_when_it_leaves(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Convocation", "Retenu", MEETINGS)
        typed(office, {"place": "Salle des fêtes"}, "reunions", "prep-1")
        for hour in ("10:12", "10:22", "18:00"):
            at(office, hour)
        assert left(office) == [("convocation", "marc@ternois.example")]
        (taken,) = [one.raw for one in office.postman.sent[1:]]  # type: ignore[attr-defined]
        assert b"Salle des f" in taken


def test_who_was_convoked_by_a_letter_that_never_left_is_not_invited(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Convocation", "Retenu", MEETINGS)
        assert row(office)["meeting:prep-1"] == "invité"
        typed(office, {"request": ""})
        at(office, "10:12")
        assert row(office)["meeting:prep-1"] in (None, "")
        typed(office, {"request": "Convocation"})
        for hour in ("10:14", "10:24"):
            at(office, hour)
        assert row(office)["meeting:prep-1"] == "invité"


@pytest.mark.parametrize(
    ("sheet", "key", "cells", "gone"),
    [
        ("reunions", "prep-1", {"cancelled": "oui"}, True),
        ("reunions", "prep-1", {"date": "14 mars 2017"}, True),
        ("candidatures", "V21-001", {"meeting:prep-1": "décliné"}, True),
        ("candidatures", "V21-001", {"decision": "Non retenu"}, True),
        ("candidatures", "V21-001", {"meeting:prep-1": "accepté"}, False),
    ],
)
def test_a_reminder_that_no_server_took_yet_does_not_leave_once_it_recalls_nothing(
    tmp_path: Path, sheet: str, key: str, cells: dict[str, CellValue], gone: bool
) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Convocation", "Retenu", MEETINGS)
        at(office, "18:00")
        office.clock.moment = paris("2017-03-04 08:30")  # type: ignore[attr-defined]
        office.postman.answers += [LATER]  # type: ignore[attr-defined]
        assert run_cycle(office).troubles == []
        assert letters(office)[-1] == ("rappel_reunion", "retry")
        typed(office, cells, sheet, key)
        office.clock.moment = paris("2017-03-04 12:00")  # type: ignore[attr-defined]
        assert run_cycle(office).troubles == []
        assert letters(office)[-1] == ("rappel_reunion", "cancelled" if gone else "sent")


def test_a_letter_of_a_row_that_staff_deleted_before_it_left_does_not_leave(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        book = StaffBook(office.tracker.path(CALL).read_bytes())
        book.delete("V21-001")
        office.tracker.path(CALL).write_bytes(book.saved())
        at(office, "10:12")
        at(office, "18:00")
        assert letters(office) == [("laureat", "cancelled")]


def test_a_letter_whose_row_in_envois_is_deleted_before_it_left_does_not_leave_and_that_is_said(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        book = StaffBook(office.tracker.path(CALL).read_bytes(), "Envois", key="Clé")
        book.rows = [one for one in book.rows if one.cells[book.column("N°")].value != "V21-001"]
        office.tracker.path(CALL).write_bytes(book.saved())
        at(office, "10:12")
        at(office, "18:00")
        assert (letters(office), row(office)["request"] or "") == ([("laureat", "cancelled")], "")
        assert row(office)["to_check"] == (
            "Lauréat\u00a0: sa ligne a été supprimée de la feuille Envois, ce courrier ne part pas\u00a0; "
            "redemandez-le s'il doit partir."
        )


def test_what_staff_do_to_a_row_whose_letter_left_sends_nothing_again(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        waits(office, "Lauréat", "Retenu")
        typed(office, {"copy_to": "dgs@ternois.example"})
        office.postman.answers += [(250, "ok", Step.AFTER_DATA), LATER]  # type: ignore[attr-defined]
        for hour in ("10:12", "10:22"):
            at(office, hour)
        assert letters(office) == [("laureat", "cancelled"), ("laureat", "sent"), ("laureat", "retry")]
        typed(office, {"email": "mairie@ternois.example"})
        at(office, "10:24")
        at(office, "18:00")
        assert left(office) == [("laureat", "marc@ternois.example"), ("laureat", "dgs@ternois.example")]


@pytest.mark.parametrize(
    ("word", "answers"),
    [("Ignorer", []), ("Question", []), ("Retrait", ["accuse_retrait"]), ("Complément", ["accuse_complement"])],
)
def test_an_answer_that_no_server_took_yet_does_not_leave_once_staff_reclassify_its_mail(
    tmp_path: Path, word: str, answers: list[str]
) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        office.postman.answers += [LATER]  # type: ignore[attr-defined]
        at(office, "10:00")
        seen = office.tracker.read(CALL)
        assert seen is not None
        typed(office, {"reclass": word}, "messages", seen.sheets["messages"].rows[0].key)
        at(office, "10:02")
        at(office, "18:00")
        assert [letter for letter, _ in left(office)] == answers
        assert ("Accusé de réception", "annulé", "son message a été reclassé avant qu'il parte") in envois(office)


def test_an_answer_leaves_once_when_staff_reclassify_its_mail_and_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        office.postman.answers += [LATER]  # type: ignore[attr-defined]
        at(office, "10:00")
        seen = office.tracker.read(CALL)
        assert seen is not None
        key = seen.sheets["messages"].rows[0].key
        typed(office, {"reclass": "Ignorer"}, "messages", key)
        at(office, "10:02")
        typed(office, {"reclass": "Candidature", "number": "V21-001"}, "messages", key)
        at(office, "10:04")
        at(office, "18:00")
        assert letters(office) == [("accuse_reception", "sent")]
