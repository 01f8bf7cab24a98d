"""The writer's own words are told from what they quote, in the ways of the mail programs used in France."""

import pytest

from pipeline.core.message import Message, read_message
from pipeline.core.message.quotes import split_quoted
from tests.core.raw_mail import html, mail, mixed, multipart, text

OWN = "Bonjour,\n\nNous retirons notre dossier.\n\nZoé Petit\nTél. : 03 53 01 00 00"
OLD = "Bonjour,\n\nNous candidatons.\n\nJean"
MARKED = "\n".join(f"> {line}".rstrip() for line in OLD.split("\n"))

QUOTATIONS = {
    "Gmail": "Le mar. 7 mars 2017 à 10:12, Jean Dupont <j.dupont@ville.example> a écrit :\n\n" + MARKED,
    "Gmail, wrapped": "Le mar. 7 mars 2017 à 10:12, Jean Dupont <j.dupont@ville.example> a\nécrit :\n\n" + MARKED,
    "Gmail, wrapped in the address": "Le 7 mars 2017 à 10:12, Jean Dupont <\nj.dupont@ville.example> a écrit :\n\n"
    + MARKED,
    "Gmail, old": "2017-03-07 10:12 GMT+01:00 Jean Dupont <j.dupont@ville.example>:\n\n" + MARKED,
    "Gmail, English": "On Tue, Mar 7, 2017 at 10:12 AM, Jean Dupont <j.dupont@ville.example>\nwrote:\n\n" + MARKED,
    "Apple": "> Le 7 mars 2017 à 10:12, Jean Dupont <j.dupont@ville.example> a écrit :\n> \n" + MARKED,
    "Apple, unmarked": "Le 7 mars 2017 à 10:12, Jean Dupont <j.dupont@ville.example> a écrit :\n\n" + OLD,
    "Thunderbird": "Le 07/03/2017 à 10:12, Ville – Jean Dupont a écrit\u00a0:\n" + MARKED,
    "Yahoo": "Le Mardi 7 mars 2017 10h12, Jean Dupont <j.dupont@ville.example> a écrit :\n\n" + OLD,
    "Outlook": "De : Jean Dupont [mailto:j.dupont@ville.example]\nEnvoyé : mardi 7 mars 2017 10:12\n"
    "À : 'agent@cerdd.example'\nObjet : Candidature\n\n" + OLD,
    "Outlook within one house": "De\u00a0: DUPONT Jean\nEnvoyé\u00a0: mardi 7 mars 2017 10:12\nÀ\u00a0: PETIT Zoé\n"
    "Cc\u00a0: DURAND Paul; MARTIN Anne;\n LEROY Luc\nObjet\u00a0: Candidature\n\n" + OLD,
    "Outlook, ruled": "______________\nDe : Jean Dupont\nEnvoyé : mardi 7 mars 2017\nÀ : Zoé\nObjet : X\n\n" + OLD,
    "Outlook, English": "From: Jean <j@v.example>\nSent: Tuesday, March 7, 2017 10:12 AM\nTo: Zoe\nSubject: X\n\n"
    + OLD,
    "Outlook, stars": "*De :* Jean <j@v.example>\n*Envoyé :* mardi 7 mars 2017 10:12\n*À :* Zoé\n*Objet :* X\n\n" + OLD,
    "Outlook, paragraphs": "De : Jean <j@v.example>\n\nEnvoyé : mardi 7 mars 2017 10:12\n\nÀ : Zoé\n\nObjet : X\n\n"
    + OLD,
    "Outlook Express": "-----Message d'origine-----\nDe : Jean Dupont\nObjet : X\n\n" + OLD,
    "Outlook, original": "-----Original Message-----\n" + OLD,
    "Zimbra": '----- Mail original -----\nDe: "Jean Dupont" <j@ville.example>\nÀ: "Zoé" <z@v.example>\n'
    "Envoyé: Mardi 7 Mars 2017 10:12:13\nObjet: X\n\n" + OLD,
    "Zimbra, unruled": 'De: "Jean Dupont" <j@ville.example>\nÀ: "Zoé" <z@v.example>\n'
    "Envoyé: Mardi 7 Mars 2017 10:12:13\nObjet: X\n\n" + OLD,
    "Gmail forward": "---------- Message transféré ----------\nDe : Jean Dupont <j@ville.example>\n"
    "Date : 7 mars 2017 à 10:12\nObjet : X\nÀ : z@v.example\n\n" + OLD,
    "Gmail forward, English": "---------- Forwarded message ---------\nFrom: Jean <j@ville.example>\n\n" + OLD,
    "Thunderbird forward": "-------- Message transféré --------\nSujet : \tX\nDate : \tTue, 7 Mar 2017 10:12:00 +0100\n"
    "De : \tJean <j@ville.example>\nPour : \tz@v.example\n\n" + OLD,
    "Apple forward": "Début du message réexpédié :\n\nDe: Jean <j@ville.example>\nObjet: X\n"
    "Date: 7 mars 2017 à 10:12:13 UTC+1\nÀ: z@v.example\n\n" + OLD,
    "Notes": "De :\tJean Dupont/VILLE/FR\nA :\tZoé Petit/VILLE/FR\nDate :\t07/03/2017 10:12\nObjet :\tX\n\n" + OLD,
    "Orange": '> Message du 07/03/17 10:12\n> De : "Jean" <j@ville.example>\n> A : z@v.example\n> Objet : X\n>\n'
    + MARKED,
    "Horde": "Jean Dupont <j@ville.example> a écrit :\n\n" + MARKED,
    "Open-Xchange": "Jean Dupont <j@ville.example> a écrit le 7 mars 2017 à 10:12\u00a0:\n\n" + OLD,
    "SFR": '=============\nMessage du : 07/03/2017 10:12\nDe : "Jean" <j@ville.example>\nA : z@v.example\nSujet : X\n\n'
    + OLD,
    "Yahoo on a telephone": "  Le mar., mars 7, 2017 à 10:12, Jean Dupont<j@ville.example> a écrit :   " + OLD,
    "GroupWise": ">>> Jean Dupont <j@ville.example> 07/03/2017 10:12 >>>\n" + OLD,
    "Selon": "Selon Jean Dupont <j@ville.example>:\n\n" + MARKED,
    "flattened by a webmail": "De : Jean <j@ville.example> Envoyé : mardi 7 mars 2017 10:12 À : Zoé Objet : X\n\n"
    + OLD,
}


@pytest.mark.parametrize("quotation", QUOTATIONS.values(), ids=QUOTATIONS.keys())
def test_quotation_is_cut_off_below_own_words(quotation: str) -> None:
    own, quoted = split_quoted(f"{OWN}\n\n{quotation}", replying=True)
    assert own == OWN
    assert "Nous candidatons." in quoted
    assert "retirons" not in quoted


@pytest.mark.parametrize(
    "name", ["Gmail, wrapped", "Outlook", "Zimbra", "Gmail forward", "Thunderbird", "Horde", "Orange"]
)
def test_quotation_is_cut_off_without_help_from_the_headers(name: str) -> None:
    assert split_quoted(f"{OWN}\n\n{QUOTATIONS[name]}")[0] == OWN


@pytest.mark.parametrize(
    "letter",
    [
        "Bonjour,\n\nLe 7 mars 2017, mon directeur a écrit :\nnous candidatons.\n\nBien à vous",
        "Bonjour,\n\nLe 7 mars 2017 à 10:12, mon directeur a\nécrit :\n\nnous candidatons.",
        "De : la Ville de Fourmies\nÀ : Cerdd\nDate : 7 mars 2017\nObjet : candidature\n\nMonsieur, nous candidatons.",
        "Objet : candidature\nDate : 7 mars 2017\n\nMonsieur,\nVoici le dossier de : Fourmies.",
        "Contact :\nDe : 9:00 à 12:00\nÀ : la mairie\n\nMerci",
        "Notre dossier :\n> une lettre\n\nMerci",
        "Votre message d'origine nous est bien parvenu.\n\nVoici nos pièces.",
        "Message transféré au maire.\nNous revenons vers vous.",
        "Date limite : 28 février\nObjet : AMI\n\nDe : quoi s'agit-il ?\n\nMerci",
        "Réunion\nDe : Fourmies\nÀ : Lille\nDate : 12 février 10:00\nObjet : comité\n\nMerci",
        "Bonjour,\n----------\nNos pièces\n----------\nMerci",
        "Le maire m'a écrit : nous candidatons.\nDont acte.",
        "Le 7 mars 2017, le maire m'a écrit : nous candidatons.\nDont acte.",
        "Message du maire : 300 habitants le soutiennent.\nDe : Fourmies\n\nMerci",
    ],
)
def test_a_letter_keeps_its_words(letter: str) -> None:
    assert split_quoted(letter) == (letter, "")


def test_answers_between_quoted_lines_are_own_words() -> None:
    body = "Le 7 mars 2017, X <x@y.example> a écrit :\n> Qui ?\nNous.\n> Quand ?\nEn mars.\n-- \nZoé"
    assert split_quoted(body) == (
        "Nous.\nEn mars.\n-- \nZoé",
        "Le 7 mars 2017, X <x@y.example> a écrit :\nQui ?\nQuand ?",
    )


def test_a_bare_forward_has_no_own_words() -> None:
    assert split_quoted(QUOTATIONS["Gmail forward"])[0] == ""


def read(raw: bytes) -> Message:
    message = read_message(raw)
    assert isinstance(message, Message)
    return message


def test_html_quotation_is_cut_off() -> None:
    page = (
        "<div>Nous retirons.</div><div class='gmail_quote'>Le 7 mars 2017, Jean &lt;<a>j@v.example</a>&gt; a écrit :"
        "<br><blockquote class='gmail_quote'><p>Nous candidatons.</p><p>Jean</p></blockquote></div>"
    )
    message = read(mail()[:-2] + html(page))
    assert message.text == "Nous retirons."
    assert "Nous candidatons." in message.quoted


def test_html_quotation_says_itself_whose_it_is() -> None:
    page = (
        "Voici<blockquote type=cite><div>Le 7 mars 2017, Jean &lt;j@v.example&gt; a écrit :</div>"
        "<div>Nous candidatons.</div></blockquote>"
    )
    assert read(mail()[:-2] + html(page)).text == "Voici"


def test_outlook_html_keeps_its_lines() -> None:
    page = (
        "<html><head><title>t</title><style>p {}</style></head><body><p class=MsoNormal>Bonjour,<o:p></o:p></p>"
        "<p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Zoé <b>PETIT</b><br>DGS</p>"
        "<table><tr><td>Tél.</td><td>03</td></tr>"
        "<tr><td>Port.</td><td>06</td></tr></table><ul><li>un<li>deux</ul><script>x()</script></body></html>"
    )
    lines = [line for line in read(mail()[:-2] + html(page)).text.split("\n") if line]
    assert lines == ["Bonjour,", "Zoé PETIT", "DGS", "Tél. 03", "Port. 06", "- un", "- deux"]


def test_the_columns_of_a_signature_stand_below_each_other() -> None:
    page = (
        "<p>Bonjour</p><table><tr><td>Sabine LHOMME<br>Chargée de mission SCoT</td><td>CC du Pays de Bray<br>"
        "2 rue d'Hodenc</td></tr><tr><td>Tél.</td><td>03 53 01 81 36</td></tr></table>"
    )
    lines = [line for line in read(mail()[:-2] + html(page)).text.split("\n") if line]
    assert lines[1:] == [
        "Sabine LHOMME",
        "Chargée de mission SCoT",
        "CC du Pays de Bray",
        "2 rue d'Hodenc",
        "Tél. 03 53 01 81 36",
    ]


def test_plain_text_is_preferred_unless_it_is_a_stub() -> None:
    full = "<p>" + "Nous candidatons à votre appel, voici notre projet. " * 10 + "</p>"
    both = multipart("alternative", text("En clair."), html("<p>En HTML.</p>"))
    stub = multipart("alternative", text("Votre logiciel n'affiche pas le HTML."), html(full))
    assert read(mail()[:-2] + both).text == "En clair."
    assert read(mail()[:-2] + stub).text.startswith("Nous candidatons")


def test_text_between_attachments_is_kept_in_order() -> None:
    piece = b'Content-Type: application/pdf; name="a.pdf"\r\n\r\nx'
    assert read(mixed(text("avant"), piece, text("après"))).text == "avant\n\naprès"


@pytest.mark.parametrize(
    ("declared", "encoded"),
    [
        ("; charset=iso-8859-1", "Délibération l\u2019été".encode("cp1252")),
        ("; charset=utf-8", "Délibération l\u2019été".encode("cp1252")),
        ("; charset=iso-8859-1", "Délibération l\u2019été".encode()),
        ("; charset=inconnu-8", "Délibération l\u2019été".encode()),
        ("; charset=x-mac-roman", "Délibération l\u2019été".encode("mac_roman")),
        ("; charset=us-ascii", "Délibération l\u2019été".encode("cp1252")),
        ("", "Délibération l\u2019été".encode()),
        ("; charset=utf-16", "Délibération l\u2019été".encode("utf-16")),
        ("; charset=punycode", "Délibération l\u2019été".encode()),
    ],
)
def test_text_is_decoded_whatever_is_declared(declared: str, encoded: bytes) -> None:
    assert read(mail(f"Content-Type: text/plain{declared}\n", encoded)).text == "Délibération l\u2019été"


def test_flowed_lines_are_joined() -> None:
    body = "La communauté \nde communes\nest candidate.\n\n-- \nZoé\n".replace("\n", "\r\n").encode()
    message = read(mail("Content-Type: text/plain; format=flowed; charset=utf-8\n", body))
    assert message.text == "La communauté de communes\nest candidate.\n\n--\nZoé"


def test_control_characters_are_taken_out_of_the_text() -> None:
    assert read(mail("", b"a\x00b\x07c\xe2\x80\xaed\r\n\x0cpage")).text == "abcd\n\npage"


def test_words_come_from_html_when_the_plain_text_only_quotes() -> None:
    both = multipart("alternative", text("> Nous candidatons."), html("<p>Nous retirons.</p>"))
    assert read(mail("In-Reply-To: <1@x>\n")[:-2] + both).text == "Nous retirons."
