"""Mails that name the call and a candidature, by people who apply to nothing: whatever comes with them."""

from itertools import product

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import case, mail

SENTENCES = [
    "Notre bureau d'études accompagne les collectivités candidates à Visions +21 : voici notre plaquette.",
    "Nous pouvons rédiger votre dossier de candidature à l'AMI Visions +21.",
    "Je suis étudiante en master et je réalise un mémoire sur l'AMI Visions +21, accepteriez-vous un entretien ?",
    "Je vous adresse ma candidature au poste de chargé de mission Visions +21.",
    "Je candidate à votre offre de stage sur la démarche Visions +21.",
    "La Voix du Nord souhaite publier un article sur les candidats à Visions +21.",
    "Facture n° 2017-12 relative à l'impression des affiches Visions +21.",
    "Veuillez trouver notre devis pour l'animation des réunions Visions +21.",
    "Compte rendu de la réunion de préparation de l'AMI Visions +21.",
    "L'ADEME vous informe que l'AMI Visions +21 est relayé sur son site.",
    "Nous avons publié l'AMI Visions +21 dans notre lettre d'information.",
    "Vous trouverez ci-joint la liste des communes susceptibles de candidater à Visions +21.",
    "Merci de faire suivre l'AMI Visions +21 aux maires de votre canton.",
    "L'association des maires relaie votre appel Visions +21 auprès de ses adhérents.",
    "Le jury de l'AMI Visions +21 se réunira le 20 mars, merci de confirmer votre présence.",
    "Voici la grille d'analyse des candidatures à Visions +21.",
    "Je vous transmets l'avis de la DREAL sur les candidatures Visions +21.",
    "La région Hauts-de-France soutient l'AMI Visions +21 et souhaite être associée au jury.",
    "Un élu de notre association aimerait assister à la réunion Visions +21.",
    "La commune de Bavay m'a demandé de vous appeler au sujet de sa candidature à Visions +21.",
    "Nous soutenons la candidature de la CC du Ternois à Visions +21.",
    "Par cette lettre, la commune de Pernes apporte son soutien à la candidature de la CC du Ternois à Visions +21.",
    "En tant qu'habitant, je trouve regrettable que ma commune ne candidate pas à Visions +21.",
    "Je suis conseiller d'opposition : notre maire a-t-il candidaté à Visions +21 ?",
    "Ci-joint la photo pour la page Visions +21 du site.",
    "Votre inscription à la newsletter Visions +21 est confirmée.",
    "Votre commande de badges Visions +21 est expédiée.",
    "Proposition de salle pour la réunion Visions +21 du 7 mars : devis joint.",
    "Bonjour, suite à l'AMI Visions +21, je vous propose une visioconférence pour vous présenter notre logiciel.",
    "Le lycée de Bavay souhaite participer à Visions +21 avec ses élèves.",
    "Notre entreprise souhaite candidater à Visions +21.",
    "Particulier, je souhaite candidater à Visions +21 avec mon jardin partagé.",
    "Le CAUE de la Somme propose son appui aux lauréats de Visions +21.",
    "Pouvez-vous m'envoyer les candidatures à Visions +21 reçues de l'Oise ?",
    "Nous organisons notre propre appel à manifestation d'intérêt et nous inspirons de Visions +21 : "
    "pourriez-vous nous transmettre votre règlement ?",
    "J'ai relu le règlement de Visions +21, deux coquilles sont à corriger (voir pièce jointe).",
    "La Caisse des Dépôts présente son offre aux candidats Visions +21.",
    "Rappel : la date limite de candidature à Visions +21 est fixée au 28 février.",
    "Lancement de l'AMI Visions +21 : candidatez avant le 28 février !",
    "La préfecture vous adresse la liste des communes nouvelles, pour l'AMI Visions +21.",
    "Nous avons reçu par erreur une candidature à Visions +21 qui vous est destinée : la voici.",
    "Je vous réexpédie un dossier Visions +21 reçu à la Région.",
    "Attestation de présence à la réunion d'information Visions +21.",
]
PLACES = ("", "216204479")  # known or not, it may be named for another reason


@pytest.mark.parametrize("sentence", SENTENCES)
def test_who_only_speaks_of_the_call_is_never_thanked_for_a_candidature(sentence: str) -> None:
    text = f"Bonjour,\n\n{sentence}\n\nCordialement,\n\nJean Roux"
    natures = set()
    for documents, subject, siren in product(((), ("piece.pdf",)), ("AMI Visions +21", sentence[:60]), PLACES):
        message = mail(subject, text, documents=documents, sender="jean.roux@autre.example", name="Jean Roux")
        natures.add(triage(case(message, siren=siren)).nature)
    assert natures.isdisjoint({"candidature", "complement", "withdrawal"})
