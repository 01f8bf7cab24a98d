"""The embedded mail server behaves as the worker will find a real one."""

import gc
import smtplib
import warnings
from datetime import datetime, timedelta, timezone

import pytest
from imapclient import IMAPClient

from pipeline.demo.post_office import Posted, PostOffice
from tests.servers.certificates import Certificate

RAW = b"From: maire@commune.example\r\nSubject: Candidature\r\n\r\nBonjour \xe9\x00\r\n"
RECEIVED = datetime(2017, 2, 20, 10, 0, 1, tzinfo=timezone(timedelta(hours=1)))
OFFICE, TOWN = "ami@cerdd.example", "maire@commune.example"


def imap(office: PostOffice, user: str = OFFICE) -> IMAPClient:
    box = IMAPClient("127.0.0.1", office.imap_port, ssl=False, timeout=10)
    box.normalise_times = False
    box.login(user, "secret")
    return box


def smtp(office: PostOffice, user: str = OFFICE) -> smtplib.SMTP:
    client = smtplib.SMTP("127.0.0.1", office.smtp_port, timeout=10)
    client.login(user, "secret")
    return client


def test_delivered_mail_comes_back_byte_for_byte_with_its_date_of_reception(post_office: PostOffice) -> None:
    post_office.deliver(OFFICE, RAW, RECEIVED)
    with imap(post_office) as box:
        box.select_folder("INBOX", readonly=True)
        (found,) = box.fetch(box.search(), ["INTERNALDATE", "BODY.PEEK[]", "FLAGS"]).values()
    assert (found[b"INTERNALDATE"], found[b"BODY[]"]) == (RECEIVED, RAW)
    assert post_office.messages(OFFICE) == [RAW]


def test_a_sender_puts_the_return_path_on_top(post_office: PostOffice) -> None:
    post_office.deliver(OFFICE, RAW, RECEIVED, sender="")
    assert post_office.messages(OFFICE) == [b"Return-Path: <>\r\n" + RAW]


def test_mail_sent_by_smtp_reaches_the_box_of_each_recipient(post_office: PostOffice) -> None:
    body = b"Subject: Bonjour\r\n\r\nBien re\xc3\xa7u\r\n"
    with smtp(post_office) as client:
        client.sendmail(OFFICE, ["Maire@Commune.example", "dgs@commune.example"], body)
    assert post_office.messages(TOWN) == [b"Return-Path: <ami@cerdd.example>\r\n" + body]
    assert post_office.posted == [Posted(OFFICE, TOWN, body), Posted(OFFICE, "dgs@commune.example", body)]


def test_an_applicant_whose_box_was_opened_on_the_way_can_read_and_answer(post_office: PostOffice) -> None:
    post_office.deliver(TOWN, RAW, RECEIVED)
    with imap(post_office, TOWN) as box:
        box.select_folder("INBOX")
        assert len(box.search()) == 1
    with smtp(post_office, TOWN) as client:
        client.sendmail(TOWN, [OFFICE], b"Subject: oui\r\n\r\noui\r\n")
    assert len(post_office.messages(OFFICE)) == 1


def test_unknown_recipients_are_refused_unless_all_are_accepted() -> None:
    with PostOffice([OFFICE], "secret") as office:
        with smtp(office) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
            client.sendmail(OFFICE, [TOWN], RAW)
        assert refusal.value.recipients == {TOWN: (550, b"5.1.1 No such mailbox here")}
        with pytest.raises(KeyError):
            office.deliver(TOWN, RAW, RECEIVED)
        assert office.messages(TOWN) == []


def test_log_in_is_needed_and_checked_on_both_sides(post_office: PostOffice) -> None:
    with smtplib.SMTP("127.0.0.1", post_office.smtp_port, timeout=10) as client:
        with pytest.raises(smtplib.SMTPSenderRefused):
            client.sendmail(OFFICE, [TOWN], RAW)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(OFFICE, "wrong")
    with IMAPClient("127.0.0.1", post_office.imap_port, ssl=False, timeout=10) as box:
        with pytest.raises(IMAPClient.Error):
            box.login(OFFICE, "wrong")


def test_the_password_is_good_as_a_token(post_office: PostOffice) -> None:
    with IMAPClient("127.0.0.1", post_office.imap_port, ssl=False, timeout=10) as box:
        box.oauth2_login(OFFICE, "secret")
        assert box.folder_exists("Sent")
    bearer = f"user={OFFICE}\1auth=Bearer secret\1\1"
    with smtplib.SMTP("127.0.0.1", post_office.smtp_port, timeout=10) as client:
        client.ehlo()
        assert client.auth("XOAUTH2", lambda challenge=None: bearer if challenge is None else "")[0] == 235


@pytest.mark.parametrize("keywords", [True, False])
def test_keywords_are_kept_or_dropped_as_asked(keywords: bool) -> None:
    with PostOffice([OFFICE], "secret", keywords=keywords) as office:
        office.deliver(OFFICE, RAW, RECEIVED)
        with imap(office) as box:
            chosen = box.select_folder("INBOX")
            box.add_flags(box.search(), ["$Traite"])
            assert (b"\\*" in chosen[b"PERMANENTFLAGS"]) is keywords
            assert bool(box.search(["KEYWORD", "$Traite"])) is keywords
            assert box.append("Sent", RAW)
        assert office.messages(OFFICE, "Sent") == [RAW]


def test_with_tls_all_three_doors_are_encrypted(certificate: Certificate) -> None:
    trust = certificate.client_context()
    with PostOffice([OFFICE], "secret", tls=certificate.server_context()) as office:
        with IMAPClient("127.0.0.1", office.imaps_port, ssl_context=trust, timeout=10) as box:
            box.login(OFFICE, "secret")
        with IMAPClient("127.0.0.1", office.imap_port, ssl=False, timeout=10) as box:
            box.starttls(trust)
            box.login(OFFICE, "secret")
        with smtplib.SMTP("127.0.0.1", office.smtp_port, timeout=10) as client:
            client.starttls(context=trust)
            client.login(OFFICE, "secret")
            client.sendmail(OFFICE, [OFFICE], b"Subject: x\r\n\r\nx\r\n")
        assert len(office.messages(OFFICE)) == 1


def test_closing_with_a_client_still_connected_is_quick_and_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with PostOffice([OFFICE], "secret") as office:
            watcher = imap(office)
            watcher.select_folder("INBOX")
            watcher.idle()
            sender = smtp(office)
            office.deliver(OFFICE, RAW, RECEIVED)
            assert watcher.idle_check(timeout=5)
        watcher.shutdown()
        sender.close()
        gc.collect()
    assert not office._thread.is_alive()
    assert capfd.readouterr() == ("", "")
