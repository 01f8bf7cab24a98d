"""A rebuilt ledger dates mails that are in no mailbox any more, and that no server dates, by what is known of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.cycle import run_cycle
from pipeline.ports import Office
from pipeline.reading import read_mail
from pipeline.recovery import rebuild
from tests.builders import a_call, paris
from tests.steps.a_house import an_office
from tests.steps.test_limits_and_promises import a_candidature_mail

CALL = a_call()
IN_TIME, RECOVERY = paris("2017-02-20 10:00"), paris("2017-03-05 10:00")


@contextmanager
def rebuilt(folder: Path, kept: datetime, tracker: bool) -> Iterator[Office]:
    """An office that received a candidature and lost its ledger, and the tracker perhaps; its mailbox is empty."""
    with an_office(folder) as office:
        office.mailbox.mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))  # type: ignore[attr-defined]
        assert run_cycle(office).troubles == []
    for path in (folder / "var").glob("ledger.sqlite3*"):
        path.unlink()
    if not tracker:
        (folder / "sheets" / CALL.code / "suivi.xlsx").unlink()
    (raw,) = (folder / "var" / "raw").rglob("*.eml")
    os.utime(raw, (kept.timestamp(), kept.timestamp()))
    with an_office(folder) as office:
        office.clock.moment = RECOVERY  # type: ignore[attr-defined]
        rebuild(office)
        read_mail(office)
        yield office


def known(office: Office) -> tuple[datetime, datetime, bool | None]:
    """When the mail and its candidature were received, and whether it is in time."""
    (mail,), (one,) = office.ledger.mail.messages(), office.ledger.candidatures.all(CALL.code)
    return mail.arrival.received, one.received, one.in_time


def test_by_the_row_that_showed_it(tmp_path: Path) -> None:
    with rebuilt(tmp_path, kept=RECOVERY, tracker=True) as office:
        assert known(office) == (IN_TIME, IN_TIME, True)


def test_by_the_moment_at_which_it_was_archived_where_no_row_shows_it(tmp_path: Path) -> None:
    kept = paris("2017-02-20 10:01")
    with rebuilt(tmp_path, kept, tracker=False) as office:
        assert known(office) == (kept, kept, True)


def test_and_is_not_late_because_its_file_was_copied_after_the_deadline(tmp_path: Path) -> None:
    with rebuilt(tmp_path, kept=paris("2017-03-04 10:00"), tracker=False) as office:
        assert known(office)[2] is None
        (one,) = office.ledger.candidatures.all(CALL.code)
        assert one.to_check[0].startswith("Délai à vérifier\u00a0: ce fichier ne dit pas quand un serveur l'a reçu")
        assert office.ledger.mail.to_answer() == []


def test_nor_dated_in_a_time_to_come(tmp_path: Path) -> None:
    with rebuilt(tmp_path, kept=paris("2018-01-01 10:00"), tracker=False) as office:
        assert known(office) == (RECOVERY, RECOVERY, None)
