"""The out-tray and the sheet Envois: staff read each letter before it leaves, keep it back, let it go."""

from contextlib import AbstractContextManager
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from pipeline.core.merge import CellValue
from pipeline.cycle import run_cycle
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.ports import Office
from tests.builders import a_call, a_candidature, paris
from tests.staff.book import StaffBook
from tests.steps.a_house import an_office, an_office_after

CALL = a_call()


def at(office: Office, moment: str) -> list[str]:
    """One cycle at that moment; what could not be done."""
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    return run_cycle(office).troubles


def asked_for(office: Office, letter: str, decision: str, count: int = 1) -> None:
    """So many candidatures, decided, for each of which a letter is asked for."""
    for _ in range(count):
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
    run_cycle(office)
    typed = {f"V21-{number:03d}": {"decision": decision, "request": letter} for number in range(1, count + 1)}
    type_into(office.tracker, CALL, "candidatures", typed)


def envois(office: Office) -> list[dict[str, CellValue]]:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return [row.values for row in seen.sheets["envois"].rows]


def shown(office: Office) -> dict[str, CellValue]:
    """The row of the first candidature."""
    seen = office.tracker.read(CALL)
    assert seen is not None
    return seen.sheets["candidatures"].rows[0].values


def states(office: Office) -> list[CellValue]:
    return [row["state"] for row in envois(office)]


def mark(office: Office, column: str, *words: CellValue) -> None:
    """Type words into that column of Envois, from the first row on."""
    keys = [str(row["key"]) for row in envois(office)]
    type_into(office.tracker, CALL, "envois", {key: {column: word} for key, word in zip(keys, words, strict=False)})


def to_check(office: Office) -> str:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return str(seen.sheets["candidatures"].rows[0].values["to_check"] or "")


def sent(office: Office) -> int:
    return len(office.postman.sent)  # type: ignore[attr-defined]


def test_a_letter_is_read_in_the_tracker_before_it_leaves_and_stands_there_afterwards(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Non retenu", "Non retenu")
        assert at(office, "2017-03-02 14:25") == []
        (row,) = envois(office)
        assert (row["state"], row["sent"] or None) == ("part à 14\u00a0h\u00a035", None)
        assert (row["number"], row["letter"], row["recipients"]) == ("V21-001", "Non retenu", "marc@ternois.example")
        assert str(row["subject"]).startswith("[V21-001] ") and "Bonjour Marc Delattre," in str(row["text"])

        at(office, "2017-03-02 14:35")
        (left,) = envois(office)
        mail = message_from_bytes(office.postman.sent[0].raw, policy=default)  # type: ignore[attr-defined]
        body = mail.get_body(("plain",))
        words = body.get_content().replace("\r\n", "\n").strip() if body else ""
        assert (left["state"], left["sent"]) == ("envoyé", paris("2017-03-02 14:35").replace(tzinfo=None))
        assert (left["text"], left["subject"]) == (words, mail["Subject"])


def test_a_letter_that_staff_hold_leaves_when_they_hold_it_no_more(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Non retenu", "Non retenu")
        at(office, "2017-03-02 14:25")
        mark(office, "hold", "oui")
        at(office, "2017-03-02 15:00")
        assert (states(office), sent(office)) == (["retenu"], 0)

        mark(office, "hold", None)
        at(office, "2017-03-02 15:05")
        assert (states(office), sent(office)) == (["envoyé"], 1)


@pytest.mark.parametrize("word", ["à revoir avec Paul", "✓", "attendre", 1])
def test_whatever_staff_write_in_retenir_but_non_keeps_the_letter(tmp_path: Path, word: CellValue) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Non retenu", "Non retenu")
        at(office, "2017-03-02 14:25")
        mark(office, "hold", word)
        at(office, "2017-03-02 15:00")
        assert (states(office), sent(office)) == (["retenu"], 0)

        mark(office, "hold", "Non")
        at(office, "2017-03-02 15:05")
        assert (states(office), sent(office)) == (["envoyé"], 1)


def test_a_letter_whose_row_staff_deleted_does_not_leave_and_that_is_said(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Non retenu", "Non retenu", count=2)
        at(office, "2017-03-02 14:25")
        path = office.tracker.path(CALL)
        book = StaffBook(path.read_bytes(), "Envois", key="Clé")
        book.rows = [row for row in book.rows if row.cells[book.column("N°")].value != "V21-001"]
        path.write_bytes(book.saved())
        for minute in ("30", "40", "50"):
            assert at(office, f"2017-03-02 14:{minute}") == []

        assert [one.key.number for one in office.postman.sent] == ["V21-002"]  # type: ignore[attr-defined]
        seen = office.tracker.read(CALL)
        assert seen is not None
        first = seen.sheets["candidatures"].rows[0].values
        assert first["request"] is None or first["request"] == ""
        assert "sa ligne a été supprimée de la feuille Envois" in str(first["to_check"])


@pytest.mark.parametrize(
    ("column", "heading"), [("text", "Texte"), ("subject", "Objet"), ("recipients", "Destinataires")]
)
def test_a_letter_that_staff_reword_in_envois_does_not_leave_as_it_was_and_their_words_stay(
    tmp_path: Path, column: str, heading: str
) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Non retenu", "Non retenu")
        at(office, "2017-03-02 14:25")
        mark(office, column, "comme je l'aurais dit")
        mark(office, "release", "oui")
        at(office, "2017-03-02 15:00")
        (row,) = envois(office)
        assert (row["state"], row[column], sent(office)) == ("annulé", "comme je l'aurais dit", 0)
        told = shown(office)["to_check"]
        assert str(told).startswith(f"Non retenu\u00a0: vous avez modifié « {heading} » dans la feuille Envois, qui")

        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": "Non retenu"}})
        at(office, "2017-03-02 15:05")
        at(office, "2017-03-02 15:15")
        assert (states(office), sent(office)) == (["annulé", "envoyé"], 1)


def test_what_is_typed_in_envois_over_a_letter_that_left_stops_nothing_and_is_not_told(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        asked_for(office, "Non retenu", "Non retenu")
        at(office, "2017-03-02 14:35")
        mark(office, "text", "dit autrement")
        at(office, "2017-03-02 14:40")
        assert (states(office), shown(office)["to_check"] or "") == (["envoyé"], "")


def test_a_letter_taken_back_is_said_to_be_cancelled(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Non retenu", "Non retenu")
        at(office, "2017-03-02 14:25")
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": None}})
        at(office, "2017-03-02 15:00")
        assert (states(office), sent(office)) == (["annulé"], 0)


def test_a_column_filled_down_by_mistake_sends_nothing_until_each_letter_has_its_green_light(tmp_path: Path) -> None:
    with an_office(tmp_path, confirm_above=2) as office:
        asked_for(office, "Non retenu", "Non retenu", count=4)
        at(office, "2017-03-02 10:00")
        assert (states(office), sent(office)) == (["attend un feu vert"] * 4, 0)
        seen = office.tracker.read(CALL)
        assert seen and "écrivez « oui » dans Feu vert" in str(seen.sheets["candidatures"].rows[0].values["to_check"])

        type_into(office.tracker, CALL, "candidatures", {"V21-004": {"request": None}})
        mark(office, "release", "oui", "OUI")
        at(office, "2017-03-02 10:05")
        assert states(office) == ["envoyé", "envoyé", "attend un feu vert", "annulé"]
        mark(office, "release", None, None, "x")
        at(office, "2017-03-02 10:10")
        assert (states(office), sent(office)) == (["envoyé", "envoyé", "envoyé", "annulé"], 3)


def test_a_letter_that_the_worker_held_leaves_with_a_green_light(tmp_path: Path) -> None:
    with an_office(tmp_path, confirm_above=0) as office:
        asked_for(office, "Non retenu", "Non retenu")
        at(office, "2017-03-02 10:00")
        mark(office, "release", "oui")
        at(office, "2017-03-02 10:05")
        assert (states(office), sent(office)) == (["envoyé"], 1)


@pytest.mark.parametrize(
    ("decision", "letter", "why"),
    [
        ("Retenu", "Non retenu", "La colonne Décision doit indiquer « Non retenu » (elle indique « Retenu »)."),
        ("Retenu", "Convocation", "Indiquez l'heure de début et le lieu de « Première réunion préparatoire"),
    ],
)
def test_what_cannot_leave_says_why_and_is_shown_as_it_would_be(
    tmp_path: Path, decision: str, letter: str, why: str
) -> None:
    with an_office(tmp_path) as office:
        asked_for(office, letter, decision)
        at(office, "2017-03-02 10:00")
        (row,) = envois(office)
        assert row["state"] == "bloqué" and why in str(row["why"]) and row["subject"] and row["text"]


def test_why_a_letter_waits_is_said_again_when_it_is_asked_for_again(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        asked_for(office, "Lauréat", "")
        said = (
            "Courrier «\u00a0Lauréat\u00a0» non envoyé\u00a0: "
            "la colonne Décision doit indiquer « Retenu » (elle est vide)."
        )
        assert (at(office, "2017-03-02 10:00"), to_check(office)) == ([], said)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"to_check": None}})
        assert (at(office, "2017-03-02 10:05"), to_check(office)) == ([], "")
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": None}})
        at(office, "2017-03-02 10:10")
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": "Lauréat"}})
        assert (at(office, "2017-03-02 10:15"), to_check(office)) == ([], said)


def test_a_word_that_is_no_letter_is_said_until_it_is_mended(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        asked_for(office, "Laureta", "Retenu")
        at(office, "2017-03-02 10:00")
        said = "n'est pas un courrier connu\u00a0; choisissez-le dans la liste."
        assert to_check(office) == f"Courrier à envoyer\u00a0: « Laureta » {said}"
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": "Lauréat"}})
        assert (at(office, "2017-03-02 10:05"), to_check(office)) == ([], "")


def test_files_of_staff_are_sent_with_their_letter_and_too_heavy_ones_keep_it_back(tmp_path: Path) -> None:
    folder = tmp_path / "sheets" / CALL.code / "a-joindre" / "laureat"
    folder.mkdir(parents=True)
    (folder / "Charte d'accueil.pdf").write_bytes(b"%PDF-1.4")
    (folder / "~$Charte d'accueil.docx").write_bytes(b"x")
    (folder / "Plan.pdf").write_bytes(bytes(10_000_001))
    with an_office(tmp_path) as office:
        asked_for(office, "Lauréat", "Retenu")
        at(office, "2017-03-02 10:00")
        (row,) = envois(office)
        assert row["state"] == "bloqué" and "pèsent 10,1\u00a0Mo" in str(row["why"])

        (folder / "Plan.pdf").unlink()
        at(office, "2017-03-02 10:05")
        mail = message_from_bytes(office.postman.sent[0].raw, policy=default)  # type: ignore[attr-defined]
        assert [part.get_filename() for part in mail.iter_attachments()] == ["Charte d'accueil.pdf"]
        assert "Charte d'accueil.pdf" in str(envois(office)[0]["text"])


def convoking(office: Office) -> None:
    asked_for(office, "Convocation", "Retenu")
    type_into(office.tracker, CALL, "reunions", MEETINGS)
    at(office, "2017-03-02 10:00")
    assert states(office) == ["envoyé"]
    assert calendars(office) == ["REQUEST STATUS:CONFIRMED"] * 2


def convoked(folder: Path) -> AbstractContextManager[Office]:
    """An office after its first candidature was convoked; what leaves is counted from then on."""
    return an_office_after(convoking, folder=folder)


def calendars(office: Office) -> list[str]:
    """The methods and statuses of the invitations of the last letter."""
    mail = message_from_bytes(office.postman.sent[-1].raw, policy=default)  # type: ignore[attr-defined]
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return [
        f"{part.get_param('method')} {line}"
        for part in parts
        for line in part.get_content().split()
        if "STATUS" in line
    ]


def test_a_meeting_that_is_cancelled_is_taken_back_when_staff_ask_for_it(tmp_path: Path) -> None:
    with convoked(tmp_path) as office:
        type_into(office.tracker, CALL, "reunions", {"prep-2": {"cancelled": "oui"}})
        at(office, "2017-03-02 11:00")
        assert sent(office) == 0
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": "Convocation"}})
        at(office, "2017-03-02 11:05")
        assert calendars(office) == ["REQUEST STATUS:CONFIRMED", "CANCEL STATUS:CANCELLED"]
        assert "annulée" in str(envois(office)[-1]["text"])


def test_a_reminder_leaves_three_days_before_each_meeting_once_and_in_the_morning(tmp_path: Path) -> None:
    with convoked(tmp_path) as office:
        for moment in ("2017-03-03 12:00", "2017-03-04 07:55"):
            at(office, moment)
            assert sent(office) == 0
        for moment in ("2017-03-04 08:00", "2017-03-04 09:00", "2017-03-06 09:00", "2017-03-07 09:00"):
            at(office, moment)
            assert sent(office) == 1
        at(office, "2017-04-03 09:00")
        letters = [letter.key.letter for letter in office.ledger.outbox.letters(CALL.code)]
        assert letters == ["convocation", "rappel_reunion", "rappel_reunion"]


@pytest.mark.parametrize(
    "typed", [{"decision": "Non retenu"}, {"meeting:prep-1": "décliné"}], ids=["no laureate any more", "declined"]
)
def test_who_is_not_expected_is_not_reminded(tmp_path: Path, typed: dict[str, str]) -> None:
    with convoked(tmp_path) as office:
        type_into(office.tracker, CALL, "candidatures", {"V21-001": typed})
        at(office, "2017-03-04 09:00")
        assert sent(office) == 0


@pytest.mark.parametrize(
    ("email", "reason"),
    [("marc@", "« marc@ » n'est pas une adresse valide."), (None, "la colonne Courriel est vide.")],
)
def test_a_reminder_that_has_no_address_is_said_once_and_leaves_when_it_is_mended(
    tmp_path: Path, email: CellValue, reason: str
) -> None:
    with convoked(tmp_path) as office:
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"email": email}})
        for moment in ("2017-03-04 09:00", "2017-03-04 09:05", "2017-03-04 09:10"):
            assert at(office, moment) == []
            assert to_check(office) == f"Rappel de la réunion du 7 mars 2017 non envoyé\u00a0: {reason}"
        assert sent(office) == 0
        type_into(
            office.tracker, CALL, "candidatures", {"V21-001": {"email": "marc@ternois.example", "to_check": None}}
        )
        at(office, "2017-03-04 09:15")
        assert (sent(office), to_check(office)) == (1, "")


def test_a_word_of_copie_a_that_is_no_address_is_said_and_its_letter_waits_until_it_is_mended(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        run_cycle(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"copy_to": "dgs@ternois.example, mairie"}})
        at(office, "2017-03-02 10:00")
        said = "« mairie » n'est pas une adresse valide."
        assert to_check(office) == f"Copie à\u00a0: {said}"
        asked = {"decision": "Retenu", "request": "Lauréat"}
        type_into(office.tracker, CALL, "candidatures", {"V21-001": asked})
        at(office, "2017-03-02 10:05")
        assert to_check(office) == f"Courrier «\u00a0Lauréat\u00a0» non envoyé\u00a0: dans la colonne Copie à, {said}"
        assert (states(office), sent(office)) == (["bloqué"], 0)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"copy_to": "dgs@ternois.example"}})
        at(office, "2017-03-02 10:10")
        recipients = [one.key.recipient for one in office.postman.sent]  # type: ignore[attr-defined]
        assert (to_check(office), recipients) == ("", ["marc@ternois.example", "dgs@ternois.example"])
