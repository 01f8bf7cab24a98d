"""Mailboxes for the tests of the adapters."""

from collections.abc import Iterator

import pytest

from pipeline.adapters.mailbox import MailServer
from pipeline.demo.post_office import PostOffice
from tests.servers.dovecot import Dovecot
from tests.servers.mail_world import ME, World, of_dovecot


@pytest.fixture(params=["embedded", "dovecot"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "dovecot":
        yield from closing_all(of_dovecot(request.getfixturevalue("dovecot")))
    else:
        office: PostOffice = request.getfixturevalue("post_office")
        server = MailServer("127.0.0.1", office.imap_port, "none", "", ("INBOX",))
        yield from closing_all(World(lambda raw, at: office.deliver(ME, raw, at), server, office.imap_port, []))


@pytest.fixture
def real(dovecot: Dovecot) -> Iterator[World]:
    yield from closing_all(of_dovecot(dovecot))


def closing_all(one: World) -> Iterator[World]:
    yield one
    for mailbox in one.opened:
        mailbox.close()
