from datetime import datetime

import openpyxl
import pytest

from pipeline.adapters.workbook.laureates import ExcelLaureates
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import CALL
from tests.builders import a_call

NOW = datetime(2017, 3, 1, 8)
ROW = {
    "number": "V21-001",
    "collectivite": "=cmd|' /C calc'!A0",
    "siren": "007000000",
    "population": 37000,
    "received": datetime(2017, 2, 20, 10),
    "decision": "Retenu",
    "meeting:prep-1": "accepté",
}


@pytest.fixture
def laureates(tmp_path):
    return ExcelLaureates(tmp_path)


def page_of(laureates):
    return openpyxl.load_workbook(laureates.path(CALL))["Lauréats"]


def test_the_laureates_are_titled_dated_and_listed(laureates):
    assert laureates.write(CALL, [ROW, {"number": "V21-002"}], NOW)
    page = page_of(laureates)
    assert page["A1"].value == "Lauréats – Visions +21"
    assert page["A2"].value.endswith("– liste établie le mercredi 1er mars 2017")
    assert [one.value for one in page[4]] == [
        *("N°", "Collectivité", "Type", "SIREN", "Départements", "Population", "Contact", "Fonction"),
        *("Courriel", "Téléphone", "Reçue le", *(meeting.title for meeting in CALL.meetings)),
    ]
    assert [one.value for one in page[5]] == [
        *("V21-001", ROW["collectivite"], None, "007000000", None, 37000, None, None, None, None),
        *(datetime(2017, 2, 20, 10), "accepté", None),
    ]
    assert page["B5"].data_type == "s"
    assert (page.tables["Laureats"].ref, page.freeze_panes) == ("A4:M6", "C5")


def test_the_same_laureates_are_not_written_again(laureates):
    assert laureates.write(CALL, [ROW], NOW)
    before = laureates.path(CALL).read_bytes()
    assert not laureates.write(CALL, [dict(reversed(ROW.items()))], datetime(2017, 3, 2))
    assert laureates.path(CALL).read_bytes() == before
    assert laureates.write(CALL, [ROW | {"population": 1}], NOW)
    assert laureates.write(a_call(meetings=()), [ROW | {"population": 1}], NOW)


def test_a_damaged_file_is_written_anew(laureates):
    laureates.path(CALL).parent.mkdir(parents=True)
    laureates.path(CALL).write_bytes(b"PK\x03\x04 truncated")
    assert laureates.write(CALL, [ROW], NOW)
    assert page_of(laureates)["A5"].value == "V21-001"


def test_without_laureates_there_is_an_empty_table(laureates):
    assert laureates.write(CALL, [], NOW)
    assert page_of(laureates).tables["Laureats"].ref == "A4:M5"


@pytest.mark.parametrize(
    ("name", "shown"), [("a\x00b", "ab"), ("\ud800x", "x"), ("é" * 40_000, "é" * 32_765 + " …"), ("_x0041_", None)]
)
def test_a_name_that_no_cell_takes_is_made_to_fit(laureates, name, shown):
    assert laureates.write(CALL, [{"number": "V21-001", "collectivite": name}], NOW)
    # openpyxl does not decode what Excel does: the underscore stays escaped.
    assert page_of(laureates)["B5"].value == (shown or "_x005F_x0041_")


def test_an_open_file_is_left_as_it_is(laureates):
    assert laureates.write(CALL, [ROW], NOW)
    before = laureates.path(CALL).read_bytes()
    laureates.path(CALL).with_name(".~lock.laureats.xlsx#").write_text("Léa,lea,pc,x,y;")
    with pytest.raises(Unavailable, match="is open by Léa"):
        laureates.write(CALL, [], NOW)
    assert laureates.path(CALL).read_bytes() == before
    assert len(list(laureates.path(CALL).parent.iterdir())) == 2


def test_a_file_that_cannot_be_read_is_one_clear_line(laureates):
    laureates.path(CALL).mkdir(parents=True)
    with pytest.raises(Unavailable, match=r"laureats\.xlsx: cannot be read now"):
        laureates.write(CALL, [], NOW)
