"""Mail of people that we do not know yet: applications, questions, drafts, doubts."""

from datetime import datetime
from typing import Any

import pytest

from pipeline.core.message import Message
from pipeline.core.triage import Known, triage
from tests.builders import paris
from tests.core.triage.mails import BOTH_OPEN, ONE_OPEN, case, mail

VISIONS, PARTICIPATION = "visions21-2017", "territoires-participatifs"
JUST_LATE = paris("2017-03-04 09:00")

APPLICATIONS = [
    mail(
        "Réponse à l'appel à manifestation d'intérêt",
        "Nous n'avons pas pour habitude de répondre aux appels. Nous ne voulons pas manquer cette occasion et "
        "vous demandons donc d'enregistrer notre candidature à Visions +21.",
        documents=["lettre.pdf"],
    ),
    mail(
        "Visions +21 → Grenay candidate",
        "Hello,\n\nGrenay en est ! Tout est dans le zip.\n\nOn aimerait travailler la question « à quoi ressemble une"
        " ville qui a réussi sa transition ? » – avec les habitants.\n\nÀ jeudi,",
        documents=["Grenay candidature.zip"],
    ),
    mail(
        "Ville de Roye",
        "Bonjour,\n\nAdjointe au maire de Roye, je suis chargée par lui de déposer notre candidature à l'AMI Visions"
        " +21. Nous voudrions anticiper ce qui vient. La mairie vous enverra au besoin les papiers officiels.",
    ),
    mail(
        "Visions +21 - candidature Hesdin",
        "Bonjour,\n\nJ'ai le plaisir de vous faire parvenir, en pièce jointe, notre dossier pour l'AMI Visions +21.",
        documents=["dossier.pdf"],
    ),
    mail(
        "Appel à manifestation d'intérêt Vision 21",
        "Monsieur,\nNous manifestons par la présente notre intérêt pour la démarche Vision 21 et joignons une lettre"
        " d'engagement du Président.",
        documents=["Lettre engagement.pdf"],
    ),
    mail(
        "Réponse à l'appel Visions + 21",
        "Bonjour,\nComme évoqué au téléphone, veuillez trouver ci-joint la réponse de notre communauté à l'appel"
        " Visions + 21. Pourriez-vous m'en accuser réception ?",
        documents=["Reponse.docx"],
    ),
    mail(
        "Commune de Wimereux",
        "Le conseil municipal a souhaité que notre ville s'engage dans la démarche Visions +21. Je vous saurais gré"
        " de bien vouloir retenir notre candidature.",
    ),
    mail("Candidature de la Ville de Denain - Visions +21", "", documents=["Candidature Denain.pdf"]),
    mail("candidature visions 21 ccvs", "bonjour\nci joint candidature\ncdt", documents=["CCVS visions21.odt"]),
    mail(
        "Candidature Visions +21 (nouvel envoi)",
        "Mon message d'hier n'a pas pu être remis (boîte pleine). Je vous renvoie donc notre candidature.",
        documents=["c.pdf"],
    ),
    mail(
        "Candidature Visions +21 Arques",
        "Je suis absente la semaine prochaine, je vous adresse donc dès aujourd'hui notre candidature à Visions +21.",
        documents=["arques.pdf"],
    ),
    mail("VISIONS +21 CANDIDATURE COMMUNE DE MARCK", "JE VOUS TRANSMETS LA CANDIDATURE DE LA COMMUNE DE MARCK."),
    mail(
        "AMI Visions +21",
        "Une panne nous a empêchés d'envoyer hier la candidature de Guise. Vous la trouverez ci-jointe, datée du 28.",
        documents=["guise.pdf"],
    ),
    mail("Commune de Cucq", "Notre conseil souhaite que la ville soit accompagnée par Visions +21.", documents=["c"]),
    mail(
        "Re: Visions +21 : l'appel est ouvert",
        "Oui, partants ! Merci d'inscrire la commune dans la liste. On en a parlé en réunion.",
    ),
    mail(
        "appel vision + 21", "Nous aimerions être pris dans votre accompagnement, c'est un peu culotté à 750 habitants."
    ),
    mail("Visions", "On veut en être, pour les « Visions + 21 ». Le conseil a donné son accord de principe."),
    mail(
        "Document",
        "Le fichier reçu à 9 h 03 de notre photocopieur est la candidature de la ville à Visions +21. Je vous"
        " le remets ici.",
        documents=["candidature.pdf"],
    ),
    mail(
        "2e envoi",
        "Le zip contient le dossier Visions +21. Merci de me confirmer qu'il est bien arrivé.",
        documents=["c.zip"],
    ),
    mail(
        "Intérêt du PETR",
        "Je t'envoie (on se tutoyait, je crois !) la manifestation d'intérêt du PETR pour Visions + 21.",
        documents=["manifestation.pdf"],
    ),
    mail(
        "Visions +21 : candidature du Pays",
        "Le bureau a décidé que le Pays se porterait candidat. La note jointe dit"
        " pourquoi. La délibération passera au conseil, je vous l'enverrai ensuite.",
        documents=["note.pdf"],
    ),
    mail(
        "Aix", "La commune avait délibéré dès le 6 février pour postuler à l'AMI Visions +21.", documents=["delib.jpg"]
    ),
    mail(
        "Ouf",
        "Bonsoir, voici enfin notre dossier pour les visions, signé dans la voiture du maire.",
        documents=["Numériser.pdf"],
    ),
    mail(
        "Visions +21 de la CC Somme Sud-Ouest",
        "La CC2SO voudrait bâtir son projet avec l'aide de Visions +21. Vous trouverez à cet effet, en fichier attaché,"
        " la lettre signée par notre président.",
        documents=["lettre.pdf"],
    ),
    mail(
        "Inscription",
        "bonjour je vous prie de bien vouloir inscrire la commune de Quesnoy a l ami visions 21. ci joint courrier",
        documents=["courrier.pdf"],
    ),
    mail("Arques postule", "La commune d'Arques postule à l'appel Visions +21."),
    mail("Visions +21", "Candidature de la ville de Marck à l'appel à manifestation d'intérêt Visions +21"),
    mail("Visions +21", "Je vous prie de bien vouloir recevoir, par la présente, la candidature de Wingles."),
    mail("Visions +21", "Vu l'enjeu, le conseil a tranché : la commune candidate donc."),
    mail("Visions +21", "Comptez Wingles parmi les candidats !"),
    mail("visions 21", "salut Antoine, nous sommes partants pour visions 21, j'attends tes consignes"),
    mail(
        "dossier trop lourd", "Notre dossier de candidature à Visions +21 est à télécharger ici : https://x.example/d"
    ),
    mail("canditature vison 21", "je vous envoi la candidatur de wingles pour vison 21", documents=["scan.pdf"]),
    mail("Wingles répond à l'AMI Visions +21", ""),
    mail(
        "Wingles",
        "L'été dernier, nous avions dû renoncer à un autre appel. Nous candidatons aujourd'hui à Visions +21.",
        documents=["lettre.pdf"],
    ),
    mail(
        "Visions +21 (hors délai ?)",
        "Malgré tout, je vous envoie la candidature de Wingles à Visions +21 : serait-il possible de la retenir ?",
        documents=["lettre.pdf"],
    ),
    mail(
        "Visions +21",
        "Bonjour, vous trouverez le dossier en PJ. Y a-t-il d'autres pièces à fournir ?",
        documents=["dossier.pdf"],
    ),
    mail(
        "Visions +21 (hors délai)",
        "Pouvez-vous accepter notre candidature ci-jointe malgré le retard ?",
        documents=["lettre.pdf"],
    ),
    mail(
        "Visions +21",
        "Vous trouverez ci-joint notre candidature, la délibération et notre communiqué de presse.",
        documents=["lettre.pdf", "cp.pdf"],
    ),
    mail(
        "Visions +21",
        "Vous trouverez ci-joint la lettre du maire et l'avis favorable de l'EPCI à la candidature.",
        documents=["lettre.pdf", "avis.pdf"],
    ),
    mail("Re: Newsletter du Cerdd", "Nous candidatons à Visions +21, lettre jointe.", documents=["lettre.pdf"]),
    mail("Visions +21", "Voici notre dossier, pouvez-vous me confirmer que tout est lisible ?", documents=["d.pdf"]),
    mail("Visions +21", "Le maire, qui ne pourra pas venir, vous adresse la candidature, ci-jointe.", documents=["d"]),
    mail("Visions +21", "Vous n'aviez pas reçu notre candidature : la revoici.", documents=["d.pdf"]),
    mail("Dossier de la commune de Wingles pour Visions +21", "Bonne lecture.", documents=["dossier.pdf"]),
    mail(
        "Candidature",
        "Nous candidatons à Visions +21 et non à Territoires participatifs, que nous étudierons l'an prochain.",
    ),
]


@pytest.mark.parametrize("message", APPLICATIONS, ids=lambda message: message.subject)
def test_an_application_in_anybodys_words_is_acknowledged(message: Message) -> None:
    verdict = triage(case(message, siren="216204479"))
    assert (verdict.nature, verdict.call, verdict.number) == ("candidature", VISIONS, "")
    assert verdict.answer == "accuse_reception"


@pytest.mark.parametrize(
    ("surroundings", "nature"),
    [
        ({}, "unsure"),
        ({"siren": "216204479"}, "candidature"),
        ({"candidates": ("215900432", "218000438")}, "candidature"),
    ],
)
def test_words_alone_from_nobody_we_can_place_are_left_to_a_person(
    surroundings: dict[str, object], nature: str
) -> None:
    message = mail("Candidature", "Nous candidatons à Visions +21.")
    assert triage(case(message, **surroundings)).nature == nature


def test_an_application_after_the_last_day_is_acknowledged_as_late() -> None:
    message = mail("Candidature Visions +21", "Nous déposons notre candidature.", documents=["c.pdf"])
    assert triage(case(message, JUST_LATE)).answer == "accuse_hors_delai"


def test_an_application_months_after_the_end_is_for_a_person() -> None:
    message = mail("Candidature Visions +21", "Nous déposons notre candidature.", documents=["c.pdf"])
    assert triage(case(message, paris("2017-09-01 09:00"))).nature == "unsure"


@pytest.mark.parametrize(
    ("received", "nature", "call"), [(ONE_OPEN, "candidature", VISIONS), (BOTH_OPEN, "unsure", None)]
)
def test_an_unnamed_call_is_the_only_open_one_or_none(received: datetime, nature: str, call: str | None) -> None:
    message = mail("dossier", "Veuillez trouver ci-joint le dossier de notre commune pour votre AMI.", documents=["d"])
    verdict = triage(case(message, received))
    assert (verdict.nature, verdict.call) == (nature, call)


def test_a_bare_mail_is_what_its_document_says() -> None:
    message = mail("AMI", "Veuillez trouver ci-joint notre dossier.", documents=["courrier.pdf"])
    letter = "Notre commune souhaite répondre à l'appel à manifestation d'intérêt Visions +21."
    assert triage(case(message)).nature == "unsure"
    assert triage(case(message, document_texts=(letter,))).call == VISIONS


def test_what_a_secretary_passes_on_is_an_application() -> None:
    quoted = (
        "De : Julie Martin\nObjet : Candidature\n\nVeuillez trouver ci-joint notre candidature à"
        " Territoires participatifs."
    )
    message = mail("TR: Candidature", "Pour envoi au Cerdd.", quoted=quoted, documents=["c.pdf"])
    verdict = triage(case(message))
    assert (verdict.nature, verdict.call) == ("candidature", PARTICIPATION)


def test_our_own_announcement_passed_on_is_no_application() -> None:
    quoted = "De : Antoine Goxe <agoxe@cerdd.org>\n\nVous trouverez ci-joint le dossier de candidature à Visions +21."
    assert triage(case(mail("TR: AMI Visions +21", "On fonce ?", quoted=quoted))).answer is None


QUESTIONS = [
    mail("Visions +21", "Notre commune compte 850 habitants : peut-elle candidater seule à Visions +21 ?"),
    mail("Visions +21", "Je souhaiterais savoir quelles pièces il faut joindre au dossier de candidature."),
    mail(
        "Visions +21 : rdv", "Nous envisageons de candidater et aimerions échanger. Quelles sont vos disponibilités ?"
    ),
    mail("Candidature Visions +21 : report ?", "Accepteriez-vous une candidature avec quelques jours de retard ?"),
    mail(
        "Brouillon",
        "Voici notre brouillon de réponse à l'AMI Visions +21. Pouvez-vous nous faire un retour d'ici vendredi ?",
        documents=["brouillon.docx"],
    ),
    mail("Dossier de candidature", "Je souhaite recevoir le dossier de candidature pour Visions +21.\nMerci"),
    mail("AMI Visions +21", "La CC souhaite répondre. Nous aurions besoin de connaître le coût restant à charge."),
    mail("Demande", "Bonjour, où peut-on retirer le dossier de candidature de l'AMI Visions +21 ?"),
    mail("Visions +21", "Je vous serais reconnaissante de bien vouloir m'indiquer le nombre de territoires retenus."),
    mail("Visions +21", "Que pensez-vous de notre candidature ci-jointe ?", documents=["v0.pdf"]),
    mail("Visions +21", "Notre dossier joint est-il conforme à ce que vous attendez ?", documents=["v0.pdf"]),
    mail("Visions +21", "Une question : pouvons-nous vous envoyer notre candidature sans délibération ?"),
    mail("Visions +21", "Nous avons une question : voici notre réponse, est-elle recevable ?", documents=["v0.pdf"]),
    mail("Visions +21", "Nous essayons en vain de vous envoyer notre candidature : avez-vous un site de dépôt ?"),
    mail("Visions +21", "Bonjour Antoine, notre candidature t'est-elle bien parvenue ?"),
    mail("Visions +21", "Ces dates sont-elles fermes ? Nous voulons les réserver avant de confirmer notre réponse."),
    mail("Question", "Nous avons vu votre appel qui se termine le 28 février. Les villages sont-ils concernés ?"),
]


@pytest.mark.parametrize("message", QUESTIONS, ids=lambda message: message.text[:40])
def test_who_asks_before_applying_gets_no_acknowledgement(message: Message) -> None:
    verdict = triage(case(message))
    assert (verdict.nature, verdict.call, verdict.answer) == ("question", VISIONS, None)


DOUBTS = [
    mail("AMI", "", documents=["scan0001.pdf"]),
    mail("Suite", "Voici de quoi compléter notre candidature de janvier."),
    mail("Partenaires", "Pour compléter le dossier Visions +21 de la commune, voici la liste.", documents=["l.pdf"]),
    mail("Recours gracieux", "Je conteste le rejet de la candidature de ma commune."),
    mail("Votre AMI", "Bonjour, nous sommes très intéressés par votre AMI."),
    mail(
        "Candidatures", "Ci-joint nos candidatures à Visions +21 et à Territoires participatifs.", documents=["a", "b"]
    ),
    mail("Projet", "Ci-joint le projet de candidature à Visions +21, non validé par les élus.", documents=["v0"]),
    mail("Visions +21", "Notre candidature vous parviendra par courrier la semaine prochaine."),
    mail("Visions +21", "Nous n'avons pas l'intention de candidater à Visions +21 mais suivrons la démarche."),
    mail("Soutien à la candidature de Loos à Visions +21", "Vous trouverez ci-joint notre courrier.", documents=["s"]),
    mail("Candidature", "Nous avons reçu par erreur une candidature pour Visions +21, la voici.", documents=["c"]),
    mail("Visions +21", "Les élus vous alertent : la candidature de la ville n'a jamais été présentée en conseil."),
    mail("Réunion", "Je souhaite participer à la réunion d'information sur l'AMI Visions +21 du 20 janvier."),
    mail(
        "Votre appel",
        "En réponse à votre appel de ce matin, ci-joint notre dossier sur les matériaux.",
        documents=["d"],
    ),
    mail("AMI Fabrique de territoires", "Ci-joint la réponse de la commune à l'AMI Fabrique.", documents=["d"]),
]


@pytest.mark.parametrize("message", DOUBTS, ids=lambda message: message.text[:40] or message.subject)
def test_a_doubt_is_left_to_a_person(message: Message) -> None:
    verdict = triage(case(message))
    assert (verdict.nature, verdict.answer) == ("unsure", None)


@pytest.mark.parametrize(
    "text",
    [
        "La commune souhaite candidater à Visions +21. Pouvez-vous nous rencontrer début février ?",
        "Nous souhaitons candidater à Visions +21 et aimerions convenir d'un rendez-vous.",
        "Le maire souhaite candidater à Visions +21 mais le conseil n'a pas encore délibéré.",
        "Sous réserve de l'accord du conseil, nous voulons candidater à Visions +21.",
    ],
)
def test_who_wishes_to_apply_and_to_talk_first_or_has_not_decided_does_not_apply(text: str) -> None:
    assert triage(case(mail("Visions +21", text), siren="216204479")).answer is None


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Newsletter de février", "Dans ce numéro : notre ville candidate à Visions +21 !"),
        ("Mars", "Voici le bulletin municipal, avec en page 3 notre candidature à Visions +21."),
        ("Invitation presse", "La ville dépose sa candidature à Visions +21 : rendez-vous mardi à 11 h."),
    ],
)
def test_news_for_everybody_that_tell_of_an_application_bring_no_letter(subject: str, text: str) -> None:
    verdict = triage(case(mail(subject, text, documents=["bulletin.pdf"]), siren="216204479"))
    assert (verdict.nature, verdict.answer) == ("unsure", None)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Visions +21", "Bonjour, si nous déposons une candidature à Visions +21, faut-il une délibération"),
        ("Visions +21", "Si la commune candidate à Visions +21, doit-elle avoir un agenda 21"),
        ("Visions +21", "Nous vous adresserons notre candidature la semaine prochaine, voici déjà le périmètre."),
        ("Candidature DETR", "Ci-joint notre dossier de candidature DETR 2017 intégrant notre projet de territoire."),
        ("FISAC", "Vous trouverez notre candidature au FISAC, dans le cadre de notre projet de territoire."),
        ("Article", "Notre rédaction publie un sujet : la ville candidate à Visions +21. Pouvez-vous relire ?"),
    ],
)
def test_an_application_supposed_to_come_or_to_something_else_is_not_acknowledged(subject: str, text: str) -> None:
    assert triage(case(mail(subject, text, documents=["note.pdf"]), siren="216204479")).answer is None


@pytest.mark.parametrize(
    "text",
    [
        "Voici notre lettre pour Visions +21 ; nous vous adresserons notre candidature signée par la poste.",
        "Nous répondons à l'AMI Visions +21. Si la ville est retenue, elle déposera aussi un dossier DETR.",
        "Nous vous adressons notre candidature à votre AMI ; celle que nous avions faite au titre de notre"
        " candidature LEADER date de 2015.",
        "Nous répondons à votre appel, dans la suite de notre dossier LEADER.",
        "La ville est candidate à Visions +21 et vous dira si elle dépose aussi un dossier de candidature DETR.",
    ],
)
def test_what_is_said_beside_an_application_does_not_hide_it(text: str) -> None:
    for subject in ("Visions +21", "Ville de Hesdin"):
        message = mail(subject, text, documents=["note.pdf"])
        assert triage(case(message, siren="216204479", received=ONE_OPEN)).answer == "accuse_reception"


def test_an_application_that_could_not_be_sent_is_none() -> None:
    text = "Je n'arrive pas à vous envoyer notre candidature à Visions +21, le message revient."
    assert triage(case(mail("Visions +21", text), siren="216204479")).answer is None


def test_two_phrases_of_a_call_name_it() -> None:
    text = "Nous candidatons : notre projet de territoire a besoin d'une vision prospective."
    assert triage(case(mail("Candidature", text), siren="216204479")).call == VISIONS


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Le Parc y va ! Le bureau a validé hier notre participation à Visions+21.", "candidature"),
        (
            "Le conseil vient d'approuver à l'unanimité la participation de la ville à cet AMI Visions +21.",
            "candidature",
        ),
        ("Le bureau n'a pas encore validé notre participation à Visions+21.", "unsure"),
        ("Le bureau n'a pas validé notre participation à Visions+21.", "unsure"),
        ("Le bureau doit valider jeudi notre participation à Visions+21.", "unsure"),
    ],
)
def test_a_participation_that_was_approved_applies_whatever_the_note_with_it_says(text: str, nature: str) -> None:
    message = mail("Le Parc candidat", text, documents=["note.pdf"])
    assert triage(case(message, document_texts=("Note au bureau",), siren="255902710")).nature == nature


def test_who_has_a_message_to_be_sorted_is_not_filed_as_a_stranger() -> None:
    message = mail("photo", "Envoyé de mon téléphone", documents=["IMG_12.jpg"])
    assert triage(case(message)).nature == "unrelated"
    verdict = triage(case(message, known=Known(awaiting=True)))
    assert (verdict.nature, verdict.answer) == ("unsure", None)


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("Après Visions +21, la CC candidate aussi à Territoires participatifs, dossier joint.", PARTICIPATION),
        ("En complément de notre réponse à Territoires participatifs, nous répondons à Visions +21.", VISIONS),
    ],
)
def test_of_two_calls_named_the_one_it_applies_to_is_meant(text: str, call: str) -> None:
    assert triage(case(mail("Candidature", text, documents=["d.pdf"]))).call == call


def test_every_reason_cites_the_evidence_in_french() -> None:
    changes: dict[str, Any] = {"documents": ["c.pdf"]}
    verdict = triage(case(mail("Visions +21", "La Ville de Lens dépose sa candidature.", **changes)))
    assert verdict.why == (
        "Le texte dit\u00a0: «\u00a0La Ville de Lens dépose sa candidature\u00a0».",
        "L'objet nomme l'appel «\u00a0Visions +21\u00a0».",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Le maire voudrait que Wormhout candidate à Visions +21, je crains le doublon. Qu'en pensez-vous ?",
        "Nous sommes partagés : l'un souhaite que la ville candidate à Visions +21, l'autre non. A-t-on nos chances ?",
        "Nous hésitons à candidater à Visions +21. Un avis ?",
    ],
)
def test_who_hesitates_and_asks_what_we_think_does_not_apply(text: str) -> None:
    verdict = triage(case(mail("AMI 21 - avis", text), siren="215907205"))
    assert (verdict.nature, verdict.answer) == ("question", None)


def test_our_own_subject_in_a_reply_announces_nothing() -> None:
    message = mail("Re: Votre candidature à l'AMI Visions +21", "Merci de voir désormais avec moi, Mme Caron. " * 6)
    assert triage(case(message, siren="215907205")).answer is None


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Nous aurions aimé candidater à Visions +21 mais le calendrier ne le permet pas.", []),
        ("Voici notre réponse à votre questionnaire sur Visions +21.", ["questionnaire.pdf"]),
        ("Voici le modèle de lettre de candidature à Visions +21 que vous m'avez demandé.", ["modele.doc"]),
        ("Je vous retourne le formulaire de candidature vierge de Visions +21, qui ne s'ouvre pas.", ["f.doc"]),
        ("Le maire de Bergues m'a dit vouloir candidater à Visions +21, je vous joins sa carte.", ["carte.pdf"]),
        ("Le Maire n'a pas encore signé la lettre de candidature à Visions +21, la voici pour avis.", ["lettre.pdf"]),
        ("Ci-joint le compte rendu du conseil où la candidature à Visions +21 a été évoquée.", ["CR.pdf"]),
    ],
)
def test_words_of_an_application_that_apply_for_nothing_bring_no_letter(text: str, documents: list[str]) -> None:
    message = mail("Visions +21", f"Bonjour,\n\n{text}\n\nMairie de Bergues", documents=documents)
    assert triage(case(message, siren="215900671")).answer is None


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Faut-il un dossier ? Si non merci de nous inscrire à Visions +21.", "candidature"),
        ("Est-il encore temps ? Si oui merci d'inscrire la commune à Visions +21.", "candidature"),
        ("Avez-vous reçu mon appel ? si non, merci de bien vouloir nous inscrire à Visions +21", "candidature"),
        ("Si possible merci d'inscrire la commune à Visions +21.", "candidature"),
        ("Je vous prie de nous inscrire à votre AMI Visions +21.", "candidature"),
        ("Merci de ne pas nous inscrire à Visions +21.", "unsure"),
        ("Faut-il nous inscrire à Visions +21 ?", "question"),
        ("Comment nous inscrire à Visions +21 ?", "question"),
        ("Nous verrons si possible d'inscrire la commune à Visions +21 en 2018.", "unsure"),
        ("Merci de nous inscrire à la réunion d'information sur Visions +21.", "unsure"),
        ("Merci de nous inscrire à la journée de lancement de Visions +21.", "unsure"),
    ],
)
def test_who_asks_to_be_registered_applies_whatever_stands_before(text: str, nature: str) -> None:
    verdict = triage(case(mail("Commune d'Hesdin", text), siren="216204479"))
    assert verdict.nature == nature
