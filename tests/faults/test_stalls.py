"""A run that stands still, and a mail whose reading ends the process (T06, T09, T24, T37), before a real Dovecot."""

import os
import re
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.adapters.imap_proxy import ImapProxy
from tests.faults.conftest import RECEIVED, TOWNS, seen, settled
from tests.line.house import NOW, Done, House

SENDERS = [sender for _, sender in TOWNS]
SAID = "the last run stood still and was ended; where it stood is in "


def impatient(house: House, monkeypatch: pytest.MonkeyPatch, fault: str = "", now: str = NOW) -> Done:
    """A run that is ended when it stands still for five seconds."""
    with monkeypatch.context() as changed:
        changed.setenv("VISIONS_STILL_SECONDS", "5")
        return house.once(now=now, fault=fault, apart=True)


def through(house: House, port: int) -> None:
    """Have the mailbox read in clear at that port."""
    text = re.sub(
        r'port = \d+\nsecurity = "\w+"\nca_file', f'port = {port}\nsecurity = "none"\nca_file', house.config.read_text()
    )
    house.config.write_text(text, "utf-8")


def a_byte_at_a_time_from_the_first_mail_on() -> Callable[[bytes], bytes]:
    """What a server says when it has not gone away, and no time limit of a socket is ever over."""
    slow = threading.Event()

    def say(said: bytes) -> bytes:
        if b"BODY[]" in said:
            slow.set()
        if slow.is_set():
            time.sleep(0.5)
            return said[:1]
        return said

    return say


@pytest.mark.parametrize("point", ["fetch", pytest.param("claim", marks=pytest.mark.long)])
def test_T09_a_run_that_hangs_is_ended_and_the_next_one_says_so_and_finishes(
    house: House, deliver: Callable, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    deliver()
    hung = impatient(house, monkeypatch, f"{point}:2:hang")
    assert (hung.returncode, hung.stdout) == (1, "")
    where = house.folder / "var" / "logs"
    (traces,) = where.glob("still-*.txt")
    assert "in point" in traces.read_text()
    after = house.once(now="2017-03-01T09:10")
    assert (after.returncode, after.stderr.startswith(SAID)) == (1, True), after.stderr
    assert [one.name for one in where.glob("*still*")] == ["last-still.txt"]
    assert house.once(now="2017-03-01T09:20").returncode == 0
    settled(house, SENDERS)
    assert len(house.sink.taken) == (2 if point == "claim" else 3)  # of one nobody knows whether it left


@pytest.mark.long
def test_T09_staff_are_told_of_runs_that_hang_at_the_same_step_within_half_an_hour(
    house: House, deliver: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = house.config.read_text("utf-8")
    house.config.write_text(
        text.replace("[limits]", '[staff]\nalerts_to = ["equipe@cerdd.example"]\n[limits]'), "utf-8"
    )
    deliver()
    for minute in (0, 11, 22):
        assert impatient(house, monkeypatch, "fetch:1:hang", f"2017-03-01T09:{minute:02}").returncode == 1
    assert [one.recipients for one in house.sink.taken] == [("equipe@cerdd.example",)]
    assert b"the last run stood still and was ended" in house.sink.taken[0].raw
    assert house.once(now="2017-03-01T09:33").returncode == 1
    assert house.once(now="2017-03-01T09:38").returncode == 0
    assert len(house.sink.taken) == 4


def test_T24_a_server_that_gives_a_byte_now_and_then_does_not_hold_the_worker(
    house: House, deliver: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver()
    with ImapProxy(house.dovecot.port, a_byte_at_a_time_from_the_first_mail_on()) as proxy:
        through(house, proxy.port)
        assert impatient(house, monkeypatch).returncode == 1
        through(house, house.dovecot.port)
    assert house.once(now="2017-03-01T09:10").returncode == 1
    assert house.once(now="2017-03-01T09:20").returncode == 0
    settled(house, SENDERS)


def test_T37_a_mail_that_ends_the_process_three_times_is_a_visible_row_and_the_others_are_answered(
    house: House, deliver: Callable
) -> None:
    deliver()
    for minute in range(3):
        assert house.once(now=f"2017-03-01T09:0{minute}", fault="read:1:kill").returncode == -9
    assert house.once(now="2017-03-01T09:10").returncode == 0
    (first,) = [row for row in seen(house).messages if "interrompu l'assistant" in str(row["Pourquoi"])]
    assert (SENDERS[0] in str(first["De"]), first["Nature"]) == (True, "À trier"), first
    assert sorted(one.recipients[0] for one in house.sink.taken) == sorted(SENDERS[1:])
    settled(house, SENDERS)


def test_T37_deaths_at_different_mails_give_none_of_them_up(house: House, deliver: Callable) -> None:
    deliver()
    for number in (1, 2, 1):
        house.once(fault=f"read:{number}:kill")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    assert len(house.sink.taken) == 3
    settled(house, SENDERS)


@pytest.mark.long
def test_T06_a_mail_for_which_the_memory_is_not_enough_is_a_visible_row_and_the_others_are_answered(
    house: House, deliver: Callable
) -> None:
    house.config.write_text(house.config.read_text("utf-8").replace("[limits]", "[limits]\nmax_message_mb = 200"))
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Jeanne Petit <dgs@cambrai.example>", "agoxe@cerdd.org", "Candidature"
    mail["Message-ID"] = "<heavy@cambrai.example>"
    mail.set_content("La ville de Cambrai est candidate à Visions +21.")
    mail.add_attachment(os.urandom(140_000_000), maintype="application", subtype="pdf", filename="dossier.pdf")
    house.dovecot.deliver(mail.as_bytes(), RECEIVED)
    deliver()
    for minute in range(5):
        done = house.once(now=f"2017-03-01T09:0{minute}", under=["prlimit", "--as=700000000"])
        assert "Traceback" not in done.stderr, done.stderr
    assert sorted(one.recipients[0] for one in house.sink.taken) == sorted(SENDERS)
    assert len(seen(house).messages) == 4
