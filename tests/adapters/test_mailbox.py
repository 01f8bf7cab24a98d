"""The mailbox against real servers (Dovecot, and the embedded one): what is read, what is never touched."""

import email
import email.policy
import imaplib
import logging
import re
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.adapters.credentials import Credentials
from pipeline.adapters.mailbox import ImapMailbox, MailServer
from pipeline.core.arrival import Copy
from pipeline.demo.post_office import PostOffice
from pipeline.failures import Misconfigured, Unavailable
from pipeline.ports import Fetched, Folder, NotFetched
from tests.adapters.imap_proxy import ImapProxy, Toxic
from tests.servers.dovecot import Dovecot

AT = datetime(2017, 2, 20, 9, 30, tzinfo=UTC)
USER, SECRET = "ami@cerdd.example", "secret"
OURS = "0123456789abcdef0123456789abcdef@cerdd.example"
MOVES_EVERYTHING = (
    b"From: a@b.example\r\n"
    b"Subject: =?utf-8?q?x=0D=0AX1_UID_MOVE_1:*_Trash=0D=0AX2_NOOP_?=\r\n"
    b"Message-ID: <x\r\n X3 UID STORE 1:* +FLAGS (\\Deleted)\r\n X4 EXPUNGE>\r\n\r\nx\r\n"
)


def a_mailbox(port: int, password: str = SECRET, **changes: Any) -> ImapMailbox:
    wanted: dict[str, Any] = {"security": "none", "ca_file": "", "folders": ("INBOX",), **changes}
    credentials = Credentials("[mailbox]", USER, {"SECRET": password}, "SECRET")
    return ImapMailbox(MailServer("127.0.0.1", port, **wanted), credentials)


def a_mail(number: int, size: int = 0) -> bytes:
    return f"From: a@b.example\r\nSubject: mail {number}\r\n\r\n".encode() + b"x" * size + b"\r\n"


def everything(mailbox: ImapMailbox, folder: Folder, above: int = 0) -> list[Fetched | NotFetched]:
    return list(mailbox.fetch(folder, mailbox.uids(folder, above)))


def raws(items: list[Fetched | NotFetched]) -> list[bytes]:
    return [item.raw for item in items if isinstance(item, Fetched)]


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Iterator[ImapMailbox]:
    mailbox = a_mailbox(dovecot.port)
    yield mailbox
    mailbox.close()


def test_mail_comes_byte_for_byte_with_its_moment_of_reception(dovecot: Dovecot, mailbox: ImapMailbox) -> None:
    mails = [a_mail(1), b"Subject: \xe9t\xe9\r\n\r\n8-bit \xff\r\n", b"\r\n", a_mail(2, 300_000)]
    for rank, raw in enumerate(mails):
        dovecot.deliver(raw, AT + timedelta(hours=rank))
    folder = mailbox.open("INBOX")
    assert folder.uidnext == 5
    items = everything(mailbox, folder)
    assert [(item.uid, item.raw, item.received) for item in items if isinstance(item, Fetched)] == [
        (rank + 1, raw, AT + timedelta(hours=rank)) for rank, raw in enumerate(mails)
    ]


def test_reading_marks_moves_and_deletes_nothing(dovecot: Dovecot, mailbox: ImapMailbox) -> None:
    for number in (1, 2, 3):
        dovecot.deliver(a_mail(number), AT)
    with dovecot.connect() as box:
        box.select()
        box.store("2", "+FLAGS", "(\\Deleted)")
        box.store("3", "+FLAGS", "(\\Seen)")
    assert len(raws(everything(mailbox, mailbox.open("INBOX")))) == 3
    mailbox.mark_handled([Copy("INBOX", mailbox.open("INBOX").uidvalidity, 1)])
    mailbox.close()
    with dovecot.connect() as box:
        box.select(readonly=True)
        flags = [imaplib.ParseFlags(answer) for answer in box.fetch("1:*", "(FLAGS)")[1]]
    assert [set(one) - {b"\\Recent"} for one in flags] == [set(), {b"\\Deleted"}, {b"\\Seen"}]


def test_a_hostile_mail_puts_nothing_on_the_wire(dovecot: Dovecot) -> None:
    for raw in (a_mail(1), MOVES_EVERYTHING, a_mail(2)):
        dovecot.deliver(raw, AT)
    with ImapProxy(dovecot.port) as proxy:
        mailbox = a_mailbox(proxy.port)
        items = everything(mailbox, mailbox.open("INBOX"))
        for item in items:
            assert isinstance(item, Fetched)
            read = email.message_from_bytes(item.raw, policy=email.policy.compat32)
            for hostile in (str(read["Message-ID"]), "x\r\nX1 UID MOVE 1:* Trash", f"{OURS}\r\nX9 NOOP", "", '"'):
                with pytest.raises((ValueError, Unavailable)):
                    mailbox.was_sent(hostile)
                with pytest.raises((ValueError, Unavailable)):
                    mailbox.keep_copy(item.raw, hostile, AT)
        mailbox.close()
        commands = {re.sub(rb"^[A-Z]{4}\d+ |\d+", b"", line) for line in proxy.lines}
    assert raws(items)[1] == MOVES_EVERYTHING
    assert commands == {
        *(b"CAPABILITY", b'EXAMINE "INBOX"', b"UID SEARCH UID :* SINCE -Jan-", b'LIST "" "*"', b'EXAMINE "Sent"'),
        *(b"UID FETCH ,, (RFC.SIZE INTERNALDATE)", b"UID FETCH ,, (BODY.PEEK[])", b"LOGOUT"),
    }
    assert (len(dovecot.messages()), dovecot.messages("Sent")) == (3, [])


@pytest.mark.parametrize("name", ["INBOX\r\nX1 NOOP", "a\x00b", "a\nb", ""])
def test_a_folder_name_with_control_characters_is_not_sent(mailbox: ImapMailbox, name: str) -> None:
    with pytest.raises(Unavailable):
        mailbox.open(name)


def test_new_mail_is_found_above_the_last_uid_and_nothing_is_asked_when_there_is_none(dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(1), AT)
    with ImapProxy(dovecot.port) as proxy:
        mailbox = a_mailbox(proxy.port)
        folder = mailbox.open("INBOX")
        asked = len(proxy.lines)
        assert mailbox.uids(folder, above=1) == []
        assert len(proxy.lines) == asked
        dovecot.deliver(a_mail(2), AT)
        assert mailbox.uids(mailbox.open("INBOX"), above=1) == [2]
        # A server that names no UIDNEXT is asked, and "5:*" brings the newest mail, which is not above 4.
        assert mailbox.uids(Folder("INBOX", folder.uidvalidity, 0), above=4) == []
        mailbox.close()


def test_mail_older_than_the_configured_day_is_never_looked_at(dovecot: Dovecot) -> None:
    for day in (date(2016, 11, 29), date(2016, 12, 1), date(2017, 1, 5)):
        dovecot.deliver(a_mail(day.day), datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    mailbox = a_mailbox(dovecot.port, since=date(2016, 12, 1))
    folder = mailbox.open("INBOX")
    assert mailbox.uids(folder, above=0) == [2, 3]
    dovecot.deliver(a_mail(9), datetime(2016, 1, 1, tzinfo=UTC))
    assert mailbox.uids(mailbox.open("INBOX"), above=3) == []
    mailbox.close()


def test_a_mail_too_big_is_known_by_its_headers_and_its_neighbours_come(dovecot: Dovecot) -> None:
    for raw in (a_mail(1), a_mail(2, 3_000_000), a_mail(3)):
        dovecot.deliver(raw, AT)
    mailbox = a_mailbox(dovecot.port, max_message_bytes=2_000_000)
    first, big, last = everything(mailbox, mailbox.open("INBOX"))
    assert big == NotFetched(
        2,
        "Message trop volumineux (3\u00a0Mo)\u00a0: à lire dans la boîte.",
        received=AT,
        head=b"From: a@b.example\r\nSubject: mail 2\r\n\r\n",
    )
    assert raws([first, last]) == [a_mail(1), a_mail(3)]
    mailbox.close()


def test_a_mail_that_another_client_took_away_is_gone_and_its_neighbours_come(
    dovecot: Dovecot, mailbox: ImapMailbox
) -> None:
    for number in (1, 2, 3):
        dovecot.deliver(a_mail(number), AT)
    folder = mailbox.open("INBOX")
    with dovecot.connect() as box:
        box.select()
        box.store("2", "+FLAGS", "(\\Deleted)")
        box.expunge()
    items = list(mailbox.fetch(folder, [3, 1, 2, 3, 99]))
    assert [(item.uid, isinstance(item, NotFetched) and item.gone) for item in items] == [
        (1, False),
        (2, True),
        (3, False),
        (99, True),
    ]


def test_batches_are_bounded_and_few(post_office: PostOffice) -> None:
    mails = [*(a_mail(number) for number in range(250)), *(a_mail(number, 6_000_000) for number in (250, 251, 252))]
    for raw in mails:
        post_office.deliver(USER, raw, AT)
    with ImapProxy(post_office.imap_port) as proxy:
        mailbox = a_mailbox(proxy.port)
        assert raws(everything(mailbox, mailbox.open("INBOX"))) == mails
        mailbox.close()
        counts = [line.split(b" ")[3].count(b",") + 1 for line in proxy.lines if b"BODY.PEEK[]" in line]
        assert (counts, proxy.connections) == ([100, 100, 52, 1], 1)


def test_a_renumbered_folder_is_noticed_before_any_uid_is_used(dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(1), AT)
    mailbox = a_mailbox(dovecot.port)
    before = mailbox.open("INBOX")
    dovecot.halt()
    for index in Path(dovecot.folder / "mail" / USER).glob("dovecot*"):
        index.unlink()
    dovecot.start()
    with pytest.raises(Unavailable, match="lost"):
        list(mailbox.fetch(before, [1]))
    with pytest.raises(Unavailable, match="renumbered"):
        list(mailbox.fetch(before, [1]))
    after = mailbox.open("INBOX")
    assert after.uidvalidity != before.uidvalidity
    assert raws(everything(mailbox, after)) == [a_mail(1)]
    mailbox.close()


def cutting(times: int, inside: bytes) -> Toxic:
    """Cut the connection in the middle of what holds `inside`, that many times."""
    left = [times]

    def toxic(said: bytes) -> bytes | None:
        if inside in said and left[0]:
            left[0] -= 1
            return None
        return said

    return toxic


def test_a_connection_cut_inside_a_mail_is_made_again_and_the_mail_comes_whole(dovecot: Dovecot) -> None:
    mails = [a_mail(1), a_mail(2, 500_000), a_mail(3)]
    for raw in mails:
        dovecot.deliver(raw, AT)
    with ImapProxy(dovecot.port, cutting(1, b"mail 2")) as proxy:
        mailbox = a_mailbox(proxy.port)
        assert raws(everything(mailbox, mailbox.open("INBOX"))) == mails
        mailbox.close()
        assert proxy.connections == 2


def test_a_mail_at_which_the_connection_always_breaks_harms_no_other(dovecot: Dovecot) -> None:
    for number in (1, 2, 3, 4):
        dovecot.deliver(a_mail(number, 100), AT)
    with ImapProxy(dovecot.port, cutting(99, b"mail 2")) as proxy:
        mailbox = a_mailbox(proxy.port)
        items = everything(mailbox, mailbox.open("INBOX"))
        mailbox.close()
    assert raws(items) == [a_mail(1, 100), a_mail(3, 100), a_mail(4, 100)]
    assert items[1] == NotFetched(
        2, "La connexion se coupe à chaque lecture de ce message\u00a0: à lire dans la boîte.", received=AT
    )


def test_a_connection_that_breaks_at_every_mail_is_a_server_that_does_not_answer(dovecot: Dovecot) -> None:
    for number in (1, 2, 3):
        dovecot.deliver(a_mail(number), AT)
    with ImapProxy(dovecot.port, cutting(99, b"Subject: mail")) as proxy:
        mailbox = a_mailbox(proxy.port)
        folder = mailbox.open("INBOX")
        with pytest.raises(Unavailable, match="lost"):
            list(mailbox.fetch(folder, [1, 2, 3]))
        mailbox.close()


def test_a_mail_that_the_server_refuses_harms_no_other(dovecot: Dovecot) -> None:
    for number in (1, 2, 3):
        dovecot.deliver(a_mail(number), AT)

    def refusing(said: bytes) -> bytes:
        if b"mail 2" not in said:
            return said
        tag = said.rstrip().rsplit(b"\r\n", 1)[-1].split(b" ")[0]
        return tag + b" NO [SERVERBUG] Internal error\r\n"

    with ImapProxy(dovecot.port, refusing) as proxy:
        mailbox = a_mailbox(proxy.port)
        items = everything(mailbox, mailbox.open("INBOX"))
        mailbox.close()
        assert proxy.connections == 1
    assert raws(items) == [a_mail(1), a_mail(3)]
    assert items[1] == NotFetched(2, "Le serveur n'a pas donné ce message\u00a0: à lire dans la boîte.", received=AT)


def test_a_literal_announced_as_two_gigabytes_is_not_read(dovecot: Dovecot) -> None:
    for number in (1, 2):
        dovecot.deliver(a_mail(number), AT)

    def swelling(said: bytes) -> bytes:
        return re.sub(rb"\{\d+\}(\r\nFrom: a@b.example\r\nSubject: mail 1)", rb"{2147483647}\1", said)

    with ImapProxy(dovecot.port, swelling) as proxy:
        mailbox = a_mailbox(proxy.port)
        first, second = everything(mailbox, mailbox.open("INBOX"))
        mailbox.close()
    assert isinstance(first, NotFetched) and not first.gone
    assert isinstance(second, Fetched)


def test_a_server_that_restarts_is_reached_again(dovecot: Dovecot, mailbox: ImapMailbox) -> None:
    dovecot.deliver(a_mail(1), AT)
    mailbox.open("INBOX")
    dovecot.restart()
    with pytest.raises(Unavailable, match="lost"):
        mailbox.open("INBOX")
    assert raws(everything(mailbox, mailbox.open("INBOX"))) == [a_mail(1)]


def test_a_copy_goes_into_the_sent_folder_once_as_read_with_its_date(dovecot: Dovecot, mailbox: ImapMailbox) -> None:
    letter = f"Message-ID: <{OURS}>\r\nSubject: x\r\n\r\nx\r\n".encode()
    assert mailbox.was_sent(OURS) is False
    mailbox.keep_copy(letter, OURS, AT)
    mailbox.keep_copy(letter, OURS, AT)
    assert mailbox.was_sent(OURS) is True
    assert mailbox.was_sent(OURS.replace("0", "1")) is False
    assert dovecot.messages("Sent") == [letter]
    mailbox.close()
    with dovecot.connect() as box:
        box.select("Sent", readonly=True)
        answer = box.fetch("1", "(FLAGS INTERNALDATE)")[1][0]
    assert b"\\Seen" in answer
    assert datetime(*imaplib.Internaldate2tuple(answer)[:6]).astimezone(UTC) == AT


@pytest.mark.parametrize(
    ("folder", "configured", "kept_in"),
    [
        ("Sent Items", "auto", "Sent Items"),
        ("&AMk-l&AOk-ments envoy&AOk-s", "auto", "&AMk-l&AOk-ments envoy&AOk-s"),
        ("AMI/Copies", "AMI/Copies", "AMI/Copies"),
        ("Sent Items", "", None),
        ("Courriers", "auto", None),
    ],
)
def test_the_sent_folder_is_found_by_its_usual_names(folder: str, configured: str, kept_in: str | None) -> None:
    with PostOffice((USER,), SECRET) as post, imap(post.imap_port) as box:
        box.delete("Sent")
        box.create(f'"{folder}"')
        mailbox = a_mailbox(post.imap_port, sent_folder=configured)
        mailbox.keep_copy(f"Message-ID: <{OURS}>\r\n\r\nx\r\n".encode(), OURS, AT)
        assert mailbox.was_sent(OURS) is (kept_in is not None)
        mailbox.close()
        assert box.select(f'"{folder}"', readonly=True)[1] == ([b"1"] if kept_in else [b"0"])


def test_a_configured_sent_folder_that_is_not_there_is_said(dovecot: Dovecot) -> None:
    mailbox = a_mailbox(dovecot.port, sent_folder="Nowhere")
    with pytest.raises(Unavailable, match="refused a command"):
        mailbox.was_sent(OURS)
    mailbox.close()


def imap(port: int) -> imaplib.IMAP4:
    box = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    box.login(USER, SECRET)
    return box


@pytest.mark.parametrize("keywords", [True, False])
def test_a_keyword_is_set_where_the_server_keeps_keywords(keywords: bool) -> None:
    with PostOffice((USER,), SECRET, keywords=keywords) as post:
        for number in (1, 2):
            post.deliver(USER, a_mail(number), AT)
        mailbox = a_mailbox(post.imap_port, after="keyword")
        folder = mailbox.open("INBOX")
        first = mailbox.uids(folder, 0)[0]
        mailbox.mark_handled([Copy("INBOX", folder.uidvalidity, first), Copy("INBOX", 12345, first + 1)])
        mailbox.close()
        with imap(post.imap_port) as box:
            box.select(readonly=True)
            flags = [imaplib.ParseFlags(answer) for answer in box.fetch("1:2", "(FLAGS)")[1]]
    assert [b"$AmiTraite" in one for one in flags] == [keywords, False]
    assert not any(b"\\Seen" in one for one in flags)


def test_handled_mail_is_moved_into_a_folder_made_for_it(dovecot: Dovecot) -> None:
    for number in (1, 2, 3):
        dovecot.deliver(a_mail(number), AT)
    mailbox = a_mailbox(dovecot.port, after="move:AMI/Candidatures")
    validity = mailbox.open("INBOX").uidvalidity
    mailbox.mark_handled([Copy("INBOX", validity, 1), Copy("INBOX", validity, 3), Copy("Gone", 1, 1)])
    mailbox.close()
    assert dovecot.messages() == [a_mail(2)]
    assert dovecot.messages("AMI/Candidatures") == [a_mail(1), a_mail(3)]


def test_without_move_handled_mail_stays_where_it_is(dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(1), AT)
    with ImapProxy(dovecot.port, lambda said: said.replace(b" MOVE", b"")) as proxy:
        mailbox = a_mailbox(proxy.port, after="move:AMI/Candidatures")
        mailbox.mark_handled([Copy("INBOX", mailbox.open("INBOX").uidvalidity, 1)])
        mailbox.close()
        assert not any(word in line for line in proxy.lines for word in (b"STORE", b"COPY", b"EXPUNGE", b"CREATE"))
    assert dovecot.messages() == [a_mail(1)]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_known_authority_is_trusted_and_no_other(dovecot: Dovecot, security: str) -> None:
    port = dovecot.tls_port if security == "tls" else dovecot.port
    trusting = a_mailbox(port, security=security, ca_file=str(dovecot.ca_file))
    assert trusting.open("INBOX").uidnext == 1
    trusting.close()
    with pytest.raises(Unavailable, match="certificate cannot be trusted .*ca_file"):
        a_mailbox(port, security=security).open("INBOX")


def test_a_server_without_starttls_never_sees_the_password(dovecot: Dovecot) -> None:
    with ImapProxy(dovecot.port, lambda said: said.replace(b" STARTTLS", b"")) as proxy:
        with pytest.raises(Unavailable, match="no secure connection"):
            a_mailbox(proxy.port, security="starttls", ca_file=str(dovecot.ca_file)).open("INBOX")
        assert not any(SECRET.encode() in line for line in proxy.lines)


def test_a_ca_file_that_is_none_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    with pytest.raises(Misconfigured, match=r"\[mailbox\] ca_file"):
        a_mailbox(1, security="tls", ca_file=str(tmp_path / "ca.pem")).open("INBOX")


def test_a_wrong_password_is_said_without_repeating_it(dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as trouble:
        a_mailbox(dovecot.port, password="hunter2").open("INBOX")
    assert str(trouble.value) == (
        f"127.0.0.1:{dovecot.port}: IMAP login refused for {USER}; check [mailbox] username and the password."
    )
    assert "hunter2" not in caplog.text + str(trouble.value)


def test_nothing_secret_and_no_mail_is_logged(dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    dovecot.deliver(b"Subject: x\r\n\r\nunlikely words\r\n", AT)
    with caplog.at_level(logging.DEBUG):
        mailbox = a_mailbox(dovecot.port)
        everything(mailbox, mailbox.open("INBOX"))
        mailbox.close()
    assert "unlikely words" not in caplog.text
    assert SECRET not in caplog.text


def test_an_absent_server_is_said_in_one_line() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unavailable) as trouble:
        a_mailbox(port).open("INBOX")
    assert str(trouble.value) == (
        f"127.0.0.1:{port}: the mail server cannot be reached (Connection refused); check [mailbox] host and port."
    )


def test_a_password_with_accents_logs_in(dovecot: Dovecot) -> None:
    with (dovecot.folder / "users").open("a", encoding="utf-8") as users:
        users.write("accents@cerdd.example:{PLAIN}sécrèt::::::\n")
    dovecot.restart()
    credentials = Credentials("[mailbox]", "accents@cerdd.example", {"SECRET": "sécrèt"}, "SECRET")
    mailbox = ImapMailbox(MailServer("127.0.0.1", dovecot.port, "none", "", ("INBOX",)), credentials)
    assert mailbox.open("INBOX").uidnext == 1
    mailbox.close()


def test_the_embedded_server_gives_the_same_mail() -> None:
    with PostOffice((USER,), SECRET) as post:
        mails = [a_mail(number, number * 10_000) for number in range(5)]
        for raw in mails:
            post.deliver(USER, raw, AT)
        mailbox = a_mailbox(post.imap_port)
        items = everything(mailbox, mailbox.open("INBOX"))
        mailbox.close()
    assert raws(items) == mails
    assert {item.received for item in items if isinstance(item, Fetched)} == {AT}
