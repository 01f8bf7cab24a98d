import re

import pytest

from pipeline.adapters.workbook.writing.ranges import Growth
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.sheet_tail import RELATIONS, grown, with_links

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def a_sheet(rest: str, space: str = MAIN) -> SheetBytes:
    return SheetBytes(f'<worksheet xmlns="{space}"><sheetData></sheetData>{rest}</worksheet>'.encode(), "Feuille")


@pytest.mark.parametrize(("space", "relations"), [(MAIN, RELATIONS[0]), (STRICT, RELATIONS[1])])
def test_a_link_stands_before_the_page_setup_and_replaces_the_one_before(space, relations):
    sheet = a_sheet("<conditionalFormatting/><pageMargins/><tableParts/>", space)
    once = with_links(sheet, sheet.content[sheet.end :], {b"A2": "rId1"})
    twice = with_links(sheet, once, {b"A2": "rId2", b"B2": "rId3"})
    names = re.findall(rb"<(\w+)", twice)
    assert names == [b"conditionalFormatting", b"hyperlinks", b"hyperlink", b"hyperlink", b"pageMargins", b"tableParts"]
    assert b"rId1" not in twice
    assert b'<hyperlink ref="A2" xmlns:r="%s" r:id="rId2"/>' % relations in twice


def test_ranges_that_ended_with_the_table_end_with_it_again():
    tail = (
        b'<autoFilter ref="A1:C5"/><conditionalFormatting sqref="A2:A5 C9"/>'
        b'<dataValidation sqref="B2:B5 D2:D15"/><dataValidation sqref="C5"/><x:sqref>E2:E5</x:sqref>'
    )
    assert grown(tail, Growth("Feuille", range(1, 6), 2, 5, 7)) == (
        b'<autoFilter ref="A1:C7"/><conditionalFormatting sqref="A2:A7 C9"/>'
        b'<dataValidation sqref="B2:B7 D2:D15"/><dataValidation sqref="C5"/><x:sqref>E2:E7</x:sqref>'
    )


def test_the_single_cell_of_a_table_of_one_row_grows():
    tail = b'<conditionalFormatting sqref="C2 AB2 D3"/>'
    assert grown(tail, Growth("Feuille", range(1, 30), 2, 2, 4)) == b'<conditionalFormatting sqref="C2:C4 AB2:AB4 D3"/>'
