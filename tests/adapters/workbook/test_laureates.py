import io
from datetime import date, datetime

import openpyxl
import pytest

from pipeline.adapters.workbook.laureates import ExcelLaureates
from pipeline.core.candidature import Attendance
from pipeline.core.laureates import lists_of
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import CALL
from tests.builders import a_candidature

DAY = date(2017, 3, 1)
NAME = "laureats.xlsx"
RETAINED = a_candidature(
    collectivite="=cmd|' /C calc'!A0",
    siren="007000000",
    staff={"decision": "Retenu"},
    meetings={"prep-1": Attendance.ACCEPTED},
)
WAITING = a_candidature(number="V21-002", staff={"decision": "Liste d'attente", "rank": "1"})


@pytest.fixture
def laureates(tmp_path):
    return ExcelLaureates(tmp_path)


def made(laureates, *candidatures, day=DAY):
    return laureates.book(CALL, lists_of(CALL, candidatures, (), {}), day)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_laureates_are_titled_dated_and_listed(laureates):
    book = opened(made(laureates, RETAINED, WAITING))
    assert book.sheetnames == ["Lauréats", "Publication", "Liste d'attente"]
    page = book["Lauréats"]
    assert page["A1"].value == "Lauréats – Visions +21"
    assert page["A2"].value.endswith("– liste établie le mercredi 1er mars 2017")
    assert [one.value for one in page[4]] == [
        *("N°", "Collectivité", "Type", "SIREN", "Départements", "Population", "Contact", "Fonction"),
        *("Courriel", "Téléphone", "Reçue le", "Lauréat informé le", *(meeting.title for meeting in CALL.meetings)),
    ]
    assert [one.value for one in page[5]] == [
        *("V21-001", RETAINED.collectivite, "Communauté de communes", "007000000", "62, 80", 37000, "Marc Delattre"),
        *("Chargé de mission", "marc@ternois.example", "03 53 01 63 09", datetime(2017, 2, 20, 10), None),
        *("accepté", None),
    ]
    assert page["B5"].data_type == "s"
    assert (page.tables["Laureats"].ref, page.freeze_panes) == ("A4:N5", "C5")
    assert [one.value for one in book["Liste d'attente"][5]][:2] == [1, "V21-002"]


def test_every_page_is_printed_on_a4_across_with_its_headings(laureates):
    for page in opened(made(laureates, RETAINED, WAITING)):
        assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
        assert (page.page_setup.fitToWidth, page.print_title_rows) == (1, "$4:$4")


def test_no_column_of_moments_is_so_narrow_that_it_shows_hashes(laureates):
    page = opened(made(laureates, RETAINED))["Lauréats"]
    assert page["K5"].number_format == "dd/mm/yyyy hh:mm"
    assert page.column_dimensions["K"].width >= 16


def test_the_same_lists_and_day_give_the_same_bytes(laureates):
    first = made(laureates, RETAINED)
    assert made(laureates, RETAINED) == first
    assert made(laureates, RETAINED, day=date(2017, 3, 2)) != first


def test_without_laureates_there_is_an_empty_table(laureates):
    assert opened(made(laureates))["Lauréats"].tables["Laureats"].ref == "A4:N5"


@pytest.mark.parametrize(
    ("name", "shown"), [("a\x00b", "ab"), ("\ud800x", "x"), ("é" * 40_000, "é" * 32_765 + " …"), ("_x0041_", None)]
)
def test_a_name_that_no_cell_takes_is_made_to_fit(laureates, name, shown):
    page = opened(made(laureates, a_candidature(collectivite=name, staff={"decision": "Retenu"})))["Lauréats"]
    # openpyxl does not decode what Excel does: the underscore stays escaped.
    assert page["B5"].value == (shown or "_x005F_x0041_")


def test_an_open_file_is_left_as_it_is(laureates):
    laureates.write(CALL, NAME, made(laureates, RETAINED))
    before = laureates.fingerprint(CALL, NAME)
    laureates.path(CALL).with_name(".~lock.laureats.xlsx#").write_text("Léa,lea,pc,x,y;")
    with pytest.raises(Unavailable, match="is open by Léa"):
        laureates.write(CALL, NAME, b"new")
    assert laureates.fingerprint(CALL, NAME) == before
    assert len(list(laureates.path(CALL).parent.iterdir())) == 2


def test_a_file_that_cannot_be_read_is_one_clear_line(laureates):
    laureates.path(CALL).mkdir(parents=True)
    with pytest.raises(Unavailable, match=r"laureats\.xlsx: cannot be read now"):
        laureates.fingerprint(CALL, NAME)


def test_a_file_that_is_not_there_has_no_fingerprint(laureates):
    assert laureates.fingerprint(CALL, NAME) == ""
