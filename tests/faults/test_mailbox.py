"""Faults of the mailbox (T13 to T26): what staff and servers do to mail, before a real Dovecot."""

import re
import threading
import time
from collections.abc import Callable

import pytest

from tests.adapters.imap_proxy import ImapProxy
from tests.faults.conftest import RECEIVED, TOWNS, a_candidature_mail, seen, settled, through
from tests.line.house import House
from tests.servers.dovecot import until

SENDERS = [sender for _, sender in TOWNS]


def test_T13_a_mailbox_whose_uidvalidity_changed_gives_no_row_and_no_letter_again(
    house: House, deliver: Callable
) -> None:
    deliver()
    assert house.once().returncode == 0
    house.dovecot.halt()
    for path in house.dovecot.folder.rglob("dovecot*"):
        if path.name.startswith(("dovecot-uidlist", "dovecot-uidvalidity", "dovecot.index")):
            path.unlink()
    house.dovecot.start()
    assert house.once(now="2017-03-01T09:10").returncode == 0
    assert len(house.sink.taken) == 3
    settled(house, SENDERS)


def test_T14_uids_used_again_for_other_mails_hide_none_of_them(house: House, deliver: Callable) -> None:
    deliver(TOWNS[0])
    assert house.once().returncode == 0
    with house.dovecot.connect() as client:
        client.select("INBOX")
        client.create("Ancien")
        client.copy("1:*", "Ancien")
    house.dovecot.halt()
    for path in house.dovecot.folder.glob("mail/*"):
        for one in [*path.glob("cur/*"), *path.glob("new/*"), *path.glob("dovecot*")]:
            one.unlink()
    # Dovecot takes the second of the day as UIDVALIDITY: made again within it, the folder would be the same one.
    second = int(time.time())
    until(lambda: int(time.time()) > second, "the clock stands still")
    house.dovecot.start()
    deliver(TOWNS[1])
    assert house.once(now="2017-03-01T09:10").returncode == 0
    assert len(house.sink.taken) == 2
    settled(house, SENDERS[:2])


def test_T15_mail_that_staff_read_first_is_recorded_all_the_same(house: House, deliver: Callable) -> None:
    deliver()
    with house.dovecot.connect() as client:
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Seen \Flagged)")
    assert house.once().returncode == 0
    settled(house, SENDERS)


def test_T16_mail_moved_out_and_back_and_copied_is_one_row_and_one_letter(house: House, deliver: Callable) -> None:
    deliver()
    assert house.once().returncode == 0
    with house.dovecot.connect() as client:
        client.select("INBOX")
        client.create("Ailleurs")
        client.uid("MOVE", "1:2", "Ailleurs")
        client.copy("1", "INBOX")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    with house.dovecot.connect() as client:
        client.select("Ailleurs")
        client.uid("MOVE", "1:*", "INBOX")
    assert house.once(now="2017-03-01T09:20").returncode == 0
    assert len(house.sink.taken) == 3
    settled(house, SENDERS)


def test_T18_mails_that_others_marked_deleted_are_still_there(house: House, deliver: Callable) -> None:
    deliver()
    with house.dovecot.connect() as client:
        client.select("INBOX")
        client.store("1:2", "+FLAGS", r"(\Deleted)")
    before = house.dovecot.messages()
    assert house.once().returncode == 0
    assert house.dovecot.messages() == before
    settled(house, SENDERS)


def test_T19_the_same_message_id_over_other_words_is_another_mail(house: House) -> None:
    (town, sender), (other, stranger), _ = TOWNS
    for name, who in ((town, sender), (other, stranger)):
        house.dovecot.deliver(a_candidature_mail(name, who, message_id="<same@x.example>"), RECEIVED)
    assert house.once().returncode == 0
    assert len(seen(house).candidatures) == 2
    settled(house, [sender, stranger])


def test_T20_the_same_mail_delivered_twice_is_one_row_and_one_letter(house: House) -> None:
    raw = a_candidature_mail(*TOWNS[0])
    by_another_way = raw.replace(b"by mx.cerdd.org", b"by mx2.cerdd.org")
    for one in (raw, raw, by_another_way):
        house.dovecot.deliver(one, RECEIVED)
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 1
    settled(house, SENDERS[:1])


def test_T21_mails_without_message_id_that_differ_by_their_words_are_as_many_rows(house: House) -> None:
    for number in range(5):
        mail = a_candidature_mail(*TOWNS[0], message_id="none", extra=f"Précision numéro {number}.")
        house.dovecot.deliver(mail, RECEIVED)
    assert house.once().returncode == 0
    assert (len(seen(house).candidatures), len(seen(house).messages)) == (1, 5)
    assert house.once(now="2017-03-01T09:30").stdout == "Nothing new.\n"


NOT_UNDERSTOOD = {  # what the server says, what it is told as, the line of the cycle
    "a mail as a literal8": (
        rb"BODY\[\] \{(\d+)\}",
        rb"BODY[] ~{\1}",
        "INBOX: the mail server lists 3 mails and does not give them: asked for again. After an hour each "
        "gets a row in the tracker, to be read in the mailbox.",
    ),
    "a folder in use": (
        rb"(?s)\* FLAGS.*?(\w+) OK \[READ-ONLY\][^\r]*",
        rb"\1 NO [INUSE] Mailbox is in use",
        "the mail server refused a command (select failed: [INUSE] Mailbox is in use).",
    ),
    "no figures of the Sent folder": (
        rb"(\* STATUS \S+) \([^)]*\)",
        rb"\1 ()",
        "the mail server refused a command (KeyError).",
    ),
}


@pytest.mark.parametrize("case", list(NOT_UNDERSTOOD))
def test_an_answer_that_is_not_understood_costs_time_and_no_mail(house: House, deliver: Callable, case: str) -> None:
    deliver()
    said, told, line = NOT_UNDERSTOOD[case]
    with through(house, lambda data: re.sub(said, told, data)):
        assert re.sub(r"\S+:\d+: ", "", house.once().stderr) == f"{line}\n"
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS)


@pytest.mark.parametrize("byte", [40, 400, 1_000, 1_500, 2_500, 4_000])
def test_T23_a_connection_cut_inside_the_mail_costs_only_time(house: House, deliver: Callable, byte: int) -> None:
    deliver()
    left = [byte]

    def cut(said: bytes) -> bytes | None:
        left[0] -= len(said)
        return said if left[0] >= 0 else None

    with ImapProxy(house.dovecot.port, cut) as proxy:
        plain = house.config.read_text("utf-8")
        house.config.write_text(
            plain.replace(f"port = {house.dovecot.tls_port}", f"port = {proxy.port}").replace(
                'security = "tls"', 'security = "none"'
            ),
            "utf-8",
        )
        assert house.once().returncode == 1
        house.config.write_text(plain, "utf-8")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS)


def test_T25_a_server_that_restarts_again_and_again_is_caught_up_with(house: House, deliver: Callable) -> None:
    deliver()
    ended = threading.Event()

    def shake() -> None:
        while not ended.is_set():
            house.dovecot.restart()
            time.sleep(0.7)

    shaking = threading.Thread(target=shake)
    shaking.start()
    try:
        for minute in range(4):
            assert house.once(now=f"2017-03-01T09:0{minute}").returncode in (0, 1)
    finally:
        ended.set()
        shaking.join()
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS)


def test_mail_that_people_move_away_while_it_is_fetched_is_recorded_when_it_comes_back(
    house: House, deliver: Callable
) -> None:
    deliver()
    with house.dovecot.connect() as box:
        box.create("Ailleurs")
    moved: list[str] = []

    def moves(sent: bytes) -> bytes:
        """The first mail before its size is asked for, the second before its bytes are; the third is marked."""
        if b"UID FETCH" in sent:
            moved.append(str(len(moved) + 1))
            with house.dovecot.connect() as other:
                other.select("INBOX")
                other.uid("MOVE", moved[-1], "Ailleurs")
                other.uid("STORE", "3", "+FLAGS", r"(\Seen \Flagged)")
        return sent

    with through(house) as proxy:
        proxy._noted = moves  # type: ignore[method-assign]
        assert house.once().returncode == 0
    assert moved == ["1", "2"]
    assert [taken.recipients[0] for taken in house.sink.taken] == [TOWNS[2][1]]
    with house.dovecot.connect() as box:
        box.select("Ailleurs")
        box.uid("MOVE", "1:*", "INBOX")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, [sender for _, sender in TOWNS])
