"""An acknowledgement that waits for a person is a letter like the others: what staff see of it is what leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.demo.staff import type_into
from pipeline.ports import Office
from tests.builders import a_call
from tests.staff.book import StaffBook
from tests.steps.a_house import an_office
from tests.steps.test_letters_before_they_leave import at, envois, mark, sent, shown
from tests.steps.test_limits_and_promises import a_candidature_mail

CALL = a_call()
OURS = "comme je l'aurais dit"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One whose acknowledgement of a candidature is held: the cycle may write none."""
    with an_office(tmp_path, acks_per_cycle=0) as office:
        office.mailbox.mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))  # type: ignore[attr-defined]
        assert at(office, "2017-03-01 09:00") == []
        assert [row["state"] for row in envois(office)] == ["attend un feu vert"]
        yield office


def cycles(office: Office) -> None:
    """Some more, in which whatever may leave does."""
    for minute in range(10, 40, 10):
        assert at(office, f"2017-03-02 09:{minute}") == []


@pytest.mark.parametrize(("column", "heading"), [("text", "Texte"), ("subject", "Objet")])
def test_one_that_staff_reword_and_release_does_not_leave_in_its_own_words(
    office: Office, column: str, heading: str
) -> None:
    mark(office, column, OURS)
    mark(office, "release", "oui")
    cycles(office)
    (row,) = envois(office)
    assert (row["state"], row[column], sent(office)) == ("annulé", OURS, 0)
    said = f"Accusé de réception\u00a0: vous avez modifié « {heading} » dans la feuille Envois, qui"
    assert said in str(shown(office)["to_check"])


def test_nor_does_it_when_they_release_it_later(office: Office) -> None:
    mark(office, "text", OURS)
    cycles(office)
    mark(office, "release", "oui")
    cycles(office)
    assert ([row["state"] for row in envois(office)], sent(office)) == (["annulé"], 0)


def test_they_may_ask_for_it_anew(office: Office) -> None:
    mark(office, "text", OURS)
    cycles(office)
    type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": "Accusé de réception"}})
    cycles(office)
    assert ([row["state"] for row in envois(office)], sent(office)) == (["annulé", "envoyé"], 1)


def test_one_whose_row_they_delete_does_not_leave_either(office: Office) -> None:
    path = office.tracker.path(CALL)
    book = StaffBook(path.read_bytes(), "Envois", key="Clé")
    book.rows = []
    path.write_bytes(book.saved())
    cycles(office)
    assert sent(office) == 0
    (mail,) = office.ledger.mail.messages()
    assert (mail.answer, mail.why[-1]) == (
        None,
        "Pas de réponse automatique\u00a0: le courrier a été annulé, sa ligne a été supprimée de la feuille Envois "
        "avant qu'il parte.",
    )
