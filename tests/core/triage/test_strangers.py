"""People who want something else, in the words of our calls."""

import pytest

from pipeline.core.message import Message
from pipeline.core.triage import triage
from tests.core.triage.mails import ONE_OPEN, case, mail

STRANGERS = [
    mail(
        "Candidature - chargée de mission prospective",
        "J'ai l'honneur de vous présenter ma candidature à tout poste qui s'ouvrirait autour de Visions +21. Je suis "
        "disponible pour un entretien.",
        documents=["lettre de candidature.docx", "CV_Turpin.pdf"],
    ),
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
    mail(
        "Appel à projets « Villages d'avenir »",
        "Mesdames, Messieurs les Maires, la Fondation lance son appel à projets sur la vision prospective des villages."
        " Merci de relayer à vos réseaux.",
        documents=["affiche.pdf"],
    ),
    mail(
        "Nos adhérents et Visions +21",
        "Chers collègues, nous vous signalons l'appel Visions +21 du Cerdd. Les dossiers sont à adresser au Cerdd.",
        documents=["flyer.pdf"],
    ),
    mail(
        "Jardins",
        "Pour info à tous, nous ouvrons notre appel à candidatures pour des jardins. À relayer à vos contacts",
    ),
    mail("Élections", "Chers collègues, vous voulez figurer sur la liste ? Envoyez votre candidature avant lundi."),
    mail(
        "CR du comité", "Bonjour à tous, ci-joint le compte-rendu, dont un point sur Visions +21.", documents=["cr.pdf"]
    ),
    mail(
        "Candidature de notre groupement",
        "En réponse à votre consultation sur Visions +21, nous avons l'honneur de remettre notre candidature et notre"
        " mémoire technique.",
        documents=["DC1.pdf"],
    ),
    mail("Facture 2017-12", "Ci-joint la facture des affiches Visions +21. Règlement à 30 jours.", documents=["f.pdf"]),
    mail("Candidature", "Suite à votre annonce parue lundi, voici mon cv. Je suis motivée.", documents=["cv.pdf"]),
    mail("votre colis", "Votre colis est bloqué. Cliquez ici pour valider le paiement de 1,99 euros."),
    mail("Reportage", "Journaliste à la Voix, je prépare un article sur votre AMI. Puis-je vous interviewer ?"),
    mail("Lettre", "Toute l'actualité du pays. Pour vous désabonner, cliquez ici."),
    mail(
        "TR: AMI Visions +21 - à destination des communes",
        "Nous relayons l'AMI « Visions +21 ». Si votre commune souhaite être accompagnée, vous pouvez adresser votre"
        " candidature avant le 28 février.",
        documents=["cahier_des_charges.pdf"],
    ),
    mail(
        "Appel à candidatures : 2es Trophées de la participation citoyenne",
        "Déposez votre candidature aux Trophées !\n\nDossier à télécharger, à renvoyer avant le 31 mars 2017.",
        documents=["Dossier de candidature 2017.docx"],
    ),
    mail(
        "Appel à projets « Territoires à énergie positive » : dossier CC du Ternois",
        "Pour avis, le dossier de candidature du Ternois à l'appel à projets TEPCV.",
        documents=["Candidature TEPCV.pdf", "Annexe - projet de territoire.pdf"],
    ),
    mail(
        "Votre devis",
        "Notre meilleure offre pour 3 kakémonos « Visions +21 ». Devis valable 30 jours.",
        documents=["d"],
    ),
    mail("Votre facture impayée", "Votre dossier de candidature est incomplet. Pour régulariser", documents=["f.zip"]),
    mail(
        "Consultation",
        "L'agglomération lance une consultation pour son projet de territoire. Remise des candidatures le 18 avril.",
        documents=["AAPC.pdf", "CCTP.pdf"],
    ),
    mail(
        "Votre alerte : 2 articles",
        "CORBIE. La ville a déposé un dossier Visions +21. Gérer mes alertes : lien.",
        sender="alerte@veille.example",
    ),
    mail("Salut", "Salut Antoine, on déjeune jeudi ?"),
    mail("Projet de territoire", "La CC vient d'adopter son projet de territoire, que je vous transmets."),
]


@pytest.mark.parametrize("message", STRANGERS, ids=lambda message: message.text[:40])
def test_who_wants_something_else_is_not_for_us(message: Message) -> None:
    verdict = triage(case(message, ONE_OPEN))
    assert (verdict.nature, verdict.answer) == ("unrelated", None)


@pytest.mark.parametrize(
    "text",
    [
        "La mairie vous a partagé un document : Candidature Visions +21.pdf (284 Ko). Connectez-vous avec votre mot de"
        " passe de messagerie, votre session expire dans 24 heures : https://docs.example/x",
        "Elle a partagé avec vous le fichier « Candidature Visions +21.pdf ». Ouvrez-le dans votre navigateur : vous"
        " pourrez le commenter, le modifier et le partager à votre tour avec toutes les personnes de votre choix.",
    ],
    ids=["phishing", "a program"],
)
def test_a_shared_file_that_bears_the_name_of_a_candidature_applies_for_nobody(text: str) -> None:
    message = mail("Document partagé : Candidature Visions +21.pdf", text, sender="mairie@wanadoo.example")
    verdict = triage(case(message, siren="216002378"))
    assert (verdict.nature, verdict.answer) == ("unsure", None)


def test_who_asks_for_our_password_gets_no_letter_whatever_is_attached() -> None:
    text = (
        "Veuillez trouver notre candidature à Visions +21. Pour la lire, identifiez-vous avec votre mot de passe de"
        " messagerie : votre compte sera sinon suspendu."
    )
    message = mail("Candidature", text, documents=["Candidature.html"])
    assert triage(case(message, siren="216002378")).answer is None


def test_a_machine_that_quotes_an_application_without_its_documents_opens_no_file() -> None:
    text = "ACTUALITÉS\n\nLa communauté de communes du Ternois candidate à Visions +21.\n\nL'Abeille de la Ternoise"
    for sender, nature in (("alertes-noreply@moteur.example", "unsure"), ("dgs@ternois.example", "candidature")):
        message = mail("Visions +21", text, sender=sender)
        assert triage(case(message, siren="200069672")).nature == nature


def test_a_firm_that_seems_to_apply_is_judged_by_a_person() -> None:
    text = "Notre cabinet répond à votre AMI Visions +21. Ci-joint notre proposition technique et financière."
    assert triage(case(mail("Réponse AMI Visions +21", text, documents=["offre.pdf"]))).nature == "unsure"


def test_a_seller_whose_file_is_a_candidature_gets_no_letter() -> None:
    text = (
        "Notre plateforme équipe déjà la Ville de Saint-Amand. Vous trouverez notre dossier de candidature au "
        "référencement ainsi que la grille tarifaire. Auriez-vous un créneau jeudi ?\n\nGaëtan M.\nBusiness developer"
    )
    message = mail("Votre AMI Visions +21 : notre plateforme", text, documents=["Dossier de candidature.pdf"])
    assert triage(case(message)).answer is None


def test_an_agency_that_offers_itself_to_applicants_and_names_its_references_gets_no_letter() -> None:
    text = (
        "Notre agence aide les collectivités à monter leurs dossiers. À l'occasion de Visions +21 nous proposons aux "
        "territoires candidats une formule à 1 900 € HT. La Ville de Bergues nous a fait confiance. Voulez-vous bien "
        "transmettre notre plaquette ? Je me tiens prêt à venir vous la présenter."
    )
    message = mail("Visions +21 : appui aux candidats", text, documents=["Plaquette.pdf"])
    verdict = triage(case(message, siren="215900671"))
    assert (verdict.nature, verdict.answer) == ("unrelated", None)
