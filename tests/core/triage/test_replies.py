"""Mail about a candidature that is known: which one, and what it does."""

from dataclasses import replace
from typing import Any

import pytest

from pipeline.core.message import Message
from pipeline.core.triage import triage
from tests.core.triage.mails import TERNOIS, case, known, mail

MARC = "marc.delattre@ternoiscom.example"
PARTICIPATION = "territoires-participatifs"
OURS = {"ack1": ("visions21-2017", "V21-004")}
BOTH = known(TERNOIS, replace(TERNOIS, call=PARTICIPATION, number="TP-002"))


def of_marc(subject: str, text: str, **changes: Any) -> Message:
    return mail(subject, text, sender=MARC, **changes)


def reply(text: str, **changes: Any) -> Message:
    return of_marc("Re: Votre candidature", text, in_reply_to=("ack1",), **changes)


def judged(message: Message, **changes: Any) -> tuple[str, str, str | None]:
    verdict = triage(case(message, **{"known": known(TERNOIS, threads={"ack1": OURS["ack1"]}), **changes}))
    return verdict.nature, verdict.number, verdict.answer


COMPLEMENTS = [
    of_marc("Pièces", "Veuillez trouver la délibération qui manquait à notre dossier.", documents=["delib.pdf"]),
    of_marc("Délibération", "", documents=["deliberation_2017_12.pdf"]),
    of_marc("Annule et remplace", "Nous retirons notre candidature et la remplaçons par celle-ci.", documents=["v2"]),
    of_marc("Visions +21", "Merci de noter que Mme Bécu sera notre élue référente pour la candidature."),
    of_marc("AMI : envoi 2/2", "Bonjour, suite et fin de notre dossier.", documents=["p2.pdf"]),
    of_marc("Erratum", "Dans notre dossier, il faut lire 29 400 habitants et non 30 000."),
    reply("Une coquille s'est glissée dans notre note : le budget est de 15 000 euros."),
    reply("Ci-joint le RIB et la liste des élus.", documents=["rib.pdf"]),
    reply("En réponse à votre demande : notre élu référent sera M. Dupont."),
    reply("Je serai en congés du 10 au 20 ; d'ici là voici la délibération demandée.", documents=["d.pdf"]),
    reply("Veuillez trouver ci-joint les pièces. Merci de me dire s'il en manque.", documents=["a.pdf"]),
    mail("[V21-004]", "pj", sender="marc.perso@gmail.example", documents=["annexe.pdf"]),
    mail(
        "[V21-004] changement de contact",
        "Je suis désormais votre interlocutrice pour cette candidature.",
        sender="lucie.henno@ternoiscom.example",
    ),
    reply("Notre référente change : à compter du 3 avril merci de vous adresser à Mme Roux, qui reprend le dossier."),
    mail("courrier signé", "Ci-joint l'original signé.", sender="accueil@ternoiscom.example", documents=["c.pdf"]),
]
WITHDRAWALS = [
    of_marc("Visions +21", "Nous vous remercions de ne plus tenir compte de notre candidature."),
    of_marc("Annulation", "Merci d'annuler notre candidature à Visions +21."),
    of_marc("Ternois", "Je vous informe que la CC ne souhaite plus participer à Visions +21."),
    of_marc("Ternois", "Le conseil a voté l'abandon du projet et nous ne sommes donc plus candidats."),
    of_marc("Ternois", "Merci de retirer le Ternois de la liste des candidats."),
    of_marc("Ternois", "Oubliez notre candidature, le président a changé d'avis."),
    of_marc("Ternois", "Veuillez considérer le dossier du Ternois comme retiré."),
    of_marc("Ternois", "La CC ne peut assumer le reste à charge et met fin à sa participation."),
    of_marc("Ternois", "Je vous demande d'annuler notre inscription à l'AMI Visions +21."),
    mail("désistement", "Monsieur, le Ternois se désiste de l'AMI.", sender="dgs@ternoiscom.example"),
    reply("Merci de ne plus examiner notre dossier, les élus ont voté contre."),
    reply("La commune ne participera finalement pas."),
    reply("Nous devons nous désengager de la démarche."),
    reply("Nous préférons reporter notre candidature à une autre édition."),
    reply("Faute de moyens humains, nous sommes contraints de renoncer."),
    reply("Suite à votre relance, nous vous confirmons que nous retirons notre candidature."),
    reply("Suite à la réunion du conseil, la CC retire sa candidature."),
    reply("Notre partenaire ne suit plus, nous renonçons à notre candidature."),
    reply("Il n'a pas paru possible aux élus de donner suite à notre candidature."),
    reply("Notre secrétaire étant en arrêt de longue durée, la commune est contrainte de renoncer à sa candidature."),
    reply("Je suis en congés ce soir et vous informe que le Ternois retire sa candidature."),
    reply("Nos élus préfèrent passer leur tour. Nous ne donnerons donc pas suite."),
    reply("Finalement nous préférons ne pas participer cette année."),
    reply("Vous pouvez considérer notre dossier comme caduc."),
    of_marc("visions 21", "bonjour, finalement on laisse tomber pour cette année, trop de chantiers en cours"),
]
QUESTIONS = [
    reply("Quand seront connus les résultats ?"),
    reply("Si nous devions retirer notre candidature, jusqu'à quand serait-ce possible ?"),
    reply("Si le budget est refusé, nous pourrions être amenés à retirer notre candidature. Jusqu'à quand le faire ?"),
    reply("Nous envisageons de renoncer à notre candidature. Que deviendrait notre dossier ?"),
    reply("J'ai reçu votre réponse automatique. Quand aurai-je une vraie réponse ?"),
    of_marc("Ternois", "Avez-vous bien reçu notre dossier de candidature ?"),
    of_marc("Nouvelles", "Bonjour, des nouvelles de la sélection ?"),
]


@pytest.mark.parametrize("message", COMPLEMENTS, ids=lambda message: message.text[:40] or message.subject)
def test_what_an_applicant_adds_completes_its_candidature(message: Message) -> None:
    assert judged(message) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize("message", WITHDRAWALS, ids=lambda message: message.text[:40])
def test_giving_up_in_anybodys_words_is_a_withdrawal(message: Message) -> None:
    assert judged(message) == ("withdrawal", "V21-004", "accuse_retrait")


@pytest.mark.parametrize("message", QUESTIONS, ids=lambda message: message.text[:40])
def test_an_applicant_who_asks_gets_no_letter(message: Message) -> None:
    assert judged(message) == ("question", "V21-004", None)


@pytest.mark.parametrize("text", ["Bien reçu, merci beaucoup !", "Merci et bonne année", "ok super"])
def test_thanks_want_nothing_of_anybody(text: str) -> None:
    assert judged(reply(text)) == ("unrelated", "V21-004", None)


@pytest.mark.parametrize(
    "text", ["Merci. Sauf erreur, il vous en manque une partie.", "Merci, mais les élus hésitent encore à venir."]
)
def test_thanks_with_something_else_are_left_to_a_person(text: str) -> None:
    assert judged(reply(text)) == ("unsure", "V21-004", None)


ANOTHER_THING_GIVEN_UP = [
    "Nous retirons la première page de notre dossier, erronée.",
    "Nous renonçons à l'option 2 de notre dossier et gardons l'option 1.",
    "Mme Roux se retire de la vie politique ; M. Petit suivra la candidature.",
    "Vous pouvez retirer le dossier papier à l'accueil.",
    "La CC voisine renonce à l'AMI de la Région, pas nous.",
    "Le Département annule la subvention qu'il nous avait promise.",
    "Nous déclinons toute responsabilité en cas d'erreur dans ce message.",
    "Nous craignons de devoir renoncer.",
    "Nous renonçons au format papier et vous enverrons tout par mail.",
    "Le retrait de la commune de Wail de notre périmètre ne change rien à notre candidature.",
    "Nous renoncerons à la candidature si aucune aide n'est possible.",
    "Le bureau n'a pas souhaité donner suite à la proposition de report.",
]


@pytest.mark.parametrize("text", ANOTHER_THING_GIVEN_UP)
def test_who_gives_up_something_else_withdraws_no_candidature(text: str) -> None:
    assert judged(reply(text))[0] != "withdrawal"


@pytest.mark.parametrize(
    "text",
    [
        "Notre voisine se retire du groupement. Les deux autres communes maintiennent leur candidature à Visions +21.",
        "Un conseiller s'est désisté, mais la CC reste candidate à Visions +21.",
    ],
)
def test_who_stays_when_a_partner_leaves_withdraws_nothing(text: str) -> None:
    assert judged(of_marc("Visions +21 : retrait d'une commune", text))[0] != "withdrawal"


def test_who_does_not_maintain_a_candidature_withdraws_it() -> None:
    assert judged(of_marc("Visions +21", "Nous ne maintenons pas notre candidature."))[0] == "withdrawal"


@pytest.mark.parametrize(
    "text", ["Nous avons bien reçu votre convocation et serons trois.", "C'est noté, nous serons au rendez-vous."]
)
def test_thanks_that_tell_who_comes_are_left_to_a_person(text: str) -> None:
    assert judged(reply(text)) == ("unsure", "V21-004", None)


@pytest.mark.parametrize("text", ["Je dois décliner pour jeudi.", "Un empêchement m'oblige à renoncer à la réunion."])
def test_who_declines_a_meeting_stays_a_candidate(text: str) -> None:
    message = of_marc("Re: Invitation : réunion de lancement", text, in_reply_to=("ack1",))
    assert judged(message) == ("unsure", "V21-004", None)


def test_an_answer_of_a_calendar_without_its_calendar_is_for_staff_to_write() -> None:
    assert judged(of_marc("Accepté : Réunion de lancement", "")) == ("rsvp", "V21-004", None)


def test_who_leaves_and_names_another_contact_completes_the_file() -> None:
    text = "Je quitte la CC fin mars. Pour notre dossier, merci de contacter désormais Mme Bécu."
    assert judged(of_marc("Changement", text)) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize(
    "text",
    [
        "Le bureau d'études s'est désisté, nous en cherchons un autre.",
        "M. Roux ayant renoncé à son mandat, le pilotage revient à Mme Bécu.",
        "Une commune membre, Frévent, se retire de la démarche ; les autres continuent.",
        "Deux de nos communes ont renoncé au projet, faute de temps.",
        "Nous ne donnerons pas suite au volet mobilité de notre dossier, le reste est inchangé.",
        "N'oubliez pas notre candidature !",
        "Merci de considérer le dossier envoyé hier comme nul.",
        "Merci de considérer le dossier de ce matin comme nul.",
    ],
)
def test_who_else_gives_up_or_what_else_is_given_up_is_no_withdrawal(text: str) -> None:
    assert judged(of_marc("Ternois", text)) == ("unsure", "V21-004", None)


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("M. Veron se retire du projet. L'élue référente sera désormais Mme Thomas.", "complement"),
        ("Notre élu référent se désiste pour raisons de santé : Mme Thomas, nouvelle élue, le remplacera.", "unsure"),
        ("M. Veron se retire du projet.", "unsure"),
        ("M. le Maire se retire du projet. Votre contact sera désormais Mme Thomas.", "withdrawal"),
        ("M. Veron se désiste de notre candidature. Votre contact sera désormais Mme Thomas.", "withdrawal"),
        ("Nous nous retirons du projet. Votre contact sera désormais Mme Thomas.", "withdrawal"),
    ],
)
def test_somebody_who_leaves_and_is_replaced_withdraws_no_candidature(text: str, nature: str) -> None:
    assert judged(of_marc("Ternois", text))[:2] == (nature, "V21-004")


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Je quitte mes fonctions le 17. Pour la candidature, votre contact sera désormais M. Ziani.", "complement"),
        ("Je suis en congés dès lundi : pour la candidature, Mme Bécu devient votre contact.", "unsure"),
    ],
)
def test_who_tells_of_his_own_accord_who_follows_a_candidature_is_no_responder(text: str, nature: str) -> None:
    assert judged(of_marc("Ternois", text))[:2] == (nature, "V21-004")


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Je suis en déplacement mais voici les précisions demandées : 12 000 habitants.", "complement"),
        ("Je serai absent le 7 mars, Mme Bécu me remplacera.", "unsure"),
        ("Je serai absent du bureau jusqu'au 7 mars, Mme Bécu me remplace.", "auto_reply"),
        ("Je quitte mes fonctions : le suivi du dossier sera désormais assuré par Mme Bécu.", "unsure"),
        ("Réponse automatique : le suivi du dossier est assuré par Mme Bécu, je suis en congés.", "auto_reply"),
        ("J'ai quitté la CC. Merci de noter que Mme Bécu reprend la candidature.", "complement"),
        ("Je serai en congés jusqu'au 7 ; Mme Bécu suit la candidature en attendant.", "unsure"),
        ("Je pars en arrêt et vous signale que je suis en arrêt, Mme Bécu pilotera le projet.", "complement"),
        ("J'ai quitté mes fonctions. Le suivi de mes dossiers est assuré par Mme Bécu.", "auto_reply"),
        ("Je suis absent. Pour le suivi de votre dossier, contactez le secrétariat.", "auto_reply"),
        ("Je n'occupe plus ce poste, merci de contacter l'accueil.", "auto_reply"),
        ("Je suis en congés, mais voici les coordonnées de ma collègue : 03 53 01 00 00.", "auto_reply"),
        ("Je suis en congés mais je vous réponds dès mon retour.", "auto_reply"),
        ("Je serai absente du 1er au 7 mars.", "auto_reply"),
        ("Je suis en congés, de retour le 7 mars.", "auto_reply"),
        ("Je serai absent le 8 mars.", "auto_reply"),
    ],
)
def test_an_absence_that_answers_us_is_no_responders(text: str, nature: str) -> None:
    assert judged(reply(text))[0] == nature


def test_being_something_is_not_being_absent() -> None:
    assert judged(reply("La CC étant très intéressée, nous viendrons nombreux."))[0] == "unsure"


OTHER_SUBJECTS = [
    of_marc("Inauguration", "Ci-joint l'invitation à l'inauguration.", documents=["invitation.pdf"]),
    of_marc(
        "Journée du 26", "Merci de m'inscrire à la journée. Vous trouverez le bulletin joint.", documents=["b.pdf"]
    ),
    of_marc("Note de frais", "Comme convenu, la note de frais de Mme Roux et le RIB.", documents=["NDF.pdf"]),
    of_marc("Mobilités", "Pouvez-vous relayer le questionnaire joint à vos réseaux ?", documents=["questionnaire.pdf"]),
    of_marc("CR COTECH", "le compte rendu de notre réunion de mardi, pour validation", documents=["CR.docx"]),
    mail("Facture", "Ci-joint la facture de la salle.", sender="compta@ternoiscom.example", documents=["facture.pdf"]),
]
UNTIED = [
    of_marc("Photos", "Comme convenu, voici les photos de mardi.", documents=["p1.jpg"]),
    of_marc("", "Pour information.", documents=["scan.pdf"]),
]


@pytest.mark.parametrize("message", OTHER_SUBJECTS, ids=lambda message: message.subject)
def test_another_subject_of_an_applicant_goes_into_no_file(message: Message) -> None:
    nature, number, answer = judged(message)
    assert (nature, number, answer) == ("unrelated", "", None)


@pytest.mark.parametrize("message", UNTIED, ids=lambda message: message.text)
def test_a_document_that_nothing_ties_to_the_candidature_is_left_to_a_person(message: Message) -> None:
    assert judged(message)[0::2] == ("unsure", None)


def test_a_neighbour_who_supports_an_applicant_gets_no_letter() -> None:
    text = (
        "Le Pays apporte tout son soutien à la candidature du Ternois à Visions +21. Ci-joint la lettre du Président."
    )
    message = mail("Soutien", text, sender="dg@pays.example", documents=["soutien.pdf"])
    assert judged(message, siren=TERNOIS.siren)[0::2] == ("unsure", None)


OF_STRANGERS = [
    "Bonjour, ci-joint l'article paru ce matin sur la candidature du Ternois à Visions +21.",
    "Voici la contribution de la Chambre d'agriculture à la candidature de la CC du Ternois à Visions +21.",
    "Habitant de Saint-Pol, je vous transmets mes remarques sur la candidature de la CC du Ternois à Visions +21.",
    "Élu d'opposition, je conteste la candidature déposée à Visions +21 par le Ternois. Courrier joint.",
    "Notre cabinet accompagne le Ternois. Ci-joint la version corrigée du dossier Visions +21.",
    "La CC du Ternois nous a envoyé par erreur sa candidature à Visions +21, que voici.",
    "Le Ternois candidat à Visions +21 : communiqué de presse ci-joint.",
    "Le Pays s'engage aux côtés de la CC du Ternois pour Visions +21 : lettre jointe.",
    "Saint-Pol s'oppose à la candidature de la CC du Ternois à Visions +21. Délibération jointe.",
    "Ci-joint la facture de l'étude Visions +21 de la CC du Ternois.",
]
OF_ITS_PEOPLE_ELSEWHERE = [
    "Je suis le nouveau DGS de la CC du Ternois. Voici la délibération qui manquait à notre dossier Visions +21.",
    "Veuillez trouver la lettre signée du Président du Ternois pour Visions +21.",
    "Ci-joint la candidature du Ternois à Visions +21.",
]


@pytest.mark.parametrize("text", OF_STRANGERS, ids=lambda text: text[:50])
def test_who_writes_about_a_candidature_does_not_complete_it(text: str) -> None:
    message = mail("Ternois", text, sender="x@autre.example", documents=["d.pdf"])
    assert judged(message, siren=TERNOIS.siren)[0::2] == ("unsure", None)


@pytest.mark.parametrize("text", OF_ITS_PEOPLE_ELSEWHERE, ids=lambda text: text[:50])
def test_who_sends_what_only_an_applicant_has_completes_from_any_address(text: str) -> None:
    message = mail("Ternois", text, sender="x@orange.example", documents=["d.pdf"])
    assert judged(message, siren=TERNOIS.siren) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize("sender", ["x@orange.example", "x@autre.example"])
def test_what_a_stranger_tells_of_an_applicant_is_left_to_a_person(sender: str) -> None:
    message = mail("Visions +21", "Je vous informe que le contact du Ternois sera désormais M. Ziani.", sender=sender)
    assert judged(message, siren=TERNOIS.siren)[0::2] == ("unsure", None)


@pytest.mark.parametrize(
    "text",
    ["Pour info, le Ternois retire sa candidature.", "Saint-Pol se retire de la candidature du Ternois à Visions +21."],
)
def test_a_stranger_who_names_the_collectivite_withdraws_nothing(text: str) -> None:
    message = mail("Retrait", text, sender="x@orange.example")
    assert judged(message, siren=TERNOIS.siren) == ("unsure", "V21-004", None)


def test_a_colleague_at_the_domain_of_the_collectivite_may_withdraw() -> None:
    message = mail("Retrait", "Nous retirons notre candidature.", sender="dgs@ternoiscom.example")
    assert judged(message, siren=TERNOIS.siren) == ("withdrawal", "V21-004", "accuse_retrait")


def test_letters_of_support_sent_by_the_applicant_complete_its_file() -> None:
    message = of_marc("Visions +21", "Ci-joint les lettres de soutien à notre candidature.", documents=["s.pdf"])
    assert judged(message) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Je serai présent à la réunion du 7 mars.", "accepté"),
        ("Nous serons présents aux deux réunions.", "accepté"),
        ("Je vous prie d'excuser mon absence à la réunion du 7 mars.", "décliné"),
        ("C'est noté pour le 7 mars, j'y serai.", "accepté"),
        ("Merci, nous y serons le 7 mars.", "accepté"),
        ("La date du 7 mars nous convient parfaitement.", "accepté"),
        ("Le président sera là le 7 mars.", "accepté"),
        ("Comptez sur notre présence le 7/03.", "accepté"),
        ("Mme Bécu participera le 7 mars.", "accepté"),
        ("Nous ne serons pas disponibles le 7 mars.", "décliné"),
        ("Je vous informe qu'aucun élu ne pourra être là le 7 mars.", "décliné"),
        ("Le 7 mars ne nous convient pas.", "décliné"),
        ("Je vous signale que personne ne viendra le 7 mars.", "décliné"),
        ("Nous sommes dans l'impossibilité de nous déplacer le 7 mars.", "décliné"),
        ("Je ne suis pas encore certain de pouvoir me libérer le 7 mars, je vous confirmerai.", "peut-être"),
        ("Je serai peut-être présent le 7 mars.", "peut-être"),
        ("Sous réserve de l'accord du maire, nous serons présents le 7 mars.", "peut-être"),
        ("Je vous confirme que je serai absent le 7 mars, Mme Bécu me remplacera.", "accepté"),
        ("Empêché le 7 mars, je serai représenté par Mme Bécu.", "accepté"),
        ("C'est d'accord pour le 7 mars.", "accepté"),
        ("OK pour le 7 mars.", "accepté"),
        ("Présents le 7 mars !", "accepté"),
        ("Nous ferons le déplacement le 7 mars.", "accepté"),
        ("Je ne manquerai pas d'être présent le 7 mars.", "accepté"),
        ("Nous ne sommes malheureusement pas libres le 7 mars.", "décliné"),
        ("Pas dispo le 7 mars.", "décliné"),
        ("Deux élus de la CC se joindront à vous le 7 mars.", "accepté"),
        ("Notre participation le 7 mars est confirmée.", "accepté"),
        ("Le président sera accompagné de son DGS le 7 mars.", "accepté"),
        ("Réservez-nous trois places pour le 7 mars.", "accepté"),
        ("Ce sera avec plaisir le 7 mars.", "accepté"),
        ("Mme Roux, adjointe, remplacera le maire le 7 mars.", "accepté"),
        ("Je doute de pouvoir venir le 7 mars.", "peut-être"),
        ("Nous ne savons pas encore qui viendra le 7 mars.", "peut-être"),
        ("Mon adjointe ira à ma place le 7 mars.", "accepté"),
        ("Présence de deux élus le 7 mars.", "accepté"),
        ("Réponse positive pour le 7 mars.", "accepté"),
        ("Personne de la CC n'assistera à la réunion du 7 mars.", "décliné"),
        ("Nous n'y serons pas le 7 mars.", "décliné"),
        ("Nous acceptons votre invitation du 7 mars.", "accepté"),
        ("La date du 7 mars nous va très bien.", "accepté"),
        ("J'envoie mon collègue Paul Roux le 7 mars.", "accepté"),
        ("Je pense pouvoir venir le 7 mars mais je dois vérifier.", "peut-être"),
        ("Vous pouvez compter sur nous le 7 mars.", "accepté"),
        ("Présence confirmée pour le 7 mars.", "accepté"),
        ("Mme Bécu et M. Hoguet représenteront la CC le 7 mars.", "accepté"),
        ("Pas de problème pour le 7 mars.", "accepté"),
        ("Je viens le 7 mars.", "accepté"),
        ("Nous répondons favorablement à votre invitation du 7 mars.", "accepté"),
        ("Mme Roux ne sera pas là le 7 mars et personne ne peut la remplacer.", "décliné"),
        ("Je ne pourrai pas être des vôtres le 7 mars.", "décliné"),
        ("Désolés, pas de disponibilité le 7 mars.", "décliné"),
        ("Impossible pour nous le 7 mars.", "décliné"),
    ],
)
def test_presence_said_in_words_is_proposed_to_staff_and_not_guessed(text: str, word: str) -> None:
    verdict = triage(case(reply(text), known=known(TERNOIS, threads=dict(OURS))))
    assert (verdict.nature, verdict.number, verdict.answer) == ("unsure", "V21-004", None)
    meeting = "la réunion" if "deux réunions" in text else "la réunion du 7 mars 2017"
    assert verdict.to_check[0].replace("\u00a0", " ") == (
        f"Présence annoncée en toutes lettres : « {text} ». Proposition : « {word} » dans la colonne de {meeting}, "
        "ligne V21-004."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Le 7 mars nous convient. En revanche nous ne serons pas disponibles pour la deuxième réunion.",
        "Nous serons présents le 7 mars. Nous ne pourrons pas venir en avril.",
        "Je serai présent le 7 mars mais pas le 6 avril.",
        "Je ne serai pas là le 7 mars mais Mme Bécu viendra.",
    ],
)
def test_answers_that_differ_from_meeting_to_meeting_propose_no_word(text: str) -> None:
    verdict = triage(case(reply(text), known=known(TERNOIS, threads=dict(OURS))))
    assert (verdict.nature, verdict.number, verdict.answer) == ("unsure", "V21-004", None)
    said = verdict.to_check[0].replace("\u00a0", " ")
    assert said.endswith("» Les réponses diffèrent : à inscrire réunion par réunion, ligne V21-004.")


@pytest.mark.parametrize(
    "text",
    [
        "Je vous confirme que M. Ziani est d'accord pour le 7 mars.",
        "Je vous informe que le train n'arrive qu'à 10 h le 7 mars.",
        "Je vous précise que nous viendrons à trois voitures le 7 mars.",
    ],
)
def test_what_is_told_of_a_meeting_is_no_complement_to_the_file(text: str) -> None:
    assert judged(reply(text)) == ("unsure", "V21-004", None)


def test_what_completes_the_file_may_name_the_day_of_a_meeting() -> None:
    text = "Je vous informe que notre budget passe à 20 000 euros ; nous en parlerons le 7 mars."
    assert judged(reply(text)) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Je vous confirme notre accord pour les deux dates.", "unsure"),
        ("Je vous précise que la salle dispose d'un vidéoprojecteur.", "unsure"),
        ("Je vous informe que notre contact change : Mme Bécu, 03 53 01 02 03.", "complement"),
        ("Je vous informe que nous maintenons notre candidature mais ne pourrons venir.", "unsure"),
    ],
)
def test_what_answers_a_convocation_completes_the_file_only_where_it_speaks_of_it(text: str, nature: str) -> None:
    message = of_marc("Re: [V21-004] Convocation aux réunions", text, in_reply_to=("ack1",))
    assert judged(message)[:2] == (nature, "V21-004")


def test_what_is_quoted_withdraws_nothing() -> None:
    message = reply("Voici la pièce demandée.", quoted="> Nous retirons notre candidature.", documents=["p.pdf"])
    assert judged(message)[0] == "complement"


def test_the_thread_wins_over_another_candidature_of_the_sender() -> None:
    message = of_marc("Pièces", "La délibération.", documents=["d.pdf"], in_reply_to=("ack1",))
    assert judged(message, known=replace(BOTH, threads=dict(OURS), our_ids=frozenset({"ack1"})))[1] == "V21-004"


@pytest.mark.parametrize(
    ("subject", "document", "nature", "number"),
    [
        ("Délibération Territoires participatifs", "d.pdf", "complement", "TP-002"),
        ("Délibération", "Délibération territoires participatifs.pdf", "complement", "TP-002"),
        ("Délibération", "d.pdf", "unsure", ""),
    ],
)
def test_of_two_candidatures_the_call_named_decides(subject: str, document: str, nature: str, number: str) -> None:
    message = of_marc(subject, "Voici la délibération pour notre dossier.", documents=[document])
    assert judged(message, known=BOTH)[:2] == (nature, number)


def test_applying_to_another_call_opens_a_second_candidature() -> None:
    message = of_marc("Candidature", "Le Ternois candidate aussi à Territoires participatifs.", documents=["tp.pdf"])
    verdict = triage(case(message, known=known(TERNOIS), siren="200069672"))
    assert (verdict.nature, verdict.call, verdict.number) == ("candidature", PARTICIPATION, "")


def test_a_shared_secretary_may_apply_for_another_collectivite() -> None:
    message = of_marc("Saint-Pol", "Veuillez trouver la candidature de Saint-Pol à Visions +21.", documents=["s.pdf"])
    assert judged(message, siren="216207670") == ("candidature", "", "accuse_reception")


def test_the_same_collectivite_never_opens_a_second_candidature() -> None:
    message = mail("Visions +21", "Ci-joint la candidature du Ternois.", sender="x@orange.example", documents=["c.pdf"])
    assert judged(message, siren="200069672")[:2] == ("complement", "V21-004")


def test_a_public_provider_makes_no_two_people_one() -> None:
    at_orange = known(replace(TERNOIS, addresses=frozenset({"cc@orange.example"})))
    message = mail("Visions +21", "Ci-joint notre candidature.", sender="mairie@orange.example", documents=["c.pdf"])
    assert judged(message, known=at_orange)[:2] == ("candidature", "")


def test_a_domain_shared_by_several_collectivites_says_nothing() -> None:
    neighbour = replace(TERNOIS, number="V21-005", siren="216207530", addresses=frozenset({"a@ternoiscom.example"}))
    message = mail("Pièce", "Voici la pièce manquante.", sender="b@ternoiscom.example", documents=["p.pdf"])
    assert judged(message, known=known(TERNOIS, neighbour))[1] == ""


def test_a_stranger_cannot_withdraw_a_candidature_by_its_number() -> None:
    message = mail("[V21-004] retrait", "Nous retirons notre candidature.", sender="inconnu@boite-libre.example")
    assert judged(message) == ("unsure", "V21-004", None)


def test_what_comes_after_a_withdrawal_is_pointed_out() -> None:
    message = of_marc("Candidature", "Voici la pièce qui manquait.", documents=["d.pdf"])
    verdict = triage(case(message, known=known(replace(TERNOIS, withdrawn=True))))
    assert verdict.to_check == ("Un message est arrivé après le retrait de la candidature.",)


PLAIN_GIVING_UP = [
    "La commune ne peut malheureusement pas maintenir sa candidature.",
    "Notre ville ne peut poursuivre la démarche, faute de budget.",
    "Nous ne pouvons donner suite à notre candidature cette année.",
    "La CC ne saurait poursuivre cette démarche.",
    "Le projet étant repris par le PETR, nous souhaitons retirer le nôtre, c'est-à-dire notre candidature.",
    "L'EPCI étant candidat lui aussi, nous préférons retirer la nôtre.",
    "Le PETR dépose sa candidature, nous abandonnons donc la nôtre.",
    "Le port se retire du tour de table. Nous renonçons donc à notre candidature.",
    "Nous sommes au regret de ne pouvoir maintenir notre candidature.",
    "Notre candidature n'est plus d'actualité.",
    "Notre candidature devient donc sans objet.",
    "Veuillez ne plus nous compter parmi les candidats.",
    "Merci de nous rayer de la liste des candidats.",
    "Nous n'irons pas au bout de la démarche.",
    "Nous ne serons finalement pas de l'aventure.",
    "Les élus ont choisi de ne pas aller plus loin.",
    "Le délai ne nous permet pas de maintenir notre candidature.",
    "Nous ne sommes plus en capacité de porter ce dossier.",
]


@pytest.mark.parametrize("text", PLAIN_GIVING_UP)
def test_who_can_no_longer_go_on_or_gives_up_its_own_withdraws(text: str) -> None:
    assert judged(reply(text)) == ("withdrawal", "V21-004", "accuse_retrait")


SOMEBODY_ELSE_GIVES_UP = [
    "La commune de Frévent s'est désistée ; les onze autres poursuivent avec nous.",
    "La commune de Flers ne participera finalement pas à notre démarche.",
    "Le conseil de Wail a voté contre la démarche.",
    "Le port de Boulogne se retire du tour de table.",
    "Le CPIE se désengage du projet, un autre partenaire est pressenti.",
    "La société Demathieu a renoncé.",
    "L'université s'est retirée du partenariat.",
    "Les Foyers ruraux renoncent à nous suivre.",
    "Le syndicat des eaux renonce à cofinancer l'étude.",
    "L'association des parents d'élèves se désiste.",
    "Je me retire du groupe de travail, Mme Bécu vous écrira.",
]
NOT_GIVEN_UP = [
    "Il n'est pas question pour nous de renoncer.",
    "Il est hors de question d'abandonner notre candidature.",
    "Nous sommes loin de renoncer à notre candidature.",
    "Nous n'avons nullement l'intention de retirer notre dossier.",
    "Malgré ce retrait, notre candidature tient toujours.",
    "Nous n'entendons pas nous retirer.",
    "Le retrait de notre candidature n'est pas envisagé.",
    "Merci d'annuler notre demande de retrait.",
    "Les élus ne souhaitent pas que nous retirions notre candidature.",
    "Notre DGS se retire, mais la candidature tient.",
    "Nous revenons sur notre décision de retrait.",
    "Nous retirons notre demande de subvention au Département, pas la candidature.",
    "Nous ne pouvons poursuivre notre démarche sans votre accord.",
]


@pytest.mark.parametrize("text", SOMEBODY_ELSE_GIVES_UP + NOT_GIVEN_UP)
def test_a_member_or_a_partner_that_gives_up_and_a_denial_withdraw_nothing(text: str) -> None:
    assert judged(reply(text))[0] in ("unsure", "complement")


@pytest.mark.parametrize(
    "text",
    [
        "Le Ternois se désiste.",
        "La communauté de communes renonce.",
        "Les élus renoncent au projet.",
        "Le bureau communautaire a voté contre.",
        "La commission municipale ne souhaite pas poursuivre.",
        "Suite à l'annulation du conseil, nous confirmons notre retrait.",
        "Le vote est annulé ; notre retrait est confirmé.",
        "L'exécutif se désengage de la démarche.",
        "Le territoire ne participera finalement pas.",
    ],
)
def test_the_applicant_under_any_name_may_withdraw(text: str) -> None:
    assert judged(reply(text))[:2] == ("withdrawal", "V21-004")


def test_a_commune_that_applied_itself_withdraws_under_its_name() -> None:
    hesdin = replace(TERNOIS, siren="216204479", collectivite="Hesdin")
    message = reply("La commune d'Hesdin ne participera finalement pas.")
    assert judged(message, known=known(hesdin, threads={"ack1": OURS["ack1"]}))[0] == "withdrawal"


@pytest.mark.parametrize(
    "text",
    [
        "Notez ma nouvelle adresse : marc@ternoiscom.example. Je suis la personne qui suit la candidature du Ternois.",
        "Cette adresse n'est plus valable. Pour la candidature du Ternois, merci d'écrire à marc@ternoiscom.example.",
    ],
)
def test_a_new_address_told_by_who_follows_a_candidature_is_no_responders(text: str) -> None:
    message = mail("Changement d'adresse", text, sender="marc@ternois.example")
    assert judged(message, siren=TERNOIS.siren)[0] in ("unsure", "complement")


def test_a_new_address_told_to_everybody_is_a_responders() -> None:
    text = "Notre adresse a changé : merci de noter mairie@hesdin.example pour vos prochains messages."
    assert judged(mail("Changement d'adresse", text, sender="mairie@hesdin-ville.example"))[0] == "auto_reply"


@pytest.mark.parametrize(
    ("subject", "text", "nature"),
    [
        ("Changement d'adresse", "Mon adresse sera marc@ternois.example à partir du 15 février.", "unsure"),
        ("Re: AMI", "Mon adresse a changé : marc@ternois.example.", "unsure"),
        ("Re: AMI", "Je quitte la collectivité le 31 janvier. Merci d'écrire à ma remplaçante, Mme Bécu.", "unsure"),
        ("Réponse automatique : AMI", "Mon adresse a changé : marc@ternois.example.", "auto_reply"),
        ("Re: AMI", "Mon adresse a changé. Ceci est un message automatique.", "auto_reply"),
        ("Re: AMI", "J'ai quitté la collectivité, merci d'écrire à l'accueil.", "auto_reply"),
    ],
)
def test_a_change_that_an_applicant_tells_is_not_lost_as_a_responders(subject: str, text: str, nature: str) -> None:
    number = "V21-004" if nature == "unsure" else ""
    assert judged(of_marc(subject, text, in_reply_to=("ack1",))) == (nature, number, None)


@pytest.mark.parametrize(
    "text",
    [
        "Voici la lettre de soutien d'une association pour notre candidature du Ternois à Visions +21.",
        "Vous trouverez ci-joint notre dossier de candidature à Visions +21.",
        "Ci-joint le plan de financement de la candidature à Visions +21.",
    ],
)
def test_a_stranger_from_what_seems_a_known_collectivite_opens_no_second_candidature(text: str) -> None:
    message = mail("Visions +21", text, sender="marc.perso@gmail.example", documents=["a.pdf"])
    assert judged(message, candidates=(TERNOIS.siren,)) == ("unsure", "", None)


def test_a_second_candidature_from_the_domain_of_one_whose_place_is_unsure_is_left_to_a_person() -> None:
    bailleul = replace(TERNOIS, siren="", collectivite="", addresses=frozenset({"agenda21@ville-bailleul.example"}))
    text = "J'ai l'honneur de vous adresser la candidature de la Ville de Bailleul à Visions +21."
    message = mail("Bailleul", text, sender="sg@ville-bailleul.example", documents=["a.pdf"])
    verdict = triage(case(message, known=known(bailleul), candidates=("215900432", "218000529")))
    assert (verdict.nature, verdict.number, verdict.answer) == ("unsure", "", None)
    assert verdict.why == (
        "V21-004 vient du même domaine (@ville-bailleul.example), sans que sa collectivité soit sûre\u00a0: la même"
        "\u00a0?",
    )


def test_words_from_nobody_we_know_on_a_candidature_of_what_may_be_an_applicant_are_not_lost() -> None:
    text = "Ma boîte était pleine. Utilisez plutôt cette adresse pour la candidature du Ternois."
    message = mail("Ternois", text, sender="marc.perso@orange.example")
    verdict = triage(case(message, known=known(TERNOIS), candidates=(TERNOIS.siren, "216204479")))
    assert (verdict.nature, verdict.answer) == ("unsure", None)
    assert verdict.why == ("Le message parle d'une candidature, d'une adresse inconnue\u00a0: à rattacher\u00a0?",)
    elsewhere = triage(case(message, known=known(TERNOIS), candidates=("216204479",)))
    assert elsewhere.nature == "unrelated"


def test_what_seems_another_place_or_may_be_one_of_several_opens_its_own_candidature() -> None:
    text = "Vous trouverez ci-joint notre dossier de candidature à Visions +21."
    message = mail("Visions +21", text, sender="mairie@orange.example", documents=["a.pdf"])
    assert judged(message, candidates=("216204479",))[0] == "candidature"
    assert judged(message, candidates=("216204479", TERNOIS.siren))[0] == "candidature"


def test_a_seeming_place_in_a_colleagues_mail_does_not_part_it_from_its_domain() -> None:
    text = "Je vous transmets le plan de financement que Thomas Lambert avait préparé pour Visions +21."
    message = mail("TR: plan", text, sender="anne@ternoiscom.example", documents=["plan.pdf"])
    assert judged(message, candidates=("216204479",)) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize("text", ["La carte jointe au dossier.", "Document annexé à notre candidature."])
def test_what_is_attached_to_a_file_is_not_the_file(text: str) -> None:
    message = mail("Carte", "Bonjour", sender="anne@ternoiscom.example", documents=["carte.pdf"])
    assert judged(message, document_texts=(text,), candidates=("216204479",))[0] != "candidature"


def test_who_bears_the_name_of_a_known_address_completes_from_another_one_and_withdraws_nothing() -> None:
    text = "Voici la lettre de soutien d'une association pour notre candidature du Ternois à Visions +21."
    private = {"sender": "delattre.marc62@gmail.example"}
    message = mail("Visions +21", text, documents=["a.pdf"], **private)
    assert judged(message, candidates=(TERNOIS.siren,)) == ("complement", "V21-004", "accuse_complement")
    given_up = mail("Visions +21", "Ternois : nous retirons la candidature que je vous présente ici.", **private)
    assert judged(given_up, candidates=(TERNOIS.siren,))[2] is None
    initial = mail("Visions +21", text, documents=["a.pdf"], sender="marc@gmail.example")
    assert judged(initial, candidates=(TERNOIS.siren,)) == ("unsure", "", None)


def test_a_body_withdraws_where_a_body_applied() -> None:
    eaux = replace(TERNOIS, siren="", collectivite="Syndicat mixte du Pays du Ternois")
    message = reply("Le syndicat se désiste.")
    assert judged(message, known=known(eaux, threads={"ack1": OURS["ack1"]}))[0] == "withdrawal"
    assert judged(message)[0] == "unsure"


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Merci beaucoup, bonne journée.", "unrelated"),
        ("Bien reçu, merci pour votre invitation.", "unrelated"),
        ("Merci, malheureusement ce ne sera pas possible.", "unsure"),
        ("Parfait, à mardi !", "unsure"),
        ("Merci, c'est noté dans nos agendas.", "unsure"),
    ],
)
def test_thanks_for_a_convocation_that_say_more_are_left_to_a_person(text: str, nature: str) -> None:
    message = of_marc("Re: [V21-004] Convocation aux réunions", text, in_reply_to=("ack1",))
    assert judged(message) == (nature, "V21-004", None)


def test_who_answers_a_neighbours_mail_completes_its_own_candidature() -> None:
    neighbour = replace(TERNOIS, number="V21-005", siren="216207530", addresses=frozenset({"paul@auchel.example"}))
    threads = {"neighbours": ("visions21-2017", "V21-005")}
    message = of_marc("Re: AMI", "Voici la carte.", in_reply_to=("neighbours",), documents=["carte.pdf"])
    both = known(TERNOIS, neighbour, threads=dict(threads))
    assert judged(message, known=both)[1] != "V21-005"
    text = "Voici la carte qui manquait à notre dossier."
    told = of_marc("Re: AMI", text, in_reply_to=("neighbours",), documents=["carte.pdf"])
    assert judged(told, known=both) == ("complement", "V21-004", "accuse_complement")
    alone = known(neighbour, threads=dict(threads))
    assert judged(told, known=alone)[1] == "V21-005"
