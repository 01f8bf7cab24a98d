"""The documents that a person would keep, by the names that their writers meant."""

import binascii

import pytest

from pipeline.core.message import Message, read_message
from pipeline.core.message.names import decoded_parameter, tidy_name
from tests.core.raw_mail import HEAD, PDF, PNG, file, html, mail, mixed, multipart, text, tnef

LETTER = file('Content-Type: application/pdf; name="lettre.pdf"\nContent-Disposition: attachment')
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"


def read(raw: bytes) -> Message:
    message = read_message(raw)
    assert isinstance(message, Message), message
    return message


def names(raw: bytes) -> list[str]:
    return [document.name for document in read(raw).documents]


def uuencoded(name: str, content: bytes) -> str:
    lines = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def test_files_uuencoded_in_the_text_are_documents_and_no_words() -> None:
    content = bytes(range(256)) * 3
    body = f"Voici la lettre.\n\n{uuencoded('lettre.pdf', content)}\n{uuencoded('délib.pdf', PDF)}\nJeanne\n"
    message = read(mail()[:-2] + text(body))
    assert [(one.name, one.content) for one in message.documents] == [("lettre.pdf", content), ("délib.pdf", PDF)]
    assert message.text.split() == ["Voici", "la", "lettre.", "Jeanne"]


@pytest.mark.parametrize(
    "body", ["begin 644 x\nNous candidatons à cet appel.\nend\n", "begin 644 lettre.pdf\nM)5!$1B\n"]
)
def test_words_that_look_like_the_beginning_of_a_file_stay_words(body: str) -> None:
    message = read(mail()[:-2] + text(body))
    assert (message.documents, message.text) == ((), body.strip())


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="Lettre de candidature.pdf"', "Lettre de candidature.pdf"),
        ("attachment; filename=Lettre de candidature.pdf", "Lettre de candidature.pdf"),
        ("attachment; filename*=UTF-8''D%C3%A9lib%C3%A9ration.pdf", "Délibération.pdf"),
        ("attachment; filename*=iso-8859-1'fr'D%E9lib.pdf", "Délib.pdf"),
        ("attachment; filename*0*=UTF-8''D%C3%A9lib%C3; filename*1*=%A9ration; filename*2=.pdf", "Délibération.pdf"),
        ("attachment; filename*1*=ration.pdf; filename*0*=UTF-8''D%C3%A9lib%C3%A9", "Délibération.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9.pdf", "été.pdf"),
        ('attachment; filename="=?iso-8859-1?Q?D=E9lib=E9ration.pdf?="', "Délibération.pdf"),
        ("attachment; filename==?utf-8?Q?D=C3=A9lib.pdf?=", "Délib.pdf"),
        ('attachment; filename="=?utf-8?B?RMOpbGk=?=\n =?utf-8?B?Yi5wZGY=?="', "Délib.pdf"),
        ("attachment; filename*=UTF-8''=?utf-8?Q?D=C3=A9lib.pdf?=", "Délib.pdf"),
        ('attachment; filename="D%C3%A9lib%20sign%C3%A9e.pdf"', "Délib signée.pdf"),
        ('attachment; filename="100%20.pdf"', "100 .pdf"),
        ('attachment; filename="50% bio.pdf"', "50% bio.pdf"),
        ('attachment; filename="Délibération.pdf"', "Délibération.pdf"),
        ('attachment; filename="De\u0301lib.pdf"', "Délib.pdf"),
        ('attachment; filename="Note \\"projet\\".pdf"', 'Note "projet".pdf'),
        ('attachment; filename="Note "projet".pdf"; size=3', 'Note "projet".pdf'),
        ('attachment; filename="jamais fermé.pdf; size=3', "jamais fermé.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\Mes documents\\lettre.pdf"', "lettre.pdf"),
        ('attachment; filename="/tmp/lettre.pdf"', "lettre.pdf"),
        ('attachment; filename="Note du 12/01/2017.pdf"', "Note du 12-01-2017.pdf"),
        ('attachment; filename="a%00b%0A.pdf"', "a b .pdf"),
        ('attachment; filename="lettre\u202efdp.exe"', "lettrefdp.exe"),
        ('attachment; filename=".htaccess"', "htaccess"),
        ('attachment; filename="lettre.pdf. "', "lettre.pdf"),
        ("attachment", "piece-1.pdf"),
        ('attachment; filename=""', "piece-1.pdf"),
        ('attachment; filename=".."', "piece-1.pdf"),
    ],
)
def test_file_names_are_read_as_they_were_meant(disposition: str, name: str) -> None:
    assert names(mixed(file(f"Content-Type: application/pdf\nContent-Disposition: {disposition}"))) == [name]


def test_raw_western_file_name_is_read() -> None:
    raw = mixed(LETTER).replace(b"lettre.pdf", "délib.pdf".encode("cp1252"))
    assert names(raw) == ["délib.pdf"]


def test_name_of_the_content_type_serves_when_the_disposition_has_none() -> None:
    assert names(mixed(LETTER)) == ["lettre.pdf"]


def test_long_names_keep_their_extension() -> None:
    name = tidy_name("é" * 5000 + ".docx")
    assert (len(name), name[-6:]) == (120, "é.docx")


def test_hostile_parameters_are_read() -> None:
    assert decoded_parameter("x; filename*99999999999999=a; filename*=b", "filename") == "b"
    assert decoded_parameter("x" + '; a="' * 10_000, "filename") == ""


KEPT = {
    "photograph of a telephone": (
        text("En photo."),
        file("Content-Type: image/jpeg; name=IMG_2043.JPG\nContent-Disposition: inline; filename=IMG_2043.JPG", PNG),
    ),
    "picture attached": (file('Content-Type: image/png; name="plan.png"\nContent-Disposition: attachment', PNG),),
    "large picture in the text": (
        multipart(
            "related",
            html('<img src="cid:x@y">'),
            file('Content-Type: image/png; name="courrier.png"\nContent-ID: <x@y>', PNG * 300),
            boundary="r",
        ),
    ),
    "text file": (text("Bonjour"), text("note", 'Content-Type: text/plain; name="note.txt"\n')),
    "page attached": (text("Bonjour"), text("<p>", "Content-Type: text/html\nContent-Disposition: attachment\n")),
    "unknown type": (file('Content-Type: nonsense; name="plan.qgs"'),),
    "encrypted": (file('Content-Type: application/pkcs7-mime; name="smime.p7m"'),),
    "Outlook message": (file('Content-Type: application/octet-stream; name="demande.msg"'),),
    "within an alternative": (
        multipart(
            "alternative", text("Bonjour"), multipart("mixed", html("<p>Bonjour"), LETTER, boundary="m"), boundary="a"
        ),
    ),
    "picture without a name": (file("Content-Type: image/jpeg", b"\xff\xd8\xff" + bytes(90_000)),),
}
KEPT_NAMES = ["IMG_2043.JPG", "plan.png", "courrier.png", "note.txt", "piece-1.html", "plan.qgs", "smime.p7m"]
KEPT_NAMES += ["demande.msg", "lettre.pdf", "piece-1.jpg"]


@pytest.mark.parametrize(("parts", "name"), list(zip(KEPT.values(), KEPT_NAMES, strict=True)), ids=KEPT.keys())
def test_document_is_kept(parts: tuple[bytes, ...], name: str) -> None:
    assert names(mixed(*parts)) == [name]


LEFT = {
    "logo shown by the text": multipart(
        "related",
        multipart("alternative", text("x"), html("<img src='cid:logo%40v'>"), boundary="a"),
        file('Content-Type: image/png; name="logo.png"\nContent-ID: <logo@v>\nContent-Disposition: inline', PNG),
        boundary="r",
    ),
    "logo attached by Exchange": multipart(
        "related",
        html('<img src="cid:logo@01D2">'),
        file(
            'Content-Type: image/png; name="image001.png"\nContent-ID: <logo@01D2>\nContent-Disposition: attachment',
            PNG,
        ),
        boundary="r",
    ),
    "logo that the text lost": file('Content-Type: image/gif; name="image002.gif"\nContent-Disposition: inline', PNG),
    "logo of Notes": multipart(
        "related",
        html("<img src=cid:_1_0A>"),
        file('Content-Type: application/octet-stream; name="graycol.gif"\nContent-ID: <_1_0A>', PNG),
        boundary="r",
    ),
    "pixel": file("Content-Type: image/gif\nContent-Disposition: inline", b"GIF89a"),
    "visiting card": text("BEGIN:VCARD", 'Content-Type: text/x-vcard; name="a.vcf"\nContent-Disposition: attachment\n'),
    "card without its type": file('Content-Type: application/octet-stream; name="Zoe Petit.vcf"'),
    "rest of the text by Exchange": text("<p>.</p>", 'Content-Type: text/html; name="ATT00001.htm"\n'),
    "rest of Exchange as bytes": file('Content-Type: application/octet-stream; name="ATT00001.dat"'),
    "S/MIME signature": file('Content-Type: application/pkcs7-signature; name="smime.p7s"'),
    "S/MIME signature as bytes": file('Content-Type: application/octet-stream; name="smime.p7s"'),
    "PGP signature": file('Content-Type: application/pgp-signature; name="signature.asc"'),
    "PGP key": file('Content-Type: application/pgp-keys; name="0xA1B2C3D4.asc"'),
    "disclaimer": text(
        "Confidentiel", 'Content-Type: text/plain; name="disclaimer.txt"\nContent-Disposition: attachment\n'
    ),
    "resource fork": file('Content-Type: application/applefile; name="lettre.pdf"'),
    "calendar": text(CALENDAR.decode(), 'Content-Type: text/calendar; name="invite.ics"\n'),
    "page for a watch": multipart("alternative", text("x"), text("y", "Content-Type: text/watch-html\n"), boundary="a"),
}


@pytest.mark.parametrize("part", LEFT.values(), ids=LEFT.keys())
def test_what_is_no_document_is_left(part: bytes) -> None:
    assert names(mixed(text("Bonjour"), part, LETTER)) == ["lettre.pdf"]


def test_a_scanner_sends_its_document_alone() -> None:
    assert names(mail()[:-2] + LETTER) == ["lettre.pdf"]


def test_calendars_are_given_once() -> None:
    parts = (
        text("Accepté"),
        file("Content-Type: text/calendar; method=REPLY", CALENDAR),
        file('Content-Type: application/ics; name="invite.ics"', CALENDAR),
    )
    message = read(mixed(*parts))
    assert (message.calendars, message.documents) == ((CALENDAR,), ())


def inner() -> bytes:
    return HEAD.replace("Jeanne Petit <j.petit@", "Paul <paul@").replace("\n", "\r\n").encode() + multipart(
        "mixed", text("Nous candidatons."), LETTER, boundary="i"
    )


QUOTED_PRINTABLE = "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
FORWARDS = {
    "as a message in quoted-printable": b"Content-Type: message/rfc822\r\n"
    + (QUOTED_PRINTABLE + inner().decode().replace("=", "=3D")).encode(),
    "as a message that is not encoded after all": b"Content-Type: message/rfc822\r\n"
    + b"Content-Transfer-Encoding: base64\r\n\r\n"
    + inner(),
    "as a message": b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner(),
    "as an encoded message": file('Content-Type: message/rfc822; name="TR.eml"', inner()),
    "as a file": file('Content-Type: application/octet-stream; name="TR.eml"', inner()),
    "in a digest": multipart("digest", b"\r\n" + inner(), boundary="d"),
}


@pytest.mark.parametrize("part", FORWARDS.values(), ids=FORWARDS.keys())
def test_a_message_passed_on_is_read_with_its_documents(part: bytes) -> None:
    message = read(mixed(text("Pour suite."), part))
    assert [document.name for document in message.documents] == ["lettre.pdf"]
    assert [each.senders[0].email for each in message.forwarded] == ["paul@ville.example"]
    assert message.text == "Pour suite."
    assert "Nous candidatons." in message.quoted


def test_a_file_that_is_no_message_is_kept_by_its_name() -> None:
    message = read(mixed(file('Content-Type: application/octet-stream; name="TR.eml"', b"\x00\x01")))
    assert [document.name for document in message.documents] == ["TR.eml"]
    assert message.warnings == ("Message joint à ouvrir à la main\u00a0: TR.eml",)


def test_messages_encoded_in_one_another_stop_somewhere() -> None:
    raw = inner()
    for _ in range(22):
        raw = mixed(file('Content-Type: message/rfc822; name="TR.eml"', raw))
    assert read(raw).warnings == ("Message joint à ouvrir à la main\u00a0: TR.eml",)


WINMAIL = 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Disposition: attachment'


def test_files_inside_winmail_are_the_documents() -> None:
    message = read(mixed(text("Voici."), file(WINMAIL, tnef(("Délibération n°6.pdf", PDF), ("plan.pdf", PDF + b"2")))))
    assert [(each.name, each.content) for each in message.documents] == [
        ("Délibération n°6.pdf", PDF),
        ("plan.pdf", PDF + b"2"),
    ]
    assert message.warnings == ()


@pytest.mark.parametrize("damage", [b"", b"junk", tnef(("a.pdf", PDF))[:-9], b"\x78\x9f\x3e\x22" + bytes(40)])
def test_damaged_winmail_is_kept_for_a_person(damage: bytes) -> None:
    message = read(mixed(text("Voici."), file(WINMAIL, damage)))
    assert [each.name for each in message.documents] == ["winmail.dat"]
    assert message.warnings[0] == "Pièce winmail.dat à ouvrir à la main"


def test_winmail_with_formatting_only_is_no_document() -> None:
    assert names(mixed(text("Voici."), file(WINMAIL, tnef()))) == []


@pytest.mark.parametrize(
    ("raw", "warning"),
    [
        (mail("", b"Ici : https://we.tl/t-abc"), "Lien de transfert à ouvrir à la main\u00a0: we.tl"),
        (
            mail()[:-2] + html("<a href='https://www.grosfichiers.com/x'>ici</a>"),
            "Lien de transfert à ouvrir à la main\u00a0: grosfichiers.com",
        ),
        (mail("", b"http://ville.example/dossier.zip"), "Lien de transfert à ouvrir à la main\u00a0: ville.example"),
        (mixed(file('Content-Type: application/x; name="a.exe"')), "Pièce à ouvrir avec prudence\u00a0: a.exe"),
        (mixed(file('Content-Type: application/pdf; name="a.pdf"', b"")), "Pièce vide\u00a0: a.pdf"),
        (mixed(LETTER)[:-20], "Message interrompu avant sa fin\u00a0: des pièces peuvent manquer"),
        (
            mixed(file('Content-Type: application/pkcs7-mime; name="smime.p7m"')),
            "Contenu chiffré ou signé (S/MIME), à ouvrir à la main\u00a0: smime.p7m",
        ),
        (mail()[:-2] + multipart("encrypted", LETTER), "Contenu chiffré, à ouvrir à la main"),
    ],
)
def test_a_person_is_warned(raw: bytes, warning: str) -> None:
    assert read(raw).warnings == (warning,)


def test_ordinary_links_are_no_warning() -> None:
    raw = mail()[:-2] + html("Voir <a href='https://ville.example/agenda'>le site</a> https://ville.example")
    assert read(raw).warnings == ()


def test_a_message_that_is_only_an_attached_text_file_is_that_file() -> None:
    kind = 'Content-Type: text/plain; charset=utf-8\nContent-Disposition: {}; filename="candidature.txt"\n'
    attached, shown = (read_message(mail(kind.format(way), b"Bonjour\r\n")) for way in ("attachment", "inline"))
    assert isinstance(attached, Message) and isinstance(shown, Message)
    assert (attached.text, [each.name for each in attached.documents]) == ("", ["candidature.txt"])
    assert (shown.text, shown.documents) == ("Bonjour", ())


def attached(name: str, content: bytes) -> bytes:
    return file(f'Content-Type: application/pdf; name="{name}"\nContent-Disposition: attachment', content)


def test_documents_of_one_name_and_other_contents_are_told_apart() -> None:
    raw = mixed(
        text("Bonjour"),
        attached("scan.pdf", b"%PDF-1.4 lettre"),
        attached("scan.pdf", b"%PDF-1.4 budget"),
        attached("scan (2).pdf", b"%PDF-1.4 plan"),
        attached("scan.pdf", b"%PDF-1.4 lettre"),
        attached("LISEZMOI", b"un"),
        attached("LISEZMOI", b"deux"),
    )
    assert [(one.name, one.content) for one in read(raw).documents] == [
        ("scan.pdf", b"%PDF-1.4 lettre"),
        ("scan (3).pdf", b"%PDF-1.4 budget"),
        ("scan (2).pdf", b"%PDF-1.4 plan"),
        ("scan.pdf", b"%PDF-1.4 lettre"),
        ("LISEZMOI", b"un"),
        ("LISEZMOI (2)", b"deux"),
    ]


def test_a_document_of_a_message_passed_on_is_told_apart_from_that_of_the_mail() -> None:
    inner = mixed(text("Voir ci-joint"), attached("scan.pdf", b"%PDF-1.4 ancien"))
    passed_on = b"Content-Type: message/rfc822\r\n\r\n" + inner
    outer = HEAD.replace("\n", "\r\n").encode() + multipart(
        "mixed", text("Bonjour"), attached("scan.pdf", b"%PDF-1.4 nouveau"), passed_on, boundary="dehors"
    )
    assert [(one.name, one.content) for one in read(outer).documents] == [
        ("scan.pdf", b"%PDF-1.4 nouveau"),
        ("scan (2).pdf", b"%PDF-1.4 ancien"),
    ]
