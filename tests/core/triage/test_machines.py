"""Mail that no person wrote to us: bounces, automatic replies, lists, receipts, calendars, copiers, services."""

from typing import Any

import pytest

from pipeline.core.message import DeliveryReport, Message
from pipeline.core.triage import triage
from tests.core.triage.mails import TERNOIS, VISIONS, case, known, mail

SERVER = {"sender": "mailer-daemon@mx.example", "return_path": ""}


def nature(message: Message, **changes: Any) -> str:
    verdict = triage(case(message, **changes))
    assert verdict.answer is None
    return verdict.nature


BOUNCES = [
    mail("x", "y", report=DeliveryReport(True, ("a@b.example",))),
    mail(
        "failure notice", "I wasn't able to deliver your message. This is a permanent error; I've given up.", **SERVER
    ),
    mail("Échec de la remise", "La remise a échoué. L'adresse de messagerie est introuvable.", **SERVER),
    mail("Undelivered Mail", "The recipient's mailbox is full and can't accept messages now.", **SERVER),
    mail("Courrier non remis", "Votre courriel n'a pu être distribué car sa boîte est pleine.", sender="s@x.example"),
    mail("Votre message n'a pas été remis", "Votre message n'a pas pu être délivré : ce compte est fermé."),
    mail("AMI Visions +21", "Returned.", headers={"X-Failed-Recipients": "a@b.example"}),
    mail("Re: x", "Error: Invalid user address. Your message: no such user here.", sender="post_master@x.example"),
    mail("Returned Mail", "Mail loop detected", senders=(), return_path="mailer-daemon@mx.example"),
    mail("", "Sorry, permanent error.", sender="mailer-daemon@mx.example"),
    mail(
        "[BLOQUÉ] Convocation",
        "La passerelle de sécurité a bloqué un message. Expéditeur : agoxe@cerdd.org. Il a été détruit.",
        sender="securite@numerique.example",
    ),
    mail("Warning", "I wasn't able to deliver your message.", sender="e500_smtp_mail_service@x.example"),
]


@pytest.mark.parametrize("message", BOUNCES, ids=lambda message: message.subject)
def test_a_letter_given_back_is_a_bounce(message: Message) -> None:
    assert nature(message) == "bounce"


@pytest.mark.parametrize(
    "message",
    [
        mail("x", "y", report=DeliveryReport(False, ("a@b.example",))),
        mail("Message retardé de 4 heures", "Votre message n'a pas encore été remis à x@y.example.", **SERVER),
        mail("Warning: message delayed 24 hours", "Your message was delayed; will keep trying.", **SERVER),
    ],
    ids=["report", "French", "English"],
)
def test_a_delay_is_no_failure(message: Message) -> None:
    assert nature(message) == "auto_reply"


@pytest.mark.parametrize(
    "text",
    [
        "Votre message « [V21-004] Votre candidature » a été bloqué par la passerelle de sécurité.",
        "Votre message « [V21-004] Votre candidature a bien été reçue » adressé à m.delattre@agglo.example n'a pas été"
        " remis à son destinataire. Motif donné par la passerelle : pièce jointe non autorisée.",
    ],
    ids=["blocked", "not delivered"],
)
def test_a_gateway_that_cites_the_number_of_our_letter_gives_it_back(text: str) -> None:
    message = mail("Message bloqué", text, sender="antispam@agglo.example")
    assert nature(message, known=known(TERNOIS)) == "bounce"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: [V21-004] Votre candidature", "Votre message a été bloqué par notre antispam, merci de le renvoyer."),
        ("Antispam", "Votre message sur [V21-004] a été bloqué par notre antispam. Pouvez-vous le renvoyer ?"),
    ],
)
def test_an_applicant_who_tells_that_our_letter_was_blocked_is_no_gateway(subject: str, text: str) -> None:
    message = mail(subject, text, sender="marc.delattre@ternoiscom.example")
    assert nature(message, known=known(TERNOIS)) != "bounce"


def test_a_person_who_tells_of_a_bounce_is_no_server() -> None:
    text = "Votre message n'a pas pu être remis à M. Petit hier, qui me charge de vous répondre."
    assert nature(mail("Visions +21 : deux questions ?", text)) != "bounce"


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({"Auto-Submitted": "auto-replied"}, True),
        ({"Auto-Submitted": 'Auto-Replied; owner-email="x"'}, True),
        ({"Auto-Submitted": "(a comment) auto-generated (another)"}, True),
        ({"X-Autoreply": "yes"}, True),
        ({"X-Apple-Action": "VACATION"}, True),
        ({"X-Apple-Action": "JUNK_FILTER/DELIVERED"}, False),
        ({"X-Autorespond": "1"}, True),
        ({"X-Autoresponder": "Absent"}, True),
        ({"X-POST-MessageClass": "9; Autoresponder"}, True),
        ({"X-Precedence": "auto-reply"}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"Precedence": "bulk"}, True),
        ({"Precedence": "junk"}, True),
        ({"Auto-Submitted": "no"}, False),
        ({"Auto-Submitted": "No (human)"}, False),
        ({"X-Autoreply": "no"}, False),
        ({"X-Auto-Response-Suppress": "DR, RN, NRN"}, False),
        ({"X-Auto-Response-Suppress": "All"}, False),
        ({"Precedence": "normal"}, False),
        ({"Disposition-Notification-To": "x@y.example"}, False),
    ],
    ids=str,
)
def test_headers_tell_automatic_replies(headers: dict[str, str], automatic: bool) -> None:
    message = mail("Re: AMI", "Merci de votre message.", headers=headers, in_reply_to=("some@id",))
    assert (nature(message) == "auto_reply") is automatic


ABSENCES = [
    mail("Re: votre envoi", "Je ne suis pas au bureau jusqu'au mardi 3 janvier et je ne lis pas mes messages."),
    mail(
        "Re: Invitation - Visions +21",
        "Ik ben afwezig tot en met 17 mei.\n\nJe suis absent jusqu'au 17/05.",
    ),
    mail("Absence", "Je suis en congé jusqu'au 20 février. En mon absence, contactez l'accueil."),
    mail("Re: Visions +21", "Bonjour, je suis actuellement en arrêt maladie. Mes messages ne sont pas relevés."),
    mail("Out of Office Re: Votre candidature", "I will be back on 3 March."),
    mail("Absent du bureau : Re: AMI", "Je suis absent, retour lundi."),
    mail("Autoreply", "Merci, nous vous répondrons sous 48h. Ceci est un message automatique."),
    mail("Réponse automatique : Visions +21", "absent"),
    mail("Auto reply: Visions +21", "The sender sleeps."),
    mail("Automatisch antwoord: Visions +21", "Tot maandag."),
    mail("Abwesenheitsnotiz: Visions +21", "Bis Montag."),
    mail("AUTO: Petit, Jeanne (retour le 5 janvier)", "Absente. " + "Clause de confidentialité. " * 60),
    mail("Accusé de réception", "Nous avons bien reçu votre courriel. Il sera traité dans les meilleurs délais."),
    mail(
        "Confirmation", "Votre demande n° 5512 a bien été prise en compte. Une réponse vous parviendra sous 10 jours."
    ),
    mail("[Ticket]", "Votre demande a été enregistrée sous le numéro 20.", headers={"Precedence": "bulk"}),
    mail("Merci", "Merci de votre courriel.", headers={"Precedence": "bulk"}, return_path=""),
    mail("En attente", "Antispam Mailinblack. Pour que votre message me parvienne, cliquez : https://mib.example/x"),
    mail("Re: AMI", "Je ne fais plus partie des effectifs. Merci de contacter accueil@cc.example"),
    mail("Re: AMI", "Bonjour, étant absente jusqu'au 3 mars, je ne pourrai vous répondre."),
    mail("Re: AMI", "Je suis en congés. Il ne sera pas donné suite à vos messages d'ici mon retour le 3 mars."),
    mail("Re: Visions +21", "Je suis absent. Pour toute candidature, merci de contacter Mme Roux."),
    mail("Re: Visions +21", "Bonjour, je suis en RTT ce jour, je reviens lundi."),
    mail("Re: Visions +21", "Je ne travaille pas le mercredi. Votre message sera lu jeudi."),
    mail("Re: Visions +21", "En télétravail sans accès à ma messagerie jusqu'à vendredi."),
    mail("Re: Visions +21", "I'm on holiday until 5 March and will reply on my return."),
    mail("Re: Visions +21", "Thank you for your e-mail. I am currently away until 5 March."),
    mail("Re: Visions +21", "Vielen Dank für Ihre Nachricht. Ich befinde mich bis zum 6. März im Urlaub."),
    mail("Re: Visions +21", "Estoy fuera de la oficina hasta el 6 de marzo."),
    mail("Re: Visions +21", "Sono assente dall'ufficio fino al 6 marzo."),
]


@pytest.mark.parametrize("message", ABSENCES, ids=lambda message: message.text[:40])
def test_absence_and_help_desks_are_known_by_their_words_alone(message: Message) -> None:
    assert nature(message) == "auto_reply"


@pytest.mark.parametrize(
    "text",
    [
        "Je suis en RTT vendredi, voici les précisions : notre projet couvre 12 communes.",
        "Je ne travaille pas le mercredi mais voici notre candidature à Visions +21.",
        "J'étais absent hier. Quand se tiendra la réunion de Visions +21 ?",
    ],
)
def test_who_speaks_of_days_off_and_of_the_call_is_no_responder(text: str) -> None:
    assert nature(mail("Visions +21", text)) != "auto_reply"


@pytest.mark.parametrize(
    "name", ["List-Id", "X-Mailing-List", "X-MLServer", "List-Unsubscribe", "List-Post", "Feedback-ID", "X-CampaignID"]
)
def test_what_went_to_a_list_is_not_for_us(name: str) -> None:
    message = mail("Visions +21", "Candidature à adresser au Cerdd avant le 28 février.", headers={name: "x"})
    assert nature(message) == "unrelated"


@pytest.mark.parametrize(
    "message",
    [
        mail("Lu : Votre candidature", "Votre message a été lu le lundi.", sender="x@y.example"),
        mail("Gelesen: Candidature", "Ihre Nachricht wurde am 07.03.2017 gelesen.", sender="x@y.example"),
        mail("Leído: Candidature", "Su mensaje ha sido leído.", sender="x@y.example"),
        mail(
            "Accusé de réception (affiché) - Candidature Visions +21",
            "Cet accusé de réception indique seulement que le message a été affiché sur l'ordinateur du destinataire.",
            sender="x@y.example",
        ),
        mail(
            "x",
            content_type="multipart/report",
            headers={"Content-Type": "multipart/report; report-type=disposition-notification"},
        ),
    ],
    ids=["Outlook", "German", "Spanish", "Thunderbird", "RFC 8098"],
)
def test_a_read_receipt_says_nothing(message: Message) -> None:
    assert nature(message) == "unrelated"


@pytest.mark.parametrize("documents", [(), ("c.pdf",)], ids=["alone", "with a document"])
def test_a_complaint_about_our_mail_is_no_application(documents: tuple[str, ...]) -> None:
    kind = {"Content-Type": "multipart/report; report-type=feedback-report"}
    words = "Veuillez trouver ci-joint notre candidature à Visions +21."
    complaint = mail("Visions +21", words, documents=documents, content_type="multipart/report", headers=kind)
    assert nature(complaint) == "unrelated"


def test_our_own_mail_and_our_letters_say_nothing() -> None:
    own = mail("Votre candidature à Visions +21", "Ci-joint votre candidature.", sender="agoxe@cerdd.org")
    ours = mail("Votre candidature à Visions +21", message_id="ack1")
    assert nature(own) == "unrelated"
    assert nature(ours, known=known(threads={"ack1": None})) == "unrelated"


def test_a_colleague_never_applies_but_may_pass_on_an_application() -> None:
    quoted = "De : mairie@x.example\n\nVeuillez trouver ci-joint notre candidature à Visions +21."
    talk = mail("Candidatures Visions +21", "Voici la grille des candidatures.", sender="h@cerdd.org", documents=["g"])
    passed = mail("TR: Candidature", "Reçu sur contact@.", sender="c@cerdd.org", quoted=quoted, documents=["c.pdf"])
    assert nature(talk) == "unrelated"
    assert nature(passed) == "unsure"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (mail("WeTransfer", "La mairie vous a envoyé des fichiers : candidature à Visions +21."), "candidature"),
        (mail("marc.delattre@ternoiscom.example vous a envoyé des fichiers", "Récupérer les fichiers"), "complement"),
        (mail("Des fichiers", "x@y.example vous a envoyé 2 fichiers"), "unrelated"),
    ],
    ids=["new", "known", "nobody"],
)
def test_a_transfer_service_is_read_but_never_answered(message: Message, expected: str) -> None:
    from_service = mail(message.subject, message.text, sender="noreply@wetransfer.example")
    assert nature(from_service, known=known(TERNOIS)) == expected


def test_a_copier_that_says_nothing_is_opened_by_a_person() -> None:
    assert nature(mail("Message from KM_C368", "", sender="copieur2@x.example", documents=["SKM.pdf"])) == "unsure"


@pytest.mark.parametrize(
    ("sender", "text"),
    [("fax@operateur.example", "Vous avez reçu une télécopie de 2 pages."), ("x@operateur.example", "2 pages")],
)
def test_a_fax_that_came_by_mail_is_opened_by_a_person(sender: str, text: str) -> None:
    assert nature(mail("Fax reçu de 0353010203", text, sender=sender, documents=["fax.pdf"])) == "unsure"


def calendar(method: str = "REPLY", who: str = "marc.delattre@ternoiscom.example", **words: str) -> bytes:
    uid, summary = words.get("uid", "x@y"), words.get("summary", VISIONS.meetings[0].title)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}"]
    lines += ["DTSTAMP:20170303T081230Z", "DTSTART:20170307T083000Z", f"SUMMARY:{summary}"]
    lines += [f"ATTENDEE;PARTSTAT=DECLINED{words.get('by', '')}:mailto:{who}", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


OUR_UID = "visions21-2017.V21-004.prep-1@cerdd.org"
DELEGATE = ';SENT-BY="mailto:sec@gmail.example"'


@pytest.mark.parametrize(
    ("part", "expected", "number"),
    [
        (calendar(), "rsvp", "V21-004"),
        (calendar(who="other@x.example", uid=OUR_UID), "rsvp", "V21-004"),
        (calendar(by=DELEGATE), "rsvp", "V21-004"),
        (calendar(who="other@x.example"), "unsure", ""),
        (calendar(who="other@x.example", summary="Déjeuner"), "unrelated", ""),
        (calendar("REQUEST"), "unrelated", ""),
        (calendar("CANCEL"), "unrelated", ""),
    ],
    ids=["invited", "our UID", "delegate", "stranger", "other meeting", "invitation", "cancelled"],
)
def test_an_answer_to_our_invitation_is_tied_to_its_candidature(part: bytes, expected: str, number: str) -> None:
    message = mail("Refusé", "", sender="sec@gmail.example", calendars=(part,))
    verdict = triage(case(message, known=known(TERNOIS)))
    assert (verdict.nature, verdict.number) == (expected, number)
