"""Mails a word away from an application, a withdrawal or a draft, each beside the one that it resembles."""

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import TERNOIS, case, known, mail

SIREN = "216204479"
MARC = "marc.delattre@ternoiscom.example"


def judged(text: str, subject: str = "Visions +21", siren: str = SIREN) -> str:
    verdict = triage(case(mail(subject, text, documents=["piece.pdf"]), siren=siren))
    assert (verdict.answer is not None) is (verdict.nature == "candidature")
    return verdict.nature


def of_applicant(text: str, subject: str = "Votre candidature") -> str:
    return triage(case(mail(subject, text, sender=MARC), known=known(TERNOIS))).nature


@pytest.mark.parametrize(
    "text",
    [
        "Tu trouveras ci-joint notre lecture des dossiers de candidature à Visions +21.",
        "Vous trouverez ci-joint l'historique de la candidature de la ville à Visions +21.",
        "Je vous adresse la liste des candidatures à Visions +21 de mon arrondissement.",
        "Je retrouve la candidature de la ville à l'édition 2014. Je vous la transmets pour Visions +21.",
        "Ci-joint le dossier de candidature de l'édition 2012 de Visions +21.",
        "La communauté de communes a décidé de différer sa candidature à Visions +21.",
        "La ville souhaite reporter sa candidature à une prochaine édition de Visions +21.",
        "Vous trouverez ci-joint le dossier de candidature. N'hésitez pas à nous adresser votre candidature.",
        "Je vous adresse le dossier de candidature à Visions +21. Votre commune peut y répondre seule.",
    ],
)
def test_what_is_a_word_away_from_an_application_is_not_acknowledged(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez ci-joint la version définitive de la candidature de la commune à Visions +21.",
        "Je vous adresse le volet financier et le volet technique de notre candidature à Visions +21.",
        "Vous trouverez ci-joint l'ensemble des pièces du dossier de candidature à Visions +21.",
        "Vous trouverez ci-joint, dans le cadre de notre candidature à Visions +21, la lettre du maire.",
        "Notre Agenda 21, édition 2014, nous a appris à décider ensemble : voici notre candidature à Visions +21.",
        "Après le projet de dossier que vous aviez relu, voici la version officielle de notre candidature.",
        "La ville, qui a déjà répondu à plusieurs appels à projets de la Région, souhaite participer à Visions +21.",
        "Voici notre candidature à Visions +21. Si vous souhaitez nous rencontrer, dites-le-nous.",
    ],
)
def test_its_neighbour_that_applies_is(text: str) -> None:
    assert judged(text) == "candidature"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("retrait de dossier", "Où peut-on retirer un dossier papier pour nos élus ?"),
        ("Dossier", "Je souhaite retirer un dossier en mairie pour une commune voisine."),
        ("CAUE", "Le CAUE retire finalement son soutien à notre démarche. Cela ne change rien pour nous."),
        ("Partenaires", "La banque a retiré son offre, nous continuons."),
    ],
)
def test_who_collects_a_file_or_loses_a_support_stays_a_candidate(subject: str, text: str) -> None:
    assert of_applicant(text, subject) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Retrait de notre dossier", "Bonjour, comme convenu. Bien à vous."),
        ("Ternois", "La CC retire sa candidature."),
        ("Ternois", "Le président a retiré notre dossier de la séance, et nous retirons notre candidature."),
        ("Ternois", "La communauté de communes retire finalement sa participation à la démarche."),
    ],
)
def test_who_withdraws_its_own_candidature_does(subject: str, text: str) -> None:
    assert of_applicant(text, subject) == "withdrawal"


def test_the_whole_of_a_file_on_a_candidature_is_that_candidature() -> None:
    text = (
        "Veuillez trouver l'ensemble du dossier relatif à la candidature de la commune, ainsi que les avis des maires."
    )
    assert judged(text) == "candidature"


def test_an_applicant_that_hands_out_the_papers_of_its_own_call_completes_nothing() -> None:
    text = (
        "Le Département lance son appel à projets. Vous trouverez ci-joint le règlement et le dossier de candidature,"
        " merci de relayer."
    )
    message = mail("Appel à projets départemental", text, sender=MARC, documents=["reglement.pdf"])
    verdict = triage(case(message, known=known(TERNOIS)))
    assert (verdict.nature, verdict.answer) == ("unsure", None)


def test_an_applicant_that_signs_the_rules_completes_its_candidature() -> None:
    text = "En complément de notre dossier, voici le règlement signé."
    message = mail("Complément", text, sender=MARC, documents=["reglement.pdf"])
    assert triage(case(message, known=known(TERNOIS))).nature == "complement"
