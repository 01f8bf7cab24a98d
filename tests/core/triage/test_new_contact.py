"""An applicant who tells whom to write to from now on: acknowledged, and shown to staff, who keep the addresses."""

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import TERNOIS, case, known, mail

MARC = "marc.delattre@ternoiscom.example"


def to_check(text: str, documents: tuple[str, ...] = ()) -> tuple[str, ...]:
    verdict = triage(case(mail("Visions +21", text, sender=MARC, documents=documents), known=known(TERNOIS)))
    assert verdict.nature == "complement"
    return verdict.to_check


@pytest.mark.parametrize(
    "said",
    [
        "Pour notre candidature, merci de vous adresser désormais à mon collègue Thomas Gillet.",
        "Je quitte la collectivité vendredi, Thomas Gillet suivra notre candidature.",
        "Merci de noter mon nouveau numéro pour le suivi de notre candidature\u00a0: 06 12 34 56 78.",
        "Pour le suivi de notre candidature, merci de noter que vous pouvez me joindre au 06 12 34 56 78.",
        "Dorénavant, c'est Mme Bécu qu'il faut contacter pour notre candidature.",
        "Notre candidature change d'interlocuteur\u00a0: Mme Bécu me remplace.",
    ],
)
def test_another_contact_is_shown_with_the_words_that_tell_it(said: str) -> None:
    found = to_check(said, ("note.pdf",))
    assert [one.startswith("Autre interlocuteur ou autres coordonnées\u00a0? «") for one in found] == [True]


@pytest.mark.parametrize(
    "said",
    [
        "Voici la délibération pour notre candidature. Je reste joignable au 03 21 00 00 00.",
        "Nous complétons notre candidature par la lettre du maire.",
        "Notre candidature associe désormais trois communes.",
    ],
)
def test_an_ordinary_complement_tells_of_no_other_contact(said: str) -> None:
    assert to_check(said, ("note.pdf",)) == ()
