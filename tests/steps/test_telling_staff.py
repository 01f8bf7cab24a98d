"""What staff are told: decisions in À vérifier, alerts at once, the digest once a day."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import openpyxl
import pytest

from pipeline.adapters.letterhead import Letterhead
from pipeline.core.candidature import Attendance, Status
from pipeline.core.decisions import sentence
from pipeline.core.delivery import Step
from pipeline.core.merge import CellValue
from pipeline.cycle import run_cycle
from pipeline.demo.staff import type_into
from pipeline.dossiers import plans
from pipeline.informing import rehearsal_of
from pipeline.ports import Office
from tests.builders import a_call, a_candidature, a_letter, paris
from tests.steps.a_house import ROOT, an_office
from tests.steps.test_limits_and_promises import a_candidature_mail

CALL = a_call()
TEAM = "equipe@cerdd.example"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as plain:
        yield replace(plain, alerts_to=(TEAM,), digest_to=(TEAM,))


def at(office: Office, moment: str) -> None:
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    run_cycle(office)


def told(office: Office) -> list[tuple[str, str]]:
    """(subject, text) of what the team got."""
    found = []
    for letter in office.postman.sent:  # type: ignore[attr-defined]
        if letter.key.recipient == TEAM:
            mail = message_from_bytes(letter.raw, policy=default)
            body = mail.get_body(("plain",))
            found.append((str(mail["Subject"]), body.get_content() if body else ""))
    return found


def alerts(office: Office) -> list[str]:
    return [subject for subject, _ in told(office) if subject.startswith("À traiter")]


def decided(office: Office, *decisions: dict[str, CellValue]) -> None:
    """A candidature for each, as staff typed it."""
    for _ in decisions:
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    run_cycle(office)
    typed = {f"V21-{number:03d}": words for number, words in enumerate(decisions, 1)}
    type_into(office.tracker, CALL, "candidatures", typed)
    run_cycle(office)


def to_check(office: Office, number: str) -> str:
    run_cycle(office)
    seen = office.tracker.read(CALL)
    assert seen is not None
    return next(str(row.values["to_check"]) for row in seen.sheets["candidatures"].rows if row.key == number)


def test_a_decision_changed_after_its_letter_left_is_said_and_sends_nothing_by_itself(office: Office) -> None:
    decided(office, {"decision": "Non retenu", "request": "Non retenu"})
    at(office, "2017-03-03 10:00")
    type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu"}})
    at(office, "2017-03-06 10:00")
    assert to_check(office, "V21-001").startswith(
        "Le courrier « Non retenu » est parti le 1er mars 2017, et la décision est maintenant « Retenu »"
    )
    assert [one.key.letter for one in office.ledger.outbox.letters() if one.key.number] == ["non_retenu"]


def test_more_laureates_than_places_is_said_and_not_forbidden(office: Office) -> None:
    decided(office, *[{"decision": "Retenu", "request": "Lauréat"}] * 4)
    assert to_check(office, "V21-001") == "4 candidatures sont retenues, pour 2 à 3 places."
    assert len([one for one in office.ledger.outbox.letters() if one.key.letter == "laureat"]) == 4


def test_when_a_laureate_withdraws_the_first_of_the_waiting_list_is_proposed(office: Office) -> None:
    waiting = [{"decision": "Liste d'attente", "rank": rank} for rank in (2, 1)]
    decided(office, {"decision": "Retenu"}, {"decision": "Retenu"}, {"decision": "Retenu"}, *waiting)
    assert to_check(office, "V21-005") == ""
    gone = office.ledger.candidatures.get(CALL.code, "V21-002")
    assert gone is not None
    office.ledger.candidatures.save(gone.moved(Status.WITHDRAWN))
    first = "V21-005 (Communauté de communes du Ternois)"
    assert to_check(office, "V21-002") == f"Ce lauréat se retire. En tête de la liste d'attente\u00a0: {first}."
    assert to_check(office, "V21-005").startswith(
        "Une place se libère (V21-002)\u00a0: cette candidature est la première"
    )
    assert to_check(office, "V21-004") == ""


def test_the_rehearsal_says_what_the_decisions_would_send_and_what_blocks_it(office: Office) -> None:
    decided(
        office, {"decision": "Retenu"}, {"decision": "Liste d'attente"}, {"decision": "Non retenu", "email": ""}, {}
    )
    said = sentence(CALL, rehearsal_of(office, CALL)).replace("\u00a0", " ")
    assert said == (
        "1 lauréat pour 2 à 3 places, 1 sur liste d'attente, 1 non retenu, 1 sans décision ; 3 courriers de décision à "
        "demander ; 1 bloqué (V21-001) : indiquez l'heure de début et le lieu de « Première réunion préparatoire : "
        "méthodologie de Visions +21 » dans la feuille Réunions ; 1 bloqué (V21-003) : la colonne Courriel est vide."
    )


def test_the_rehearsal_blocks_no_convocation_that_takes_an_invitation_back(office: Office) -> None:
    decided(office, {"decision": "Retenu"})
    invited = office.ledger.candidatures.get(CALL.code, "V21-001")
    assert invited is not None
    office.ledger.candidatures.save(replace(invited, meetings={"prep-1": Attendance.INVITED}))
    for plan in plans(office, CALL):
        office.ledger.candidatures.save_meeting(CALL.code, replace(plan, cancelled=True))
    assert rehearsal_of(office, CALL).blocked == {}


def test_a_refused_letter_is_told_at_once_and_once(office: Office) -> None:
    office.postman.answers.append((550, "5.1.1 unknown user", Step.BEFORE_DATA))  # type: ignore[attr-defined]
    decided(office, {"decision": "Non retenu", "request": "Non retenu"})
    for moment in ("2017-03-01 09:05", "2017-03-01 09:10", "2017-03-03 08:00"):
        at(office, moment)
    ((subject, text),) = told(office)
    assert subject == "À traiter – un courrier n'est pas parti ou n'est pas arrivé"
    assert (
        "V21-001, Non retenu à marc@ternois.example" in text and "Vérifiez l'adresse dans la colonne Courriel" in text
    )


def test_a_tracker_that_cannot_be_written_to_is_told_after_four_hours_and_again_after_a_day(office: Office) -> None:
    office.tracker.create(CALL)
    path = office.tracker.path(CALL)
    path.write_bytes(b"not a workbook")
    for moment in ("10:00", "13:59", "14:00", "14:05", "20:00"):
        at(office, f"2017-03-02 {moment}")
        assert alerts(office) == (["À traiter – le tableau de suivi n'est plus à jour"] if moment > "14:00" else [])
    for moment in ("2017-03-03 14:00", "2017-03-03 14:05"):
        at(office, moment)
    assert len(alerts(office)) == 2


def test_a_step_that_cannot_be_done_is_told_when_it_lasts_an_hour(office: Office, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "mail_templates", templates)
    (templates / "non_retenu.md.j2").write_text("Objet: x\n\n{{ inconnu }}\n", encoding="utf-8")
    office = replace(office, letterhead=Letterhead(templates))
    decided(office, {"decision": "Non retenu", "request": "Non retenu"})
    assert "le modèle de ce courrier est en défaut (templates/non_retenu.md.j2:3" in to_check(office, "V21-001")
    for moment in ("09:55", "10:00", "10:05"):
        at(office, f"2017-03-01 {moment}")
        assert alerts(office) == (["À traiter – l'assistant n'a pas pu tout faire"] if moment > "10:00" else [])


@pytest.mark.parametrize("letter", ["alerte", "digest"])
def test_a_mistake_in_the_template_of_what_staff_are_told_is_said_and_stops_nothing_else(
    office: Office, tmp_path: Path, letter: str
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "mail_templates", templates)
    (templates / f"{letter}.md.j2").write_text("Objet: x\n\n{{ inconnu }}\n", encoding="utf-8")
    office = replace(office, letterhead=Letterhead(templates))
    office.postman.answers.append((550, "5.1.1 unknown user", Step.BEFORE_DATA))  # type: ignore[attr-defined]
    decided(office, {"decision": "Non retenu", "request": "Non retenu"}, {})
    office.mailbox.mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))  # type: ignore[attr-defined]
    office.clock.moment = paris("2017-03-02 09:30")  # type: ignore[attr-defined]
    (trouble,) = run_cycle(office).troubles
    assert trouble.startswith(f"templates/{letter}.md.j2:3"), trouble
    assert "mairie@fourmies.example" in [one.key.recipient for one in office.postman.sent]  # type: ignore[attr-defined]


class Ended(BaseException):
    """What the watchdog does to a run that stands still."""


def ended(office: Office, moment: str, known: bool = True) -> None:
    """A run that stands still while it looks into the mailbox; `known`: so did the one before."""
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    with pytest.raises(Ended):
        run_cycle(office, ("the last run stood still and was ended; where it stood is in x.",) if known else ())


def test_runs_that_stand_still_one_after_the_other_are_told_before_the_next_one_may(office: Office) -> None:
    def stands_still(folder: str) -> None:
        raise Ended

    office.ledger.outbox.queue(a_letter(created=paris("2017-03-01 08:59")))
    office.mailbox.open = stands_still  # type: ignore[method-assign, assignment]
    ended(office, "2017-03-01 09:00", known=False)
    ended(office, "2017-03-01 09:11")
    assert told(office) == []  # it may have been once
    for moment in ("09:22", "09:33", "09:44"):
        ended(office, f"2017-03-01 {moment}")
    ((subject, text),) = told(office)
    assert subject == "À traiter – l'assistant n'a pas pu tout faire"
    assert "the last run stood still" in text
    assert len(office.postman.sent) == 1  # type: ignore[attr-defined]  # what is for applicants waits for what guards it
    ended(office, "2017-03-02 09:55")
    assert len(told(office)) == 2


def test_a_fault_of_the_program_that_ends_each_cycle_is_told_at_its_third(office: Office) -> None:
    def breaks(folder: str) -> None:
        raise ZeroDivisionError

    office.mailbox.open = breaks  # type: ignore[method-assign, assignment]
    for moment in ("09:00", "09:05"):
        at(office, f"2017-03-01 {moment}")
        assert told(office) == []
    at(office, "2017-03-01 09:10")
    ((_, text),) = told(office)
    assert "a fault of the program stopped the cycle (collect_mail: ZeroDivisionError)" in text


def test_a_run_that_stood_still_once_is_no_alert_and_is_forgotten_by_the_next_good_one(office: Office) -> None:
    said = ("the last run stood still and was ended; where it stood is in x.",)
    for known in (said, (), said, ()):
        run_cycle(office, known)
    assert told(office) == []


def test_the_digest_leaves_once_a_day_when_something_happened_or_waits(office: Office) -> None:
    at(office, "2017-03-01 08:00")
    office.mailbox.mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))  # type: ignore[attr-defined]
    for moment in ("2017-03-01 08:25", "2017-03-01 08:30", "2017-03-01 08:35", "2017-03-01 18:00"):
        at(office, moment)
    ((subject, text),) = told(office)
    assert subject == "Point du jour – Visions +21 – mercredi 1er mars 2017"
    assert "Candidature V21-001 (Fourmies), reçue le 20 février 2017 à 10 h 00".replace(" 00", "") in text.replace(
        "\u00a0", " "
    )
    assert "1 courrier parti : 1 automatique" in text.replace("\u00a0", " ")


def test_the_digest_waits_for_the_hour_that_the_configuration_says(office: Office) -> None:
    later, letters = replace(office, digest_at="17:45"), []
    office.mailbox.mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))  # type: ignore[attr-defined]
    for hour in ("08:35", "08:40", "17:44", "17:45", "17:46"):  # one cycle writes it, the next one sends it
        at(later, f"2017-03-01 {hour}")
        letters.append(len(told(later)))
    assert letters == [0, 0, 0, 0, 1]


def test_nothing_happened_and_nothing_waits_so_nobody_is_written_to(office: Office) -> None:
    for moment in ("2017-03-01 08:30", "2017-03-01 08:35", "2017-03-02 08:30", "2017-03-02 08:35"):
        at(office, moment)
    assert told(office) == []


def test_the_digest_says_once_where_the_new_list_is_when_staff_changed_theirs(office: Office) -> None:
    decided(office, {"decision": "Retenu"}, {})
    at(office, "2017-03-01 09:05")
    path = office.laureates.path(CALL)  # type: ignore[attr-defined]
    book = openpyxl.load_workbook(path)
    book["Lauréats"]["A1"] = "Version du comité"
    book.save(path)
    type_into(office.tracker, CALL, "candidatures", {"V21-002": {"decision": "Retenu"}})
    office.clock.moment = paris("2017-03-02 08:00")  # type: ignore[attr-defined]
    run_cycle(office)
    at(office, "2017-03-02 08:35")
    at(office, "2017-03-03 08:35")
    at(office, "2017-03-03 08:40")
    (digest,) = [text for subject, text in told(office) if subject.startswith("Point du jour")]
    said = "La liste des lauréats a changé\u00a0; vous aviez modifié la vôtre, la nouvelle est dans"
    assert said in digest and "laureats-2017-03-02.xlsx" in digest
