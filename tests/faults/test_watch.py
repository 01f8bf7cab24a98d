"""Faults that nobody sees: another installation on the same mailbox (T10), mail filed away before it is read (T17), a
server that hides mail and a worker that is silently dead (T78).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.conftest import RECEIVED, TOWNS, a_candidature_mail, seen, settled, through
from tests.faults.oracle import violations
from tests.line.house import House, furnish
from tests.servers.listener import listening

SENDERS = [sender for _, sender in TOWNS]
RIVAL = "another installation answers this mailbox"


@pytest.fixture
def second(house: House, tmp_path: Path) -> House:
    """Another installation over the same mailbox and mail server: ledger, state and sheets of its own."""
    return furnish(tmp_path / "second", house.dovecot, house.sink)


def changed(house: House, before: str, after: str) -> None:
    text = house.config.read_text("utf-8")
    assert before in text
    house.config.write_text(text.replace(before, after), "utf-8")


def test_T10_a_second_installation_refuses_to_send_and_the_first_learns_of_it(
    house: House, second: House, deliver: Callable
) -> None:
    deliver(*TOWNS[:2])
    assert house.once().returncode == 0
    before = house.dovecot.messages()
    deliver(TOWNS[2])
    refused = second.once(now="2017-03-01T09:05")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "2 letters about V21-001, V21-002" in refused.stderr and RIVAL in refused.stderr
    assert "FAIL  mailbox: the Sent folder holds 2 letters" in second.run("check", now="2017-03-01T09:06").stderr
    assert len(house.sink.taken) == 2
    assert house.dovecot.messages()[: len(before)] == before
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS)


@pytest.mark.long
def test_T10_a_new_installation_takes_over_with_recover_and_writes_to_nobody_again(
    house: House, second: House, deliver: Callable
) -> None:
    deliver(*TOWNS[1:])
    assert house.once().returncode == 0
    deliver(TOWNS[0])
    assert second.once(now="2017-03-01T09:05").returncode == 1
    recovered = second.run("recover", now="2017-03-01T09:06")
    assert recovered.returncode == 0, recovered.stderr
    assert "answers found sent: 2" in recovered.stdout and "answers to confirm: 1" in recovered.stdout
    assert second.once(now="2017-03-01T09:10").returncode == 0
    assert len(house.sink.taken) == 2
    assert violations(seen(second), SENDERS) == []
    # The first one, should anybody start it again, is no rival: the second sent nothing yet.
    deliver(("Bailleul", "mairie@bailleul.example"))
    assert second.once(now="2017-03-01T09:15").returncode == 0
    assert len(house.sink.taken) == 3
    refused = house.once(now="2017-03-01T09:20")
    assert refused.returncode == 1 and RIVAL in refused.stderr
    assert len(house.sink.taken) == 3


@pytest.mark.long
def test_T10_answers_under_other_numbers_are_known_by_the_mail_they_answer(
    house: House, second: House, deliver: Callable
) -> None:
    deliver(TOWNS[0])
    assert house.once().returncode == 0
    # The second looks at two more mails, received before: its numbers are others.
    for town, sender in TOWNS[1:]:
        house.dovecot.deliver(a_candidature_mail(town, sender), RECEIVED.replace(day=10))
    assert second.once(now="2017-03-01T09:05").returncode == 1
    recovered = second.run("recover", now="2017-03-01T09:06")
    assert "answers found sent: 1" in recovered.stdout and "answers to confirm: 2" in recovered.stdout
    assert second.once(now="2017-03-01T09:10").returncode == 0
    assert [taken.recipients for taken in house.sink.taken] == [(SENDERS[0],)]


def test_T10_a_letter_that_waits_here_and_was_sent_by_the_other_is_not_sent_again(
    house: House, second: House, deliver: Callable
) -> None:
    deliver(TOWNS[0])
    house.sink.refuse("CONNECT", "421 4.3.2 Come back later")
    assert house.once().returncode == 1
    house.sink.faults.clear()
    assert second.once(now="2017-03-01T09:05").returncode == 0
    assert len(house.sink.taken) == 1
    refused = house.once(now="2017-03-01T09:10")
    assert refused.returncode == 1 and RIVAL in refused.stderr
    recovered = house.run("recover", now="2017-03-01T09:11")
    assert "answers found sent: 1" in recovered.stdout
    assert house.once(now="2017-03-01T09:15").returncode == 0
    assert len(house.sink.taken) == 1


@pytest.mark.long
def test_T10_what_staff_and_other_programs_put_into_sent_stops_nobody(house: House, deliver: Callable) -> None:
    ours = "0123456789abcdef0123456789abcdef@cerdd.org"  # as some webmails make them too
    for head in (
        f"Message-ID: <{ours}>\r\nSubject: Re: [V21-001] Candidature",
        f"Message-ID: <{ours}>\r\nSubject: [X99-001] Autre appel\r\nAuto-Submitted: auto-replied",
        "Message-ID: <AB12@cerdd.org>\r\nSubject: [V21-001] Absence\r\nAuto-Submitted: auto-replied",
        "Subject: [V21-001] sans\r\nAuto-Submitted: auto-replied",
    ):
        house.dovecot.deliver(f"From: agoxe@cerdd.org\r\n{head}\r\n\r\nBonjour\r\n".encode(), RECEIVED, "Sent")
    deliver()
    assert house.once().returncode == 0
    settled(house, SENDERS)


def test_T10_looking_for_a_rival_costs_an_idle_cycle_two_questions(house: House, deliver: Callable) -> None:
    deliver()
    assert house.once().returncode == 0
    assert house.once(now="2017-03-01T09:05").returncode == 0
    with through(house) as proxy:
        assert house.once(now="2017-03-01T09:10").stdout == "Nothing new.\n"
    asked = [re.sub(rb"^\S+ ", b"", line).decode() for line in proxy.lines]
    assert [one for one in asked if not one.startswith(("CAPABILITY", "LOGOUT", "NAMESPACE"))] == [
        'EXAMINE "INBOX"',
        'LIST "" "*"',
        'STATUS "Sent" (UIDVALIDITY UIDNEXT MESSAGES)',
    ]


def test_T10_a_new_ledger_sends_nothing_before_it_looked_into_the_sent_folder(house: House, deliver: Callable) -> None:
    deliver()
    refusing = re.compile(rb"^(\S+) OK (Status completed)", re.MULTILINE)
    with through(house, lambda said: refusing.sub(rb"\1 NO \2", said)):
        refused = house.once()
    assert refused.returncode == 1 and "refused a command" in refused.stderr
    assert house.sink.taken == []
    assert len(seen(house).candidatures) == 3
    assert house.once(now="2017-03-01T09:05").returncode == 0
    settled(house, SENDERS)


def test_T17_mail_filed_into_a_watched_folder_is_one_row_and_one_letter_whenever_it_was_moved(
    house: House, deliver: Callable
) -> None:
    changed(house, "[mailbox]\n", '[mailbox]\nfolders = ["INBOX/AMI"]\n')
    deliver()
    with house.dovecot.connect() as client:
        client.create("INBOX/AMI")
        client.select("INBOX")
        client.uid("MOVE", "1", "INBOX/AMI")  # before the first poll
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 3
    with house.dovecot.connect() as client:
        client.select("INBOX")
        client.uid("MOVE", "2", "INBOX/AMI")  # between two polls
    again = house.once(now="2017-03-01T09:10")
    assert (again.returncode, len(house.sink.taken)) == (0, 3)
    assert len(seen(house).candidatures) == 3
    settled(house, SENDERS)


def test_T17_a_watched_folder_that_is_not_there_is_said_once_and_the_others_are_read(
    house: House, deliver: Callable
) -> None:
    changed(house, "[mailbox]\n", '[mailbox]\nfolders = ["INBOX/AMI", "INBOX/Divers"]\n')
    with house.dovecot.connect() as client:
        client.create("INBOX/Divers")
    deliver(*TOWNS[:2])
    house.dovecot.deliver(a_candidature_mail(*TOWNS[2]), RECEIVED, "INBOX/Divers")
    for minute in (0, 5):
        done = house.once(now=f"2017-03-01T09:{minute:02d}")
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith(
            "INBOX/AMI cannot be opened: make it in the mailbox, or correct [mailbox] folder or folders. "
        )
    assert len(house.sink.taken) == 3
    with house.dovecot.connect() as client:
        client.create("INBOX/AMI")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS)


HIDDEN = re.compile(rb"^\* SEARCH[ \d]*\r$", re.MULTILINE)


def test_T78_mail_that_the_search_hides_is_fetched_and_staff_are_told_at_once(house: House, deliver: Callable) -> None:
    changed(house, "[limits]", '[staff]\nalerts_to = ["equipe@cerdd.example"]\n[limits]')
    deliver(TOWNS[0])
    assert house.once().returncode == 0
    deliver(*TOWNS[1:])
    with through(house, lambda said: HIDDEN.sub(b"* SEARCH\r", said)):
        for minute in (5, 10):
            told = house.once(now=f"2017-03-01T09:{minute:02d}")
            assert (told.returncode, told.stderr) == (
                1,
                "INBOX: the mail server holds 2 mails that its search does not show; fetched all the same. "
                "Tell whoever runs that server, its index is damaged.\n",
            )
    alerts = [taken for taken in house.sink.taken if taken.recipients == ("equipe@cerdd.example",)]
    assert len(alerts) == 1
    assert violations(replace(seen(house), sent=[]), SENDERS) == []
    assert house.once(now="2017-03-01T09:15").returncode == 0  # honest again
    assert len(house.sink.taken) == 4
    settled(house, SENDERS)


@pytest.mark.long
def test_T78_mail_that_is_not_counted_by_the_search_of_a_whole_day_is_found_by_the_daily_count(
    house: House, deliver: Callable
) -> None:
    deliver(*TOWNS[:2])
    lie = re.compile(rb"^\* SEARCH 1 2\r$", re.MULTILINE)
    with through(house, lambda said: lie.sub(b"* SEARCH 2\r", said)):
        told = house.once()
    assert told.returncode == 1 and "holds 1 mail " in told.stderr
    assert house.once(now="2017-03-01T09:05").returncode == 0
    settled(house, SENDERS[:2])


@pytest.mark.long
def test_T78_mail_from_before_the_first_day_is_not_taken_for_hidden(house: House, deliver: Callable) -> None:
    deliver(TOWNS[0])
    assert house.once().returncode == 0
    deliver(TOWNS[1], received=RECEIVED.replace(year=2015))
    assert house.once(now="2017-03-01T09:05").returncode == 0
    with through(house) as proxy:
        assert house.once(now="2017-03-01T09:10").returncode == 0
    assert sum(b"FETCH" in line for line in proxy.lines) == 0
    settled(house, SENDERS[:1])


def test_T78_only_a_cycle_without_trouble_gives_a_sign_of_life_and_need_not_be_heard(
    house: House, deliver: Callable
) -> None:
    with listening(codes=[500, 503]) as listener:
        changed(house, "[limits]", f'[ledger]\nheartbeat_url = "{listener.url}"\n[limits]')
        deliver()
        with through(house, lambda said: None):
            assert house.once().returncode == 1
        assert listener.heard == []
        done = house.once(now="2017-03-01T09:05")
        assert (done.returncode, done.stderr, listener.heard) == (0, "", ["/ping/abc"] * 2)
