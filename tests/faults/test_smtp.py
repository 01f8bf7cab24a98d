"""Faults of the SMTP server on the whole line (T55 to T58): ill for one cycle, well in the next.

Every step against every fault is in tests/adapters/test_smtp_faults.py; here the ledger, the tracker and the next
cycles are looked at as well.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from pipeline.core.delivery import LetterState
from pipeline.demo.staff import type_into
from tests.adapters.test_smtp_faults import FAULTS, REWRITTEN, expected
from tests.builders import a_call
from tests.faults.conftest import TOWNS, seen
from tests.faults.oracle import violations
from tests.line.house import House, furnish
from tests.servers.certificates import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Moment, SmtpSink

SENDERS = [sender for _, sender in TOWNS]
QUICK = {("AUTH", "4xx"), ("RCPT", "5xx"), ("DATA", "drop"), ("BODY", "drop"), ("DOT", "drop")}
# A server that says "250" before the final dot and does not take the letter lies, and cannot be seen through.
A_LIE = ("BODY", "rewritten")
SILENCES = ("CONNECT", "RCPT", "DOT")  # each lasts as long as the product waits: 30 seconds, 120 after the dot
CASES = [
    (moment, fault)
    for moment in get_args(Moment)
    for fault in FAULTS
    if (moment, fault) != A_LIE and (fault != "stall" or moment in SILENCES)
]


@pytest.fixture
def house(tmp_path: Path, dovecot: Dovecot, certificate: Certificate) -> Iterator[House]:
    with SmtpSink(certificate.server_context(), "starttls") as sink:
        one = furnish(tmp_path, dovecot, sink)
        secured = f'port = {sink.port}\nsecurity = "starttls"\nca_file = "{certificate.ca_file}"'
        plain = one.config.read_text("utf-8")
        one.config.write_text(plain.replace(f'port = {sink.port}\nsecurity = "none"', secured), "utf-8")
        yield one


def is_refused_again(moment: Moment, fault: str) -> bool:
    """Whether the second letter is refused in the words of the first: then it is none of its own."""
    return fault == "5xx" and moment in ("RCPT", "DATA", "DOT")


def allowed(moment: Moment, fault: str) -> set[str]:
    """The states a letter may have after a cycle before a server that is ill.

    A letter as small as ours is in the network, its final dot as well, before a server that stops listening is heard:
    then nobody knows, unless the answer still comes.
    """
    if moment == "BODY":
        return {"retry", "unknown", "refused"} if fault == "5xx" else {"retry", "unknown"}
    if is_refused_again(moment, fault):
        return {"refused", "retry"}
    return {str(expected(moment, fault)[0])}


@pytest.mark.parametrize(
    ("moment", "fault"),
    [pytest.param(*case, marks=[] if case in QUICK else [pytest.mark.long]) for case in CASES],
)
def test_T55_a_server_that_is_ill_for_a_cycle_costs_no_letter_and_makes_no_second_copy(
    house: House, deliver: Callable, moment: Moment, fault: str
) -> None:
    towns = TOWNS[:1] if fault == "stall" else TOWNS[:2]
    deliver(*towns)
    house.sink.refuse(moment, REWRITTEN[moment] if fault == "rewritten" else FAULTS[fault])
    report = house.cycle("2017-03-01T09:00")
    states = house.letter_states()
    assert len(states) == len(towns)
    assert set(states.values()) <= allowed(moment, fault), states
    if is_refused_again(moment, fault):
        assert sorted(states.values()) == ["refused", "retry"]
    if (moment, fault) != ("BODY", "5xx"):  # whose answers may be heard of one letter, of both or of none
        waits = LetterState.QUEUED in states.values() or is_refused_again(moment, fault)
        assert (report.troubles != []) == waits
    assert len(seen(house).candidatures) == len(towns)  # the tracker waits for no server

    house.sink.faults.clear()
    assert house.cycle("2017-03-01T09:10").troubles == []
    after = house.letter_states()
    again = {"queued": "sent", "retry": "sent"}
    assert after == {letter: again.get(state, state) for letter, state in states.items()}
    assert {count for letter, count in copies(house).items() if after[letter] == "sent"} <= {1}
    assert sum(copies(house).values()) >= list(after.values()).count("sent")
    third = house.cycle("2017-03-01T09:20")
    assert (third.troubles, +third.counts) == ([], Counter())
    assert violations(seen(house), SENDERS[: len(towns)]) == []


def copies(house: House) -> Counter[str]:
    return Counter({letter: count for (letter, _), count in house.copies().items()})


def test_T58_a_server_that_refuses_whatever_is_sent_costs_the_first_letter_alone(
    house: House, deliver: Callable
) -> None:
    deliver()
    house.sink.refuse("DOT", "554 5.7.1 Daily sending quota exceeded")
    for now in ("2017-03-01T09:00", "2017-03-01T09:05", "2017-03-01T09:10"):
        refused = house.once(now)
        assert refused.returncode == 1
        assert refused.stderr.startswith("the SMTP server refuses one letter after the other (554 5.7.1 daily sending")
    assert sorted(house.letter_states().values()) == ["refused", "retry", "retry"]
    assert house.sink.messages == 4  # one in each cycle, after the first letter of the first one
    house.sink.faults.clear()
    house.sink.refuse("RCPT", "451 4.7.1 Try later")
    house.cycle("2017-03-01T12:00")
    house.sink.faults.clear()
    house.sink.refuse("DOT", "554 5.7.1 Daily sending quota exceeded")
    assert house.once("2017-03-01T18:00").returncode == 1
    assert sorted(house.letter_states().values()) == ["refused", "retry", "retry"]

    house.sink.faults.clear()
    assert house.once("2017-03-02T09:00").returncode == 0
    assert sorted(house.letter_states().values()) == ["refused", "sent", "sent"]
    first = next(row for row in seen(house).candidatures if row["À vérifier"])
    assert "non pour l'adresse mais par précaution (554 5.7.1" in str(first["À vérifier"])
    type_into(house.tracker, a_call(), "candidatures", {str(first["N°"]): {"request": "Accusé de réception"}})
    assert house.once("2017-03-02T09:05").returncode == 0
    assert sorted(taken.recipients[0] for taken in house.sink.taken) == sorted(SENDERS)


def test_T58_unknown_addresses_one_after_the_other_are_no_refusal_of_all(house: House, deliver: Callable) -> None:
    deliver()
    house.sink.refuse("RCPT", "550 5.1.1 User unknown")
    assert house.once().returncode == 0
    assert set(house.letter_states().values()) == {"refused"}
