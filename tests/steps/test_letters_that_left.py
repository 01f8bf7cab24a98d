"""What becomes of letters once they are written: they come back, wait for a green light, are kept back between two
attempts; and of the mails they answer, reclassified by staff or read by a program that fails."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline import reading
from pipeline.core.candidature import Status
from pipeline.core.delivery import Step
from pipeline.core.merge import CellValue
from pipeline.cycle import run_cycle
from pipeline.demo.staff import type_into
from pipeline.ports import Fetched, Office
from tests.builders import a_call, a_candidature, paris
from tests.steps.a_house import an_office
from tests.steps.test_limits_and_promises import a_candidature_mail, a_mail

CALL = a_call()
CONTACT, COPY = "marc@ternois.example", "dgs@ternois.example"


def a_bounce(uid: int, message_id: str, *recipients: str) -> Fetched:
    """What a mail server sends back of a letter that it could not deliver to these recipients."""
    blocks = ["Reporting-MTA: dns; mx.example"] + [
        f"Final-Recipient: rfc822; {one}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 Unknown user"
        for one in recipients
    ]
    mail = EmailMessage()
    mail["From"], mail["To"] = "MAILER-DAEMON@mx.example", "agoxe@cerdd.org"
    mail["Subject"], mail["Message-ID"] = "Undelivered Mail Returned to Sender", f"<{uid}@mx.example>"
    mail.set_content("Désolé.")
    mail.add_attachment("\n\n".join(blocks).encode(), maintype="application", subtype="octet-stream")
    mail.add_attachment(f"Message-ID: <{message_id}>\n".encode(), maintype="text", subtype="x-headers")
    raw = mail.as_bytes().replace(b"multipart/mixed", b"multipart/report; report-type=delivery-status")
    raw = raw.replace(b"application/octet-stream", b"message/delivery-status")
    return Fetched(uid, raw.replace(b"text/x-headers", b"text/rfc822-headers"), paris("2017-03-01 09:02"))


def at(office: Office, moment: str) -> list[str]:
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    return run_cycle(office).troubles


def arrives(office: Office, *mails: Fetched) -> None:
    office.mailbox.mails += mails  # type: ignore[attr-defined]


def states(office: Office) -> dict[str, tuple[str, str]]:
    """{recipient: (state, why)} of the letters to applicants."""
    found = [one for one in office.ledger.outbox.letters() if one.key.number]
    return {one.key.recipient: (str(one.state), one.why) for one in found}


def cells(office: Office, sheet: str, row: int = 0) -> dict[str, CellValue]:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return seen.sheets[sheet].rows[row].values


def told_so(office: Office, **staff: str) -> str:
    """A laureate whose letter left; its Message-ID."""
    office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    run_cycle(office)
    typed: dict[str, CellValue] = {"decision": "Retenu", "request": "Lauréat", **staff}
    type_into(office.tracker, CALL, "candidatures", {"V21-001": typed})
    assert run_cycle(office).troubles == []
    return office.ledger.outbox.letters(kind="laureat")[0].message_id


LOST = ("bounced", "non remis (550 5.1.1 Unknown user)")


@pytest.mark.parametrize(
    ("bounced", "found"),
    [
        ((CONTACT,), {CONTACT: LOST, COPY: ("sent", "")}),
        ((COPY.upper(),), {CONTACT: ("sent", ""), COPY: LOST}),
        ((CONTACT, COPY), {CONTACT: LOST, COPY: LOST}),
        (("somebody@else.example",), {CONTACT: ("sent", ""), COPY: ("sent", "")}),
    ],
    ids=["the contact", "the copy", "both", "whom it was passed on to"],
)
def test_a_letter_that_comes_back_is_marked_for_whom_it_did_not_reach(
    tmp_path: Path, bounced: tuple[str, ...], found: dict[str, tuple[str, str]]
) -> None:
    with an_office(tmp_path) as office:
        arrives(office, a_bounce(1, told_so(office, copy_to=COPY), *bounced))
        assert at(office, "2017-03-01 09:05") == []
        assert states(office) == found
        assert (cells(office, "messages")["nature"], cells(office, "messages")["number"]) == ("Non remis", "V21-001")
        at(office, "2017-03-01 09:10")
        assert len(office.postman.sent) == 2  # type: ignore[attr-defined]


def test_staff_see_a_letter_that_came_back_and_the_same_bounce_twice_changes_nothing(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        message_id = told_so(office)
        arrives(office, a_bounce(1, message_id, CONTACT), a_bounce(2, message_id, CONTACT))
        at(office, "2017-03-01 09:05")
        assert (cells(office, "envois")["state"], cells(office, "envois")["why"]) == ("non remis", LOST[1])
        said = str(cells(office, "candidatures")["to_check"])
        assert said == f"Lauréat à {CONTACT} : {LOST[1]}"


def test_an_acknowledgement_that_was_held_leaves_once_with_a_green_light(tmp_path: Path) -> None:
    with an_office(tmp_path, acks_per_cycle=0) as office:
        arrives(office, a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))
        assert at(office, "2017-03-01 09:00") == []
        assert states(office) == {
            "mairie@fourmies.example": ("held", "retenu\u00a0: plus de 0 accusé dans le même passage")
        }
        row = cells(office, "envois")
        assert row["state"] == "attend un feu vert"
        type_into(office.tracker, CALL, "envois", {str(row["key"]): {"release": "non"}})
        at(office, "2017-03-01 09:05")
        assert office.postman.sent == []  # type: ignore[attr-defined]
        type_into(office.tracker, CALL, "envois", {str(row["key"]): {"release": "oui"}})
        for moment in ("09:10", "09:15"):
            assert at(office, f"2017-03-01 {moment}") == []
        assert len(office.postman.sent) == 1  # type: ignore[attr-defined]
        assert cells(office, "envois")["state"] == "envoyé"


def test_a_letter_that_waits_for_its_next_attempt_may_be_kept_back_and_let_go(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.postman.answers.append((451, "later", Step.BEFORE_DATA))  # type: ignore[attr-defined]
        arrives(office, a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))
        at(office, "2017-03-01 09:00")
        key = str(cells(office, "envois")["key"])
        assert cells(office, "envois")["state"] == "nouvel essai prévu"
        type_into(office.tracker, CALL, "envois", {key: {"hold": "oui"}})
        at(office, "2017-03-01 12:00")
        assert (cells(office, "envois")["state"], len(office.postman.sent)) == ("retenu", 1)  # type: ignore[attr-defined]
        type_into(office.tracker, CALL, "envois", {key: {"hold": None}})
        at(office, "2017-03-01 12:05")
        assert (cells(office, "envois")["state"], len(office.postman.sent)) == ("envoyé", 2)  # type: ignore[attr-defined]
        type_into(office.tracker, CALL, "envois", {key: {"hold": "oui"}})
        at(office, "2017-03-01 12:10")
        assert cells(office, "envois")["state"] == "envoyé"  # too late to keep it back


def test_a_mail_that_opened_a_candidature_and_is_reclassified_leaves_its_row_to_staff(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        arrives(office, a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))
        at(office, "2017-03-01 09:00")
        key = str(cells(office, "messages")["key"])
        type_into(office.tracker, CALL, "messages", {key: {"reclass": "Ignorer"}})
        assert at(office, "2017-03-01 09:05") == []
        assert (cells(office, "messages")["nature"], cells(office, "candidatures")["number"]) == (
            "Hors sujet",
            "V21-001",
        )
        assert "Le message d'origine a été reclassé\u00a0: supprimez cette ligne si elle n'a plus lieu d'être." in str(
            cells(office, "candidatures")["to_check"]
        )
        assert len(office.postman.sent) == 1  # type: ignore[attr-defined]


def test_a_letter_asked_for_a_candidature_that_was_withdrawn_meanwhile_says_so_and_stays(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        run_cycle(office)
        typed: dict[str, CellValue] = {"decision": "Retenu", "request": "Lauréat"}
        type_into(office.tracker, CALL, "candidatures", {"V21-001": typed})
        at(office, "2017-03-01 09:05")
        gone = office.ledger.candidatures.get(CALL.code, "V21-001")
        assert gone is not None
        office.ledger.candidatures.save(gone.moved(Status.WITHDRAWN))
        at(office, "2017-03-01 09:20")
        assert (cells(office, "envois")["state"], cells(office, "envois")["why"]) == (
            "bloqué",
            "La collectivité a retiré sa candidature.",
        )
        assert office.postman.sent == []  # type: ignore[attr-defined]


def test_a_mail_on_which_a_rule_fails_is_a_row_to_read_by_hand_and_the_others_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = reading._judge

    def fails_on_the_first(office: Office, arrival: object, message: object, before: object) -> object:
        if "Fourmies" in str(message):
            raise ZeroDivisionError
        return judge(office, arrival, message, before)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_judge", fails_on_the_first)
    with an_office(tmp_path) as office:
        arrives(
            office,
            a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"),
            a_candidature_mail(2, "mairie@marquise.example", "Marquise"),
        )
        assert at(office, "2017-03-01 09:00") == []
        assert list(states(office)) == ["mairie@marquise.example"]
        rows = [cells(office, "messages", row) for row in (0, 1)]
        (failed,) = [row for row in rows if row["number"] in ("", None)]
        assert failed["why"] == "Ce message n'a pas pu être analysé (ZeroDivisionError)\u00a0: à lire à la main."


def test_what_is_not_a_mail_of_a_candidature_is_told_in_a_row_and_answered_by_nobody(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        arrives(office, a_mail(1, "a@b.example", "Réunion de rentrée", "Bonjour,\n\nÀ lundi.\n"))
        at(office, "2017-03-01 09:00")
        assert (cells(office, "messages")["nature"], states(office)) == ("Hors sujet", {})
