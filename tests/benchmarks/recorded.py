"""Candidatures put straight into a ledger, each with its mail and its letter, as if they had come and been answered."""

import hashlib
from dataclasses import replace

from pipeline.core.delivery import LetterState
from pipeline.core.person import Person
from pipeline.ports import Office
from tests.benchmarks.installation import NOW, Installation
from tests.builders import a_candidature, a_letter, a_logged_message, paris

AT_ONCE = 500  # candidatures in one transaction
RECEIVED = paris("2017-02-20 10:00")
TRACKER_CYCLES = 2


def record(place: Installation, count: int) -> None:
    """So many of them into the ledger, then cycles until the tracker shows them all and nothing is left to do."""
    with place.house.office(NOW) as office:
        for start in range(0, count, AT_ONCE):
            with office.ledger.transaction():
                for number in range(start, min(start + AT_ONCE, count)):
                    _record_one(office, number)
    for hour in range(TRACKER_CYCLES):
        place.prepare(f"2017-03-01T1{hour}:00")
    assert len(place.house.seen().sheets["candidatures"].rows) == count


def _record_one(office: Office, number: int) -> None:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    email = f"contact{number}@collectivite-{number}.example"
    opened = office.ledger.candidatures.open(
        a_candidature(
            number="",
            received=RECEIVED,
            collectivite=f"Collectivité n° {number}",
            siren=f"2{number:08}",
            contact=Person(f"Jeanne Petit {number}", "Maire", email, "+33321000000"),
            subject=f"Candidature de la collectivité n° {number}",
        ),
        "V21",
    )
    blank = a_logged_message()
    message = replace(
        blank,
        arrival=replace(blank.arrival, sha256=digest, received=RECEIVED),
        message_id=f"{number}@recorded.example",
        content_digest=digest,
        sender=email,
        number=opened.number,
    )
    office.ledger.mail.record(message.arrival, None)
    office.ledger.mail.decide(message)
    letter = a_letter(raw=b"Subject: Candidature bien recue\r\n\r\n" + b"Bonjour,\r\n" * 400, created=RECEIVED)
    key = replace(letter.key, number=opened.number, occasion=digest, recipient=email)
    sent = replace(letter, key=key, message_id=key.message_id("cerdd.org"), state=LetterState.SENT, sent=RECEIVED)
    office.ledger.outbox.queue(replace(sent, in_sent_folder=True))
