"""The check of a write's result lets through what was asked, and nothing that was lost or changed on the way."""

import io
import re
import zipfile

import pytest

from pipeline.adapters.workbook.reading import Layout
from pipeline.adapters.workbook.writing.patching import Target, patched
from pipeline.adapters.workbook.writing.result_check import check_result
from pipeline.core.columns import candidatures_sheet
from pipeline.core.merge import CellOut, RowOut, SheetChanges
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import CALL, SHEET, a_tracker

COLUMNS = {column.key: rank for rank, column in enumerate(candidatures_sheet(CALL).columns, 1)}
STYLES, TABLE = "xl/styles.xml", "xl/tables/table1.xml"


@pytest.fixture
def before(tmp_path):
    return a_tracker(tmp_path, "V21-001", "V21-002", "V21-003", notes="n").path(CALL).read_bytes()


def targets(*cells, rows=()):
    return [Target("Candidatures", Layout(1, COLUMNS), "number", SheetChanges(cells, rows))]


def spoilt(content, part, pattern, by, count=1):
    """The workbook with something replaced in a part, which has to be there."""
    done = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == part:
                data, times = re.subn(pattern, by, data, count=count, flags=re.DOTALL)
                assert times, pattern
            new.writestr(info, data)
    return done.getvalue()


ONE_CELL = targets(CellOut(3, "notes", "autre"))
ONE_ROW = targets(rows=(RowOut("V21-004", {"number": "V21-004", "notes": "n"}),))


@pytest.mark.parametrize("asked", [ONE_CELL, ONE_ROW, targets(CellOut(3, "notes", None), CellOut(2, "population", 7))])
def test_what_was_asked_is_let_through(before, asked):
    check_result(before, patched(before, asked, 2, CALL.code), asked)


def test_a_write_of_nothing_but_stamps_is_let_through(before):
    check_result(before, patched(before, [], 2, CALL.code), [])


@pytest.mark.parametrize(
    ("part", "pattern", "by"),
    [
        (SHEET, rb"<row r=\"2\".*?</row>", b""),  # a row is lost
        (SHEET, rb"<c r=\"A2\".*?</c>", b""),  # a cell is lost
        (SHEET, rb"(<c r=\"A2\"[^>]*) s=\"\d+\"", rb"\1"),  # its style
        (SHEET, rb">V21-001<", b">V21-009<"),  # its value
        (SHEET, rb"<row r=\"3\"", b'<row r="3" hidden="1"'),  # a row is hidden
        (SHEET, rb">autre<", b">autres<"),  # what was asked is not what stands there
        (SHEET, rb"</row></sheetData>", b"</sheetData>"),  # no XML
        (SHEET, rb"</row>(?=<row r=\"4\")", b""),  # a row inside another
        (SHEET, rb"</row>(?=<row r=\"3\")", b"</row>text"),  # something between two rows
        (STYLES, rb"<fonts ", b'<fonts x="1" '),  # a part that nobody asked to change
        (TABLE, rb"<table ", b"<table"),  # no XML
    ],
)
def test_what_was_not_asked_is_not_let_through(before, part, pattern, by):
    after = patched(before, ONE_CELL, 2, CALL.code)
    with pytest.raises(Unavailable, match="nothing was changed"):
        check_result(before, spoilt(after, part, pattern, by), ONE_CELL)


def test_a_part_that_is_gone_is_not_let_through(before):
    after = patched(before, ONE_CELL, 2, CALL.code)
    less = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(after)) as old, zipfile.ZipFile(less, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if not info.filename.startswith("xl/charts/chart2"):
                new.writestr(info, old.read(info))
    with pytest.raises(Unavailable, match=r"the parts xl/charts/chart2\.xml were not to change; nothing was changed"):
        check_result(before, less.getvalue(), ONE_CELL)


def with_totals(content, attributes=b' x14ac:dyDescent="0.25" ht="30"'):
    """The workbook with row 4 as the totals of its table, its row element as Excel writes it."""
    row = b'<row r="4"%s><c r="A4" t="inlineStr"><is><t>Total</t></is></c></row></sheetData>' % attributes
    space = b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    content = spoilt(content, SHEET, rb"</sheetData>", row)
    content = spoilt(content, SHEET, rb"<worksheet ", b"<worksheet " + space)
    content = spoilt(content, TABLE, rb"<table ", b'<table totalsRowCount="1" ')
    return spoilt(content, TABLE, rb"(ref=\"A1:[A-Z]+)3\"", rb'\g<1>4"', count=2)


def test_a_row_of_totals_takes_its_attributes_with_it(tmp_path):
    before = with_totals(a_tracker(tmp_path, "V21-001", "V21-002").path(CALL).read_bytes())
    asked = targets(rows=(RowOut("V21-003", {"number": "V21-003"}), RowOut("V21-004", {"number": "V21-004"})))
    after = patched(before, asked, 2, CALL.code)
    check_result(before, after, asked)
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        rows = re.findall(rb"<row r=\"(\d+)\"([^>]*)>", package.read(SHEET))
    assert [number for number, _ in rows] == [b"1", b"2", b"3", b"4", b"5", b"6"]
    assert rows[-1][1] == b' x14ac:dyDescent="0.25" ht="30"'
    for pattern, by in ((rb"Total", b"Totaux"), (rb" ht=\"30\"", b"")):
        with pytest.raises(Unavailable, match="nothing was changed"):
            check_result(before, spoilt(after, SHEET, pattern, by), asked)


def test_a_new_row_over_something_of_staffs_is_not_let_through(before):
    after = patched(before, ONE_ROW, 2, CALL.code)
    filled = spoilt(before, SHEET, rb"</sheetData>", b'<row r="5"><c r="U5"><v>7</v></c></row></sheetData>')
    with pytest.raises(Unavailable, match="nothing was changed"):
        check_result(filled, after, ONE_ROW)
