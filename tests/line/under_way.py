"""A call in the middle of its life, for what happens to it then."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.demo.post_bag import BEFORE_CLOSING
from pipeline.demo.staff import MEETINGS, type_into
from tests.builders import a_call
from tests.conftest import PASSWORD, SHARED_MAILBOX, needs
from tests.line.house import House, furnish
from tests.servers.certificates import Certificate
from tests.servers.dovecot import Dovecot, dovecot_program
from tests.servers.smtp_sink import SmtpSink, Taken


@dataclass(frozen=True)
class Kept:
    """What such a call left in a `folder`: the house's folders and the mailbox; and the letters that left."""

    folder: Path
    letters: tuple[Taken, ...]

    def in_place(self, house: House) -> House:
        """Give all of it to a new house."""
        for name in ("var", "sheets"):
            _copy(self.folder / name, house.folder)
        for box in (self.folder / "mail").iterdir():
            _copy(box, house.dovecot.folder / "mail")
        house.sink.taken.extend(self.letters)
        return house


@pytest.fixture(scope="session")
def kept_under_way(tmp_path_factory: pytest.TempPathFactory, certificate: Certificate) -> Kept:
    """A call that was lived through once, to be copied for each test."""
    needs(dovecot_program(), "Dovecot", "dovecot-imapd")
    server = Dovecot((SHARED_MAILBOX,), PASSWORD, certificate=certificate)
    try:
        with SmtpSink() as sink:
            house = under_way(furnish(tmp_path_factory.mktemp("under-way") / "house", server, sink))
            _copy(server.folder / "mail", house.folder)
            return Kept(house.folder, tuple(sink.taken))
    finally:
        server.stop()


def _copy(path: Path, into: Path) -> None:
    """With owners and times."""
    subprocess.run(["cp", "-a", path, into], check=True)


def under_way(house: House) -> House:
    """Three mails, two candidatures, one convoked; staff's words."""
    call = a_call()
    house.deliver(BEFORE_CLOSING[1:4])
    assert house.once().returncode == 0
    asked = {"V21-001": {"decision": "Retenu", "notes": "à appeler", "request": "Convocation"}}
    type_into(house.tracker, call, "candidatures", asked)
    type_into(house.tracker, call, "reunions", MEETINGS)
    assert house.once(now="2017-03-02T10:00").returncode == 0
    assert len(house.sink.taken) == 4
    return house
