"""A morning's work that can be begun again and again, to be disturbed each time; and what it must come to."""

import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.demo.post_bag import BEFORE_CLOSING
from pipeline.demo.staff import MEETINGS, type_into
from tests.builders import a_call, paris
from tests.faults.oracle import Seen, look, violations
from tests.line.disturbing import files_of
from tests.line.house import House

DISTURBED, SECOND, THIRD = "2017-03-01T09:10", "2017-03-01T09:20", "2017-03-01T09:30"
YESTERDAY = (BEFORE_CLOSING[1], BEFORE_CLOSING[5])
# A question, a complement, candidatures as Word and zip, a bounce, an absence.
NEWS = (*BEFORE_CLOSING[:1], *BEFORE_CLOSING[2:4], *BEFORE_CLOSING[9:11], BEFORE_CLOSING[12])
POISON = b"From: poison@x.example\r\nSubject: x\r\n" + b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
)
ASKED = {
    "V21-001": {"decision": "Retenu", "request": "Convocation", "notes": "Vu avec le maire"},
    "V21-002": {"request": "Demande de compléments", "missing": "Délibération"},
}
# They tell of a letter that is uncertain; what staff asked for stays in their cell until it has left.
OF_THE_MOMENT = {"À vérifier", "Accusé envoyé le", "Dernier courrier", "Courrier à envoyer"}


@dataclass(frozen=True)
class Morning:
    """What the day before left behind (`before`, with `sent` letters), and what an undisturbed cycle makes of it:
    its passages of each fault point, the `state`, the rows shown, the senders of the mails shown."""

    house: House
    before: Path
    sent: int
    passages: Counter[str]
    state: dict
    shown: list[dict[str, object]]
    senders: list[str]

    def begin_again(self) -> None:
        """Put everything back as the day before left it."""
        for name in ("var", "sheets"):
            shutil.rmtree(self.house.folder / name)
            subprocess.run(["cp", "-a", self.before / name, self.house.folder / name], check=True)
        del self.house.sink.taken[self.sent :]
        with self.house.dovecot.connect() as box:
            box.select("Sent")
            box.store(f"{self.sent + 1}:*", "+FLAGS", r"(\Deleted)")
            box.expunge()

    def converged(self) -> list[str]:
        """Two cycles after a disturbed one; what is not as it must be then."""
        house, mail = self.house, self.house.dovecot.messages()
        wrong = [f"second cycle: {line}" for line in house.cycle(SECOND).troubles]
        files, states = files_of(house.folder / "sheets"), house.letter_states()
        third = house.cycle(THIRD)
        wrong += [f"third cycle: {what}" for what in (*third.troubles, *+third.counts)]
        if (files_of(house.folder / "sheets"), house.letter_states()) != (files, states):
            wrong.append("the third cycle changed something")
        shown = seen(house)
        wrong += violations(shown, self.senders)
        if state_of(house) != self.state or rows_of(shown) != self.shown:
            wrong.append("the state is not that of an undisturbed run")
        if not set(states.values()) <= {"sent", "unknown"}:
            wrong.append(f"letters: {states}")
        if house.dovecot.messages() != mail:
            wrong.append("the mailbox was changed")
        return wrong


def a_morning(house: House, before: Path) -> Morning:
    """`before`: a folder that is not there yet."""
    house.deliver(YESTERDAY)
    assert house.cycle().troubles == []
    type_into(house.tracker, a_call(), "candidatures", ASKED)
    type_into(house.tracker, a_call(), "reunions", MEETINGS)
    house.deliver(NEWS)
    house.dovecot.deliver(POISON, paris("2017-02-20 10:00"))
    sent = len(house.sink.taken)
    subprocess.run(["cp", "-a", house.folder, before], check=True)
    passages, shown = house.passages(DISTURBED), seen(house)
    senders = [str(row["De"]).rpartition("<")[2].rstrip(">") for row in shown.messages]
    assert len(senders) == len(YESTERDAY) + len(NEWS) + 1
    return Morning(house, before, sent, passages, state_of(house), rows_of(shown), senders)


def state_of(house: House) -> dict:
    """As `House.state`, without the Message-IDs: that of a letter which staff asked for tells when they were heard."""
    state = house.state()
    return {**state, "letters": [letter[:3] for letter in state["letters"]]}


def seen(house: House) -> Seen:
    return look(house.tracker.path(a_call()), [(one.recipients, one.raw) for one in house.sink.taken])


def rows_of(shown: Seen) -> list[dict[str, object]]:
    return [{name: cell for name, cell in row.items() if name not in OF_THE_MOMENT} for row in shown.candidatures]
