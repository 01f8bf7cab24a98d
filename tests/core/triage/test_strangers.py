"""People who want something else, in the words of our calls."""

import pytest

from pipeline.core.message import Message
from pipeline.core.triage import triage
from tests.core.triage.mails import ONE_OPEN, case, mail

STRANGERS = [
    mail("Stage de licence", "Je recherche un stage de 3 mois. Vous trouverez mon CV ci-joint.", documents=["CV.pdf"]),
    mail("Candidature au poste de chargé de mission", "Ci-joint ma candidature.", documents=["CV.pdf", "LM.pdf"]),
    mail("Chargé de mission Visions +21", "Je vous adresse ma candidature au poste.", documents=["CV.pdf"]),
    mail("Candidature", "En Master, je vous adresse mon CV et ma lettre de motivation.", documents=["CV_Durand.pdf"]),
    mail(
        "Alternance", "Étudiante en M2, je candidate à l'offre d'alternance publiée sur votre site.", documents=["cv"]
    ),
    mail("Facture 2017-045", "Veuillez trouver ci-joint notre facture n° 2017-045.", documents=["facture.pdf"]),
    mail("Concertation", "Notre start-up développe une plateforme. Demandez une démonstration gratuite."),
    mail("Logiciel", "Découvrez notre solution de participation citoyenne, -20 % ce mois-ci."),
    mail("Prestations", "Notre agence propose ses services aux lauréats de Visions +21. Tarifs sur demande."),
    mail(
        "Candidature", "Notre candidature à l'AMI « Revitalisation des centres-bourgs » de la Région.", documents=["c"]
    ),
    mail("Appel", "Ci-joint notre réponse à l'appel à projets « Énergie positive » du ministère.", documents=["c.pdf"]),
    mail("Visions +21 : candidatez !", "Les collectivités peuvent candidater jusqu'au 28 février."),
    mail("votre colis", "Votre colis est bloqué. Cliquez ici pour valider le paiement de 1,99 euros."),
    mail("Reportage", "Journaliste à la Voix, je prépare un article sur votre AMI. Puis-je vous interviewer ?"),
    mail("Lettre", "Toute l'actualité du pays. Pour vous désabonner, cliquez ici."),
    mail("Salut", "Salut Antoine, on déjeune jeudi ?"),
    mail("Projet de territoire", "La CC vient d'adopter son projet de territoire, que je vous transmets."),
]


@pytest.mark.parametrize("message", STRANGERS, ids=lambda message: message.text[:40])
def test_who_wants_something_else_is_not_for_us(message: Message) -> None:
    verdict = triage(case(message, ONE_OPEN))
    assert (verdict.nature, verdict.answer) == ("unrelated", None)


def test_a_firm_that_seems_to_apply_is_judged_by_a_person() -> None:
    text = "Notre cabinet répond à votre AMI Visions +21. Ci-joint notre proposition technique et financière."
    assert triage(case(mail("Réponse AMI Visions +21", text, documents=["offre.pdf"]))).nature == "unsure"
