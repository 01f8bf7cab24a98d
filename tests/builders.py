"""Values for tests, as a reader would say them: a_call(), a_candidature(), a_letter() …"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.core.arrival import Arrival, LoggedMessage, ReadingState
from pipeline.core.call import Call, Contact, Meeting
from pipeline.core.candidature import Candidature
from pipeline.core.letters import LetterKey, OutgoingLetter, Request
from pipeline.core.person import Person

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    """ "2017-02-28 23:59" in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def a_call(**changes: Any) -> Call:
    """The real call Visions +21."""
    call = Call(
        code="visions21-2017",
        prefix="V21",
        title="Construire une vision prospective partagée pour (ré)orienter son projet de territoire",
        short_title="Visions +21",
        opens=date(2016, 12, 1),
        closes=date(2017, 2, 28),
        places_min=2,
        places_max=3,
        keywords=("visions +21", "visions+21", "vision prospective", "projet de territoire"),
        regions=("32",),
        contact=Contact(
            "Antoine Goxe", "Chargé de mission Territoires durables", "Cerdd", "agoxe@cerdd.org", "03.21.08.52.46"
        ),
        zone=PARIS,
        meetings=(
            Meeting("prep-1", "Première réunion préparatoire : méthodologie de Visions +21", date(2017, 3, 7)),
            Meeting("prep-2", "Deuxième réunion préparatoire : méthodologie de Visions +21", date(2017, 4, 6)),
        ),
    )
    return replace(call, **changes)


def a_candidature(**changes: Any) -> Candidature:
    candidature = Candidature(
        "visions21-2017",
        "V21-001",
        paris("2017-02-20 10:00"),
        True,
        collectivite="Communauté de communes du Ternois",
        kind="CC",
        siren="200069672",
        departements=("62", "80"),
        population=37000,
        in_region=True,
        contact=Person("Marc Delattre", "Chargé de mission", "marc@ternois.example", "+33353016309"),
        subject="Candidature",
    )
    return replace(candidature, **changes)


def a_logged_message(**changes: Any) -> LoggedMessage:
    message = LoggedMessage(
        Arrival("ab" * 32, "INBOX", datetime(2017, 2, 20, 9, 0, tzinfo=UTC), 1000),
        ReadingState.DECIDED,
        message_id="one@ternois.example",
        sender="marc@ternois.example",
        sender_name="Marc Delattre",
        subject="Candidature",
        nature="candidature",
        call="visions21-2017",
        number="V21-001",
        answer="accuse_reception",
        why=("Le texte dit : « nous candidatons ».",),
    )
    return replace(message, **changes)


def a_letter(letter: str = "accuse_reception", **changes: Any) -> OutgoingLetter:
    key = LetterKey("visions21-2017", "V21-001", letter, "ab" * 32, "marc@ternois.example")
    written = OutgoingLetter(key, key.message_id("cerdd.org"), "[V21-001] Accusé", b"raw", paris("2017-02-20 10:05"))
    return replace(written, **changes)


def a_request(letter: str = "convocation", **changes: Any) -> Request:
    return replace(Request(1, "visions21-2017", "V21-001", letter, paris("2017-03-02 10:00")), **changes)
