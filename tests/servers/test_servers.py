"""The servers the other tests lean on keep their word."""

import smtplib
import ssl
from datetime import UTC, datetime, timedelta, timezone

import pytest
from imapclient import IMAPClient

from tests.servers.certificates import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink, Taken

RAW = b"From: maire@commune.example\r\nSubject: =?utf-8?q?Candidature?=\r\n\r\nBonjour\r\n..\r\n.Cordialement\r\n"
RECEIVED = datetime(2017, 2, 28, 23, 59, 58, tzinfo=timezone(timedelta(hours=1)))
ME, STAFF = "ami@cerdd.example", "maire@commune.example"


def read_with_dates(box: IMAPClient, password: str = "secret") -> list[tuple[datetime, bytes]]:
    box.normalise_times = False
    box.login(ME, password)
    box.select_folder("INBOX", readonly=True)
    found = box.fetch(box.search(), ["INTERNALDATE", "BODY.PEEK[]"])
    return [(message[b"INTERNALDATE"], message[b"BODY[]"]) for message in found.values()]


def test_dovecot_gives_back_the_bytes_and_the_date_over_plain_starttls_and_tls(dovecot: Dovecot) -> None:
    dovecot.deliver(RAW, RECEIVED)
    trust = dovecot.client_context()
    with IMAPClient("127.0.0.1", dovecot.port, ssl=False, timeout=10) as plain:
        assert read_with_dates(plain) == [(RECEIVED, RAW)]
    with IMAPClient("127.0.0.1", dovecot.port, ssl=False, timeout=10) as upgraded:
        upgraded.starttls(trust)
        assert read_with_dates(upgraded) == [(RECEIVED, RAW)]
    with IMAPClient("127.0.0.1", dovecot.tls_port, ssl_context=trust, timeout=10) as encrypted:
        assert read_with_dates(encrypted) == [(RECEIVED, RAW)]
    assert dovecot.messages() == [RAW]
    assert dovecot.messages("Sent") == []


def test_dovecot_is_refused_by_a_client_that_does_not_know_its_authority(dovecot: Dovecot) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        IMAPClient("127.0.0.1", dovecot.tls_port, ssl_context=ssl.create_default_context(), timeout=10)


def test_dovecot_keeps_mail_and_ports_over_a_restart_and_cuts_connections(dovecot: Dovecot) -> None:
    dovecot.deliver(RAW, RECEIVED)
    held = dovecot.connect()
    dovecot.restart()
    with pytest.raises((held.abort, OSError)):
        held.noop()
    held.shutdown()
    assert dovecot.messages() == [RAW]


def test_dovecot_takes_the_secret_as_a_token_and_refuses_another(dovecot: Dovecot) -> None:
    with IMAPClient("127.0.0.1", dovecot.port, ssl=False, timeout=10) as box:
        assert box.oauth2_login(ME, "secret")
    with (
        IMAPClient("127.0.0.1", dovecot.port, ssl=False, timeout=10) as box,
        pytest.raises(Exception, match="(?i)fail"),
    ):
        box.oauth2_login(ME, "another")


def test_sink_keeps_envelope_bytes_and_user(smtp_sink: SmtpSink) -> None:
    with smtplib.SMTP("127.0.0.1", smtp_sink.port, timeout=10) as client:
        client.login("ami", "anything")
        client.sendmail(ME, [STAFF, "copie@commune.example"], RAW)
    assert smtp_sink.taken == [Taken(ME, (STAFF, "copie@commune.example"), RAW, "ami", encrypted=False)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_sink_speaks_tls(certificate: Certificate, security: str) -> None:
    trust = certificate.client_context()
    with SmtpSink(certificate.server_context(), security) as sink:
        if security == "tls":
            client = smtplib.SMTP_SSL("127.0.0.1", sink.port, timeout=10, context=trust)
        else:
            client = smtplib.SMTP("127.0.0.1", sink.port, timeout=10)
            client.starttls(context=trust)
        with client:
            client.login("ami", "anything")
            client.sendmail(ME, [STAFF], RAW)
        assert sink.taken == [Taken(ME, (STAFF,), RAW, "ami", encrypted=True)]


def test_sink_refuses_one_recipient_or_the_second_message_only(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("RCPT", "550 5.1.1 No such user", recipient=STAFF)
    smtp_sink.refuse("DOT", "452 4.2.2 Mailbox full", nth=2)
    with smtplib.SMTP("127.0.0.1", smtp_sink.port, timeout=10) as client:
        assert client.sendmail(ME, [STAFF, "b@c.example"], RAW) == {STAFF: (550, b"5.1.1 No such user")}
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            client.sendmail(ME, ["b@c.example"], RAW)
        assert (refusal.value.smtp_code, refusal.value.smtp_error) == (452, b"4.2.2 Mailbox full")
        client.sendmail(ME, ["d@e.example"], RAW)
    assert [taken.recipients for taken in smtp_sink.taken] == [("b@c.example",), ("d@e.example",)]


def test_sink_cut_before_the_dot_takes_nothing_and_after_it_takes_the_message(smtp_sink: SmtpSink) -> None:
    smtp_sink.drop_before_dot(nth=1)
    smtp_sink.drop_after_dot(nth=2)
    for recipient in ("a@x.example", "b@x.example"):
        client = smtplib.SMTP("127.0.0.1", smtp_sink.port, timeout=10)
        with pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
            client.sendmail(ME, [recipient], RAW)
        client.close()
    assert [taken.recipients for taken in smtp_sink.taken] == [("b@x.example",)]


def test_sink_refuses_a_wrong_password_when_told_to(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("AUTH", "535 5.7.8 Bad credentials")
    with (
        smtplib.SMTP("127.0.0.1", smtp_sink.port, timeout=10) as client,
        pytest.raises(smtplib.SMTPAuthenticationError),
    ):
        client.login("ami", "wrong")


def test_certificate_is_good_for_this_year_and_this_machine_only(certificate: Certificate) -> None:
    (shown,) = [
        c for c in certificate.client_context().get_ca_certs() if ("commonName", "Test authority") in c["subject"][0]
    ]
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
    assert ends - datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notBefore"])), UTC) == timedelta(days=2)
