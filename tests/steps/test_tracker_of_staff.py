"""What staff do to their workbook, and what the worker makes of it: real ledger, real workbook, a second writer."""

import email
import email.policy
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.core.call import Meeting
from pipeline.core.candidature import Attendance, Candidature, Status
from pipeline.cycle import run_cycle
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.dossiers import plans
from pipeline.failures import Unavailable
from pipeline.ports import Office
from pipeline.tracking import carry_in_staff_edits, show_in_tracker, state_of_tracker
from tests.adapters.workbook.books import with_part
from tests.builders import a_call, a_candidature, paris
from tests.interleavings.stage import Crash, StageTracker
from tests.staff.book import Row, StaffBook
from tests.steps.a_house import an_office

CALL = a_call()
TOWNS = ("Fourmies", "Marquise", "Hazebrouck", "Ruitz")


def a_tracker(office: Office) -> None:
    """Four candidatures, shown."""
    for town in TOWNS:
        office.ledger.candidatures.open(a_candidature(collectivite=town), CALL.prefix)
    cycle(office, "09:00")


def cycle(office: Office, hour: str) -> list[str]:
    """A cycle on 2 March 2017; the troubles it met."""
    office.clock.moment = paris(f"2017-03-02 {hour}")  # type: ignore[attr-defined]
    return run_cycle(office).troubles


def opened(office: Office, key: str = "N°") -> StaffBook:
    return StaffBook(office.tracker.path(CALL).read_bytes(), key=key)


def save(office: Office, book: StaffBook) -> None:
    office.tracker.path(CALL).write_bytes(book.saved())


def in_excel(office: Office) -> Workbook:
    return openpyxl.load_workbook(office.tracker.path(CALL))


def found(office: Office, number: str) -> Candidature:
    candidature = office.ledger.candidatures.get(CALL.code, number)
    assert candidature is not None
    return candidature


def learn(office: Office, number: str, town: str) -> None:
    """A mail brings the name of the collectivité."""
    office.ledger.candidatures.save(replace(found(office, number), collectivite=town))


def test_what_is_remembered_of_new_rows_is_what_is_read_back_so_that_they_are_remembered_once(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        seen = office.tracker.read(CALL)
        assert seen
        for key, sheet in seen.sheets.items():
            assert {row.key: row.values for row in sheet.rows} == office.ledger.memory.written(CALL.code, key)


# Columns


def test_a_renamed_column_is_followed_both_ways(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.rename("Collectivité", "Territoire")
        book.type("V21-001", "Territoire", "Ville de Fourmies")
        save(office, book)
        assert cycle(office, "09:05") == []
        learn(office, "V21-002", "Ville de Marquise")
        assert cycle(office, "09:10") == []

        assert found(office, "V21-001").corrections == {"collectivite": "Ville de Fourmies"}
        assert opened(office).column_values("Territoire") == [
            *("Ville de Fourmies", "Ville de Marquise", "Hazebrouck", "Ruitz")
        ]
        assert state_of_tracker(office, CALL)["tracker_remarks"] == []


def test_a_deleted_column_is_left_deleted_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.drop("Fonction")
        save(office, book)
        learn(office, "V21-002", "Ville de Marquise")
        assert cycle(office, "09:05") == []

        assert not opened(office).has("Fonction")
        assert opened(office).value("V21-002", "Collectivité") == "Ville de Marquise"
        assert state_of_tracker(office, CALL)["tracker_remarks"] == [
            "Feuille Candidatures\u00a0: colonne « Fonction » supprimée, laissée ainsi."
        ]


def test_a_meeting_declared_later_has_no_column_until_staff_make_one(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        later = replace(CALL, meetings=(*CALL.meetings, Meeting("prep-3", "Bilan", date(2017, 5, 4))))
        office = replace(office, calls=(later,))
        assert cycle(office, "09:05") == []
        assert state_of_tracker(office, later)["tracker_remarks"] == [
            "Feuille Candidatures\u00a0: « Bilan » n'a pas de colonne\u00a0; "
            "ajoutez-en une de ce titre, elle sera remplie."
        ]
        book = opened(office)
        book.insert("Bilan", before="À vérifier")
        save(office, book)
        invited = replace(found(office, "V21-002"), meetings={"prep-3": Attendance.TENTATIVE})
        office.ledger.candidatures.save(invited)
        assert cycle(office, "09:10") == []
        assert opened(office).column_values("Bilan") == ["", "peut-être", "", ""]
        assert state_of_tracker(office, later)["tracker_remarks"] == []


def test_without_the_column_of_the_numbers_nothing_is_touched(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.drop("N°")
        save(office, book)
        before = office.tracker.path(CALL).read_bytes()

        assert "the column « N° », by which rows are known, is missing" in cycle(office, "09:05")[0]
        assert office.tracker.path(CALL).read_bytes() == before


def test_a_renamed_sheet_is_known_by_its_headings(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        book["Candidatures"].title = "Dossiers reçus"
        book.save(office.tracker.path(CALL))
        learn(office, "V21-002", "Ville de Marquise")
        assert cycle(office, "09:05") == []

        seen = StaffBook(office.tracker.path(CALL).read_bytes(), "Dossiers reçus")
        assert seen.value("V21-002", "Collectivité") == "Ville de Marquise"


def test_a_deleted_sheet_is_left_deleted_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        del book["Messages"]
        book.save(office.tracker.path(CALL))

        assert cycle(office, "09:05") == []
        assert "Messages" not in in_excel(office).sheetnames
        assert state_of_tracker(office, CALL)["tracker_remarks"] == [
            "Feuille Messages\u00a0: absente, elle n'est plus tenue à jour."
        ]


def test_a_sheet_without_its_hidden_keys_is_left_alone_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = StaffBook(office.tracker.path(CALL).read_bytes(), "Réunions")
        book.drop("Clé")
        save(office, book)
        learn(office, "V21-002", "Ville de Marquise")
        assert cycle(office, "09:05") == []
        assert opened(office).value("V21-002", "Collectivité") == "Ville de Marquise"
        assert state_of_tracker(office, CALL)["tracker_remarks"] == [
            "Feuille Réunions\u00a0: colonne « Clé » supprimée, elle n'est plus tenue à jour."
        ]


# Rows


def test_a_deleted_row_is_not_resurrected_and_followed_again_when_it_is_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        before = office.tracker.path(CALL).read_bytes()
        book = opened(office)
        book.delete("V21-003")
        save(office, book)
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        assert opened(office).column_values("N°") == ["V21-001", "V21-002", "V21-004"]
        assert found(office, "V21-003").status is Status.REMOVED

        office.tracker.path(CALL).write_bytes(before)
        learn(office, "V21-003", "Ville d'Hazebrouck")
        assert cycle(office, "09:15") == []

        assert found(office, "V21-003").status is Status.OPEN
        assert opened(office).value("V21-003", "Collectivité") == "Ville d'Hazebrouck"
        assert "Ligne supprimée puis revenue" in opened(office).value("V21-003", "À vérifier")


def test_a_row_typed_under_the_number_of_a_deleted_one_is_another_candidature(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.delete("V21-004")
        save(office, book)
        assert cycle(office, "09:05") == []
        book = opened(office)
        book.add({"N°": "V21-004", "Collectivité": "Loos", "Courriel": "mairie@loos.example"})
        save(office, book)
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])

        assert found(office, "V21-004").status is Status.REMOVED
        assert found(office, "V21-004").corrections == {}
        assert (found(office, "V21-005").by_hand, found(office, "V21-005").siren) == (True, "")
        assert opened(office).column_values("N°") == ["V21-001", "V21-002", "V21-003", "V21-005"]
        assert opened(office).value("V21-005", "À vérifier") == (
            "Numéro attribué par l'assistant\u00a0; « V21-004 » était écrit dans la colonne N°."
        )


def test_a_row_put_into_a_sheet_of_staffs_is_followed_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        page, archives = book["Candidatures"], book.create_sheet("Archives")
        head = next(row for row in page.iter_rows() if row[0].value == "N°")
        moved = next(row for row in page.iter_rows() if row[0].value == "V21-003")
        for line in (head, moved):
            archives.append([one.value for one in line])
        page.delete_rows(moved[0].row)
        book.save(office.tracker.path(CALL))
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])

        assert opened(office).column_values("N°") == ["V21-001", "V21-002", "V21-004"]
        assert found(office, "V21-003").status is Status.OPEN
        assert state_of_tracker(office, CALL)["rows_moved_by_staff"] == ["V21-003"]


def test_a_copied_row_is_left_alone_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.copy("V21-002")
        save(office, book)
        learn(office, "V21-002", "Ville de Marquise")
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])

        seen = opened(office)
        assert seen.column_values("Collectivité") == [
            "Fourmies",
            "Ville de Marquise",
            "Hazebrouck",
            "Ruitz",
            "Marquise",
        ]
        last = len(seen.rows) + 1
        assert f"Le numéro V21-002 figure aussi ligne {last}" in seen.value("V21-002", "À vérifier").replace("\n", " ")


def test_a_number_that_staff_emptied_is_given_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.type("V21-002", "N°", "")
        save(office, book)
        assert cycle(office, "09:05") == []

        assert opened(office).column_values("N°") == ["V21-001", "V21-002", "V21-003", "V21-004"]
        assert len(office.ledger.candidatures.all(CALL.code)) == 4


# Cells


def test_a_formula_that_staff_typed_stays_and_what_it_shows_is_theirs(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        row = book.find("V21-002")
        column = book.column("Contact")
        row.cells[column] = replace(row.cells[column], value="Mme Le Goff", formula='"Mme "&"Le Goff"')
        save(office, book)
        contact = replace(found(office, "V21-002").contact, name="Autre")
        office.ledger.candidatures.save(replace(found(office, "V21-002"), contact=contact))
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])

        assert found(office, "V21-002").corrections == {"contact": "Mme Le Goff"}
        assert opened(office).find("V21-002").cells[column].formula == '"Mme "&"Le Goff"'


@pytest.mark.parametrize("is_error", [False, True])
def test_a_formula_without_a_result_takes_nothing_back(tmp_path: Path, is_error: bool) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-002": {"decision": "Retenu"}})
        assert cycle(office, "09:05") == []
        book = opened(office)
        for heading in ("Courriel", "Décision"):
            cells, column = book.find("V21-002").cells, book.column(heading)
            cells[column] = replace(cells[column], value=None, formula="NA()")
        save(office, book)
        if is_error:
            with_part(office.tracker.path(CALL), "xl/worksheets/sheet1.xml", as_an_error)
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])

        assert found(office, "V21-002").corrections == {}
        assert found(office, "V21-002").staff["decision"] == "Retenu"
        seen = office.tracker.read(CALL)
        assert seen is not None
        said = next(row.values["to_check"] for row in seen.sheets["candidatures"].rows if row.key == "V21-002")
        assert said == (
            "Cellules fusionnées, formule sans résultat ou erreur\u00a0: « Courriel, Décision » de cette ligne n'est "
            "plus tenu à jour."
        )


def as_an_error(sheet: str) -> str:
    """The sheet with the result that Excel stores of NA()."""
    return re.sub(r"(<c [^>]*)><f>NA\(\)</f></c>", r'\1 t="e"><f>NA()</f><v>#N/A</v></c>', sheet)


def test_cells_that_staff_merged_are_left_alone_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        page = book["Candidatures"]
        head = next(row for row in page.iter_rows() if row[0].value == "N°")
        contact = next(one.column for one in head if one.value == "Contact")
        row = next(line[0].row for line in page.iter_rows() if line[0].value == "V21-002")
        page.merge_cells(start_row=row, end_row=row, start_column=contact, end_column=contact + 1)
        book.save(office.tracker.path(CALL))
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])

        assert in_excel(office)["Candidatures"].merged_cells.ranges
        assert found(office, "V21-002").corrections == {}
        assert "« Fonction » de cette ligne n'est plus tenu à jour" in opened(office).value("V21-002", "À vérifier")


# Older copies, lost stamps, strangers


def test_an_older_copy_and_the_newest_version_are_merged_and_a_clash_is_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        older = opened(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu", "notes": "Vu le maire"}})
        assert cycle(office, "09:05") == []
        older.type("V21-001", "Décision", "Non retenu")
        older.type("V21-002", "Notes", "Rappeler")
        save(office, older)
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])

        seen = opened(office)
        assert seen.value("V21-001", "Décision") == "Non retenu"
        assert seen.value("V21-001", "Notes") == "Vu le maire"
        assert seen.value("V21-002", "Notes") == "Rappeler"
        assert seen.value("V21-001", "À vérifier") == (
            "Décision\u00a0: deux versions du tableau différaient\u00a0; "
            "gardé « Non retenu », l'autre disait « Retenu »."
        )


def test_a_letter_asked_for_in_an_older_copy_that_left_meanwhile_is_not_sent_again(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        older = opened(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu"}})
        assert cycle(office, "09:02") == []
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": "Convocation"}})
        type_into(office.tracker, CALL, "reunions", MEETINGS)
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        sent = len(office.postman.sent)  # type: ignore[attr-defined]
        assert sent == 1
        older.type("V21-001", "Courrier à envoyer", "Convocation")
        save(office, older)
        assert (cycle(office, "09:15"), cycle(office, "09:20")) == ([], [])

        assert len(office.postman.sent) == sent  # type: ignore[attr-defined]
        assert opened(office).value("V21-001", "Courrier à envoyer") == ""
        assert opened(office).value("V21-001", "Décision") == "Retenu"
        assert "redemandez-le s'il doit repartir" in opened(office).value("V21-001", "À vérifier")


def test_a_file_that_lost_its_stamp_gets_it_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.type("V21-001", "Notes", "Enregistré ailleurs")
        office.tracker.path(CALL).write_bytes(book.saved(drop=["docProps/custom.xml"]))
        assert cycle(office, "09:05") == []

        seen = office.tracker.read(CALL)
        assert seen is not None
        assert (seen.generation, seen.call) == (office.ledger.memory.generation(CALL.code), CALL.code)
        assert found(office, "V21-001").staff["notes"] == "Enregistré ailleurs"


def test_an_older_copy_that_lost_its_stamp_takes_nothing_back_that_came_since(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        older = opened(office)
        learn(office, "V21-002", "Ville de Marquise")
        type_into(office.tracker, CALL, "candidatures", {"V21-002": {"decision": "Retenu", "request": "Lauréat"}})
        office.ledger.candidatures.open(a_candidature(collectivite="Wimille"), CALL.prefix)
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])

        older.type("V21-003", "Notes", "Vu au téléphone")
        office.tracker.path(CALL).write_bytes(older.saved(drop=["docProps/custom.xml"]))
        assert (cycle(office, "09:15"), cycle(office, "09:20")) == ([], [])

        assert opened(office).column_values("Collectivité") == [
            *("Fourmies", "Ville de Marquise", "Hazebrouck", "Ruitz", "Wimille")
        ]
        assert opened(office).column_values("Décision") == ["", "Retenu", "", "", ""]
        assert opened(office).value("V21-002", "Dernier courrier") == "Lauréat, 02/03/2017"
        assert opened(office).value("V21-003", "Notes") == "Vu au téléphone"
        assert [found(office, one).corrections for one in ("V21-001", "V21-002", "V21-003")] == [{}, {}, {}]
        assert len(office.postman.sent) == 1  # type: ignore[attr-defined]


def test_what_staff_change_back_in_a_program_that_drops_the_stamp_is_theirs(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        for hour, word in (("09:05", "Retenu"), ("09:10", "Non retenu"), ("09:15", "Retenu"), ("09:20", "")):
            book = opened(office)
            book.type("V21-001", "Décision", word)
            office.tracker.path(CALL).write_bytes(book.saved(drop=["docProps/custom.xml"]))
            assert cycle(office, hour) == []
            assert found(office, "V21-001").staff["decision"] == word
            assert opened(office).value("V21-001", "Décision") == word


def test_a_file_that_staff_typed_into_gets_a_new_stamp_once(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        stamp = office.ledger.memory.generation(CALL.code)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"notes": "Vu"}})
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        assert office.ledger.memory.generation(CALL.code) == stamp + 1


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("SuiviAppel", "is the tracker of the call autre-2017; put back that of visions21-2017"),
        ("SuiviGeneration", "comes from write 99, the ledger knows of 1 only"),
    ],
)
def test_a_file_that_is_not_ours_is_not_touched(tmp_path: Path, stamp: str, said: str) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        book.custom_doc_props[stamp].value = "autre-2017" if stamp == "SuiviAppel" else 99
        book.save(office.tracker.path(CALL))
        before = office.tracker.path(CALL).read_bytes()

        assert said in cycle(office, "09:05")[0]
        assert office.tracker.path(CALL).read_bytes() == before


def test_a_version_that_was_written_and_never_recorded_is_known_when_it_comes_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as plain:
        tracker = StageTracker(tmp_path / "sheets", tmp_path / "var")
        office = replace(plain, tracker=tracker)
        a_tracker(office)
        before = tracker.path(CALL).read_bytes()
        learn(office, "V21-002", "Ville de Marquise")
        tracker.crash = "after"
        with pytest.raises(Crash):
            cycle(office, "09:05")
        written = tracker.path(CALL).read_bytes()
        tracker.crash = ""
        tracker.path(CALL).write_bytes(before)
        learn(office, "V21-002", "Marquise (62)")
        assert cycle(office, "09:10") == []

        tracker.path(CALL).write_bytes(written)
        assert (cycle(office, "09:15"), cycle(office, "09:20")) == ([], [])
        assert opened(office).value("V21-002", "Collectivité") == "Marquise (62)"
        assert found(office, "V21-002").corrections == {}


# Held open


def test_a_tracker_held_open_for_hours_is_told_once_a_day(tmp_path: Path) -> None:
    with an_office(tmp_path) as plain:
        office = replace(plain, alerts_to=("responsable@cerdd.example",))
        a_tracker(office)
        lock = office.tracker.path(CALL).with_name(".~lock.suivi.xlsx#")
        lock.write_text("Léa Martin,lea,poste,02.03.2017 09:00,file:///profil;", encoding="utf-8")
        learn(office, "V21-002", "Ville de Marquise")
        for hour in ("09:05", "12:00", "13:00"):
            assert "is open by Léa Martin" in cycle(office, hour)[0]
        state = state_of_tracker(office, CALL)
        assert (state["tracker_open_by"], state["tracker_open_with"]) == ("Léa Martin", "LibreOffice")
        assert state["tracker_waits_since"] == "2017-03-02T09:05:00+01:00"
        assert sent_to(office, "responsable@cerdd.example") == []

        for hour in ("13:10", "13:15", "18:00"):
            cycle(office, hour)
        assert len(sent_to(office, "responsable@cerdd.example")) == 1
        assert "Ouvert par Léa Martin (LibreOffice)" in sent_to(office, "responsable@cerdd.example")[0]

        lock.unlink()
        assert cycle(office, "18:05") == []
        assert state_of_tracker(office, CALL)["tracker_waits_since"] is None
        assert opened(office).value("V21-002", "Collectivité") == "Ville de Marquise"


def test_what_staff_saved_in_a_file_held_open_is_taken_and_nothing_waits(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"notes": "Vu"}})
        lock = office.tracker.path(CALL).with_name(".~lock.suivi.xlsx#")
        lock.write_text("Léa Martin,lea,poste,02.03.2017 09:00,file:///profil;", encoding="utf-8")
        assert cycle(office, "09:05") == []
        assert found(office, "V21-001").staff["notes"] == "Vu"
        lock.unlink()
        stamp = office.ledger.memory.generation(CALL.code)
        assert cycle(office, "09:10") == []
        assert office.ledger.memory.generation(CALL.code) == stamp + 1


def sent_to(office: Office, recipient: str) -> list[str]:
    """The texts of the letters to somebody."""
    letters = [one for one in office.postman.sent if one.key.recipient == recipient]  # type: ignore[attr-defined]
    mails = [email.message_from_bytes(one.raw, policy=email.policy.default) for one in letters]
    return [str(mail.get_body(("plain",)).get_content()) for mail in mails]  # type: ignore[union-attr]


# Meetings


def test_a_meeting_whose_row_staff_deleted_is_not_announced(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        type_into(office.tracker, CALL, "reunions", MEETINGS)
        assert cycle(office, "09:05") == []
        whole = office.tracker.path(CALL).read_bytes()
        book = StaffBook(whole, "Réunions", key="Clé")
        row = dict(book.find("prep-1").cells)
        book.delete("prep-1")
        save(office, book)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu", "request": "Convocation"}})
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])
        assert office.postman.sent == []  # type: ignore[attr-defined]
        assert "n'est plus dans la feuille Réunions" in opened(office).value("V21-001", "À vérifier")

        book = StaffBook(office.tracker.path(CALL).read_bytes(), "Réunions", key="Clé")
        del row[book.column("Clé")]
        book.rows.append(Row(row))
        save(office, book)
        assert (cycle(office, "09:20"), cycle(office, "09:25")) == ([], [])
        assert [one.key.letter for one in office.postman.sent] == ["convocation"]  # type: ignore[attr-defined]
        seen = StaffBook(office.tracker.path(CALL).read_bytes(), "Réunions", key="Clé")
        assert seen.column_values("Clé") == ["prep-2", "prep-1"]


# What is not read


def test_what_staff_put_where_nobody_reads_it_is_told_by_status(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        page, meetings = book["Candidatures"], book["Réunions"]
        book.copy_worksheet(page).title = "Candidatures (2)"
        del page.tables["Candidatures"]
        page.cell(1, page.max_column + 2).value = "Notes"
        meetings.cell(meetings.max_row + 1, 1).value = "Réunion de clôture"
        book.save(office.tracker.path(CALL))
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        assert state_of_tracker(office, CALL)["tracker_remarks"] == [
            "Feuille Candidatures\u00a0: deux colonnes « Notes », la première est lue.",
            "Feuille Réunions\u00a0: « Réunion de clôture » n'est pas une réunion de l'appel, personne n'y est invité"
            "\u00a0; à déclarer dans config/calls.",
            "Feuille « Candidatures (2) »\u00a0: copie de Candidatures, elle n'est pas lue.",
        ]


def test_a_candidature_typed_under_an_empty_line_is_said_to_be_taken_for_a_note(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = in_excel(office)
        page = book["Candidatures"]
        headings = {cell.value: cell.column for cell in page[1]}
        last = page.tables["Candidatures"].ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        page.cell(int(last) + 2, headings["Collectivité"]).value = "Hazebrouck"
        page.cell(int(last) + 4, headings["Notes"]).value = "Relances faites le 3 mars"
        book.save(office.tracker.path(CALL))
        before, note = len(office.ledger.candidatures.all(CALL.code)), int(last) + 2
        assert cycle(office, "09:05") == []
        assert len(office.ledger.candidatures.all(CALL.code)) == before
        assert state_of_tracker(office, CALL)["tracker_remarks"] == [
            f"Feuille Candidatures\u00a0: la ligne {note} (« Hazebrouck »), sous une ligne vide, est prise pour "
            "une note\u00a0; si c'est une candidature, remontez-la juste sous la dernière."
        ]


def test_headings_that_staff_repeated_between_rows_are_no_candidature(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.rows.insert(2, Row(dict(book.head.cells)))
        save(office, book)
        before = office.tracker.path(CALL).read_bytes()
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        assert len(office.ledger.candidatures.all(CALL.code)) == 4
        assert office.tracker.path(CALL).read_bytes() == before


# A share


def test_while_the_folder_of_a_tracker_is_away_nothing_is_written_in_its_place_and_no_letter_leaves_without_its_files(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        folder, away = office.tracker.path(CALL).parent, tmp_path / "away"
        enclosed = folder / "a-joindre" / "laureat" / "charte.txt"
        enclosed.parent.mkdir(parents=True)
        enclosed.write_text("Charte", "utf-8")
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu", "request": "Lauréat"}})
        carry_in_staff_edits(office, CALL)
        folder.rename(away)
        (trouble, *_) = cycle(office, "09:05")
        assert trouble.startswith(f"{folder}: is not there. Connect the share")
        assert (folder.exists(), office.postman.sent) == (False, [])  # type: ignore[attr-defined]

        away.rename(folder)
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])
        (letter,) = office.postman.sent  # type: ignore[attr-defined]
        assert b"charte.txt" in letter.raw
        assert opened(office).value("V21-001", "Courrier à envoyer") == ""


def test_a_folder_that_is_lost_is_filled_again_once_somebody_makes_it(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"notes": "Vu"}})
        assert cycle(office, "09:05") == []
        folder = office.tracker.path(CALL).parent
        folder.rename(tmp_path / "lost")
        assert "is not there" in cycle(office, "09:10")[0]
        folder.mkdir()
        assert (cycle(office, "09:15"), cycle(office, "09:20")) == ([], [])
        assert opened(office).value("V21-001", "Notes") == "Vu"


# Words


def test_a_word_that_is_none_of_the_choices_is_said_in_its_row(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Refusé"}})
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        assert "Décision\u00a0: « Refusé » n'est pas compris" in opened(office).value("V21-001", "À vérifier")
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Non retenue"}})
        assert (cycle(office, "09:15"), cycle(office, "09:20")) == ([], [])
        assert opened(office).value("V21-001", "À vérifier") == ""


# Rows typed by hand


def held(office: Office) -> Path:
    """The lock of somebody who has the tracker open."""
    lock = office.tracker.path(CALL).with_name(".~lock.suivi.xlsx#")
    lock.write_text("Léa Martin,lea,poste,02.03.2017 09:00,file:///profil;", encoding="utf-8")
    return lock


def test_a_row_typed_in_several_saves_of_a_file_held_open_is_one_candidature(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book, lock = opened(office), held(office)
        book.add({"Collectivité": "Saint-Pol-sur-Ternoise", "Courrier à envoyer": "Accusé de réception"})
        save(office, book)
        cycle(office, "09:05")
        for heading, value in (("Courriel", "mairie@saint-pol.example"), ("Notes", "Par courrier")):
            book.put(book.rows[-1], heading, value)
            save(office, book)
            cycle(office, "09:10")
        lock.unlink()
        assert (cycle(office, "09:15"), cycle(office, "09:20")) == ([], [])

        seen = opened(office)
        assert seen.column_values("N°") == ["V21-001", "V21-002", "V21-003", "V21-004", "V21-005"]
        assert seen.value("V21-005", "Notes") == "Par courrier"
        assert found(office, "V21-005").corrections["email"] == "mairie@saint-pol.example"
        assert len(office.ledger.candidatures.all(CALL.code)) == 5
        assert [one.key.recipient for one in office.ledger.outbox.letters(CALL.code)] == ["mairie@saint-pol.example"]


def test_a_word_that_is_no_letter_is_said_of_a_row_typed_by_hand_too(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        book.add({"Collectivité": "Ruitz", "Courrier à envoyer": "Acusé"})
        save(office, book)
        assert (cycle(office, "09:05"), cycle(office, "09:10")) == ([], [])
        said = "Courrier à envoyer\u00a0: « Acusé » n'est pas un courrier connu\u00a0; choisissez-le dans la liste."
        assert found(office, "V21-005").to_check == (said,)


def test_a_number_made_up_by_staff_that_a_mail_got_meanwhile_is_replaced_and_both_candidatures_stand(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book, lock = opened(office), held(office)
        office.ledger.candidatures.open(a_candidature(collectivite="Bailleul"), CALL.prefix)
        assert "is open by Léa Martin" in cycle(office, "09:05")[0]
        typed = {"N°": "V21-005", "Collectivité": "Calais", "Courriel": "dgs@calais.example", "Décision": "Retenu"}
        book.add(typed)
        save(office, book)
        lock.unlink()
        assert (cycle(office, "09:10"), cycle(office, "09:15"), cycle(office, "09:20")) == ([], [], [])

        seen = opened(office)
        assert seen.column_values("N°")[4:] == ["V21-006", "V21-005"]
        assert seen.column_values("Collectivité")[4:] == ["Calais", "Bailleul"]
        assert seen.column_values("Courriel")[4:] == ["dgs@calais.example", "marc@ternois.example"]
        assert found(office, "V21-006").staff["decision"] == "Retenu"
        assert "« V21-005 » était écrit dans la colonne N°" in seen.value("V21-006", "À vérifier")
        assert found(office, "V21-005").corrections == {}


def test_what_staff_typed_of_a_candidature_before_its_row_was_shown_is_theirs(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book, lock = opened(office), held(office)
        office.ledger.candidatures.open(a_candidature(collectivite="Bailleul"), CALL.prefix)
        cycle(office, "09:05")
        typed = {"N°": "V21-005", "Collectivité": "Ville de Bailleul", "Courriel": "marc@ternois.example"}
        book.add({**typed, "Décision": "Retenu", "Courrier à envoyer": "Lauréat"})
        save(office, book)
        lock.unlink()
        assert (cycle(office, "09:10"), cycle(office, "09:15"), cycle(office, "09:20")) == ([], [], [])

        seen = opened(office)
        assert seen.column_values("N°")[4:] == ["V21-005"]
        assert seen.value("V21-005", "Collectivité") == "Ville de Bailleul"
        assert found(office, "V21-005").corrections == {"collectivite": "Ville de Bailleul"}
        assert found(office, "V21-005").staff["decision"] == "Retenu"
        assert [one.key.letter for one in office.postman.sent] == ["laureat"]  # type: ignore[attr-defined]


def test_two_rows_typed_alike_are_two_candidatures(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book, lock = opened(office), held(office)
        for _ in range(2):
            book.add({"Collectivité": "Saint-Pol-sur-Ternoise"})
        save(office, book)
        cycle(office, "09:05")
        lock.unlink()
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])
        assert opened(office).column_values("N°")[4:] == ["V21-005", "V21-006"]
        assert len(office.ledger.candidatures.all(CALL.code)) == 6


def test_a_letter_taken_out_of_a_row_before_it_got_its_number_does_not_leave(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book, lock = opened(office), held(office)
        typed = {
            "Collectivité": "Ruitz",
            "Courriel": "mairie@ruitz.example",
            "Courrier à envoyer": "Accusé de réception",
        }
        book.add(typed)
        save(office, book)
        carry_in_staff_edits(office, CALL)
        with pytest.raises(Unavailable, match="is open by Léa Martin"):
            show_in_tracker(office, CALL)
        book.put(book.rows[-1], "Courrier à envoyer", "")
        save(office, book)
        with pytest.raises(Unavailable, match="is open by Léa Martin"):
            show_in_tracker(office, CALL)
        lock.unlink()
        assert (cycle(office, "09:10"), cycle(office, "09:15")) == ([], [])
        assert office.postman.sent == []  # type: ignore[attr-defined]
        assert opened(office).value("V21-005", "Collectivité") == "Ruitz"


def test_a_copy_made_before_a_row_got_its_number_makes_no_second_candidature_and_no_second_letter(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path) as office:
        a_tracker(office)
        book = opened(office)
        typed = {
            "Collectivité": "Ruitz",
            "Courriel": "mairie@ruitz.example",
            "Courrier à envoyer": "Accusé de réception",
        }
        book.add(typed)
        save(office, book)
        older = opened(office)
        assert (cycle(office, "09:05"), cycle(office, "09:10"), cycle(office, "09:15")) == ([], [], [])
        assert len(office.postman.sent) == 1  # type: ignore[attr-defined]

        older.put(older.rows[-1], "Notes", "Reçue par courrier")
        save(office, older)
        for hour in ("09:20", "09:25", "09:30"):
            assert cycle(office, hour) == []

        seen = opened(office)
        assert seen.column_values("N°") == ["V21-001", "V21-002", "V21-003", "V21-004", "V21-005"]
        assert seen.value("V21-005", "Notes") == "Reçue par courrier"
        assert seen.value("V21-005", "Courrier à envoyer") == ""
        assert seen.value("V21-005", "Dernier courrier") == "Accusé de réception, 02/03/2017"
        assert found(office, "V21-005").staff["notes"] == "Reçue par courrier"
        assert len(office.ledger.candidatures.all(CALL.code)) == 5
        assert len(office.postman.sent) == 1  # type: ignore[attr-defined]


def test_a_meeting_is_planned_for_the_day_that_staff_saw_though_the_file_of_the_call_changed_meanwhile(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path) as office:
        run_cycle(office)
        first, *others = CALL.meetings
        moved = replace(CALL, meetings=(replace(first, date=date(2017, 3, 14), title="Autre titre"), *others))
        type_into(office.tracker, CALL, "reunions", {"prep-1": {"place": "Base 11/19"}})
        office = replace(office, calls=(moved,))
        for _ in range(2):
            assert run_cycle(office).troubles == []
        seen = office.tracker.read(moved)
        assert seen is not None
        (shown, _) = seen.sheets["reunions"].rows
        (plan, _) = plans(office, moved)
        assert (shown.values["date"], shown.values["title"]) == (plan.date, plan.title) == (first.date, first.title)
