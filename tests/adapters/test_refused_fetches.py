"""A server that refuses a mail, or breaks off at it: that mail is told, the others are read."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pipeline.adapters.mailbox import ImapMailbox
from pipeline.failures import Unavailable
from pipeline.ports import Fetched, NotFetched
from tests.adapters.imap_proxy import ImapProxy
from tests.adapters.test_mailbox import RECEIVED, mail
from tests.servers.mail_world import World

Asked = Callable[[bytes], bool]
COMPLETED = re.compile(rb"^(\w+) OK ((?:Fetch|Search) completed)", re.MULTILINE)
MAILS = [mail(rank, b"Bonjour\r\n" * 30) for rank in (1, 2, 3)]


def asks(words: str) -> Asked:
    return lambda line: re.search(words.encode(), line) is not None


def either(*these: Asked) -> Asked:
    return lambda line: any(one(line) for one in these)


FACTS_OF_SEVERAL, FACTS_OF_2 = asks(r"UID FETCH \S*[:,]\S* .*RFC822\.SIZE"), asks(r"UID FETCH 2 .*RFC822\.SIZE")
BODIES_OF_SEVERAL, BODY_OF_2 = asks(r"UID FETCH \S*[:,]\S* .*BODY"), asks(r"UID FETCH 2 .*BODY\.PEEK\[\]")
SEARCH, HEAD = asks(r"UID SEARCH .*UID 2$"), asks(r"BODY\.PEEK\[HEADER\]")


@contextmanager
def before(real: World, answer: Callable[[bytes, bytes], bytes | None]) -> Iterator[ImapProxy]:
    """A proxy whose `answer` is told what was asked last and what the server says to it."""
    proxy: list[ImapProxy] = []
    with ImapProxy(real.plain_port, lambda said: answer((proxy[0].lines or [b""])[-1], said)) as only:
        proxy.append(only)
        yield only


def refusing(wanted: Asked) -> Callable[[bytes, bytes], bytes | None]:
    return lambda line, said: COMPLETED.sub(rb"\1 NO \2", said) if wanted(line) else said


def read(real: World, proxy: ImapProxy, **changes: object) -> list[Fetched | NotFetched]:
    mailbox: ImapMailbox = real.mailbox(port=proxy.port, security="none", **changes)
    folder = mailbox.open("INBOX")
    return list(mailbox.fetch(folder, mailbox.uids(folder, above=0)))


def told(items: list[Fetched | NotFetched]) -> dict[int, object]:
    """{UID: its bytes, or why they are not there}."""
    return {one.uid: one.raw if isinstance(one, Fetched) else one.reason for one in items}


@pytest.fixture
def three(real: World) -> World:
    for one in MAILS:
        real.deliver(one, RECEIVED)
    return real


@pytest.mark.parametrize(
    ("wanted", "second"),
    [
        (FACTS_OF_SEVERAL, MAILS[1]),
        (either(FACTS_OF_SEVERAL, FACTS_OF_2), None),
        (BODIES_OF_SEVERAL, MAILS[1]),
        (either(BODIES_OF_SEVERAL, BODY_OF_2), None),
        (either(BODIES_OF_SEVERAL, BODY_OF_2, SEARCH), None),
    ],
    ids=["facts of several", "facts of one", "bodies of several", "body of one", "and the search for it"],
)
def test_the_mail_that_is_refused_is_told_and_the_others_are_read(
    three: World, wanted: Asked, second: bytes | None
) -> None:
    with before(three, refusing(wanted)) as proxy:
        found = read(three, proxy)
    assert [one.uid for one in found] == [1, 2, 3]
    assert (told(found)[1], told(found)[3]) == (MAILS[0], MAILS[2])
    if second:
        assert told(found)[2] == second
    else:
        assert isinstance(found[1], NotFetched) and not found[1].gone
        assert found[1].reason, found[1]


def test_a_mail_too_big_whose_head_is_refused_too_is_told_without_it(three: World) -> None:
    three.deliver(mail(4, b"x" * 40_000), RECEIVED)
    with before(three, refusing(HEAD)) as proxy:
        found = read(three, proxy, max_message_bytes=10_000)
    assert isinstance(found[3], NotFetched)
    assert (found[3].reason.startswith("Message trop volumineux"), found[3].head) == (True, b"")
    assert [told(found)[uid] for uid in (1, 2, 3)] == MAILS


def test_a_connection_that_breaks_at_one_mail_costs_that_mail_one_attempt_and_no_other(three: World) -> None:
    cut = either(BODIES_OF_SEVERAL, BODY_OF_2)
    with before(three, lambda line, said: None if cut(line) and b"BODY[]" in said else said) as proxy:
        found = read(three, proxy)
    assert isinstance(found[1], NotFetched) and not found[1].gone
    assert (told(found)[1], told(found)[3]) == (MAILS[0], MAILS[2])


def test_a_connection_that_breaks_at_every_mail_is_the_server_s_fault_and_no_mail_s(three: World) -> None:
    with before(three, lambda line, said: None if b"BODY[]" in said else said) as proxy:
        mailbox = three.mailbox(port=proxy.port, security="none")
        folder = mailbox.open("INBOX")
        found = mailbox.fetch(folder, mailbox.uids(folder, above=0))
        assert isinstance(next(found), NotFetched)
        with pytest.raises(Unavailable) as lost:
            next(found)
    assert "\n" not in str(lost.value)


@pytest.mark.parametrize("size", [b"{999999999999}", b"{4294967296}"])
def test_a_size_that_no_mail_has_is_not_waited_for(three: World, size: bytes) -> None:
    lie = re.compile(rb"(UID 2 BODY\[\] )\{\d+\}")
    with before(three, lambda line, said: lie.sub(rb"\g<1>" + size, said)) as proxy:
        found = read(three, proxy)
    assert isinstance(found[1], NotFetched)
    assert (told(found)[1], told(found)[3]) == (MAILS[0], MAILS[2])
