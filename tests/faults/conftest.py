"""An installation before a real Dovecot, and the oracle that looks at it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage

import pytest

from tests.adapters.imap_proxy import ImapProxy, Toxic
from tests.builders import paris
from tests.faults.morning import Morning, a_morning, seen
from tests.faults.oracle import violations
from tests.line import house as line
from tests.line.house import House

house = line.house
RECEIVED = paris("2017-02-20 10:00")
Town = tuple[str, str]
TOWNS: tuple[Town, ...] = (
    ("Fourmies", "mairie@fourmies.example"),
    ("Marquise", "mairie@marquise.example"),
    ("Hazebrouck", "dgs@hazebrouck.example"),
)


@pytest.fixture
def morning(house: House, tmp_path_factory: pytest.TempPathFactory) -> Morning:
    return a_morning(house, tmp_path_factory.mktemp("before") / "house")


def a_candidature_mail(town: str, sender: str, *, message_id: str = "", extra: str = "") -> bytes:
    mail = EmailMessage()
    mail["Received"] = f"from mx.{town.lower()}.example by mx.cerdd.org; Mon, 20 Feb 2017 10:00:00 +0100"
    mail["From"], mail["To"] = f"Jeanne Petit <{sender}>", "agoxe@cerdd.org"
    mail["Subject"] = "Candidature Visions +21"
    if message_id != "none":
        mail["Message-ID"] = message_id or f"<candidature@{town.lower()}.example>"
    words = f"La ville de {town} est candidate à l'appel à manifestation d'intérêt Visions +21. {extra}"
    mail.set_content(f"Bonjour,\n\n{words}\n\nJeanne Petit\nMaire\nMairie de {town}\n")
    return mail.as_bytes()


@pytest.fixture
def deliver(house: House) -> Callable[..., None]:
    def delivered(*towns: Town, received: datetime = RECEIVED) -> None:
        for town, sender in towns or TOWNS:
            house.dovecot.deliver(a_candidature_mail(town, sender), received)

    return delivered


def settled(house: House, senders: list[str], now: str = "2017-03-01T09:30") -> None:
    """Nothing is wrong, and the next cycle finds nothing to do."""
    assert violations(seen(house), senders) == []
    again = house.cycle(now)
    assert (again.troubles, +again.counts) == ([], Counter())


@contextmanager
def through(house: House, toxic: Toxic = lambda said: said) -> Iterator[ImapProxy]:
    """The house reads its mailbox through a proxy."""
    plain = house.config.read_text("utf-8")
    with ImapProxy(house.dovecot.port, toxic) as proxy:
        text = plain.replace(f"port = {house.dovecot.tls_port}", f"port = {proxy.port}")
        house.config.write_text(text.replace('security = "tls"', 'security = "none"', 1), "utf-8")
        yield proxy
    house.config.write_text(plain, "utf-8")
