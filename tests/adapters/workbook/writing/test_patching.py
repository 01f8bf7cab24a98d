import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pipeline.core.merge import SheetChanges
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import (
    CALL,
    MINE,
    SHEET,
    a_tracker,
    by_staff,
    cell,
    column_of,
    page_of,
    parts,
    reference,
    rows_out,
    values,
    with_part,
    write,
)

TABLE = "xl/tables/table1.xml"
RED = PatternFill("solid", fgColor="FFFF0000")
# One red point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def written_by_hand(page, heading, position, value):
    page.cell(position, column_of(page, heading), value)


def decorate(book):
    """What staff do: a note, a colour, a sheet of theirs with figures and formulas."""
    page = book["Candidatures"]
    page["D2"].comment, page["D2"].fill = Comment("à rappeler", "Léa"), RED
    written_by_hand(page, "Notes", 2, "note de Léa")
    own = book.create_sheet("Mes calculs", 0)
    own["A1"], own["A2"] = "=COUNTA(Candidatures!A:A)", 12


def add_picture(tracker):
    """A picture and parts no library knows, as Excel would leave them: bytes beside the sheets."""
    with_part(tracker.path(CALL), "xl/threadedComments/threadedComment1.xml", lambda _: "<ThreadedComments/>")
    with_part(tracker.path(CALL), "customXml/item1.xml", lambda _: "<x>é</x>")
    content = io.BytesIO(tracker.path(CALL).read_bytes())
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("xl/media/image1.png", PICTURE, zipfile.ZIP_STORED)
    tracker.path(CALL).write_bytes(content.getvalue())


def test_every_part_that_is_not_ours_stays_byte_for_byte(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, decorate)
    add_picture(tracker)
    before = parts(tracker.path(CALL))
    write(tracker, rows_out("V21-002", collectivite="Lens"), 2)
    after = parts(tracker.path(CALL))
    assert list(after) == list(before)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= MINE - {SHEET} | {"xl/worksheets/sheet2.xml"}  # staff's sheet is the first now
    page = page_of(tracker)
    assert (page["D2"].comment.text, page["D2"].fill.fgColor.rgb) == ("à rappeler", "FFFF0000")
    assert values(tracker, "number", "collectivite", "notes") == [
        ("V21-001", None, "note de Léa"),
        ("V21-002", "Lens", None),
    ]


def test_other_cells_of_the_sheet_keep_value_and_style(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", collectivite="Lens", population=5)
    by_staff(tracker, decorate)
    before = {one.coordinate: (one.value, one.style_id) for row in page_of(tracker).iter_rows() for one in row}
    write(tracker, cell(3, "to_check", "À voir."))
    after = {one.coordinate: (one.value, one.style_id) for row in page_of(tracker).iter_rows() for one in row}
    assert {key: value for key, value in after.items() if before[key] != value} == {"U3": ("À voir.", before["U3"][1])}


def move_columns(book):
    """Collectivité and N° change places, a column of staff's own goes between, Téléphone is deleted."""
    page = book["Candidatures"]
    for row in (1, 2, 3):
        page.cell(row, 1).value, page.cell(row, 4).value = page.cell(row, 4).value, page.cell(row, 1).value
    columns = page.tables["Candidatures"].tableColumns
    columns[0].name, columns[3].name = "Collectivité", "N°"
    columns[12].name, page.cell(1, 13).value = "Relance", "Relance"


def test_columns_that_staff_moved_renamed_or_deleted(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", collectivite="Lens", phone="x")
    by_staff(tracker, move_columns)
    assert "phone" not in tracker.read(CALL).sheets["candidatures"].columns
    write(tracker, rows_out("V21-003", collectivite="Arras"))
    page = page_of(tracker)
    assert [one.value for one in page[4]][:4] == ["Arras", None, None, "V21-003"]
    assert page["M4"].value is None
    assert [one.value for one in page[1]][12] == "Relance"


def test_rows_above_the_headings_and_sorted_rows(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", "V21-003")

    def shift(book):
        page = book["Candidatures"]
        page.insert_rows(1, 3)
        page["A1"] = "Notre suivi"
        page.tables["Candidatures"].ref = page.tables["Candidatures"].autoFilter.ref = "A4:AA7"
        page["A5"], page["A7"] = "V21-003", "V21-001"

    by_staff(tracker, shift)
    seen = tracker.read(CALL).sheets["candidatures"]
    assert [(row.position, row.key) for row in seen.rows] == [(5, "V21-003"), (6, "V21-002"), (7, "V21-001")]
    write(tracker, rows_out("V21-004"))
    assert reference(tracker) == ("A4:AA8", "A4:AA8")
    assert (page_of(tracker)["A1"].value, page_of(tracker)["A8"].value) == ("Notre suivi", "V21-004")


def test_appended_rows_belong_to_the_table(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    assert reference(tracker) == ("A1:AC2", "A1:AC2")
    write(tracker, rows_out("V21-002", "V21-003"))
    assert reference(tracker) == ("A1:AC4", "A1:AC4")
    page = page_of(tracker)
    assert [page.cell(4, rank).style_id for rank in range(1, 28)] == [
        page.cell(2, rank).style_id for rank in range(1, 28)
    ]


def test_validations_and_colours_that_end_with_the_table_follow_it(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(tracker.path(CALL), SHEET, lambda text: text.replace("2000", "2"))
    write(tracker, rows_out("V21-002"))
    page = page_of(tracker)
    lists = [one for one in page.data_validations.dataValidation if one.type == "list"]
    assert {str(one.sqref)[-1] for one in lists} == {"3"}
    assert sorted(str(one.sqref) for one in page.conditional_formatting) == [
        "AB2:AB3",
        "C2:C3",
        "I2:I3",
        "U2:U3",
        "V2:V3",
        "W2:W3",
        "Z2:Z3",
    ]


def test_ten_saves_give_ten_rows(tmp_path):
    tracker = a_tracker(tmp_path)
    for rank in range(10):
        write(tracker, rows_out(f"V21-{rank:03}"), rank)
    assert values(tracker, "number") == [(f"V21-{rank:03}",) for rank in range(10)]
    assert reference(tracker) == ("A1:AC11", "A1:AC11")


def test_a_colour_that_staff_gave_to_the_last_row_is_not_copied(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", "V21-003")

    def colour(book):
        book["Candidatures"]["D4"].fill = RED

    by_staff(tracker, colour)
    write(tracker, rows_out("V21-004"))
    assert page_of(tracker)["D4"].fill.fgColor.rgb == "FFFF0000"
    assert page_of(tracker)["D5"].fill.fill_type is None


def test_a_column_that_calculates_itself_goes_on_in_new_rows(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    formula = "Candidatures[[#This Row],[Population]]*2"

    def add(text):
        text = text.replace("A1:AC2", "A1:AD2").replace('tableColumns count="29"', 'tableColumns count="30"')
        own = f'<tableColumn id="30" name="Double"><calculatedColumnFormula>{formula}</calculatedColumnFormula>'
        return text.replace("</tableColumns>", f"{own}</tableColumn></tableColumns>")

    def head(book):
        book["Candidatures"]["AD1"], book["Candidatures"]["AD2"] = "Double", f"={formula}"

    by_staff(tracker, head)
    with_part(tracker.path(CALL), TABLE, add)
    write(tracker, rows_out("V21-002"))
    assert page_of(tracker)["AD3"].value == f"={formula}"
    assert reference(tracker) == ("A1:AD3", "A1:AD3")


def test_something_right_under_the_table_stops_new_rows_only(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: written_by_hand(book["Candidatures"], "Notes", 4, "à revoir ensemble"))
    before = tracker.path(CALL).read_bytes()
    with pytest.raises(Unavailable, match="sheet Candidatures: something stands under its table; move it"):
        write(tracker, rows_out("V21-002"))
    assert tracker.path(CALL).read_bytes() == before
    write(tracker, cell(2, "to_check", "À voir."))
    assert values(tracker, "to_check")[0] == ("À voir.",)


def test_rows_are_added_as_long_as_one_stays_empty_above_the_notes_under_the_table(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: written_by_hand(book["Candidatures"], "Notes", 6, "à revoir ensemble"))
    write(tracker, rows_out("V21-002", "V21-003"))
    assert reference(tracker)[0] == "A1:AC4"
    with pytest.raises(Unavailable, match="something stands under its table"):
        write(tracker, rows_out("V21-004"))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",), ("V21-003",)]


def test_a_totals_row_stops_new_rows(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(
        tracker.path(CALL),
        TABLE,
        lambda text: text.replace("<table ", '<table totalsRowCount="1" ').replace("AA2", "AA3"),
    )
    with pytest.raises(Unavailable, match="sheet Candidatures: remove the totals row of its table"):
        write(tracker, rows_out("V21-002"))


def with_totals(book, number, **cells):
    """A row of totals under the table's last row."""
    page = book["Candidatures"]
    page.tables["Candidatures"].totalsRowCount = 1
    page.tables["Candidatures"].ref = f"A1:AC{number}"
    for letter, value in cells.items():
        page[f"{letter}{number}"] = value


def test_a_row_of_totals_does_not_take_along_what_stands_beside_it(tmp_path):
    """A note, or the totals of a table beside ours."""
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: with_totals(book, 3, A="Total", AD="vu avec la direction"))
    with pytest.raises(Unavailable, match="remove the totals row of its table, .*; something stands beside it"):
        write(tracker, rows_out("V21-002"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_row_of_totals_slides_down_under_new_rows(tmp_path, count):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", population=7)
    by_staff(tracker, lambda book: with_totals(book, 4, A="Total", H="=SUM(H2:H3)"))
    write(tracker, rows_out(*(f"V21-{rank:03}" for rank in range(3, 3 + count)), population=1))
    page = page_of(tracker)
    last = 3 + count
    assert [page[f"A{row}"].value for row in range(2, last + 2)] == [
        *(f"V21-{rank:03}" for rank in range(1, 3 + count)),
        "Total",
    ]
    assert page[f"H{last + 1}"].value == f"=SUM(H2:H{last})"
    assert reference(tracker)[0] == f"A1:AC{last + 1}"
    assert [row[0] for row in values(tracker, "number")] == [f"V21-{rank:03}" for rank in range(1, 3 + count)]


def test_the_order_of_calculation_follows_a_row_of_totals(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", population=7)
    by_staff(tracker, lambda book: with_totals(book, 4, A="Total", H="=SUM(H2:H3)"))
    path = tracker.path(CALL)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = (
        f'<calcChain xmlns="{main}"><c r="B5" i="4"/><c r="H4"/><c r="H4" i="1"/><c r="AH4"/><c r="H3"/></calcChain>'
    )
    with_part(path, "xl/calcChain.xml", lambda _: chain)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relation = f'<Relationship Id="rIdChain" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    with_part(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", relation))
    write(tracker, rows_out("V21-003", "V21-004"))
    moved = chain.replace('r="H4" i="1"', 'r="H6" i="1"').replace('r="AH4"', 'r="AH6"')
    assert parts(path)["xl/calcChain.xml"].decode() == moved


def test_a_free_row_above_the_totals_is_filled_and_nothing_slides(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: with_totals(book, 5, A="Total"))
    write(tracker, rows_out("V21-002"))
    page = page_of(tracker)
    assert [page[f"A{row}"].value for row in range(2, 6)] == ["V21-001", "V21-002", None, "Total"]
    assert reference(tracker)[0] == "A1:AC5"


def test_rows_go_on_into_the_free_ones_and_then_the_totals_slide(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: with_totals(book, 4, A="Total"))
    write(tracker, rows_out("V21-002", "V21-003", "V21-004"))
    page = page_of(tracker)
    assert [page[f"A{row}"].value for row in range(2, 7)] == ["V21-001", "V21-002", "V21-003", "V21-004", "Total"]
    assert reference(tracker)[0] == "A1:AC6"


def test_a_row_typed_under_the_table_joins_it_with_its_number(tmp_path):
    """LibreOffice does not make a table grow."""
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: written_by_hand(book["Candidatures"], "Collectivité", 3, "Ruitz"))
    write(tracker, SheetChanges(cell(3, "number", "V21-002").cells, rows_out("V21-003").rows))
    assert values(tracker, "number", "collectivite") == [("V21-001", None), ("V21-002", "Ruitz"), ("V21-003", None)]
    assert reference(tracker) == ("A1:AC4", "A1:AC4")


def test_a_table_of_staff_beside_ours_does_not_grow(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def beside(book):
        page = book["Candidatures"]
        page["AF1"], page["AF2"] = "À faire", "appeler"
        page.add_table(openpyxl.worksheet.table.Table(displayName="Afaire", ref="AF1:AF2"))

    by_staff(tracker, beside)
    write(tracker, rows_out("V21-002"))
    tables = page_of(tracker).tables
    assert {name: tables[name].ref for name in tables} == {"Candidatures": "A1:AC3", "Afaire": "AF1:AF2"}


def test_a_range_without_table_is_written_too(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def convert(book):
        del book["Candidatures"].tables["Candidatures"]

    by_staff(tracker, convert)
    write(tracker, rows_out("V21-002"))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]


def test_a_row_that_staff_formatted_ahead_is_filled(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")

    def ahead(book):
        for row in range(3, 60):
            book["Candidatures"].cell(row, 4).fill = RED

    by_staff(tracker, ahead)
    write(tracker, rows_out("V21-002", collectivite="Lens"))
    assert (page_of(tracker)["D3"].value, page_of(tracker)["D3"].fill.fgColor.rgb) == ("Lens", "FFFF0000")
