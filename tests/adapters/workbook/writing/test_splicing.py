import pytest

from pipeline.adapters.workbook.writing.cell_xml import CellXml
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.splicing import RowPlan, Splicer, spliced
from pipeline.failures import Unavailable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def a_sheet(data: str, before: str = "") -> SheetBytes:
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData></worksheet>'
    return SheetBytes(text.encode(), "Feuille")


def written(data: str, plans: dict[int, RowPlan], before: str = "") -> str:
    """The rows once the plans are carried out."""
    sheet = a_sheet(data, before)
    splices = Splicer(sheet, CellXml(sheet.prefix), 2).splices(sorted(plans.items()))
    return b"".join(spliced(sheet.content, sheet.start, sheet.end, splices)).decode()


def test_rows_and_cells_stay_in_order_and_a_cell_keeps_its_style():
    data = '<row r="4"><c r="A4"/><c r="C4" s="3" t="s" cm="1"><v>7</v></c></row>'
    plans = {4: RowPlan({2: 1, 3: 2, 28: 4}), 3: RowPlan({1: 3})}
    assert written(data, plans) == (
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="4"><c r="A4"/><c r="B4"><v>1</v></c>'
        '<c r="C4" s="3"><v>2</v></c><c r="AB4"><v>4</v></c></row>'
    )


def test_what_is_not_written_to_keeps_every_byte():
    data = '<row  r="2"  spans="1:3" ><c r="A2" ><v >1</v></c></row>\n<row r="3"><c r="A3"><v>2</v></c></row >'
    assert written(data, {3: RowPlan({1: 5})}) == data.replace("<v>2</v>", "<v>5</v>")


def test_a_formula_is_never_overwritten():
    row = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    assert written(row, {2: RowPlan({1: 5}, {1: "2+2"})}) == row


def test_a_row_that_closes_itself_is_opened():
    assert written('<row r="2" ht="30"/>', {2: RowPlan({1: 5})}) == '<row r="2" ht="30"><c r="A2"><v>5</v></c></row>'


def test_a_new_cell_takes_the_style_it_is_given_and_one_that_is_there_keeps_its_own():
    data = '<row r="3" spans="1:1"><c r="A3" s="5"/></row>'
    plan = RowPlan({1: 1, 2: 2}, styles={1: b"1", 2: b"2"})
    assert (
        written(data, {3: plan})
        == '<row r="3" spans="1:2"><c r="A3" s="5"><v>1</v></c><c r="B3" s="2"><v>2</v></c></row>'
    )


@pytest.mark.parametrize(("spans", "wide"), [("1:3", "1:5"), ("2:9", "2:9"), ("4:4", "4:5"), ("1:2 4:5", "1:2 4:5")])
def test_the_hint_of_used_columns_is_widened(spans, wide):
    assert f'spans="{wide}"' in written(f'<row r="2" spans="{spans}"><c r="A2"/></row>', {2: RowPlan({5: 1})})


def test_new_rows_take_the_style_of_most_rows_above_never_that_of_the_headings():
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="{s}"/></row>' for r, s in ((1, 9), (2, 1), (3, 2), (4, 1)))
    sheet = a_sheet(rows)
    splicer = Splicer(sheet, CellXml(), 2)
    assert splicer.style_above(5, 1, splicer.rows_above(5)) == b"1"
    plain = Splicer(a_sheet('<row r="1"><c r="A1" s="9"/></row><row r="2"><c r="A2"/></row>'), CellXml(), 2)
    assert plain.style_above(3, 1, plain.rows_above(3)) == b""


def test_the_style_of_the_column_counts_where_no_row_is_above():
    sheet = a_sheet("", '<cols><col min="2" max="3" width="9" style="4"/></cols>')
    assert [Splicer(sheet, CellXml(), 2).style_above(2, column, []) for column in (1, 2, 3)] == [b"", b"4", b"4"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<row><c/></row>", "has rows without a number"),
        ('<row r="2"/><!-- x -->', "has comments among its cells"),
        ('<row  r="3"></row><row  r="2"></row>', "has rows out of order"),
        ('<row r="2"><c/></row>', "has cells without a reference"),
    ],
)
def test_a_sheet_whose_cells_cannot_be_told_apart_is_refused(data, said):
    with pytest.raises(Unavailable, match=f"sheet Feuille: {said}; open the workbook in Excel and save it"):
        written(data, {2: RowPlan({1: 1})})


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData />", '<sheetData xml:space="preserve" />'])
def test_a_sheet_without_any_row_takes_its_first(empty):
    sheet = SheetBytes(f'<worksheet xmlns="{MAIN}">{empty}<pageMargins/></worksheet>'.encode(), "Feuille")
    splices = Splicer(sheet, CellXml(), 2).splices([(2, RowPlan({1: 5}))])
    rows = b"".join(spliced(sheet.content, sheet.start, sheet.end, splices))
    assert rows == b'<row r="2"><c r="A2"><v>5</v></c></row>'
    assert sheet.content[sheet.end :] == b"</sheetData><pageMargins/></worksheet>"
