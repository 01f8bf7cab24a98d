"""The proof over convocations: the worker is killed at each recipient, and each letter still goes to its own person.

    python -m tests.proofs.convocations [--count 150]

A real Dovecot, an SMTP server that keeps what it takes, the program as a process of its own. Every cycle is killed at
the next letter: before it leaves, while it leaves, after the server took it, in turn; until nothing is left. Then
every mail taken went to the contact of the candidature named in its subject, with an invitation for that contact, and
no letter was taken twice. Exits with 1 otherwise.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from itertools import cycle
from pathlib import Path

from pipeline.commands.office import opened_office
from pipeline.core.delivery import LetterState
from pipeline.core.person import Person
from pipeline.demo.applicants import invitations_in
from pipeline.demo.staff import MEETINGS, type_into
from tests.builders import a_call, a_candidature
from tests.line.house import House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

CALL = a_call()
KILLS = ("claim:1:kill", "send:1:kill", "sent:1:kill")
NOW = "2017-03-02T10:00"


@dataclass(frozen=True)
class Outcome:
    """What the server took, and what is wrong with it; letters by state."""

    taken: int
    kills: int
    states: Counter[str]
    wrong: tuple[str, ...]


def convoked(house: House, count: int) -> None:
    """So many laureates, each with a contact of their own, for whom a convocation is asked."""
    text = house.config.read_text("utf-8").replace("[limits]\n", "[limits]\nconfirm_above = 100000\n")
    house.config.write_text(text, "utf-8")
    with opened_office({"config": house.config, "now": None}, environment={"HOUSE_PASSWORD": "secret"}) as office:
        for number in range(1, count + 1):
            contact = Person(f"Camille Dupont{chr(97 + number % 26)}", "", f"contact{number}@commune{number}.example")
            office.ledger.candidatures.open(a_candidature(contact=contact), CALL.prefix)
    house.once(now=NOW)
    asked = {f"V21-{number:03d}": {"decision": "Retenu", "request": "Convocation"} for number in range(1, count + 1)}
    type_into(house.tracker, CALL, "candidatures", asked)
    type_into(house.tracker, CALL, "reunions", MEETINGS)


def killed_at_each(house: House, count: int) -> Outcome:
    """Kill a cycle at every letter, then let one end."""
    convoked(house, count)
    kills = 0
    for kill in cycle(KILLS):
        done = house.once(now=NOW, fault=kill)
        if done.returncode != -9:
            break
        kills += 1
    states = Counter(house.letter_states().values())
    return Outcome(len(house.sink.taken), kills, states, tuple(wrong_in(house)))


def wrong_in(house: House) -> list[str]:
    """Each mail that went to somebody else, invites somebody else, or was taken twice."""
    wrong = []
    for taken in house.sink.taken:
        mail = message_from_bytes(taken.raw, policy=default)
        named = re.match(r"\[V21-(\d+)\] Convocation", str(mail["Subject"]))
        expected = f"contact{int(named[1])}@commune{int(named[1])}.example" if named else "?"
        guests = {str(one.walk("VEVENT")[0]["ATTENDEE"]).removeprefix("mailto:") for one in invitations_in(taken.raw)}
        if taken.recipients != (expected,) or guests != {expected} or expected not in str(mail["To"]):
            wrong.append(f"{mail['Subject']}: {taken.recipients}, {guests}")
    return [*wrong, *(f"{letter}: {copies} copies" for letter, copies in house.copies().items() if copies > 1)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and print it."""
    parser = argparse.ArgumentParser(description="The proof over convocations")
    parser.add_argument("--count", type=int, default=150)
    count = parser.parse_args(arguments).count
    server = Dovecot()
    try:
        with tempfile.TemporaryDirectory() as folder, SmtpSink() as sink:
            outcome = killed_at_each(furnish(Path(folder), server, sink), count)
    finally:
        server.stop()
    states = ", ".join(f"{number} {state}" for state, number in sorted(outcome.states.items()))
    print(f"{count} convocations, {outcome.kills} kills: {outcome.taken} taken by the server; in the ledger {states}")
    print(f"to the wrong person, or twice: {len(outcome.wrong)}", *outcome.wrong, sep="\n")
    settled = outcome.states[LetterState.SENT] + outcome.states[LetterState.UNKNOWN]
    return 1 if outcome.wrong or settled != count else 0


if __name__ == "__main__":
    sys.exit(main())
