"""Mails a word away from an application, a withdrawal or a draft, each beside the one that it resembles."""

from dataclasses import replace

import pytest

from pipeline.core.triage import triage
from pipeline.core.triage.naming import call_meant
from tests.core.triage.mails import PARTICIPATION, TERNOIS, VISIONS, case, known, mail

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


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Visions +21",
            "Le maire a signé la candidature à Visions +21. Ne tenez pas compte, pour l'instant, du courrier joint.",
        ),
        (
            "Visions +21",
            "La ville avait préparé sa candidature à Visions +21, mais nous n'irons pas au bout. Document joint.",
        ),
        (
            "Visions +21",
            "Voici la délibération sur la candidature à Visions +21. Elle ne dépose pas de dossier en son nom.",
        ),
        ("Visions +21", "Par délibération jointe, la communauté autorise ses communes à candidater à Visions +21."),
        ("Visions +21", "Un avis sur l'opportunité pour la ville de se porter candidate à Visions +21 est joint."),
        ("Visions +21", "Notre association est candidate pour devenir l'opérateur de Visions +21, dossier joint."),
        ("Visions +21", "Je vous propose que la commune se joigne à la candidature de la CAPSO à Visions +21."),
        ("Visions +21", "Votre programme Visions +21 indique que la ville est candidate. Merci de corriger."),
        ("Visions +21", "Voici les données que vous souhaitiez pour analyser les candidatures à Visions +21."),
        (
            "Invitation : lancement de notre candidature",
            "La ville lancera sa candidature à Visions +21 le 10 février. Carton joint.",
        ),
        (
            "Visions +21",
            "La ville souhaite candidater à Visions +21 mais bute sur la fiche 3 jointe. Pouvez-vous nous aider ?",
        ),
    ],
)
def test_a_mail_that_takes_back_what_it_seems_to_say_is_not_acknowledged(subject: str, text: str) -> None:
    assert judged(text, subject) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Ne tenez pas compte de mon message précédent : voici la candidature de la commune à Visions +21.",
        "Voici notre candidature à Visions +21. Nous n'avions pas répondu en 2014.",
        "La délibération jointe indique que la commune est candidate à Visions +21.",
        "La commune se porte candidate pour bénéficier de l'accompagnement Visions +21.",
        "La commune est candidate à Visions +21 : pas de bureau d'études, pas de plaquette, mais une équipe motivée.",
        "Voici notre candidature à Visions +21. Vos remarques sur le premier jet ont été prises en compte.",
        "Vous trouverez ci-joint les documents pour constituer notre candidature à Visions +21.",
        "La commune souhaite candidater à Visions +21 : voici notre dossier. Pouvez-vous nous dire la suite ?",
        "Le conseil a autorisé le maire à candidater à Visions +21 : dossier joint.",
    ],
)
def test_what_only_sounds_like_taking_back_applies(text: str) -> None:
    assert judged(text) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Un avis sur l'opportunité pour la ville de se porter candidate à Visions +21 a été rendu. Il est joint.",
        "Notre association est candidate pour devenir l'opérateur de Visions +21. Notre dossier est joint.",
        "La ville souhaite candidater à Visions +21 mais n'arrive pas à remplir la fiche 3 du dossier ci-joint.",
    ],
)
def test_a_file_that_is_joined_is_of_what_was_said_before(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "La ville présente sa candidature à Visions +21. Elle est jointe.",
        "Nous sommes candidats au label Ville durable. Notre candidature à Visions +21 est jointe.",
    ],
)
def test_a_candidature_that_is_joined_is_one(text: str) -> None:
    assert judged(text) == "candidature"


def test_the_name_of_the_region_in_a_title_tells_no_call() -> None:
    title = "Vers des territoires participatifs en Hauts-de-France"
    calls = (VISIONS, replace(PARTICIPATION, title=title, short_title=title))
    told = call_meant(case(mail("AMI", "Bonjour, une question.\nINSEE Hauts-de-France"), calls=calls))
    assert told.call is None


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil n'a pu se réunir : pas de candidature à Visions +21 donc, malgré le dossier que je vous joins.",
        "Les candidatures, dont celle de la ville à Visions +21, sont en pièce jointe.",
        "Vous trouverez ci-joint les candidatures reçues à Visions +21.",
        "Nous venons aux nouvelles : le dossier de candidature à Visions +21 est-il lisible ?",
    ],
)
def test_no_candidature_and_those_of_everybody_are_not_acknowledged(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez en pièces jointes :\n- notre dossier de candidature (Visions +21) ;\n- la délibération.\n\n"
        "Pouvez-vous m'indiquer la date du jury ?",
        "La ville a finalisé sa candidature à Visions +21. Elle vous est adressée ce jour par mail.",
        "Je viens par ce courriel déposer la candidature de la commune à Visions +21.",
        "Voici notre candidature à Visions +21. Elle remplace le pré-dossier transmis en décembre pour avis.",
        "Vous nous demandiez si nous étions toujours intéressés : oui, et voici notre dossier pour Visions +21.",
    ],
)
def test_what_is_listed_finished_or_answered_applies(text: str) -> None:
    assert judged(text) == "candidature"


def test_a_list_of_other_papers_applies_for_nothing() -> None:
    text = "Vous trouverez en pièces jointes :\n- le programme ;\n- le plan.\n\nNotre candidature à Visions +21 suivra."
    assert judged(text) in ("unsure", "question", "unrelated")
