"""The mail around a letter, read back as a mail program reads it."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.envelope import Attachment, Envelope, Invitation, compose, html_of, is_writable, message_ids, text_of
from pipeline.core.message import Address
from tests.builders import paris

LONG_ID = "A" * 120 + "@FR0P264MB1234.FRAP264.PROD.OUTLOOK.COM"
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:R\xc3\xa9union\r\nEND:VCALENDAR\r\n"
LETTER = Envelope(
    sender=Address("Cerdd – Antoine Goxe", "agoxe@cerdd.org"),
    recipient=Address("Carpentier, Hélène", "h.carpentier@ternois.example"),
    subject="[V21-003] Candidature bien reçue – Visions +21",
    text="Bonjour Hélène,\n\nÀ bientôt.\n",
    html="<p>Bonjour Hélène,</p>\n",
    message_id="0123abc@cerdd.org",
    date=paris("2017-02-28 23:59"),
    answers_mail=True,
    in_reply_to=LONG_ID,
    references=("first@ternois.example",),
)


def read(letter: Envelope) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(compose(letter), policy=default))


def shape(letter: Envelope) -> list[str]:
    return [part.get_content_type() for part in read(letter).walk()]


def test_the_headers_of_an_automatic_letter() -> None:
    mail = read(LETTER)
    assert mail["From"] == "Cerdd – Antoine Goxe <agoxe@cerdd.org>"
    assert mail["To"] == '"Carpentier, Hélène" <h.carpentier@ternois.example>'
    assert mail["Subject"] == "[V21-003] Candidature bien reçue – Visions +21"
    assert mail["Date"] == "Tue, 28 Feb 2017 23:59:00 +0100"
    assert mail["Message-ID"] == "<0123abc@cerdd.org>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["Content-Language"] == "fr"


def test_a_letter_nobody_wrote_for_is_generated_and_in_no_thread() -> None:
    mail = read(replace(LETTER, answers_mail=False, in_reply_to="", references=()))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["In-Reply-To"] is mail["References"] is None


def test_long_message_ids_stand_as_they_are() -> None:
    raw = compose(LETTER)
    assert f"\r\nIn-Reply-To: <{LONG_ID}>\r\n".encode() in raw
    assert f"\r\nReferences: <first@ternois.example>\r\n <{LONG_ID}>\r\n".encode() in raw


def test_ids_that_are_none_are_left_out() -> None:
    assert message_ids("a@b", "a b@c", "<c@d>", "é@f", "", "a@b", "x\r\nBcc: y@z", "g@h") == "<a@b>\r\n <g@h>"
    mail = read(replace(LETTER, in_reply_to="a b@c", references=("<x>",)))
    assert mail["In-Reply-To"] is mail["References"] is None


def test_a_long_thread_keeps_its_first_mail_and_its_last_ones() -> None:
    kept = message_ids(*(f"{number}@x" for number in range(100))).split()
    assert (len(kept), kept[0], kept[1], kept[-1]) == (20, "<0@x>", "<81@x>", "<99@x>")


def test_text_and_html_say_the_same_letter() -> None:
    mail = read(LETTER)
    assert shape(LETTER) == ["multipart/alternative", "text/plain", "text/html"]
    text, html = (str(part.get_content()).replace("\r\n", "\n") for part in mail.iter_parts())
    assert (text, html) == (LETTER.text, LETTER.html)


def test_text_and_html_are_read_back_from_the_frozen_bytes() -> None:
    files = (Attachment("a.txt", b"Content-Type: text/plain\r\n\r\nx", "text/plain"),)
    for letter in (LETTER, replace(LETTER, invitations=(Invitation("prep-1", CALENDAR),) * 2, attachments=files)):
        assert (text_of(compose(letter)), html_of(compose(letter))) == (LETTER.text.strip(), LETTER.html)
    assert (text_of(b""), html_of(b"Subject: x\r\n\r\ny")) == ("", "")


def test_letters_frozen_by_an_earlier_version_are_read_back_too() -> None:
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail.set_content(LETTER.text, cte="quoted-printable")
    mail.add_alternative(LETTER.html, subtype="html", cte="quoted-printable")
    mail.set_boundary("=_0123456789abcdef")
    assert (text_of(mail.as_bytes()), html_of(mail.as_bytes())) == (LETTER.text.strip(), LETTER.html)
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    mail.set_boundary("=_fedcba9876543210")
    assert (text_of(mail.as_bytes()), html_of(mail.as_bytes())) == (LETTER.text.strip(), LETTER.html)


def test_one_invitation_is_the_last_alternative() -> None:
    letter = replace(LETTER, invitations=(Invitation("prep-1", CALENDAR),))
    assert shape(letter) == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    calendar = list(read(letter).walk())[-1]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_payload(decode=True) == CALENDAR


def test_several_invitations_are_attached_one_file_each() -> None:
    letter = replace(LETTER, invitations=(Invitation("prep-1", CALENDAR), Invitation("prep 2/é", CALENDAR)))
    assert shape(letter) == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "text/calendar")
    ]
    calendars = list(read(letter).walk())[-2:]
    assert [part.get_filename() for part in calendars] == ["invite-prep-1.ics", "invite-prep-2-.ics"]
    assert [part.get_param("method") for part in calendars] == ["REQUEST", "REQUEST"]
    assert [part.get_payload(decode=True) for part in calendars] == [CALENDAR, CALENDAR]


def test_files_of_staff_are_attached_as_they_are() -> None:
    files = (
        Attachment("Charte été.pdf", b"%PDF\x00\xff", "application/pdf"),
        Attachment("../note\r\n.txt", b"\xe9", "text/plain"),
        Attachment("lettre.eml", b"From: x", "message/rfc822"),
    )
    parts = list(read(replace(LETTER, attachments=files)).iter_attachments())
    assert [(part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in parts] == [
        ("Charte été.pdf", "application/pdf", b"%PDF\x00\xff"),
        ("..-note .txt", "text/plain", b"\xe9"),
        ("lettre.eml", "application/octet-stream", b"From: x"),
    ]


def test_the_same_envelope_gives_the_same_bytes() -> None:
    letter = replace(
        LETTER,
        invitations=(Invitation("prep-1", CALENDAR),) * 2,
        attachments=(Attachment("a.pdf", b"%PDF", "application/pdf"),),
    )
    assert compose(letter) == compose(letter)
    assert compose(letter) != compose(replace(letter, message_id="other@cerdd.org"))


def test_the_mail_is_seven_bit_with_short_crlf_lines() -> None:
    raw = compose(replace(LETTER, text="é" * 5000, html=f"<p>{'à' * 5000}</p>"))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_what_applicants_wrote_adds_no_header() -> None:
    mail = read(replace(LETTER, subject="Ré :\r\nBcc: x@y.fr", recipient=Address("A\r\nBcc: x@y.fr", "a@b.example")))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Ré : Bcc: x@y.fr"
    assert len(mail["To"].addresses) == 1


@given(st.text(st.sampled_from("abé è’'\"(),;:<>@[]–«»=?_Zœ.-\x00\r\n\ud800"), max_size=150))
def test_any_name_and_subject_read_back_on_one_line(text: str) -> None:
    raw = message_from_bytes(compose(replace(LETTER, subject=text, recipient=Address(text, "a@b.example"))))
    wanted = " ".join(text.replace("\x00", " ").replace("\ud800", " ").split())
    assert " ".join(str(make_header(decode_header(raw["Subject"]))).split()) == wanted
    name, _, address = str(make_header(decode_header(raw["To"]))).rpartition("<")
    assert address.rstrip(">") == "a@b.example"
    if not wanted.isascii():
        assert " ".join(name.split()) == wanted


@pytest.mark.parametrize("email", ["a@b.fr", "o'neil+x@b.fr", "a@mairie-été.fr", "A.B@SUB.example"])
def test_odd_but_sound_addresses_are_written_to(email: str) -> None:
    assert is_writable(email)
    compose(replace(LETTER, recipient=Address("", email)))


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@b",
        "é@b.fr",
        "a b@c.fr",
        "a@b.fr,c@d.fr",
        "<a@b.fr>",
        "a..b@c.fr",
        "a@b..fr",
        "a@[b",
        "a@b.fr\r\nBcc: c@d.fr",
    ],
)
def test_what_is_no_single_address_is_refused(email: str) -> None:
    assert not is_writable(email)
    with pytest.raises(ValueError, match="no letter can be addressed"):
        compose(replace(LETTER, recipient=Address("", email)))


def test_a_malformed_message_id_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="malformed Message-ID"):
        compose(replace(LETTER, message_id="<a b>"))


def test_an_international_domain_is_written_as_the_mail_system_knows_it() -> None:
    mail = read(replace(LETTER, recipient=Address("", "a@mairie-été.fr")))
    assert mail["To"] == "a@xn--mairie-t-h1ab.fr"


def test_the_date_must_be_aware_to_carry_its_offset() -> None:
    assert read(replace(LETTER, date=datetime.fromisoformat("2017-07-01T10:00+02:00")))["Date"].endswith("+0200")


def test_a_mail_that_was_cut_before_the_end_of_its_text_has_no_text() -> None:
    whole = compose(LETTER)
    assert text_of(whole[: whole.index(b"--=_", whole.index(b"text/plain")) - 2]) == ""


def test_a_letter_says_that_it_is_mime_else_its_accents_are_none() -> None:
    assert read(LETTER)["MIME-Version"] == "1.0"


def test_one_invitation_is_no_file_and_each_of_several_is() -> None:
    one, two = Invitation("prep-1", CALENDAR, "REQUEST"), Invitation("prep-2", CALENDAR, "REQUEST")
    assert b"Content-Disposition" not in compose(replace(LETTER, invitations=(one,)))
    assert compose(replace(LETTER, invitations=(one, two))).count(b"Content-Disposition: attachment") == 2


@pytest.mark.parametrize("name", ["", " \r\n"])
def test_a_file_without_a_name_is_a_document(name: str) -> None:
    (part,) = read(replace(LETTER, attachments=(Attachment(name, b"x", "text/plain"),))).iter_attachments()
    assert part.get_filename() == "document"


def test_a_name_that_never_ends_is_cut_and_the_address_stands() -> None:
    address = read(replace(LETTER, recipient=Address("m" * 300, "marc@ternois.example")))["To"].addresses[0]
    assert (address.display_name, address.addr_spec) == ("m" * 200, "marc@ternois.example")


def test_words_that_look_encoded_are_read_back_as_they_were_typed() -> None:
    assert read(replace(LETTER, subject="Re: =?utf-8?q?x?="))["Subject"] == "Re: =?utf-8?q?x?="


def test_a_long_subject_with_accents_is_folded_as_mail_is() -> None:
    raw = compose(replace(LETTER, subject="é" * 300))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert read(replace(LETTER, subject="é" * 300))["Subject"] == "é" * 300
