"""Letters that are written and have not left, since the mail server takes none yet or is away: they follow what
staff decide meanwhile."""

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.adapters.letterhead import Letterhead
from pipeline.core.delivery import Step
from pipeline.core.merge import CellValue, SheetRow
from pipeline.correspondence import write_letters_due
from pipeline.cycle import run_cycle
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.failures import Unavailable
from pipeline.ports import Office, Written
from pipeline.tracking import carry_in_staff_edits
from tests.builders import a_call, a_candidature, paris
from tests.staff.book import StaffBook
from tests.steps.a_house import ROOT, an_office, an_office_after
from tests.steps.test_limits_and_promises import a_candidature_mail

CALL = a_call()
LATER = (421, "too busy", Step.BEFORE_DATA)


def at(office: Office, *hours: str, day: int = 2) -> None:
    """A cycle at each of these hours of that day of March 2017, without trouble."""
    for hour in hours:
        office.clock.moment = paris(f"2017-03-{day:02} {hour}")  # type: ignore[attr-defined]
        assert run_cycle(office).troubles == []


def untaken(office: Office, state: str, hour: str, day: int = 2) -> None:
    """A cycle that leaves the last letter in this state: the server answers « later », or cannot be reached."""

    def unreachable(letter: object) -> object:
        raise Unavailable("smtp.cerdd.org: the SMTP server cannot be reached.")

    with pytest.MonkeyPatch.context() as away:
        if state == "queued":
            away.setattr(office.postman, "send", unreachable)
        else:
            office.postman.answers += [LATER]  # type: ignore[attr-defined]
        office.clock.moment = paris(f"2017-03-{day:02} {hour}")  # type: ignore[attr-defined]
        run_cycle(office)
    assert letters(office)[-1][1] == state


def typed(office: Office, cells: dict[str, CellValue], sheet: str = "candidatures", key: str = "V21-001") -> None:
    type_into(office.tracker, CALL, sheet, {key: cells})


def asked_for(office: Office, letter: str, decision: str, state: str) -> None:
    """At ten, of the first of four candidatures; written at ten past, the server did not take it then."""
    for _ in range(4):
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    at(office, "09:00")
    if letter == "Convocation":
        type_into(office.tracker, CALL, "reunions", MEETINGS)
    typed(office, {"decision": decision, "request": letter})
    at(office, "10:00")
    untaken(office, state, "10:10")


def waits(folder: Path, letter: str, decision: str, state: str = "retry") -> AbstractContextManager[Office]:
    """An office where that letter waits."""
    return an_office_after(asked_for, letter, decision, state, folder=folder, grace_minutes=10)


def letters(office: Office) -> list[tuple[str, str]]:
    return [(letter.key.letter, str(letter.state)) for letter in office.ledger.outbox.letters()]


def left(office: Office) -> list[tuple[str, str]]:
    """The letters that a server took, and to whom."""
    found = office.ledger.outbox.letters()
    return [(letter.key.letter, letter.key.recipient) for letter in found if letter.state == "sent"]


def rows(office: Office, sheet: str) -> tuple[SheetRow, ...]:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return seen.sheets[sheet].rows


def row(office: Office) -> dict[str, CellValue]:
    return next(dict(row.values) for row in rows(office, "candidatures") if row.key == "V21-001")


def envois(office: Office) -> list[tuple[CellValue, ...]]:
    return [tuple(row.values[name] for name in ("letter", "state", "why")) for row in rows(office, "envois")]


def test_a_letter_that_no_server_took_yet_does_not_leave_once_staff_take_it_out_of_the_out_tray(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        typed(office, {"request": ""})
        at(office, "10:12", "12:00", "18:00")
        assert (letters(office), left(office)) == ([("laureat", "cancelled")], [])
        assert envois(office) == [("Lauréat", "annulé", "retiré de Courrier à envoyer avant de partir")]
        assert (row(office)["request"] or "", row(office)["last_letter"] or "") == ("", "")


def test_a_letter_taken_out_and_asked_for_again_before_it_left_leaves_once(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        typed(office, {"request": ""})
        at(office, "10:12")
        typed(office, {"request": "Lauréat"})
        at(office, "10:14", "10:24", "18:00")
        assert letters(office) == [("laureat", "cancelled"), ("laureat", "sent")]


@pytest.mark.parametrize("state", ["retry", "queued"])
def test_of_two_letters_chosen_one_after_the_other_before_any_left_only_the_last_leaves(
    tmp_path: Path, state: str
) -> None:
    with waits(tmp_path, "Lauréat", "Retenu", state) as office:
        typed(office, {"decision": "Non retenu", "request": "Non retenu"})
        at(office, "10:12", "10:22", "18:00")
        assert left(office) == [("non_retenu", "marc@ternois.example")]
        assert envois(office) == [
            ("Lauréat", "annulé", "retiré de Courrier à envoyer avant de partir"),
            ("Non retenu", "envoyé", ""),
        ]
        assert row(office)["to_check"] in (None, "")


@pytest.mark.parametrize("state", ["retry", "queued"])
def test_a_letter_whose_decision_changes_before_it_left_waits_and_says_why(tmp_path: Path, state: str) -> None:
    with waits(tmp_path, "Lauréat", "Retenu", state) as office:
        typed(office, {"decision": "Non retenu"})
        at(office, "10:12", "18:00")
        why = "la colonne Décision doit indiquer « Retenu » (elle indique « Non retenu »)."
        assert (left(office), envois(office)[0]) == ([], ("Lauréat", "annulé", why))
        assert row(office)["request"] == "Lauréat"
        assert row(office)["to_check"] == f"Courrier «\u00a0Lauréat\u00a0» non envoyé\u00a0: {why}"

        typed(office, {"decision": "Retenu"})
        at(office, "18:05")
        assert left(office) == [("laureat", "marc@ternois.example")]
        at(office, "18:10")
        assert (row(office)["request"] or "", row(office)["to_check"] or "") == ("", "")


def test_a_letter_goes_to_the_address_that_staff_corrected_before_it_left(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        typed(office, {"email": "mairie@ternois.example"})
        at(office, "10:12", "10:22", "18:00")
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
        at(office, "10:00", "10:10", "12:00")
        assert (letters(office), row(office)["request"]) == ([("laureat", "refused")], "Lauréat")
        typed(office, {"email": "mairie@ternois.example"})
        at(office, "14:00", "14:10", "14:15")
        assert left(office) == [("laureat", "mairie@ternois.example")]
        assert row(office)["request"] in (None, "")


class OfAnotherWorker(Letterhead):
    """While this worker drafts a letter again, another one begins to send it."""

    office: Office

    def write(self, letter: str, call: str, values: dict[str, object]) -> Written:
        self.office.ledger.outbox.claim_next(self.office.clock.now())
        return super().write(letter, call, values)


def test_a_letter_that_another_worker_begins_to_send_is_not_asked_for_anew(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        typed(office, {"contact": "Anne Petit"})
        office.clock.moment = paris("2017-03-02 12:00")  # type: ignore[attr-defined]
        carry_in_staff_edits(office, CALL)
        letterhead = OfAnotherWorker(ROOT / "mail_templates")
        letterhead.office = office
        write_letters_due(replace(office, letterhead=letterhead))
        assert letters(office) == [("laureat", "sending")]
        assert [one.state for one in office.ledger.outbox.requests(CALL.code)] == ["cancelled"]


def test_a_letter_of_a_row_that_staff_deleted_before_it_left_does_not_leave(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        book = StaffBook(office.tracker.path(CALL).read_bytes())
        book.delete("V21-001")
        office.tracker.path(CALL).write_bytes(book.saved())
        at(office, "10:12", "18:00")
        assert letters(office) == [("laureat", "cancelled")]


def test_a_letter_whose_row_in_envois_is_deleted_before_it_left_does_not_leave_and_that_is_said(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        book = StaffBook(office.tracker.path(CALL).read_bytes(), "Envois", key="Clé")
        book.rows = [one for one in book.rows if one.cells[book.column("N°")].value != "V21-001"]
        office.tracker.path(CALL).write_bytes(book.saved())
        at(office, "10:12", "18:00")
        assert (letters(office), row(office)["request"] or "") == ([("laureat", "cancelled")], "")
        assert row(office)["to_check"] == (
            "Lauréat\u00a0: sa ligne a été supprimée de la feuille Envois, ce courrier ne part pas\u00a0; "
            "redemandez-le s'il doit partir."
        )


def test_what_staff_do_to_a_row_whose_letter_left_sends_nothing_again(tmp_path: Path) -> None:
    with waits(tmp_path, "Lauréat", "Retenu") as office:
        typed(office, {"copy_to": "dgs@ternois.example"})
        office.postman.answers += [(250, "ok", Step.AFTER_DATA), LATER]  # type: ignore[attr-defined]
        at(office, "10:12", "10:22")
        assert letters(office) == [("laureat", "cancelled"), ("laureat", "sent"), ("laureat", "retry")]
        typed(office, {"email": "mairie@ternois.example"})
        at(office, "10:24", "18:00")
        assert left(office) == [("laureat", "marc@ternois.example"), ("laureat", "dgs@ternois.example")]


def answer_waits(office: Office) -> str:
    """A candidature's acknowledgement, at ten; the key of its mail."""
    office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
    untaken(office, "retry", "10:00")
    return rows(office, "messages")[0].key


@pytest.mark.parametrize(
    ("word", "answers"),
    [("Ignorer", []), ("Question", []), ("Retrait", ["accuse_retrait"]), ("Complément", ["accuse_complement"])],
)
def test_an_answer_that_no_server_took_yet_does_not_leave_once_staff_reclassify_its_mail(
    tmp_path: Path, word: str, answers: list[str]
) -> None:
    with an_office(tmp_path) as office:
        typed(office, {"reclass": word}, "messages", answer_waits(office))
        at(office, "10:02", "18:00")
        assert [letter for letter, _ in left(office)] == answers
        assert ("Accusé de réception", "annulé", "son message a été reclassé avant qu'il parte") in envois(office)


def test_an_answer_leaves_once_when_staff_reclassify_its_mail_and_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        key = answer_waits(office)
        typed(office, {"reclass": "Ignorer"}, "messages", key)
        at(office, "10:02")
        typed(office, {"reclass": "Candidature", "number": "V21-001"}, "messages", key)
        at(office, "10:04", "18:00")
        assert letters(office) == [("accuse_reception", "sent")]
