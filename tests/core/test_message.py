"""`read_message`: headers, limits, identity, and that nothing makes it raise."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.core.message import Address, Message, Unreadable, read_message
from tests.core.raw_mail import HEAD, PDF, file, html, mail, mixed, multipart, text, tnef
from tests.proofs.mutation.soundness import unsound

ONE_HOUR = timezone(timedelta(hours=1))


def read(raw: bytes) -> Message:
    message = read_message(raw)
    assert isinstance(message, Message), message
    return message


def with_from(value: str) -> bytes:
    return mail("", b"x", base=f"From: {value}\nSubject: s\n")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Jeanne Petit <J.Petit@Ville.Example>", [("Jeanne Petit", "j.petit@ville.example")]),
        ('"PETIT, Jeanne" <j@v.example>', [("PETIT, Jeanne", "j@v.example")]),
        ("=?utf-8?Q?Petit=2C_Zo=C3=A9?= <z@v.example>", [("Petit, Zoé", "z@v.example")]),
        ("=?utf-8?q?Bob=0ABcc:_e@x?= <b@y.example>", [("Bob Bcc: e@x", "b@y.example")]),
        ("j@v.example (Jeanne Petit)", [("Jeanne Petit", "j@v.example")]),
        ("Mairie, Service technique <st@v.example>", [("Mairie, Service technique", "st@v.example")]),
        ("Zoé Petit <z@v.example>", [("Zoé Petit", "z@v.example")]),
        ("a@v.example, b@v.example", [("", "a@v.example"), ("", "b@v.example")]),
        ("Élus: a@v.example, B <b@v.example>;", [("", "a@v.example"), ("B", "b@v.example")]),
        ("undisclosed-recipients:;", []),
        ("<j@v.example>", [("", "j@v.example")]),
        ('"j@v.example" <j@v.example>', [("", "j@v.example")]),
        ('"agent@v.example" <autre@w.example>', [("agent@v.example", "autre@w.example")]),
        ("=?utf-8?Q?Jeanne_<j@v.example>?=", [("Jeanne", "j@v.example")]),
        ("a@[", []),
        ('"', []),
        ("(" * 1000, []),
        ("", []),
        ("Jeanne", []),
        ('"Jeanne <j@v.example>', [("Jeanne", "j@v.example")]),
    ],
)
def test_senders_are_read_and_never_guessed(written: str, read_as: list[tuple[str, str]]) -> None:
    assert list(read(with_from(written)).senders) == [Address(*each) for each in read_as]


def test_several_from_headers_name_several_senders() -> None:
    message = read(b"From: a@v.example\r\nFrom: b@v.example\r\n\r\nx")
    assert [each.email for each in message.senders] == ["a@v.example", "b@v.example"]


def test_too_many_addresses_are_cut() -> None:
    many = ", ".join(f"a{number}@v.example" for number in range(5000))
    assert len(read(mail(f"Cc: {many}\n")).cc) == 200


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("=?iso-8859-1?Q?Candidature_=E0_l'AMI?=", "Candidature à l'AMI"),
        ("=?utf-8?B?w4k=?= =?utf-8?B?dMOp?=", "Été"),
        ("=?utf-8?Q?d=C3?=\n =?utf-8?Q?=A9lib?=", "délib"),
        ("=?utf-8?Q?Lettre de candidature?=", "Lettre de candidature"),
        ("=?x-inconnu?Q?D=E9lib?=", "Délib"),
        ("=?utf-8?B?%%%?= suite", "suite"),
        ("Appel =?UTF-8?Q?=C3=A0?= projets", "Appel à projets"),
        ("ligne=?utf-8?Q?=0D=0AX1_UID_MOVE_1:*_Trash=0D=0A?=", "ligne X1 UID MOVE 1:* Trash"),
        ("a\x00b\u202ec", "a bc"),
        ("Re\u0301ponse", "Réponse"),
    ],
)
def test_subjects_are_decoded_on_one_line(written: str, read_as: str) -> None:
    raw = mail("", b"", base=f"From: a@v.example\nSubject: {written}\n")
    assert read(raw).subject == read_as


def test_raw_western_subject_is_read_as_windows_1252() -> None:
    assert read("Subject: Élus réunis\r\n\r\n".encode("cp1252")).subject == "Élus réunis"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Tue, 7 Mar 2017 10:12:00 +0100", datetime(2017, 3, 7, 10, 12, tzinfo=ONE_HOUR)),
        ("Tue, 7 Mar 2017 10:12:00 -0000", datetime(2017, 3, 7, 10, 12, tzinfo=UTC)),
        ("7 Mar 2017 10:12:00", datetime(2017, 3, 7, 10, 12, tzinfo=UTC)),
        ("mar., 7 Mar 2017 10:12:00 +0100 (CET)", datetime(2017, 3, 7, 10, 12, tzinfo=ONE_HOUR)),
        ("hier", None),
        ("Tue, 7 Mar 99999 10:12:00 +0100", None),
        ("Tue, 7 Mar 2017 10:12:00 +9999", None),
        ("", None),
    ],
)
def test_dates_are_aware_or_none(written: str, moment: datetime | None) -> None:
    assert read(mail("", b"", base=f"From: a@v.example\nDate: {written}\n")).date == moment


def test_reception_is_the_topmost_received_header() -> None:
    head = (
        "Received: from a (b; c) by mx.example with ESMTPS id 1\n\tfor <x@y>; Tue, 28 Feb 2017 22:58:41 +0000 (UTC)\n"
        "Received: from z by a; Tue, 28 Feb 2017 20:00:00 +0000\n"
    )
    assert read(mail(head)).received == datetime(2017, 2, 28, 22, 58, 41, tzinfo=UTC)


def test_message_ids_are_bare() -> None:
    message = read(
        mail(
            "In-Reply-To: Message de Paul <a@b>\nReferences: <1@x>\n <2@\n x> <1@x>\n",
            base="From: a@v.example\nMessage-ID:\n <long@id>\n",
        )
    )
    assert (message.message_id, message.in_reply_to, message.references) == ("long@id", ("a@b",), ("1@x", "2@x"))


@pytest.mark.parametrize("written", ["<>", "<a@[b>", "", "sans chevrons@x", "<" * 50])
def test_odd_message_ids_do_not_stop_the_reading(written: str) -> None:
    assert "<" not in read(mail("", base=f"From: a@v.example\nMessage-ID: {written}\n")).message_id


def test_encoded_references_are_decoded() -> None:
    assert read(mail("In-Reply-To: =?utf-8?q?=3Cabc=40cerdd=2Eexample=3E?=\n")).in_reply_to == ("abc@cerdd.example",)


@pytest.mark.parametrize(
    ("head", "path"), [("", None), ("Return-Path: <>\n", ""), ("Return-Path: <A@b.example>\n", "a@b.example")]
)
def test_return_path_tells_missing_from_null(head: str, path: str | None) -> None:
    assert read(mail(head)).return_path == path


def test_stray_header_lines_do_not_hide_the_headers_below() -> None:
    raw = b"From: a@v.example\r\nligne perdue\r\nSubject : Candidature\r\nContent-Type: text/html\r\n\r\n<p>Bonjour</p>"
    message = read(raw)
    assert (message.subject, message.text) == ("Candidature", "Bonjour")


@pytest.mark.parametrize(
    "declared", ['multipart/mixed boundary="b"', "multipart/mixed", 'multipart/mixed; boundary="x"', "text", "nonsense"]
)
def test_text_is_found_whatever_the_content_type_is_worth(declared: str) -> None:
    assert "Bonjour" in read(mail(f"Content-Type: {declared}\n", b"--b\r\n\r\nBonjour\r\n--b--")).text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "Message vide."),
        (b"\r\n \r\n", "Message vide."),
        (b"bonjour\r\nrien ici n'est un en-tete", "Message sans aucun en-tête\u00a0: à lire à la main."),
    ],
)
def test_what_is_no_mail_is_unreadable(raw: bytes, reason: str) -> None:
    assert read_message(raw) == Unreadable(reason)


def test_headers_alone_are_a_message() -> None:
    message = read(mail())
    assert (message.text, message.documents, message.content_type) == ("", (), "text/plain")


def nested(levels: int) -> bytes:
    opened = (f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(levels))
    return HEAD.replace("\n", "\r\n").encode() + "".join(opened).encode() + b"\r\nfin"


def many_parts(count: int) -> bytes:
    return mail('Content-Type: multipart/mixed; boundary="b"\n', b"--b\r\n\r\nx\r\n" * count + b"--b--")


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (nested(5000), "30 niveaux"),
        (
            mail("", b"Content-Type: message/rfc822\r\n\r\n" * 5000, base=HEAD + "Content-Type: message/rfc822\n"),
            "30 niveaux",
        ),
        (many_parts(100_000), "500 parties"),
        (mail("X-A: " + "a" * 10_000_000 + "\n"), "en-têtes"),
        (mail("X-A: a\n" * 100_000), "en-têtes"),
        (mixed(b"X-A: " + b";" * 1_000_000 + b"\r\n\r\nx"), "en-têtes"),
    ],
    ids=["multiparts", "messages", "parts", "long header", "many headers", "long inner header"],
)
def test_a_message_over_a_limit_is_unreadable_with_its_head(raw: bytes, word: str) -> None:
    message = read_message(raw)
    assert isinstance(message, Unreadable)
    assert word in message.reason
    assert (message.sender, message.subject, message.message_id) == (
        "j.petit@ville.example",
        "Candidature",
        "1@ville.example",
    )


def test_many_encoded_words_are_read() -> None:
    assert read(mail("X-Mots: " + "=?utf-8?q?=C3=A9?= " * 10_000 + "\n")).header("x-mots").startswith("ééé")


def test_a_redelivered_copy_has_the_same_digest() -> None:
    body = multipart("mixed", text("Bonjour"), file('Content-Type: application/pdf; name="a.pdf"'))
    first = HEAD.replace("\n", "\r\n").encode() + body
    again = b"Return-Path: <x@y>\r\nReceived: by z; Tue, 7 Mar 2017 10:15:00 +0100\r\nDelivered-To: x\r\n" + first
    folded = again.replace(b"Subject: ", b"Subject:\r\n ").replace(b"\r\n", b"\n")
    assert read(first).content_digest == read(again).content_digest == read(folded).content_digest


@pytest.mark.parametrize(
    "other",
    [
        mixed(text("Bonsoir"), file('Content-Type: application/pdf; name="a.pdf"')),
        mixed(text("Bonjour"), file('Content-Type: application/pdf; name="a.pdf"', PDF + b"2")),
        mixed(text("Bonjour"), file('Content-Type: application/pdf; name="a.pdf"')).replace(b"<1@", b"<2@"),
    ],
)
def test_other_content_has_another_digest(other: bytes) -> None:
    one = mixed(text("Bonjour"), file('Content-Type: application/pdf; name="a.pdf"'))
    assert read(one).content_digest != read(other).content_digest


SMALL_MAILS = [
    mixed(text("Bonjour"), file("Content-Type: application/pdf; name*0*=utf-8''d%C3%A9; name*1=lib.pdf"), html("<p>é")),
    mail("Content-Type: application/ms-tnef; name=winmail.dat\n", tnef(("délibération.pdf", PDF))),
    mail("In-Reply-To: <a@b>\n", "Bonjour\n\nLe 7 mars 2017, X <x@y> a\nécrit :\n> oui\n".encode()),
    mixed(b"Content-Type: message/rfc822\r\n\r\n" + mixed(text("dedans"))),
    mail(
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n',
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nA: b\r\n\r\n"
        b"Final-Recipient: rfc822; x@y\r\nAction: failed\r\n\r\n--b--",
    ),
]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_raising(raw: bytes) -> None:
    assert unsound(read_message(raw)) == ""
    assert unsound(read_message(b"From: a@b.example\r\nSubject: " + raw)) == ""


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SMALL_MAILS), st.data())
def test_damaged_mails_are_read_without_raising(raw: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(place, min(len(raw), place + 40)))
    assert unsound(read_message(raw[:place] + data.draw(st.binary(max_size=12)) + raw[end:])) == ""


def test_every_sample_is_read_with_exactly_its_documents(samples: Path) -> None:
    labels = json.loads((samples / "labels.json").read_text("utf-8"))["messages"]
    wrong = {}
    for label in labels:
        message = read((samples / "mail" / label["file"]).read_bytes())
        assert message.received == datetime.fromisoformat(label["received"])
        names = sorted(document.name for document in message.documents)
        if label["dossier"] and names != sorted(label["documents"]):
            wrong[label["file"]] = names
    assert wrong == {}
