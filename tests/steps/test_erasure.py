"""Forgetting, step by step: mail that is not for us, mail of no call, what staff reclassify too late, one person."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.adapters.call_files import DiskCallFiles
from pipeline.commands.personal import data_of
from pipeline.core.arrival import ReadingState
from pipeline.core.candidature import Piece
from pipeline.core.erasure import NOT_READ_AGAIN
from pipeline.cycle import run_cycle
from pipeline.demo.staff import type_into
from pipeline.erasure import begin_call, begin_person, finish, plan_call, plan_person
from pipeline.failures import Unavailable
from pipeline.intake import collect_mail
from pipeline.ports import Event, Office
from pipeline.reading import read_mail
from pipeline.tracking import carry_in_staff_edits, show_in_tracker
from tests.builders import a_call, paris
from tests.faults.oracle import holding
from tests.steps.a_house import an_office
from tests.steps.test_limits_and_promises import a_candidature_mail, a_mail, cell, moved_to

CALL = a_call()
OFFER = "Profitez de nos tarifs sur les fournitures de bureau : -40 % sur les toners jusqu'à vendredi. Se désinscrire."


def with_mail(office: Office, *mails) -> Office:
    office.mailbox.mails += mails  # type: ignore[attr-defined]
    return office


def an_offer(uid: int):
    return a_mail(uid, "promo@toner.example", "Promotion toners", OFFER)


def raw_files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "var" / "raw").rglob("*.e*"))


def test_the_copy_of_mail_that_is_not_for_us_goes_after_its_days_and_its_row_stays(tmp_path: Path) -> None:
    with an_office(tmp_path, keep_unrelated_days=30) as office:
        with_mail(office, an_offer(1), a_candidature_mail(2, "mairie@fourmies.example", "Fourmies"))
        assert run_cycle(office).troubles == []
        (offer,) = [one for one in office.ledger.mail.messages() if one.nature == "unrelated"]
        for moment, count in (("2017-03-31 09:00", 2), ("2017-03-31 10:00", 2), ("2017-04-01 08:00", 1)):
            run_cycle(moved_to(office, moment))
            assert len(raw_files(tmp_path)) == count, moment
        assert not office.archive.holds(offer.arrival.sha256)
        assert office.ledger.mail.get(offer.arrival.sha256) == offer
        assert run_cycle(moved_to(office, "2017-04-02 08:00")).counts["recorded"] == 0


def test_who_wrote_of_something_else_is_told_what_is_left_once_the_copy_is_gone(tmp_path: Path) -> None:
    with an_office(tmp_path, keep_unrelated_days=0) as office:
        with_mail(office, an_offer(1))
        run_cycle(office)
        run_cycle(moved_to(office, "2017-03-02 09:00"))
        assert raw_files(tmp_path) == []
        content = data_of(office, "promo@toner.example", [])
        assert content is not None
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert [name for name in package.namelist() if name.startswith("messages/")] == []
            assert "Promotion toners" in package.read("donnees.txt").decode()


def test_what_staff_reclassify_once_its_copy_is_gone_stays_as_it_was_and_says_why(tmp_path: Path) -> None:
    with an_office(tmp_path, keep_unrelated_days=0) as office:
        with_mail(office, an_offer(1))
        run_cycle(office)
        run_cycle(moved_to(office, "2017-03-02 09:00"))
        assert raw_files(tmp_path) == []
        (offer,) = office.ledger.mail.messages()
        type_into(office.tracker, CALL, "messages", {offer.arrival.sha256[:16]: {"reclass": "Candidature"}})
        report = run_cycle(moved_to(office, "2017-03-02 09:10"))
        assert report.troubles == []
        (left,) = office.ledger.mail.messages()
        assert (left.nature, left.state, left.why) == ("unrelated", ReadingState.DECIDED, (NOT_READ_AGAIN,))
        assert office.ledger.candidatures.all(CALL.code) == []


def test_a_mail_whose_bytes_are_missing_for_no_reason_still_stops_the_reading(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        collect_mail(with_mail(office, an_offer(1)), "INBOX")
        office.archive.drop(next(office.archive.hashes()))
        with pytest.raises(Unavailable, match="a recorded mail cannot be read"):
            read_mail(office)


def test_mail_of_no_call_goes_with_the_call_that_shows_it_once_it_is_as_old(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        old, young = an_offer(1), a_mail(2, "autre@toner.example", "Promotion encres", OFFER)
        with_mail(office, old, type(young)(2, young.raw, paris("2019-02-10 10:00")))
        run_cycle(office)
        moved_to(office, "2019-03-01 09:00")
        traces = DiskCallFiles(tmp_path / "sheets", tmp_path / "var")
        plan = plan_call(office, traces, CALL)
        assert [one.sender for one in plan.mails] == ["promo@toner.example"]
        finish(office, traces, begin_call(office, CALL, plan, "AD62"))
        assert holding(tmp_path / "var", "promo@toner.example") == []
        assert [one.sender for one in office.ledger.mail.messages()] == ["autre@toner.example"]
        assert office.ledger.journal.broken_at() is None
        # The one that stays is shown again, in a new tracker.
        run_cycle(office)
        seen = office.tracker.read(CALL)
        assert seen is not None and [row.values["sender"] for row in seen.sheets["messages"].rows] == [
            "Jeanne Petit <autre@toner.example>"
        ]


def test_what_was_noted_of_no_call_goes_with_one_only_where_it_is_as_old(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for moment, what in (("2017-02-20 10:00", "ancien"), ("2019-02-27 10:00", "récent")):
            office.ledger.journal.note(Event(paris(moment), "worker", what))
        office.ledger.journal.note(Event(paris("2019-02-27 11:00"), "worker", "de l'appel", CALL.code))
        moved_to(office, "2019-03-01 09:00")
        plan = plan_call(office, DiskCallFiles(tmp_path / "sheets", tmp_path / "var"), CALL)
        said = {number: event.what for number, event, _ in office.ledger.journal.whole()}
        assert [said[number] for number in plan.events] == ["ancien", "de l'appel"]


def test_a_contact_that_staff_corrected_is_erased_in_the_tracker_and_their_own_cells_stay(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        with_mail(office, a_candidature_mail(1, "zoe@fourmies.example", "Fourmies"))
        run_cycle(office)
        typed = {"email": "zoe.perso@fourmies.example", "contact": "Zoé Lefèvre", "notes": "rappeler Zoé Lefèvre"}
        type_into(office.tracker, CALL, "candidatures", {"V21-001": typed})
        carry_in_staff_edits(moved_to(office, "2017-03-02 09:00"), CALL)
        plan = plan_person(office, "zoe.perso@fourmies.example")
        assert (plan.held.who.names, plan.staffs) == (("Zoé Lefèvre",), ("V21-001: Notes",))
        traces = DiskCallFiles(tmp_path / "sheets", tmp_path / "var")
        work = begin_person(office, plan, "")
        show_in_tracker(office, CALL)
        finish(office, traces, work)
        assert [cell(office, "V21-001", column) or "" for column in ("contact", "email", "notes")] == [
            *("(contact effacé)", "", "rappeler Zoé Lefèvre"),
        ]
        assert holding(tmp_path / "var", "zoe.perso") == holding(tmp_path / "sheets", "zoe.perso") == []
        # What they wrote from another address is not theirs for the program: it is another person's request.
        assert [one.sender for one in office.ledger.mail.messages()] == ["zoe@fourmies.example"]
        assert run_cycle(moved_to(office, "2017-03-02 09:10")).troubles == []
        assert cell(office, "V21-001", "contact") == "(contact effacé)"


def test_one_person_is_not_erased_before_their_documents_are_beside_the_tracker(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        with_mail(office, a_candidature_mail(1, "zoe@fourmies.example", "Fourmies"))
        run_cycle(office)
        piece = Piece("l.pdf", 1, "cd" * 32, "pieces/l.pdf", "ab" * 32, "m")
        office.ledger.candidatures.file_pieces(CALL.code, "V21-001", [piece])
        with pytest.raises(Unavailable, match="run `once`, then purge again"):
            begin_person(office, plan_person(office, "zoe@fourmies.example"), "")
        assert office.ledger.candidatures.all(CALL.code)[0].contact.email == "zoe@fourmies.example"


def test_a_letter_drafted_for_staff_to_read_keeps_no_name_of_who_is_erased(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=60) as office:
        with_mail(office, a_candidature_mail(1, "zoe@fourmies.example", "Fourmies"))
        run_cycle(office)
        typed = {"contact": "Zoé Lefèvre", "decision": "Non retenu", "request": "Non retenu"}
        type_into(office.tracker, CALL, "candidatures", {"V21-001": typed})
        run_cycle(moved_to(office, "2017-03-02 09:00"))
        (request,) = office.ledger.outbox.open_requests(CALL.code)
        assert "Bonjour Zoé Lefèvre," in request.draft.text
        work = begin_person(office, plan_person(office, "zoe@fourmies.example"), "")
        show_in_tracker(office, CALL)
        finish(office, DiskCallFiles(tmp_path / "sheets", tmp_path / "var"), work)
        for trace in ("Zoé Lefèvre", "zoe@fourmies.example"):
            assert holding(tmp_path / "var", trace) == holding(tmp_path / "sheets", trace) == []
        # It is asked for all the same, and says what it lacks.
        run_cycle(moved_to(office, "2017-03-02 10:30"))
        (request,) = office.ledger.outbox.open_requests(CALL.code)
        assert (request.blocked, request.is_waiting) == ("la colonne Courriel est vide.", True)
