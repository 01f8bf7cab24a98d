"""What the people who run the worker do (T80): they stop it, forget that a call is over, open two at once."""

from collections.abc import Callable

import pytest

from tests.builders import a_call
from tests.faults.conftest import RECEIVED, TOWNS, a_candidature_mail, settled
from tests.faults.oracle import look
from tests.faults.test_process import started
from tests.line.house import House
from tests.servers.dovecot import until

SENDERS = [sender for _, sender in TOWNS]
OTHER = """\
code = "plan-velo-2017"
prefix = "VEL"
title = "Plan vélo des communes"
opens = 2017-01-01
closes = 2017-03-31
keywords = ["plan vélo"]
[contact]
name = "Claire Petit"
email = "claire@cerdd.org"
"""


def test_T80_a_stop_file_stops_every_cycle_and_is_shown_until_it_is_removed(house: House, deliver: Callable) -> None:
    deliver()
    stop = house.folder / "var" / "STOP"
    stop.parent.mkdir()
    stop.touch()
    stopped = house.once()
    assert (stopped.returncode, stopped.stdout) == (1, "Nothing new.\n")
    assert stopped.stderr == (
        f"{stop}: somebody stopped the worker; nothing is read or sent until that file is removed.\n"
    )
    assert f"stopped by: {stop}" in house.run("status").stdout
    stop.unlink()
    assert house.sink.taken == []
    assert house.once(now="2017-03-01T09:05").returncode == 0
    settled(house, SENDERS)


def test_T80_a_stop_file_halts_a_cycle_under_way_before_the_next_letter(house: House, deliver: Callable) -> None:
    deliver()
    house.sink.wait_after(letters=1)
    process = started(house, "2017-03-01T09:00")
    until(lambda: house.sink.taken, "no letter left", seconds=60)
    stop = house.folder / "var" / "STOP"
    stop.touch()
    house.sink.go_on()
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 1 and f"{stop}: somebody stopped the worker" in said
    assert len(house.sink.taken) == 1
    stop.unlink()
    assert house.once(now="2017-03-01T09:05").returncode == 0
    assert len(house.sink.taken) == 3
    settled(house, SENDERS)


@pytest.mark.long
def test_T80_a_call_that_is_over_is_not_answered_again(house: House, deliver: Callable) -> None:
    deliver()
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 3
    for moment in ("2017-03-07T08:00", "2019-06-01T09:00"):
        assert house.once(now=moment).returncode == 0
    assert len(house.sink.taken) == 3


def test_T80_two_calls_over_one_mailbox_each_get_their_own_mail(house: House, deliver: Callable) -> None:
    (house.folder / "config" / "calls" / "plan-velo-2017.toml").write_text(OTHER, "utf-8")
    deliver(TOWNS[0])
    for_other = a_candidature_mail(*TOWNS[1]).replace(b"Visions +21", "plan vélo".encode())
    house.dovecot.deliver(for_other, RECEIVED)
    done = house.once()
    assert done.returncode == 0, done.stderr
    subjects = {code: look_at(house, code) for code in ("visions21-2017", "plan-velo-2017")}
    assert subjects == {"visions21-2017": [("V21-001", SENDERS[0])], "plan-velo-2017": [("VEL-001", SENDERS[1])]}
    assert sorted(taken.recipients[0] for taken in house.sink.taken) == sorted(SENDERS[:2])


@pytest.mark.parametrize(
    ("line", "other", "says"),
    [
        (
            'code   = "visions21-2017"',
            'code = "visions21"',
            "would number its candidatures V21-001 …, as visions21-2017 does, which no file describes. A call keeps "
            'its code: write code = "visions21-2017" again. For another call, choose another prefix.',
        ),
        pytest.param(
            'prefix = "V21"',
            'prefix = "VIS"',
            "has the prefix VIS, and its candidatures are numbered otherwise (V21-001 …): write the prefix they have; "
            "people know their number.",
            marks=pytest.mark.long,
        ),
    ],
)
def test_T80_a_call_renamed_under_way_is_refused_and_its_mail_waits(
    house: House, deliver: Callable, line: str, other: str, says: str
) -> None:
    deliver(TOWNS[0])
    assert house.once().returncode == 0
    described = house.folder / "config" / "calls" / "visions21-2017.toml"
    text = described.read_text("utf-8")
    assert line in text
    described.write_text(text.replace(line, other), "utf-8")
    deliver(TOWNS[1])
    for command in ("once", "check"):
        done = house.run(command, now="2017-03-01T09:05")
        assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert len(house.sink.taken) == 1
    described.write_text(text, "utf-8")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    settled(house, SENDERS[:2])


def look_at(house: House, code: str) -> list[tuple[object, object]]:
    found = look(house.tracker.path(a_call(code=code)), [])
    return [(row["N°"], row["Courriel"]) for row in found.candidatures]
