"""What staff type into the sheet Messages: taken over, or told beside it when it cannot be."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.candidature import Status
from pipeline.cycle import run_cycle
from pipeline.demo.staff import type_into
from pipeline.ports import Office
from tests.builders import a_call, a_candidature, paris
from tests.steps.a_house import an_office
from tests.steps.test_limits_and_promises import a_candidature_mail, a_mail

CALL = a_call()
UNKNOWN = "N°\u00a0: aucune candidature ne portait le numéro « V21-999 » quand il a été écrit\u00a0; corrigez-le."


def after(office: Office, moment: str, **typed: str | None) -> tuple[str, str, list[str]]:
    """Type into the one row of Messages, run a cycle: number and reason that the row shows, letters written so far."""
    (message,) = office.ledger.mail.messages()
    if typed:
        type_into(office.tracker, CALL, "messages", {message.arrival.sha256[:16]: typed})
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    assert run_cycle(office).troubles == []
    seen = office.tracker.read(CALL)
    assert seen is not None
    (row,) = seen.sheets["messages"].rows
    letters = [f"{one.key.number} {one.key.letter}" for one in office.ledger.outbox.letters()]
    return str(row.values["number"] or ""), str(row.values["why"]), letters


def test_a_number_of_no_candidature_is_told_and_waits_until_it_is_mended(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        office.mailbox.mails += [a_mail(1, "dgs@orange.fr", "Suite", "Voici la suite.")]  # type: ignore[attr-defined]
        run_cycle(office)
        number, why, letters = after(office, "2017-03-02 10:00", reclass="Complément", number="v21-999")
        assert (number, why.split("\n")[0], letters) == ("v21-999", UNKNOWN.replace("V", "v"), [])
        assert after(office, "2017-03-02 10:05") == (number, why, [])
        number, why, letters = after(office, "2017-03-02 10:10", number="v21-001")
        assert (number, letters) == ("V21-001", ["V21-001 accuse_complement"])
        assert why == "Classé par l'équipe\u00a0: Complément."


def test_a_number_mistyped_for_the_mail_of_a_candidature_opens_no_other(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        run_cycle(office)
        number, why, letters = after(office, "2017-03-02 10:00", number="V21-999")
        assert (number, why.split("\n")[0], letters) == ("V21-999", UNKNOWN, ["V21-001 accuse_reception"])
        number, why, letters = after(office, "2017-03-02 10:05", number="V21-001")
        assert (number, UNKNOWN in why, letters) == ("V21-001", False, ["V21-001 accuse_reception"])
        assert [one.number for one in office.ledger.candidatures.all(CALL.code)] == ["V21-001"]


def test_mail_that_is_not_for_us_is_left_out_where_the_configuration_says_so(tmp_path: Path) -> None:
    with an_office(tmp_path) as plain:
        office = replace(plain, list_unrelated=False)
        office.mailbox.mails += [  # type: ignore[attr-defined]
            a_mail(1, "club@orange.fr", "Loto", "Le loto du club de foot aura lieu samedi."),
            a_candidature_mail(2, "mairie@fourmies.example", "Fourmies"),
        ]
        assert run_cycle(office).troubles == []
        assert natures_shown(office) == ["Candidature"]
        assert [one.nature for one in office.ledger.mail.messages()] == ["unrelated", "candidature"]

        office.clock.moment = paris("2017-03-01 09:05")  # type: ignore[attr-defined]
        assert run_cycle(plain).troubles == []
        assert natures_shown(plain) == ["Candidature", "Hors sujet"]


def natures_shown(office: Office) -> list[str]:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return sorted(str(row.values["nature"]) for row in seen.sheets["messages"].rows)


@pytest.mark.parametrize("word", ["Compliment", "à jeter"])
def test_a_word_of_reclasser_en_that_is_no_nature_is_told(tmp_path: Path, word: str) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_mail(1, "dgs@orange.fr", "Suite", "Voici la suite.")]  # type: ignore[attr-defined]
        run_cycle(office)
        _, before, _ = after(office, "2017-03-02 09:55")
        _, why, _ = after(office, "2017-03-02 10:00", reclass=word)
        choices = "« Candidature », « Complément », « Question », « Retrait » ou « Ignorer »"
        said = f"Reclasser en\u00a0: « {word} » n'est pas compris\u00a0; choisissez {choices}."
        assert why == f"{said}\n{before}"
        _, why, _ = after(office, "2017-03-02 10:05", reclass=None)
        assert why == before


def withdrawn_by_a_mail(office: Office) -> None:
    """A candidature, and a mail that withdraws it the day after."""
    office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
    run_cycle(office)
    withdraws(office, 2)


def withdraws(office: Office, uid: int) -> None:
    text = "Bonjour,\n\nNous retirons notre candidature à Visions +21.\n\nJeanne Petit\nMaire\nMairie de Fourmies\n"
    mail = a_mail(uid, "mairie@fourmies.example", f"Visions +21, retrait {uid}", text)
    office.mailbox.mails += [replace(mail, received=paris(f"2017-02-21 10:{uid:02}"))]  # type: ignore[attr-defined]
    assert run_cycle(office).troubles == []


def sorted_as(office: Office, uid: int, moment: str, word: str) -> None:
    """Write a word into Reclasser en of that mail, and run a cycle."""
    found = next(one for one in office.ledger.mail.messages() if one.message_id == f"{uid}@ville.example")
    type_into(office.tracker, CALL, "messages", {found.arrival.sha256[:16]: {"reclass": word}})
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    assert run_cycle(office).troubles == []


def test_a_withdrawal_is_undone_by_reclassifying_its_mail(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        withdrawn_by_a_mail(office)
        (before,) = office.ledger.candidatures.all(CALL.code)
        assert before.status is Status.WITHDRAWN
        sorted_as(office, 2, "2017-03-02 10:00", "Question")
        (after_,) = office.ledger.candidatures.all(CALL.code)
        assert after_.status is Status.OPEN
        assert after_.to_check == (
            "Le message de retrait a été reclassé\u00a0: cette candidature est de nouveau suivie.",
        )

        sorted_as(office, 2, "2017-03-02 10:05", "Retrait")
        (again,) = office.ledger.candidatures.all(CALL.code)
        assert again.status is Status.WITHDRAWN


def test_a_candidature_that_two_mails_withdraw_stays_withdrawn_while_one_of_them_does(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        withdrawn_by_a_mail(office)
        withdraws(office, 3)
        sorted_as(office, 2, "2017-03-02 10:00", "Question")
        assert [one.status for one in office.ledger.candidatures.all(CALL.code)] == [Status.WITHDRAWN]
        sorted_as(office, 3, "2017-03-02 10:05", "Ignorer")
        assert [one.status for one in office.ledger.candidatures.all(CALL.code)] == [Status.OPEN]


def test_a_mail_reclassified_and_back_is_that_of_the_candidature_that_it_opened(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        run_cycle(office)
        sorted_as(office, 1, "2017-03-02 10:00", "Ignorer")
        sorted_as(office, 1, "2017-03-02 10:05", "Candidature")
        (only,) = office.ledger.candidatures.all(CALL.code)
        assert (only.number, only.to_check) == ("V21-001", ())
        assert [one.key.letter for one in office.ledger.outbox.letters()] == ["accuse_reception"]


def test_a_complement_that_staff_say_is_a_candidature_opens_one_of_its_own(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        run_cycle(office)
        text = "Voici la délibération qui complète notre candidature à l'AMI Visions +21."
        office.mailbox.mails += [a_mail(2, "mairie@fourmies.example", "Visions +21 : délibération", text)]  # type: ignore[attr-defined]
        run_cycle(office)
        sorted_as(office, 2, "2017-03-02 10:00", "Candidature")
        assert [one.number for one in office.ledger.candidatures.all(CALL.code)] == ["V21-001", "V21-002"]
