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
