from datetime import date, datetime, time

import pytest
from lxml import etree

from pipeline.adapters.workbook.sheet_part import EPOCH_1904, SheetPart, cleaned, number
from pipeline.failures import Unavailable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def a_part(data: str = "", rest: str = "", space: str = MAIN, first_row: int = 2, before: str = "") -> SheetPart:
    text = f'<worksheet xmlns="{space}">{before}<sheetData>{data}</sheetData>{rest}</worksheet>'
    return SheetPart(etree.fromstring(text), first_row)


def shown(part: SheetPart, path: str = "sheetData") -> str:
    text = etree.tostring(part.root.find(f"{{*}}{path}")).decode()
    return text.replace(f' xmlns="{MAIN}"', "").replace(f' xmlns="{STRICT}"', "")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", '<c r="B2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'),
        ("007", '<c r="B2" t="inlineStr"><is><t xml:space="preserve">007</t></is></c>'),
        (7, '<c r="B2"><v>7</v></c>'),
        (1.5, '<c r="B2"><v>1.5</v></c>'),
        (True, '<c r="B2" t="b"><v>1</v></c>'),
        (date(2017, 2, 20), '<c r="B2"><v>42786</v></c>'),
        (None, '<c r="B2"/>'),
        ("", '<c r="B2"/>'),
    ],
)
def test_a_value_is_written_in_its_shape(value, cell):
    part = a_part()
    part.set(2, 2, value)
    assert shown(part) == f'<sheetData><row r="2">{cell}</row></sheetData>'


def test_rows_and_cells_stay_in_order_and_a_cell_keeps_its_style():
    part = a_part('<row r="4"><c r="A4"/><c r="C4" s="3" t="s" cm="1"><v>7</v></c></row>')
    part.set(4, 2, 1)
    part.set(4, 3, 2)
    part.set(3, 1, 3)
    part.set(4, 28, 4)
    assert shown(part) == (
        '<sheetData><row r="3"><c r="A3"><v>3</v></c></row><row r="4"><c r="A4"/><c r="B4"><v>1</v></c>'
        '<c r="C4" s="3"><v>2</v></c><c r="AB4"><v>4</v></c></row></sheetData>'
    )


def test_a_formula_is_never_overwritten():
    row = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    part = a_part(row)
    part.set(2, 1, 5)
    part.calculate(2, 1, "2+2")
    assert shown(part) == f"<sheetData>{row}</sheetData>"
    assert (part.holds_formula(2, 1), part.holds_formula(2, 2), part.holds_formula(9, 1)) == (True, False, False)


def test_a_new_row_has_the_styles_of_most_rows_above_never_those_of_the_headings():
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="{s}"/></row>' for r, s in ((4, 9), (5, 1), (6, 2), (7, 1)))
    part = a_part(rows, first_row=5)
    part.add_row(8, 7, {"a": 1})
    assert shown(part).endswith('<row r="8"><c r="A8" s="1"/></row></sheetData>')
    plain = a_part('<row r="4"><c r="A4" s="9"/></row><row r="5"><c r="A5"/></row>', first_row=5)
    plain.add_row(6, 5, {"a": 1})
    assert shown(plain).endswith('<row r="6"><c r="A6"/></row></sheetData>')


def test_a_formatted_empty_row_is_filled_in_its_own_style():
    part = a_part('<row r="2"><c r="A2" s="1"/></row><row r="3" spans="1:1"><c r="A3" s="5"/></row>')
    part.add_row(3, 2, {"a": 1})
    part.set(3, 1, 1)
    assert shown(part).endswith('<row r="3"><c r="A3" s="5"><v>1</v></c></row></sheetData>')


def test_a_height_chosen_by_hand_stays():
    part = a_part('<row r="2" ht="40" customHeight="1"/><row r="3"/>')
    part.set_height(2, 15)
    part.set_height(3, 30.0)
    assert shown(part) == '<sheetData><row r="2" ht="40" customHeight="1"/><row r="3" ht="30"/></sheetData>'


@pytest.mark.parametrize(
    ("space", "relations"),
    [
        (MAIN, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        (STRICT, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ],
)
def test_a_link_stands_before_the_page_setup_and_replaces_the_one_before(space, relations):
    part = a_part(rest="<pageMargins/><tableParts/>", space=space)
    part.link(2, 1, "rId1")
    part.link(2, 1, "rId2")
    assert [etree.QName(child).localname for child in part.root] == [
        "sheetData",
        "hyperlinks",
        "pageMargins",
        "tableParts",
    ]
    assert [dict(one.attrib) for one in part.root[1]] == [{"ref": "A2", f"{{{relations}}}id": "rId2"}]


def test_ranges_that_ended_with_the_table_end_with_it_again():
    rest = (
        '<autoFilter ref="A1:C5"/><conditionalFormatting sqref="A2:A5 C9"/>'
        '<dataValidations><dataValidation sqref="B2:B5 D2:D15"/><dataValidation sqref="C5"/></dataValidations>'
        '<extLst><ext><x:sqref xmlns:x="urn:x">E2:E5</x:sqref></ext></extLst>'
    )
    part = a_part('<row r="8"/>', rest, before='<dimension ref="A1:C5"/>')
    part.extend(5, 7)
    assert [one.get("sqref") or one.get("ref") or one.text for one in part.root.iter() if len(one) == 0] == [
        "A1:C8",
        None,
        "A1:C7",
        "A2:A7 C9",
        "B2:B7 D2:D15",
        "C5",
        "E2:E7",
    ]


def test_the_single_cell_of_a_table_of_one_row_grows():
    part = a_part(rest='<conditionalFormatting sqref="C2 AB2 D3"/>', before='<dimension ref="A1"/>')
    part.extend(2, 4)
    assert [dict(one.attrib) for one in part.root] == [{}, {"sqref": "C2:C4 AB2:AB4 D3"}]


def test_stored_results_are_forgotten_and_formulas_kept():
    part = a_part('<row r="1"><c r="A1" t="str"><f>A2</f><v>x</v></c><c r="B1"><v>1</v></c></row>')
    assert part.forget_results()
    assert not part.forget_results()
    assert shown(part) == '<sheetData><row r="1"><c r="A1"><f>A2</f></c><c r="B1"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize("data", ["<row><c/></row>", '<row r="1"><c/></row>', "<!-- x -->"])
def test_a_sheet_without_references_is_refused(data):
    with pytest.raises(Unavailable, match="open the workbook and save it"):
        a_part(data)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x1f", "ab"),
        ("a\r\nb", "a\nb"),
        ("_x0041_", "_x005F_x0041_"),
        ("_xyz_", "_xyz_"),
        ("é" * 40_000, "é" * 32_765 + " …"),
        ("\ud800😀", "😀"),
    ],
)
def test_a_text_is_cleaned_for_every_reader(text, clean):
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    ("value", "serial"),
    [
        (datetime(2017, 2, 20, 12), "42786.5"),
        (date(2017, 2, 20), "42786"),
        (time(18), "0.75"),
        (False, "0"),
        (37000, "37000"),
    ],
)
def test_dates_are_serials(value, serial):
    assert number(value) == serial


def test_dates_of_an_old_macintosh_count_from_1904():
    assert number(date(2017, 2, 20), EPOCH_1904) == "41324"
