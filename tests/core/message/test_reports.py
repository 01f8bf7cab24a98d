"""What delivery reports say, and what is none."""

import pytest

from pipeline.core.message import DeliveryReport, Message, read_message
from tests.core.raw_mail import mail, multipart, text

ROBOT = "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
RETURNED = text("Bonjour", "From: ami@cerdd.example\nTo: z@v.example\nMessage-ID: <lettre-1@cerdd.example>\n")


def report_of(raw: bytes) -> DeliveryReport | None:
    message = read_message(raw)
    assert isinstance(message, Message), message
    return message.report


def status(*blocks: str, kind: str = "message/delivery-status") -> bytes:
    return text("\n\n".join(["Reporting-MTA: dns; mx.example", *blocks]), f"Content-Type: {kind}\n")


def dsn(*parts: bytes, kind: str = "delivery-status") -> bytes:
    body = multipart("report", text("Désolé."), *parts, parameters=f"; report-type={kind}")
    return mail(base=ROBOT)[:-2] + body


FAILED = (
    "Final-Recipient: rfc822; z@v.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 Unknown user"
)
MESSAGE = b"Content-Type: message/rfc822\r\n\r\n" + RETURNED
HEADERS = b"Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-Id: <lettre-1@cerdd.example>\r\n"
EXPECTED = DeliveryReport(True, ("z@v.example",), "lettre-1@cerdd.example", "550 5.1.1 Unknown user")


@pytest.mark.parametrize(
    ("raw", "report"),
    [
        (dsn(status(FAILED), MESSAGE), EXPECTED),
        (dsn(status(FAILED), HEADERS), EXPECTED),
        (dsn(status(FAILED, kind="message/global-delivery-status"), HEADERS), EXPECTED),
        (
            dsn(status(FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1")), HEADERS),
            DeliveryReport(False, ("z@v.example",), "lettre-1@cerdd.example", "550 4.4.1 Unknown user"),
        ),
        (
            dsn(
                status(
                    "Original-Recipient: rfc822;alias@v.example\n" + FAILED,
                    "Final-Recipient: rfc822; ok@v.example\nAction: relayed",
                )
            ),
            DeliveryReport(True, ("z@v.example", "alias@v.example"), "", "550 5.1.1 Unknown user"),
        ),
        (
            dsn(status("X-Original-Message-ID: <lettre-2@cerdd.example>\n\n" + FAILED)),
            DeliveryReport(True, ("z@v.example",), "lettre-2@cerdd.example", "550 5.1.1 Unknown user"),
        ),
    ],
    ids=["returned", "headers only", "international", "delayed", "two recipients", "Exchange"],
)
def test_delivery_status_is_read(raw: bytes, report: DeliveryReport) -> None:
    assert report_of(raw) == report


def test_what_a_report_returns_is_not_passed_on() -> None:
    message = read_message(dsn(status(FAILED), MESSAGE))
    assert isinstance(message, Message)
    assert (message.forwarded, message.documents, message.text) == ((), (), "Désolé.")


def test_encoded_delivery_status_is_read() -> None:
    encoded = status(FAILED).replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", 1)
    assert report_of(dsn(encoded.replace(b"Unknown user", b"Unknown=20user"), MESSAGE)) is not None


def test_read_receipt_is_no_report() -> None:
    receipt = text(
        "Disposition: manual-action/MDN-sent-manually; displayed", "Content-Type: message/disposition-notification\n"
    )
    assert report_of(dsn(receipt, kind="disposition-notification")) is None


EXIM = """This message was created automatically by mail delivery software.

  z@v.example
    550 5.7.1 Relaying denied

------ This is a copy of the message, including all the headers. ------

From: ami@cerdd.example
Subject: Candidature
Message-ID: <lettre-1@cerdd.example>

Bonjour
"""
QMAIL = """Hi. This is the qmail-send program at mx.example.

<z@v.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <ami@cerdd.example>
From: ami@cerdd.example
Message-ID: <lettre-1@cerdd.example>
"""


def test_exim_report_is_read() -> None:
    raw = mail("X-Failed-Recipients: z@v.example\n", EXIM.encode(), base=ROBOT)
    assert report_of(raw) == DeliveryReport(
        True, ("z@v.example",), "lettre-1@cerdd.example", "550 5.7.1 Relaying denied"
    )


def test_qmail_report_is_read() -> None:
    report = report_of(mail("", QMAIL.encode(), base=ROBOT))
    assert report == DeliveryReport(
        True, ("z@v.example",), "lettre-1@cerdd.example", "Sorry, no mailbox here by that name. (#5.1.1)"
    )


def test_exim_delay_is_no_failure() -> None:
    base = ROBOT.replace("Undelivered Mail Returned to Sender", "Warning: message 1clIXY delayed 24 hours")
    report = report_of(mail("", EXIM.encode(), base=base))
    assert report is not None and not report.failed


@pytest.mark.parametrize(
    "raw",
    [
        mail("", EXIM.encode()),
        mail("", b"Bonjour, je suis absent.", base=ROBOT),
        mail()[:-2] + multipart("mixed", text("Pour info"), MESSAGE),
    ],
    ids=["a person's forward", "a robot without the message", "a forward"],
)
def test_what_is_not_sure_is_no_report(raw: bytes) -> None:
    assert report_of(raw) is None


@pytest.mark.parametrize(
    ("blocks", "failed"),
    [(["Action: failed\nStatus: 5.1.2"], True), (["Final-Recipient: rfc822; @v.example\nAction: failed"], True)],
    ids=["nobody named", "no address"],
)
def test_a_status_that_names_nobody_still_says_that_it_failed(blocks: list[str], failed: bool) -> None:
    assert report_of(dsn(status(*blocks), HEADERS)) == DeliveryReport(
        failed, (), "lettre-1@cerdd.example", "5.1.2" if "5.1.2" in blocks[0] else ""
    )


def test_where_the_status_tells_of_nobody_the_words_beside_it_do() -> None:
    head = ROBOT + "X-Failed-Recipients: z@v.example\n"
    words = text("The following address failed:\n\nz@v.example\n550 5.1.1 no such user")
    raw = mail(base=head)[:-2] + multipart("report", words, status(), parameters="; report-type=delivery-status")
    assert report_of(raw) == DeliveryReport(True, ("z@v.example",), "", "550 5.1.1 no such user")


def test_a_server_that_gives_up_is_believed_whatever_passing_trouble_it_quotes() -> None:
    told = "This is a permanent error; I've given up.\n\n<z@v.example>:\n421 4.7.0 temporarily deferred\n\n"
    returned = "From: ami@cerdd.example\nMessage-ID: <lettre-1@cerdd.example>\n"
    raw = mail(base="From: MAILER-DAEMON@mx.example\nSubject: failure notice\n") + (told + returned).encode()
    report = report_of(raw)
    assert report is not None
    assert report.failed


def test_a_status_whose_lines_end_in_old_mac_style_is_read() -> None:
    broken = status("Diagnostic-Code: smtp; 550-No\n550 relay\n" + FAILED).replace(b"\r\n", b"\r")
    raw = dsn().replace(b"\r\n", b"\r").replace(b"--limite--", b"--limite\r" + broken + b"--limite--")
    report = report_of(raw)
    assert report is not None
    assert report.failed
