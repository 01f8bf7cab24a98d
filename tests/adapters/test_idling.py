"""The server tells of new mail (IDLE), before a real Dovecot over TLS."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipeline.adapters.mailbox import ImapMailbox
from pipeline.failures import CannotWait, Unavailable
from tests.adapters.imap_proxy import ImapProxy
from tests.servers.dovecot import Dovecot
from tests.servers.mail_world import of_dovecot

RECEIVED = datetime(2017, 2, 20, 9, tzinfo=UTC)
MAIL = b"From: maire@commune.example\r\nSubject: Candidature\r\n\r\nBonjour\r\n"


@pytest.fixture
def mailbox(dovecot: Dovecot) -> ImapMailbox:
    box = of_dovecot(dovecot).mailbox()
    box.open("INBOX")
    return box


def after(seconds: float, act: Callable[[], object]) -> None:
    threading.Timer(seconds, act).start()


def patience(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def test_a_mail_that_comes_ends_the_waiting(mailbox: ImapMailbox, dovecot: Dovecot) -> None:
    is_over = patience(30)
    after(0.3, lambda: dovecot.deliver(MAIL, RECEIVED))
    mailbox.await_news(is_over)
    assert not is_over()
    folder = mailbox.open("INBOX")
    assert len(mailbox.uids(folder, above=0)) == 1
    mailbox.close()


def test_a_mail_that_came_while_another_folder_was_open_is_news_at_once(mailbox: ImapMailbox, dovecot: Dovecot) -> None:
    dovecot.deliver(MAIL, RECEIVED)
    is_over = patience(30)
    mailbox.await_news(is_over)
    assert not is_over()
    mailbox.close()


def test_flags_that_others_set_are_no_news(mailbox: ImapMailbox, dovecot: Dovecot) -> None:
    dovecot.deliver(MAIL, RECEIVED)
    mailbox.open("INBOX")

    def read() -> None:
        with dovecot.connect() as client:
            client.select("INBOX")
            client.store("1", "+FLAGS", r"(\Seen)")

    after(0.2, read)
    is_over = patience(1.5)
    mailbox.await_news(is_over)
    assert is_over()
    mailbox.close()


def test_the_waiting_ends_when_it_is_over_and_the_connection_goes_on(mailbox: ImapMailbox) -> None:
    mailbox.await_news(lambda: True)
    mailbox.await_news(patience(0.2))
    assert mailbox.open("INBOX").name == "INBOX"
    mailbox.close()


def test_a_server_that_goes_away_is_noticed_and_found_again(mailbox: ImapMailbox, dovecot: Dovecot) -> None:
    after(0.5, dovecot.halt)
    with pytest.raises(Unavailable, match="connection was lost"):
        mailbox.await_news(patience(60))
    dovecot.start()
    mailbox.await_news(lambda: True)
    mailbox.close()


def test_a_server_without_idle_says_so(dovecot: Dovecot) -> None:
    with ImapProxy(dovecot.port, lambda said: said.replace(b" IDLE", b"")) as proxy:
        mailbox = of_dovecot(dovecot).mailbox(port=proxy.port, security="none")
        mailbox.open("INBOX")
        with pytest.raises(CannotWait):
            mailbox.await_news(lambda: True)
        mailbox.close()
        assert b"IDLE" not in b"".join(proxy.lines)
