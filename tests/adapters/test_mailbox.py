"""The shared mailbox is read to the byte and left as it was, on the embedded server and on a real Dovecot over TLS."""

import imaplib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pipeline.adapters.mailbox import ImapMailbox, MailServer
from pipeline.core.arrival import Copy
from pipeline.demo.post_office import PostOffice
from pipeline.failures import Unavailable
from pipeline.ports import Fetched, NotFetched, SentMails
from tests.adapters.imap_proxy import ImapProxy
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.mail_world import ME, World, of_dovecot

RECEIVED = datetime(2017, 2, 28, 23, 59, 58, tzinfo=timezone(timedelta(hours=1)))
OUR_ID = "0123456789abcdef0123456789abcdef@cerdd.example"
OUR_COPY = f"Message-ID: <{OUR_ID}>\r\nSubject: Accuse\r\n\r\nBonjour\r\n".encode()
HOSTILE = (
    b"From: mallory@evil.example\r\n"
    b"Subject: =?utf-8?q?x=0D=0AX1_UID_MOVE_1:*_Trash=0D=0AX2_NOOP_?=\r\n"
    b"Message-ID: <a\r\n X3 UID STORE 1:* +FLAGS (\\Deleted)\r\n X4 EXPUNGE@evil.example>\r\n\r\nBonjour\r\n"
)
HOSTILE_ID = 'a"\r\nX1 UID MOVE 1:* Trash\r\nX2 NOOP @cerdd.example'


def mail(rank: int, body: bytes = b"Bonjour \xe9\xff\r\n") -> bytes:
    """8-bit as it comes; no NUL, which Dovecot turns into 0x80 when it is put there."""
    return b"From: maire@commune.example\r\nSubject: Candidature %d\r\n\r\n%s" % (rank, body)


def test_mail_is_fetched_to_the_byte_with_its_reception_and_nothing_is_marked(world: World) -> None:
    for rank in (1, 2, 3):
        world.deliver(mail(rank), RECEIVED)
    before, mailbox = world.holds(), world.mailbox()
    folder = mailbox.open("INBOX")
    assert mailbox.folders() == ("INBOX",)
    uids = mailbox.uids(folder, above=0)
    assert list(mailbox.fetch(folder, uids[::-1])) == [
        Fetched(uid, mail(rank), RECEIVED) for rank, uid in enumerate(uids, 1)
    ]
    mailbox.close()
    assert world.holds() == before == [(mail(rank), "") for rank in (1, 2, 3)]


def test_mail_from_before_the_configured_day_is_not_looked_at(world: World) -> None:
    for day in (datetime(2016, 11, 30, 12, tzinfo=UTC), datetime(2016, 12, 1, 12, tzinfo=UTC)):
        world.deliver(mail(day.day), day)
    mailbox = world.mailbox(since=date(2016, 12, 1))
    folder = mailbox.open("INBOX")
    (only,) = mailbox.fetch(folder, mailbox.uids(folder, above=0))
    assert isinstance(only, Fetched) and only.raw == mail(1)


def test_only_mail_above_a_uid_is_named_though_a_range_to_the_star_names_the_last(world: World) -> None:
    for rank in (1, 2):
        world.deliver(mail(rank), RECEIVED)
    mailbox = world.mailbox()
    folder = mailbox.open("INBOX")
    first, last = mailbox.uids(folder, above=0)
    for seen in (folder, replace(folder, uidnext=0)):  # some servers do not say what the next UID will be
        assert mailbox.uids(seen, above=first) == [last]
        assert mailbox.uids(seen, above=last) == []
        assert mailbox.uids(seen, above=last + 1000) == []


def test_a_mail_that_is_too_big_is_told_by_its_head_and_harms_no_other(world: World) -> None:
    head = b"From: maire@commune.example\r\nSubject: Photos\r\n\r\n"
    for raw in (mail(1), head + b"x" * 2_100_000 + b"\r\n", mail(3)):
        world.deliver(raw, RECEIVED)
    mailbox = world.mailbox(max_message_bytes=1_000_000)
    folder = mailbox.open("INBOX")
    first, second, third = mailbox.uids(folder, above=0)
    reason = "Message trop volumineux (2\u00a0Mo)\u00a0: à lire dans la boîte."
    assert list(mailbox.fetch(folder, [first, second, third])) == [
        Fetched(first, mail(1), RECEIVED),
        NotFetched(second, reason, received=RECEIVED, head=head, lasts=True),
        Fetched(third, mail(3), RECEIVED),
    ]


def test_a_mail_that_is_gone_is_said_to_be(world: World) -> None:
    for rank in (1, 2):
        world.deliver(mail(rank), RECEIVED)
    mailbox = world.mailbox()
    folder = mailbox.open("INBOX")
    first, second = mailbox.uids(folder, above=0)
    mailbox.close()
    world.expunge(first)
    gone, there = mailbox.fetch(folder, [first, second])
    assert gone == NotFetched(first, "Ce message n'est plus dans le dossier.", gone=True)
    assert there == Fetched(second, mail(2), RECEIVED)


def test_a_batch_is_bounded_by_bytes(real: World) -> None:
    """A mail taken away between two batches shows where one ends."""
    large = b"x" * 998 + b"\r\n"
    for rank in (1, 2):
        real.deliver(mail(rank, large * 9_000), RECEIVED)
    mailbox = real.mailbox()
    folder = mailbox.open("INBOX")
    items = mailbox.fetch(folder, [1, 2])
    first = next(items)
    assert isinstance(first, Fetched) and first.raw == mail(1, large * 9_000)
    real.expunge(2)
    assert isinstance(next(items), NotFetched)


def test_small_mails_share_a_batch(real: World) -> None:
    for rank in (1, 2):
        real.deliver(mail(rank), RECEIVED)
    mailbox = real.mailbox()
    items = mailbox.fetch(mailbox.open("INBOX"), [1, 2])
    next(items)
    real.expunge(2)
    assert next(items) == Fetched(2, mail(2), RECEIVED)


def test_a_folder_made_anew_has_another_number_and_old_uids_fetch_nothing(real: World) -> None:
    real.do(("create", "AMI"), ("append", "AMI", "", imaplib.Time2Internaldate(RECEIVED), mail(1)))
    mailbox = real.mailbox(folders=("INBOX", "AMI"))
    old = mailbox.open("AMI")
    mailbox.close()
    real.do(("delete", "AMI"), ("create", "AMI"), ("append", "AMI", "", imaplib.Time2Internaldate(RECEIVED), mail(2)))
    for ask in (lambda: mailbox.uids(old, above=0), lambda: list(mailbox.fetch(old, [1]))):
        with pytest.raises(Unavailable, match="AMI was renumbered; it will be read anew in the next cycle"):
            ask()
    new = mailbox.open("AMI")
    assert new.uidvalidity != old.uidvalidity
    assert list(mailbox.fetch(new, mailbox.uids(new, above=0))) == [Fetched(1, mail(2), RECEIVED)]


def test_a_copy_of_a_letter_is_kept_and_found_again(world: World) -> None:
    mailbox = world.mailbox()
    assert mailbox.sent_among({OUR_ID}) == frozenset()
    mailbox.keep_copy(OUR_COPY, RECEIVED)
    mailbox.close()
    assert mailbox.sent_among({OUR_ID, OUR_ID.replace("0", "9")}) == {OUR_ID}
    assert mailbox.sent_among(()) == frozenset()
    assert world.holds("Sent") == [(OUR_COPY, "\\Seen")]


def test_of_many_letters_asked_for_at_once_each_that_is_in_sent_is_found(world: World) -> None:
    mailbox = world.mailbox()
    ours = [f"{number:032x}@cerdd.org" for number in range(120)]
    there = {ours[0], ours[49], ours[50], ours[119]}
    for one in sorted(there):
        mailbox.keep_copy(OUR_COPY.replace(OUR_ID.encode(), one.encode()), RECEIVED)
    assert mailbox.sent_among(ours) == there
    assert mailbox.sent_among(set(ours) - there) == frozenset()


def test_a_server_looks_once_through_its_folder_for_fifty_letters_that_it_does_not_hold(real: World) -> None:
    with ImapProxy(real.plain_port) as proxy:
        mailbox = real.mailbox(port=proxy.port, security="none")
        mailbox.sent_among({f"{number:032x}@cerdd.org" for number in range(100)})
        assert sum(b"UID SEARCH" in line for line in proxy.lines) == 2
        assert max(map(len, proxy.lines)) < 8192


def test_the_folder_of_copies_is_the_one_that_the_server_marks_whatever_its_name(dovecot: Dovecot) -> None:
    file = dovecot.folder / "dovecot.conf"
    file.write_text(file.read_text().replace("mailbox Sent {", "mailbox Envois {"))
    dovecot.restart()
    with dovecot.connect() as box:
        box.create("Sent")
    mailbox = of_dovecot(dovecot).mailbox()
    mailbox.keep_copy(OUR_COPY, RECEIVED)
    mailbox.close()
    assert (dovecot.messages("Envois"), dovecot.messages("Sent")) == ([OUR_COPY], [])


def test_a_named_folder_takes_the_copies_and_an_empty_name_keeps_none(real: World) -> None:
    real.do(("create", "Copies"))
    real.mailbox(sent_folder="Copies").keep_copy(OUR_COPY, RECEIVED)
    none = real.mailbox(sent_folder="")
    none.keep_copy(OUR_COPY, RECEIVED)
    assert none.sent_among({OUR_ID}) == frozenset()
    assert (real.holds("Copies"), real.holds("Sent")) == ([(OUR_COPY, "\\Seen")], [])


def test_a_named_folder_for_copies_that_is_not_there_is_said_with_its_key(real: World) -> None:
    mailbox = real.mailbox(sent_folder="Nulle part")
    questions = (
        lambda: mailbox.sent_since(""),
        lambda: mailbox.sent_among({OUR_ID}),
    )
    said = "Nulle part cannot be opened: make it in the mailbox, or correct [mailbox] sent_folder."
    for question in questions:
        with pytest.raises(Unavailable) as refusal:
            question()
        assert str(refusal.value).startswith(f"{said} 127.0.0.1:")
    assert mailbox.open("INBOX").name == "INBOX"


def test_what_a_folder_holds_is_told_without_a_search(world: World) -> None:
    for day in (30, 1, 2):
        received = datetime(2016, 11 if day == 30 else 12, day, 12, tzinfo=UTC)
        world.deliver(mail(day), received)
    for rank in range(120):  # more than are asked for at once
        world.deliver(mail(rank), RECEIVED)
    mailbox = world.mailbox(since=date(2016, 12, 1))
    folder = mailbox.open("INBOX")
    found = mailbox.uids(folder, above=0)
    assert (len(found), mailbox.listed(folder, above=0)) == (122, found)
    assert mailbox.listed(folder, above=found[-3]) == found[-2:]
    assert mailbox.listed(folder, above=found[-1]) == []
    assert list(mailbox.fetch(folder, found[:1])) == [Fetched(found[0], mail(1), datetime(2016, 12, 1, 12, tzinfo=UTC))]


def test_the_heads_of_what_came_into_the_sent_folder_are_told_once(world: World) -> None:
    mailbox = world.mailbox(since=date(2017, 1, 1))
    nothing = mailbox.sent_since("")
    mailbox.keep_copy(OUR_COPY.replace(OUR_ID.encode(), b"f" + OUR_ID[1:].encode()), datetime(2016, 5, 1, tzinfo=UTC))
    mailbox.keep_copy(OUR_COPY, RECEIVED)
    first = mailbox.sent_since(nothing.mark)
    assert [head.strip() for head in first.heads] == [OUR_COPY.partition(b"\r\n\r\n")[0]]
    assert mailbox.sent_since("").heads == mailbox.sent_since("1 1").heads == first.heads
    assert mailbox.sent_since(first.mark) == replace(first, heads=())
    assert world.mailbox(sent_folder="").sent_since(first.mark) == SentMails((), "-")


def test_hostile_headers_ids_and_folder_names_never_become_commands(world: World) -> None:
    world.do(("create", "Trash"))
    for raw in (mail(1), HOSTILE, mail(3)):
        world.deliver(raw, RECEIVED)
    mailbox = world.mailbox()
    folder = mailbox.open("INBOX")
    items = list(mailbox.fetch(folder, mailbox.uids(folder, above=0)))
    assert [item.raw for item in items if isinstance(item, Fetched)] == [mail(1), HOSTILE, mail(3)]
    for ask in (
        lambda: mailbox.sent_among({HOSTILE_ID}),
        lambda: mailbox.sent_among({OUR_ID, f"{OUR_ID}\r\nX1 UID MOVE 1:* Trash"}),
        lambda: mailbox.open('INBOX"\r\nX1 UID MOVE 1:* Trash\r\nX2 EXAMINE "INBOX'),
    ):
        with pytest.raises(Unavailable) as refusal:
            ask()
        assert "\n" not in str(refusal.value)
    assert mailbox.open("INBOX").uidvalidity == folder.uidvalidity
    assert world.holds() == [(mail(1), ""), (HOSTILE, ""), (mail(3), "")]
    assert (world.holds("Trash"), world.holds("Sent")) == ([], [])


def refusal_of(mailbox: ImapMailbox) -> str:
    with pytest.raises(Unavailable) as refusal:
        mailbox.open("INBOX")
    said = str(refusal.value)
    assert "\n" not in said and "hunter2" not in said
    return said


def test_a_wrong_password_is_one_line_that_does_not_hold_it(world: World) -> None:
    where = f"127.0.0.1:{world.server.port}"
    assert refusal_of(world.mailbox("hunter2")) == (
        f"{where}: IMAP login refused for {ME}; check [mailbox] username and the password."
    )


def test_a_server_that_is_not_there_is_one_line() -> None:
    server = MailServer("127.0.0.1", free_port(), "none", "", ("INBOX",))
    said = refusal_of(World(lambda raw, at: None, server, 0, []).mailbox())
    assert said == (
        f"127.0.0.1:{server.port}: the mail server cannot be reached (Connection refused); "
        "check [mailbox] host and port."
    )


def test_an_unknown_authority_is_refused_with_tls_and_starttls(real: World) -> None:
    for port, security in ((real.server.port, "tls"), (real.plain_port, "starttls")):
        said = refusal_of(real.mailbox(ca_file="", port=port, security=security))
        assert said.startswith(f"127.0.0.1:{port}: the certificate cannot be trusted (")
        assert said.endswith("); check [mailbox] host, or name the authority in ca_file.")


def test_starttls_reads_the_same_mail(real: World) -> None:
    real.deliver(mail(1), RECEIVED)
    mailbox = real.mailbox(port=real.plain_port, security="starttls")
    assert list(mailbox.fetch(mailbox.open("INBOX"), [1])) == [Fetched(1, mail(1), RECEIVED)]


def test_without_starttls_on_offer_no_password_is_said(post_office: PostOffice) -> None:
    server = MailServer("127.0.0.1", post_office.imap_port, "starttls", "", ("INBOX",))
    said = refusal_of(World(lambda raw, at: None, server, 0, []).mailbox("hunter2"))
    assert said.startswith(f"127.0.0.1:{server.port}: no secure connection (")


def test_a_folder_that_is_not_there_is_one_line_and_the_connection_lives_on(world: World) -> None:
    mailbox = world.mailbox()
    with pytest.raises(Unavailable, match="the mail server refused a command") as refusal:
        mailbox.open("Nulle part")
    assert "\n" not in str(refusal.value)
    assert mailbox.open("INBOX").name == "INBOX"


def test_a_lost_connection_is_said_and_the_next_question_connects_anew(dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1), RECEIVED)
    mailbox = of_dovecot(dovecot).mailbox()
    folder = mailbox.open("INBOX")
    dovecot.restart()
    with pytest.raises(Unavailable, match="the mail connection was lost"):
        mailbox.uids(replace(folder, uidnext=0), above=0)
    assert list(mailbox.fetch(folder, mailbox.uids(folder, above=0))) == [Fetched(1, mail(1), RECEIVED)]
    mailbox.close()


def test_handled_mail_stays_as_it_is_unless_asked(world: World) -> None:
    world.deliver(mail(1), RECEIVED)
    mailbox = world.mailbox()
    mailbox.mark_handled([Copy("INBOX", mailbox.open("INBOX").uidvalidity, 1)])
    assert world.holds() == [(mail(1), "")]


def test_after_keyword_marks_handled_mail_and_no_other(world: World) -> None:
    for rank in (1, 2):
        world.deliver(mail(rank), RECEIVED)
    mailbox = world.mailbox(after="keyword")
    folder = mailbox.open("INBOX")
    first, second = mailbox.uids(folder, above=0)
    for _ in range(2):
        mailbox.mark_handled(
            [
                Copy("INBOX", folder.uidvalidity, second),
                Copy("INBOX", folder.uidvalidity + 1, first),
                Copy("Gone", 1, 1),
            ]
        )
    assert world.holds() == [(mail(1), ""), (mail(2), "$AmiTraite")]
    assert list(mailbox.fetch(folder, [first])) == [Fetched(first, mail(1), RECEIVED)]


@pytest.mark.parametrize("target", ["INBOX", "Inbox"])
def test_handled_mail_is_not_moved_into_the_folder_where_it_lies(world: World, target: str) -> None:
    """It would get another number, be fetched again, and moved again, in every cycle."""
    world.deliver(mail(1), RECEIVED)
    mailbox = world.mailbox(after=f"move:{target}")
    folder = mailbox.open("INBOX")
    before = mailbox.uids(folder, above=0)
    mailbox.mark_handled([Copy("INBOX", folder.uidvalidity, before[0])])
    assert mailbox.uids(replace(mailbox.open("INBOX"), uidnext=0), above=0) == before
    assert world.holds() == [(mail(1), "")]


def test_after_move_files_handled_mail_in_a_folder_made_for_it(world: World) -> None:
    for rank in (1, 2):
        world.deliver(mail(rank), RECEIVED)
    mailbox = world.mailbox(after="move:AMI/Candidatures")
    folder = mailbox.open("INBOX")
    first, second = mailbox.uids(folder, above=0)
    mailbox.mark_handled([Copy("INBOX", folder.uidvalidity, first)])
    mailbox.mark_handled([Copy("INBOX", folder.uidvalidity, first)])
    assert world.holds() == [(mail(2), "")]
    assert world.holds("AMI/Candidatures") == [(mail(1), "")]
