"""Sheets that staff made odd: said in a line with what to do, left as they are, or read as a person would."""

import re
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from pipeline.adapters.workbook import extents
from pipeline.adapters.workbook.extents import refuse_far_values
from pipeline.core.merge import CellValue
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import (
    CALL,
    SHEET,
    a_tracker,
    by_staff,
    column_of,
    page_of,
    parts,
    rows_out,
    values,
    with_part,
    write,
)


def far_away(book: openpyxl.Workbook) -> None:
    book["Candidatures"]["XFD1048576"] = "x"


def merged_below(book: openpyxl.Workbook) -> None:
    book["Candidatures"].merge_cells("A3:C4")


def a_row_at_the_very_end(book: openpyxl.Workbook) -> None:
    book["Messages"]["A1048576"] = "tapé par mégarde"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (far_away, "sheet Candidatures: a value stands far outside the table (see XFD1048576); remove it."),
        (
            a_row_at_the_very_end,
            "sheet Messages: a value stands far outside the table (see I1048576); remove it.",
        ),
        (merged_below, "sheet Candidatures: merged cells stand where rows are to be added; unmerge them."),
    ],
    ids=["the last cell of all", "the last row", "merged cells below"],
)
def test_where_rows_cannot_be_added_it_is_said_and_nothing_is_written(tmp_path, change, said):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, change)
    before = tracker.path(CALL).read_bytes()
    with pytest.raises(Unavailable) as refused:
        write(tracker, rows_out("V21-002"))
    assert str(refused.value).endswith(said), str(refused.value)
    assert tracker.path(CALL).read_bytes() == before


def test_a_value_far_away_in_a_sheet_of_staff_s_stops_nothing(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Mes calculs")["XFD1048576"] = 1

    by_staff(tracker, change)
    write(tracker, rows_out("V21-002"))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]
    assert openpyxl.load_workbook(tracker.path(CALL))["Mes calculs"]["XFD1048576"].value == 1


def test_cells_that_were_only_coloured_reach_nowhere(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def change(book: openpyxl.Workbook) -> None:
        for address in ("XFD2", "XFD3", "A1048576"):
            book["Candidatures"][address].fill = PatternFill("solid", fgColor="FFFFFF00")

    by_staff(tracker, change)
    assert values(tracker, "number") == [("V21-001",)]


@pytest.mark.parametrize(
    ("cells", "within"),
    [
        ('<row r="3"><c r="B3"><v>1</v></c></row>', 6),
        ('<x:row r="3"><x:c s="1" r=\'AA3\' t="s"><x:v>1</x:v></x:c></x:row>', 81),
        ('<row><c r="A1"><f>B1</f></c><c r="ZZ2" s="4"></c></row><row><c s="4" r="XFD9"/></row>', 1),
        ('<row r="1048576"><c t="n" r="XFD1048576"><v>1</v></c></row>', 16_384 * 1_048_576),
        ('<row r="40000"><c r="ZZ40000"><v>1</v></c></row>', 702 * 40_000),
    ],
)
def test_how_far_a_sheet_reaches_is_told_by_the_cells_that_hold_something(monkeypatch, cells, within):
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()
    monkeypatch.setattr(extents, "MOST_CELLS", within)
    refuse_far_values("Candidatures", sheet)
    monkeypatch.setattr(extents, "MOST_CELLS", within - 1)
    with pytest.raises(Unavailable):
        refuse_far_values("Candidatures", sheet)


def test_merged_cells_beside_the_table_stop_nothing(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: book["Candidatures"].merge_cells("AF3:AG9"))
    write(tracker, rows_out("V21-002"))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]
    assert [str(one) for one in page_of(tracker).merged_cells.ranges] == ["AF3:AG9"]


@pytest.mark.parametrize(
    ("typed", "number_format", "read"),
    [
        (timedelta(hours=14, minutes=30), "[h]:mm", time(14, 30)),
        (timedelta(hours=30, minutes=15), "[h]:mm", "30:15"),
        (-0.5, "[h]:mm", "-12:00"),
        (time(14, 30), "hh:mm", time(14, 30)),
        (datetime(2017, 3, 7, 14, 30), "dd/mm/yyyy hh:mm", datetime(2017, 3, 7, 14, 30)),
        (0.5, "0%", 0.5),
        (True, "General", True),
        (37_000, "# ##0", 37_000),
        ("  ", "@", "  "),
    ],
)
def test_what_staff_typed_is_read_with_the_type_that_it_shows(
    tmp_path, typed: object, number_format: str, read: CellValue
):
    tracker = a_tracker(tmp_path, "V21-001")

    def change(book: openpyxl.Workbook) -> None:
        page = book["Candidatures"]
        cell = page.cell(2, column_of(page, "Notes"), typed)
        cell.number_format = number_format

    by_staff(tracker, change)
    ((found,),) = values(tracker, "notes")
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#ERROR!", "Err:522", "#N/A"])
def test_an_error_of_any_program_in_a_formula_of_staff_s_is_an_empty_cell_and_stays(tmp_path, error):
    tracker = a_tracker(tmp_path, "V21-001", notes="vu")

    def change(book: openpyxl.Workbook) -> None:
        book["Candidatures"]["AF2"] = "=FILTER(A:A,B:B>1)"
        book.create_sheet("Mes calculs")["A1"] = "=1/0"

    by_staff(tracker, change)
    with_part(tracker.path(CALL), SHEET, lambda text: with_error(text, error))
    assert values(tracker, "number", "notes") == [("V21-001", "vu")]
    write(tracker, rows_out("V21-002"))
    assert values(tracker, "number", "notes") == [("V21-001", "vu"), ("V21-002", None)]
    assert f"<v>{error}</v>" in parts(tracker.path(CALL))[SHEET].decode()


def with_error(text: str, error: str) -> str:
    """The formula in AF2 gives that error."""
    changed, count = re.subn(
        r'<c r="AF2"([^>]*?)(?: t="\w+")?><f>([^<]*)</f><v ?/?>(?:</v>)?</c>',
        rf'<c r="AF2"\1 t="e"><f>\2</f><v>{error}</v></c>',
        text,
    )
    assert count == 1, text[-2000:]
    return changed


def test_a_table_with_empty_rows_and_columns_before_it_is_read_where_it_stands(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", notes="vu")

    def moved(book):
        page = book["Candidatures"]
        del page.tables["Candidatures"]
        page.move_range(page.dimensions, rows=3, cols=2)

    by_staff(tracker, moved)
    seen = tracker.read(CALL).sheets["candidatures"]
    assert (seen.header_row, seen.places["number"].column) == (4, 3)
    assert [(row.position, row.key, row.values["notes"]) for row in seen.rows] == [
        (5, "V21-001", "vu"),
        (6, "V21-002", "vu"),
    ]
