"""What the calendars of applicants answer, read from their mail into the tracker."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path

from pipeline.core.merge import CellValue
from pipeline.cycle import run_cycle
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.ports import Fetched, Office
from tests.builders import a_call, a_candidature, paris
from tests.steps.a_house import an_office_after

CALL = a_call()
UID = "visions21-2017.V21-001.prep-1@cerdd.org"


def answer(office: Office, uid: int, method: str, partstat: str, event: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "marc@ternois.example", "agoxe@cerdd.org", "Accepté"
    mail["Message-ID"] = f"<{uid}@ternois.example>"
    mail.set_content("")
    attendee = f"ATTENDEE;PARTSTAT={partstat}:mailto:marc@ternois.example"
    lines = (f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{UID}", attendee, event, "END:VEVENT")
    mail.add_alternative("\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")), subtype="calendar")
    office.mailbox.mails.append(Fetched(uid, mail.as_bytes(), paris("2017-03-02 11:00")))  # type: ignore[attr-defined]


def row(office: Office, moment: str) -> dict[str, CellValue]:
    """The row of the one candidature after a cycle at that moment."""
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    assert run_cycle(office).troubles == []
    seen = office.tracker.read(CALL)
    assert seen is not None
    return seen.sheets["candidatures"].rows[0].values


def convoked(office: Office) -> None:
    office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    run_cycle(office)
    type_into(office.tracker, CALL, "reunions", MEETINGS)
    asked = {"V21-001": {"decision": "Retenu", "request": "Convocation"}}
    type_into(office.tracker, CALL, "candidatures", asked)
    assert row(office, "2017-03-02 10:00")["meeting:prep-1"] == "invité"


def test_a_late_answer_to_the_date_before_is_said_and_one_to_the_new_date_counts(tmp_path: Path) -> None:
    with an_office_after(convoked, folder=tmp_path) as office:
        type_into(office.tracker, CALL, "reunions", {"prep-1": {"date": date(2017, 3, 14)}})
        answer(office, 1, "REPLY", "ACCEPTED", "DTSTART:20170307T130000Z\r\nSEQUENCE:0")
        late = row(office, "2017-03-02 11:05")
        assert late["meeting:prep-1"] == "invité"
        title = "Première réunion préparatoire : méthodologie de Visions +21"
        assert late["to_check"] == (
            f"La réponse « accepté » de marc@ternois.example à « {title} » concerne une invitation remplacée depuis "
            "(le 7 mars 2017 à 14 h)\u00a0: elle n'est pas comptée. Inscrivez-la dans la colonne de la réunion si elle "
            "vaut encore."
        )
        answer(office, 2, "REPLY", "DECLINED", "DTSTART:20170314T130000Z")
        assert row(office, "2017-03-02 11:10")["meeting:prep-1"] == "décliné"


def test_another_time_that_they_propose_is_said(tmp_path: Path) -> None:
    with an_office_after(convoked, folder=tmp_path) as office:
        answer(office, 1, "COUNTER", "TENTATIVE", "DTSTART:20170321T130000Z\r\nSEQUENCE:0")
        proposed = row(office, "2017-03-02 11:05")
        assert proposed["meeting:prep-1"] == "peut-être"
        assert proposed["to_check"] == "Un autre horaire est proposé pour la réunion."


def test_an_answer_that_stands_when_the_meeting_moves_is_said_to_be_of_the_date_before(tmp_path: Path) -> None:
    with an_office_after(convoked, folder=tmp_path) as office:
        answer(office, 1, "REPLY", "ACCEPTED", "DTSTART:20170307T130000Z\r\nSEQUENCE:0")
        assert row(office, "2017-03-02 11:05")["to_check"] in (None, "")
        type_into(office.tracker, CALL, "reunions", {"prep-1": {"date": date(2017, 3, 14)}})
        moved = row(office, "2017-03-02 11:10")
        assert moved["meeting:prep-1"] == "accepté"
        assert "a été donnée pour l'ancienne date (le 7 mars 2017 à 14 h)" in str(moved["to_check"])
