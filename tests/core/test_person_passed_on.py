"""Whose mail it is when somebody sends it for another, points to another or passes it on."""

import pytest

from pipeline.core.person import Person
from tests.core.writers import contact

COLLEAGUE = (
    "De : Élodie Vanhove <e.vanhove@ville.example>\nDate : 16 janvier 2017 à 17:12\nObjet : AMI Cerdd\n"
    "À : Luc Demarest <l.demarest@ville.example>\n\nLuc,\nvoici le dossier finalisé. Tu peux l'envoyer.\nÉlodie"
)
LUC = Person("Luc Demarest", "DGS", "l.demarest@ville.example", "+33353011111")
SIGNED = "\n\nAmitiés\nLuc Demarest\nDGS\n03 53 01 11 11"


@pytest.mark.parametrize(
    "said",
    [
        "Comme convenu je te transmets la candidature de notre commune, préparée par mon service.",
        "J'ai le plaisir de vous adresser notre dossier.",
        "Je vous fais parvenir le dossier de candidature.",
    ],
)
def test_who_hands_in_what_a_colleague_prepared_is_the_contact(said: str) -> None:
    found = contact(LUC.name, LUC.email, said + SIGNED, quoted=COLLEAGUE, subject="Fwd: AMI Cerdd")
    assert found == LUC


@pytest.mark.parametrize(
    "said",
    [
        "Je vous transmets ci-dessous la candidature.",
        "Je vous transmets la candidature à la demande d'Élodie.",
        "Je vous transmets le message d'Élodie : notre candidature.",
    ],
)
def test_who_passes_on_a_colleagues_words_is_not_the_contact(said: str) -> None:
    found = contact(LUC.name, LUC.email, said + SIGNED, quoted=COLLEAGUE, subject="Fwd: AMI Cerdd")
    assert found.name == "Élodie Vanhove"


def test_a_surname_alone_has_the_first_name_that_the_mail_gives_it() -> None:
    text = "Ci-joint notre candidature de la part de Mme Piette, directrice, qui suivra le dossier.\n\nLe standard"
    quoted = "De : Catherine Piette\nEnvoyé : vendredi\nÀ : Standard\nObjet : courrier\n\nMerci d'envoyer ceci.\nCP"
    found = contact("Standard", "standard@ville.example", text, quoted=quoted, subject="TR: courrier")
    assert (found.name, found.role) == ("Catherine Piette", "Directrice")


def test_a_surname_that_two_people_have_stays_alone() -> None:
    text = "De la part de M. Piette, directeur.\n\nMerci à Jean Piette et à Paul Piette.\n\nLe standard"
    assert contact("Standard", "standard@ville.example", text).name in ("Piette", "M. Piette")


TUTOR = (
    "Ma tutrice, Mme Nathalie Bosquet, m'a demandé de vous envoyer la candidature. Merci de l'appeler : 03 53 01 22 22."
)


def test_who_asked_a_trainee_to_send_the_candidature_is_its_contact() -> None:
    text = f"Je suis stagiaire à la ville de Creil. {TUTOR}\n\nBonne journée,\nThomas"
    found = contact("Stagiaire DD", "stagiaire.dd@creil.example", text)
    assert found == Person("Nathalie Bosquet", "", "stagiaire.dd@creil.example", "+33353012222")


@pytest.mark.parametrize("who", ["M. Goxe", "Mme Anne Petit, de votre équipe,"])
def test_who_of_us_asked_for_the_candidature_is_not_its_contact(who: str) -> None:
    found = contact("Anne Roy", "a.roy@creil.example", f"{who} m'a demandé de vous envoyer ce dossier.\n\nAnne Roy")
    assert found.name == "Anne Roy"


def test_who_was_asked_and_signs_with_a_function_is_the_contact() -> None:
    text = f"{TUTOR}\n\nCordialement,\nAnne Roy\nChargée de mission"
    found = contact("Anne Roy", "a.roy@creil.example", text)
    assert (found.name, found.role) == ("Anne Roy", "Chargée de mission")


def test_whom_a_letter_points_to_by_the_function_has_it() -> None:
    text = "Voici notre dossier.\nChargée de mission Climat : Claire Vasset, 03 53 01 22 22\n\nLe secrétariat"
    found = contact("Mairie", "mairie@ville.example", text)
    assert (found.name, found.role) == ("Claire Vasset", "Chargée de mission Climat")


def test_whom_a_person_points_to_with_a_telephone_has_the_own_name_beside_it() -> None:
    text = "Voici notre dossier.\nContact : Jean Martin, DGS, 03 53 01 22 22\n\nNadine Roy"
    found = contact("Nadine Roy", "n.roy@ville.example", text)
    assert found == Person("Jean Martin", "DGS", "n.roy@ville.example", "+33353012222")
