"""Rows grow with what is written into them, unless staff chose their height."""

import pytest
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from pipeline.adapters.workbook.writing.cell_xml import CellXml
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.splicing import RowPlan, Splicer, spliced
from pipeline.core.merge import CellOut, RowOut, SheetChanges
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import (
    CALL,
    SHEET,
    a_tracker,
    by_staff,
    cell,
    column_of,
    page_of,
    parts,
    with_part,
    write,
)
from tests.adapters.workbook.writing.test_result_check import spoilt, targets

TWO_LINES, SIX_LINES = "mot " * 15, "une phrase\n" * 5 + "fin"


def heights(tracker):
    page = page_of(tracker)
    return [page.row_dimensions[row].height for row in range(2, page.max_row + 1)]


def by_hand(tracker, change):
    """Staff change something of the sheet Candidatures."""
    by_staff(tracker, lambda book: change(book["Candidatures"]))


def test_a_row_is_as_high_as_its_text_needs_and_grows_with_it_and_never_shrinks(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", to_check=TWO_LINES)
    assert heights(tracker) == [33, 33]
    write(tracker, cell(2, "to_check", SIX_LINES), 2)
    assert heights(tracker) == [93, 33]
    write(tracker, cell(2, "to_check", "une phrase"), 3)
    assert heights(tracker) == [93, 33]


def test_a_row_without_a_height_gets_one_when_its_text_takes_several_lines(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")
    assert heights(tracker) == [None, None]
    write(tracker, SheetChanges((CellOut(2, "to_check", "court"), CellOut(3, "to_check", TWO_LINES))), 2)
    assert heights(tracker) == [None, 33]


def test_a_height_that_staff_chose_is_never_touched(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", to_check=TWO_LINES)
    chosen = '<row r="2" ht="20" customHeight="1"'
    with_part(tracker.path(CALL), SHEET, lambda text: text.replace('<row r="2" ht="33"', chosen))
    for position in (2, 3):
        write(tracker, cell(position, "to_check", SIX_LINES), position)
    assert heights(tracker) == [20, 93]


def test_heights_that_staff_chose_for_the_whole_sheet_stay(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def choose(page):
        page.sheet_format.customHeight, page.sheet_format.defaultRowHeight = True, 18

    by_hand(tracker, choose)
    write(tracker, cell(2, "to_check", SIX_LINES), 2)
    assert heights(tracker) == [None]


def test_the_width_that_staff_gave_to_a_column_counts(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")

    def widen(page):
        page.column_dimensions[get_column_letter(column_of(page, "À vérifier"))].width = 80

    by_hand(tracker, widen)
    write(tracker, cell(2, "to_check", TWO_LINES), 2)
    assert heights(tracker) == [None, None]


def test_a_text_that_staff_keep_on_one_line_makes_no_row_higher(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def unwrap(page):
        page.cell(2, column_of(page, "À vérifier")).alignment = Alignment(wrap_text=False)

    by_hand(tracker, unwrap)
    write(tracker, cell(2, "to_check", SIX_LINES), 2)
    assert heights(tracker) == [None]


def test_a_measure_that_is_no_number_stops_no_write(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", to_check=TWO_LINES)

    def spoil(text):
        return text.replace('<row r="2" ht="33"', '<row r="2" ht="33,5"').replace('width="36"', 'width="large"')

    with_part(tracker.path(CALL), SHEET, spoil)
    write(tracker, cell(2, "to_check", SIX_LINES), 2)
    assert '<row r="2" ht="33,5">' in parts(tracker.path(CALL))[SHEET].decode()


def test_without_heights_a_row_keeps_its_tag():
    sheet = SheetBytes(b'<worksheet><sheetData><row r="2" ht="40"><c r="A2"/></row></sheetData></worksheet>', "F")
    splices = Splicer(sheet, CellXml(), 2).splices([(2, RowPlan({1: SIX_LINES}))])
    assert b"".join(spliced(sheet.content, sheet.start, sheet.end, splices)).startswith(b'<row r="2" ht="40">')


@pytest.mark.parametrize(
    ("old", "new", "is_let_through"),
    [
        (b'ht="33"', b'ht="48"', True),
        (b'ht="33"', b'ht="15"', False),
        (b'ht="33"', b"", False),
        (b'ht="33"', b'ht="48" customHeight="1"', False),
        (b'ht="33" customHeight="1"', b'ht="48" customHeight="1"', False),
        (b'ht="33" customHeight="0"', b'ht="48" customHeight="0"', True),
        (b'hidden="1"', b'hidden="1" ht="48"', True),
        (b'ht="33"', b'ht="48" hidden="1"', False),
    ],
)
def test_the_check_lets_a_row_grow_and_nothing_else(tmp_path, old, new, is_let_through):
    content = a_tracker(tmp_path, "V21-001", "V21-002", to_check="court").path(CALL).read_bytes()
    asked = targets(CellOut(3, "to_check", "autre"))
    before = spoilt(content, SHEET, rb"<row r=\"3\"", b'<row r="3" ' + old)
    after = spoilt(
        spoilt(content, SHEET, rb"<row r=\"3\"", b'<row r="3" ' + new), SHEET, rb"(r=\"3\".*)court", rb"\1autre"
    )
    if is_let_through:
        check_result(before, after, asked)
    else:
        with pytest.raises(Unavailable, match="row 3 was not to change; nothing was changed"):
            check_result(before, after, asked)


def test_a_new_row_where_a_row_stands_already_grows_too(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_hand(tracker, lambda page: setattr(page.cell(3, 60), "value", None))
    write(tracker, SheetChanges((), (RowOut("V21-002", {"number": "V21-002", "to_check": TWO_LINES}),)), 2)
    assert heights(tracker) == [None, 33]
