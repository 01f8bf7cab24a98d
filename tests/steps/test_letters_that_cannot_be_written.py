"""A letter whose candidature is gone or whose template is at fault: it waits, that is said, and the others go on."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.adapters.letterhead import Letterhead
from pipeline.correspondence import previews, trial_letter
from pipeline.cycle import run_cycle
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.failures import Misconfigured
from pipeline.ports import Office
from tests.builders import a_call, a_candidature
from tests.staff.book import StaffBook
from tests.steps.a_house import ROOT, an_office
from tests.steps.test_letters_before_they_leave import at, envois, sent, states

CALL = a_call()


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "mail_templates", tmp_path / "templates"))


@pytest.fixture
def office(tmp_path: Path, templates: Path) -> Iterator[Office]:
    """With templates of its own, and three candidatures in the tracker."""
    with an_office(tmp_path, grace_minutes=10) as made:
        for _ in range(3):
            made.ledger.candidatures.open(a_candidature(), CALL.prefix)
        run_cycle(made)
        yield replace(made, letterhead=Letterhead(templates))


def break_template(templates: Path, letter: str) -> str:
    """Its sound text, to put back."""
    path = templates / f"{letter}.md.j2"
    sound = path.read_text("utf-8")
    path.write_text("Objet : x\n\n{{ inconnu }}\n", "utf-8")
    return sound


def asks(office: Office, *numbers: str, letter: str, decision: str) -> None:
    typed = {number: {"decision": decision, "request": letter} for number in numbers}
    type_into(office.tracker, CALL, "candidatures", typed)


def test_a_letter_asked_for_a_candidature_whose_row_is_then_deleted_does_not_leave_and_envois_says_why(
    office: Office,
) -> None:
    asks(office, "V21-001", "V21-002", letter="Non retenu", decision="Non retenu")
    at(office, "2017-03-02 14:25")
    book = StaffBook(office.tracker.path(CALL).read_bytes())
    book.delete("V21-001")
    office.tracker.path(CALL).write_bytes(book.saved())
    for minute in ("30", "36", "50"):
        assert at(office, f"2017-03-02 14:{minute}") == []
    told = {row["number"]: (row["state"], row["why"] or "") for row in envois(office)}
    assert told == {
        "V21-001": ("bloqué", "Cette candidature n'est plus dans le tableau."),
        "V21-002": ("envoyé", ""),
    }
    assert sent(office) == 1


def test_a_reminder_whose_template_is_at_fault_leaves_once_it_is_mended(office: Office, templates: Path) -> None:
    type_into(office.tracker, CALL, "reunions", MEETINGS)
    asks(office, "V21-001", letter="Convocation", decision="Retenu")
    for moment in ("2017-03-02 14:00", "2017-03-02 14:10"):
        assert at(office, moment) == []
    sound = break_template(templates, "rappel_reunion")
    (trouble,) = at(office, "2017-03-04 09:00")
    assert trouble.startswith("templates/rappel_reunion.md.j2:3") and states(office) == ["envoyé"]
    (templates / "rappel_reunion.md.j2").write_text(sound, "utf-8")
    assert (at(office, "2017-03-04 10:00"), at(office, "2017-03-04 11:00")) == ([], [])
    assert [row["letter"] for row in envois(office)] == ["Convocation", "Rappel de réunion"]


def test_the_preview_shows_the_letters_beside_one_whose_template_is_at_fault(office: Office, templates: Path) -> None:
    asks(office, "V21-001", letter="Non retenu", decision="Non retenu")
    asks(office, "V21-002", letter="Liste d'attente", decision="Liste d'attente")
    break_template(templates, "non_retenu")
    at(office, "2017-03-02 14:25")
    broken, sound = previews(office, CALL)
    assert (broken.envoi.state, broken.text, broken.mail) == ("bloqué", "", None)
    assert "templates/non_retenu.md.j2:3" in broken.envoi.why
    assert sound.envoi.letter == "liste_attente" and "liste d’attente" in sound.text and sound.mail is not None


def test_a_letter_to_oneself_whose_template_is_at_fault_says_which_and_is_none(office: Office, templates: Path) -> None:
    break_template(templates, "accuse_reception")
    with pytest.raises(Misconfigured, match=r"templates/accuse_reception\.md\.j2:3: le champ «.inconnu.»"):
        trial_letter(office, "moi@example.org")
