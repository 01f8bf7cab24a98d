"""The whole of it through an office: taken in from a mailbox, archived, read, filed. What became of each message."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.archive import DiskArchive
from pipeline.core.arrival import ReadingState
from pipeline.intake import collect_mail
from pipeline.ports import Fetched, Office
from pipeline.reading import read_mail
from tests.proofs.mail.judging import RECEIVED
from tests.proofs.mail.subjects import Subject
from tests.steps.a_house import PlayedMailbox, an_office

NOT_JUDGED = "n'a pas pu être analysé"


def recorded(subjects: Sequence[Subject]) -> tuple[Counter[str], list[str]]:
    """How many messages got which state or nature, and those that are lost or came out with a fault."""
    with tempfile.TemporaryDirectory() as folder, an_office(Path(folder)) as office:
        assert isinstance(office.mailbox, PlayedMailbox)
        office.mailbox.mails.extend(
            Fetched(place, subject.raw, RECEIVED) for place, subject in enumerate(subjects, start=1)
        )
        for watched in office.mailbox.folders():
            collect_mail(office, watched)
        read_mail(office)
        found = [(subject, _became(office, subject)) for subject in subjects]
    return Counter(state for _, state in found), [f"{one.name}: {state}" for one, state in found if "!" in state]


def _became(office: Office, subject: Subject) -> str:
    sha256 = hashlib.sha256(subject.raw).hexdigest()
    row = office.ledger.mail.get(sha256)
    assert isinstance(office.archive, DiskArchive)
    if row is None or office.archive.read(sha256) != subject.raw:
        return "! lost"
    if row.state is ReadingState.UNREADABLE:
        return f"! {row.why}" if NOT_JUDGED in " ".join(row.why) else "given up, visibly"
    return row.nature or f"! {row.state}"
