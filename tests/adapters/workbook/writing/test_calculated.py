"""Columns of staff's that calculate themselves: their formulas in new rows, as Excel would have moved them."""

import pytest

from tests.adapters.workbook.books import CALL, SHEET, a_tracker, by_staff, page_of, rows_out, with_part, write

TABLE = "xl/tables/table1.xml"


def with_own_column(tracker, table_formula, **cells):
    """A column « Double » of staff's at the end of the table; `cells` are its formulas by address."""

    def head(book):
        page = book["Candidatures"]
        page["AD1"] = "Double"
        for address, formula in cells.items():
            page[address] = formula

    def add(text):
        last = 1 + len(cells)
        text = text.replace(f"A1:AC{last}", f"A1:AD{last}").replace(
            'tableColumns count="29"', 'tableColumns count="30"'
        )
        own = f'<tableColumn id="30" name="Double"><calculatedColumnFormula>{table_formula}</calculatedColumnFormula>'
        return text.replace("</tableColumns>", f"{own}</tableColumn></tableColumns>")

    by_staff(tracker, head)
    with_part(tracker.path(CALL), TABLE, add)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=H2*2", ("=H3*2", "=H4*2")),
        ("=$H2*$AZ$1", ("=$H3*$AZ$1", "=$H4*$AZ$1")),
        ('=IF(H2="","",LEFT(D2,2))', ('=IF(H3="","",LEFT(D3,2))', '=IF(H4="","",LEFT(D4,2))')),
        ("=SUM(H$2:H2)", ("=SUM(H$2:H3)", "=SUM(H$2:H4)")),
        ("=VLOOKUP(F2,'Mes données'!A:C,2,FALSE)", (
            "=VLOOKUP(F3,'Mes données'!A:C,2,FALSE)", "=VLOOKUP(F4,'Mes données'!A:C,2,FALSE)"
        )),
    ],
)  # fmt: skip
def test_a_formula_that_names_cells_is_moved_to_its_row(tmp_path, formula, moved):
    tracker = a_tracker(tmp_path, "V21-001")
    with_own_column(tracker, formula[1:].replace("&", "&amp;").replace("<", "&lt;"), AD2=formula)
    write(tracker, rows_out("V21-002", "V21-003"))
    page = page_of(tracker)
    assert (page["AD2"].value, page["AD3"].value, page["AD4"].value) == (formula, *moved)


def test_the_formula_of_cells_that_share_one_is_found_where_it_is_written(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")
    with_own_column(tracker, "H2*2", AD2="=H2*2", AD3="=H3*2")

    def shared(text):
        text = text.replace("<f>H2*2</f>", '<f t="shared" ref="AD2:AD3" si="0">H2*2</f>')
        return text.replace("<f>H3*2</f>", '<f t="shared" si="0"/>')

    with_part(tracker.path(CALL), SHEET, shared)
    write(tracker, rows_out("V21-003"))
    assert page_of(tracker)["AD4"].value == "=H4*2"


def test_a_formula_of_which_no_row_tells_where_it_stood_is_left_out(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_own_column(tracker, "H2*2", AD2=12)
    write(tracker, rows_out("V21-002"))
    page = page_of(tracker)
    assert (page["AD2"].value, page["AD3"].value, page["A3"].value) == (12, None, "V21-002")
