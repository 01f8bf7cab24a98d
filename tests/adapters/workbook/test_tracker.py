import io
import os
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import openpyxl
import pytest

from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.core.merge import fitting, same
from pipeline.failures import Unavailable
from pipeline.ports import Edition
from tests.adapters.workbook.books import (
    CALL,
    SHEET,
    a_tracker,
    by_staff,
    cell,
    parts,
    rows_out,
    values,
    with_part,
    write,
)
from tests.builders import paris


def edition(generation):
    return Edition(generation, paris("2017-03-01 09:30"))


def an_archive(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return content.getvalue()


def leftovers(tracker):
    return sorted(one.name for one in tracker.path(CALL).parent.iterdir())


def test_a_file_of_which_the_disk_can_say_nothing_is_no_lost_one(tmp_path):
    tracker = ExcelTracker(tmp_path / ("x" * 300), tmp_path)  # no file system takes such a name
    assert not tracker.has_folder(CALL)
    with pytest.raises(Unavailable, match="cannot be read now"):
        tracker.read(CALL)


def test_before_it_is_created_there_is_nothing_to_read(tmp_path):
    assert ExcelTracker(tmp_path, tmp_path).read(CALL) is None


def test_a_new_tracker_has_every_sheet_and_no_row(tmp_path):
    seen = a_tracker(tmp_path).read(CALL)
    assert {key: reading.rows for key, reading in seen.sheets.items()} == {
        "candidatures": (),
        "envois": (),
        "messages": (),
        "reunions": (),
    }
    assert seen.generation == 0
    assert seen.sheets["reunions"].columns == ("title", "date", "start", "end", "place", "address", "cancelled", "key")


def test_a_tracker_that_is_there_is_not_created_again(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with pytest.raises(Unavailable):
        tracker.create(CALL)
    assert values(tracker, "number") == [("V21-001",)]


@pytest.mark.parametrize(
    "value", ["=1+1", "+33", "-1", "@SUM(A1)", "007000000", "😀", " deux  blancs ", "a\nb", "_x0041_"]
)
def test_a_text_comes_back_as_it_was(tmp_path, value):
    assert values(a_tracker(tmp_path, "V21-001", notes=value), "notes") == [(value,)]


@pytest.mark.parametrize("value", ["a\x00b\x0bc", "\ud800x", "é" * 40_000, "😀" * 20_000, "a\r\nb", date(1899, 5, 1)])
def test_a_text_that_does_not_fit_comes_back_as_it_was_made_to_fit(tmp_path, value):
    tracker = a_tracker(tmp_path, "V21-001", notes=value)
    assert values(tracker, "notes") == [(fitting(value),)]
    write(tracker, cell(2, "collectivite", value))
    assert values(tracker, "collectivite") == [(fitting(value),)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("received", datetime(2017, 2, 20, 10, 5, 59)),
        ("population", 37000),
        ("population", 1.5),
        ("notes", True),
        ("notes", date(2017, 2, 20)),
        ("notes", time(14, 30)),
    ],
)
def test_a_value_comes_back_the_same(tmp_path, column, value):
    tracker = a_tracker(tmp_path, "V21-001", **{column: value})
    ((there,),) = values(tracker, column)
    assert same(there, value)


def test_moments_and_numbers_keep_their_type(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", received=datetime(2017, 2, 20, 10, 5, 59), population=37000)
    assert values(tracker, "received", "population") == [(datetime(2017, 2, 20, 10, 5, 59), 37000)]


def test_each_write_leaves_its_stamp_and_a_backup(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    before = tracker.path(CALL).read_bytes()
    write(tracker, cell(2, "notes", "n"), generation=7)
    assert tracker.read(CALL).generation == 7
    backups = tmp_path / "state" / "backups" / CALL.code
    assert (backups / "suivi-2017-03-01-093000-g000007.xlsx").read_bytes() == before
    assert leftovers(tracker) == ["suivi.xlsx"]


def test_an_open_tracker_is_read_but_not_written(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    tracker.path(CALL).with_name(".~lock.suivi.xlsx#").write_text("Léa Martin,lea,pc,x,y;")
    before = tracker.path(CALL).read_bytes()
    assert (values(tracker, "number"), tracker.holder(CALL).name) == ([("V21-001",)], "Léa Martin")
    with pytest.raises(Unavailable, match="is open by Léa Martin"):
        write(tracker, rows_out("V21-002"))
    assert tracker.path(CALL).read_bytes() == before
    assert leftovers(tracker) == [".~lock.suivi.xlsx#", "suivi.xlsx"]


def test_a_tracker_that_changed_since_it_was_read_is_not_written(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    seen = tracker.read(CALL)
    write(tracker, cell(2, "notes", "staff"))
    before = tracker.path(CALL).read_bytes()
    with pytest.raises(Unavailable, match="was saved by somebody meanwhile"):
        tracker.write(CALL, seen, {"candidatures": rows_out("V21-002")}, edition(2))
    assert tracker.path(CALL).read_bytes() == before
    assert leftovers(tracker) == ["suivi.xlsx"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda content: content[:-200], "truncated or damaged"),
        (lambda content: content[: len(content) // 2], "truncated or damaged"),
        (lambda content: b"", r"is empty \(0 bytes\)"),
        (lambda content: b"\xef\xbb\xbf <html>", "is a page or an XML file; save it as .xlsx"),
        (lambda content: "N°;Reçue le\n1;2\n".encode("cp1252"), "is a text file; save it as .xlsx"),
        (lambda content: b"%PDF-1.7 ...", "is a PDF file; save the workbook as .xlsx"),
        (lambda content: an_archive("mimetype", "content.xml"), "is an OpenDocument file; save it as .xlsx"),
        (lambda content: an_archive("[Content_Types].xml", "xl/workbook.bin"), "is a binary workbook"),
        (lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
        (lambda content: content.replace(b"[Content_Types].xml", b"[Content_Typos].xml"), "is an archive, no workbook"),
    ],
)
def test_what_is_no_workbook_is_one_clear_line_and_stays(tmp_path, spoil, says):
    tracker = a_tracker(tmp_path, "V21-001")
    seen = tracker.read(CALL)
    spoilt = spoil(tracker.path(CALL).read_bytes())
    tracker.path(CALL).write_bytes(spoilt)
    for attempt in (
        lambda: tracker.read(CALL),
        lambda: tracker.write(CALL, seen, {"candidatures": rows_out("V2")}, edition(2)),
    ):
        with pytest.raises(Unavailable, match=says) as told:
            attempt()
        assert "\n" not in str(told.value)
    assert tracker.path(CALL).read_bytes() == spoilt
    assert leftovers(tracker) == ["suivi.xlsx"]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"), (None, "cannot be read")],
    ids=["password", "not to be read"],
)
def test_a_tracker_that_is_not_damaged_is_never_put_aside(tmp_path, content, says):
    tracker = a_tracker(tmp_path, "V21-001")
    path = tracker.path(CALL)
    path.unlink()
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(Unavailable, match=says):
        tracker.mend(CALL, datetime(2017, 3, 2, 10))
    assert leftovers(tracker) == ["suivi.xlsx"]


def test_a_part_with_a_broken_checksum_stops_the_write_and_nothing_is_lost(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(tracker.path(CALL), "xl/media/photo.bin", lambda text: "x" * 50)
    content = tracker.path(CALL).read_bytes()
    at = content.rindex(b"xl/media/photo.bin") - 46 + 16  # the checksum in the central directory
    spoilt = content[:at] + b"\x01\x02\x03\x04" + content[at + 4 :]
    tracker.path(CALL).write_bytes(spoilt)
    with pytest.raises(Unavailable, match=r"the tracker has a damaged part \(.+\); put back a copy"):
        write(tracker, rows_out("V21-002"))
    assert tracker.path(CALL).read_bytes() == spoilt


@pytest.mark.parametrize("corner", ["XFD1048576", "XFD20000", "AC1048576"])
def test_a_value_far_outside_the_table_is_one_clear_line_and_does_not_end_the_process(tmp_path, corner):
    tracker = a_tracker(tmp_path, "V21-001")
    row = corner.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    typed = f'<row r="{row}"><c r="{corner}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with_part(tracker.path(CALL), SHEET, lambda text: text.replace("</sheetData>", typed))
    with pytest.raises(Unavailable, match=rf"sheet Candidatures: a value stands far outside .+ \(see {corner}\)"):
        tracker.read(CALL)


def test_rows_formatted_to_the_end_of_the_sheet_are_no_values(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    empty = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    with_part(tracker.path(CALL), SHEET, lambda text: text.replace("</sheetData>", empty))
    assert [row.key for row in tracker.read(CALL).sheets["candidatures"].rows] == ["V21-001"]


def test_without_the_sheet_of_candidatures_nothing_is_read(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: book.remove(book["Candidatures"]))
    with pytest.raises(Unavailable, match="the sheet Candidatures or its headings are missing; put them back"):
        tracker.read(CALL)


def test_a_sheet_that_staff_deleted_is_absent_and_the_rest_goes_on(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: book.remove(book["Messages"]))
    assert set(tracker.read(CALL).sheets) == {"candidatures", "envois", "reunions"}
    write(tracker, rows_out("V21-002"))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]


def test_a_sheet_that_staff_renamed_is_known_by_its_headings(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    by_staff(tracker, lambda book: setattr(book["Candidatures"], "title", "Dossiers"))
    names = {"candidatures": "Dossiers", "envois": "Envois", "messages": "Messages", "reunions": "Réunions"}
    assert tracker.read(CALL).names == names
    write(tracker, rows_out("V21-002"))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]


def archived(book, *kept):
    """A copy of the sheet that holds these rows only, which are no longer in the sheet itself."""
    page = book.copy_worksheet(book["Candidatures"])
    page.title = "Archives"
    for sheet, away in ((page, False), (book["Candidatures"], True)):
        for row in range(sheet.max_row, 1, -1):
            if (sheet.cell(row, 1).value in kept) is away:
                sheet.delete_rows(row)


def test_rows_are_found_in_the_sheets_of_staff(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", "V21-003")
    by_staff(tracker, lambda book: archived(book, "V21-002"))
    seen = tracker.read(CALL)
    assert [row.key for row in seen.sheets["candidatures"].rows] == ["V21-001", "V21-003"]
    assert tracker.whereabouts(CALL, seen, ["V21-002", "V21-009"]) == {"V21-002": "Archives"}


def test_a_copy_of_the_whole_sheet_does_not_say_that_a_row_was_moved_there(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", "V21-003")

    def copy_and_delete(book):
        book.copy_worksheet(book["Candidatures"]).title = "Candidatures (2)"
        book["Candidatures"].delete_rows(3)

    by_staff(tracker, copy_and_delete)
    assert tracker.whereabouts(CALL, tracker.read(CALL), ["V21-002"]) == {}


def test_copies_left_beside_the_tracker_are_told(tmp_path):
    tracker = a_tracker(tmp_path)
    beside = tracker.path(CALL).with_name("suivi (copie en conflit de Léa 2017-03-01).xlsx")
    beside.write_bytes(b"")
    assert tracker.conflict_copies(CALL) == [beside]


def test_a_tracker_that_staff_renamed_or_saved_in_another_format_is_told(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    path = tracker.path(CALL)
    for name in ("Suivi AMI 2017.xlsx", "suivi.ods", "Suivi.xls", "~$suivi.xlsx", "notes.ods"):
        path.with_name(name).write_bytes(path.read_bytes())
    openpyxl.Workbook().save(path.with_name("laureats.xlsx"))
    assert [copy.name for copy in tracker.conflict_copies(CALL)] == ["Suivi AMI 2017.xlsx", "Suivi.xls", "suivi.ods"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_one_clear_line(tmp_path):
    tracker = a_tracker(tmp_path)
    tracker.path(CALL).chmod(0)
    with pytest.raises(Unavailable, match="cannot be read now"):
        tracker.read(CALL)


def test_nothing_but_a_stamp_is_written_for_no_change(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    before = parts(tracker.path(CALL))
    tracker.write(CALL, tracker.read(CALL), {}, edition(2))
    after = parts(tracker.path(CALL))
    assert [name for name in after if after[name] != before[name]] == ["docProps/custom.xml"]
    assert after[SHEET] == before[SHEET]


def test_a_stamp_is_read_whatever_the_case_and_the_slashes_of_its_part(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    path = tracker.path(CALL)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, data in parts(path).items():
            package.writestr(name.replace("docProps/custom.xml", "docprops/Custom.xml"), data)
    path.write_bytes(content.getvalue())
    assert tracker.read(CALL).generation == 1


def test_a_sheet_that_is_not_utf_8_is_said_to_be_so_and_not_damaged(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(tracker.path(CALL), SHEET, lambda text: f'<?xml version="1.0" encoding="UTF-16"?>{text}')
    for attempt in (lambda: tracker.read(CALL), lambda: tracker.mend(CALL, datetime(2017, 3, 2, 10))):
        with pytest.raises(Unavailable, match="is not stored as UTF-8; open the workbook in Excel and save it"):
            attempt()
    assert leftovers(tracker) == ["suivi.xlsx"]


def test_a_lost_stamp_reads_as_none_and_the_tracker_is_written_all_the_same(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(tracker.path(CALL), "docProps/custom.xml", lambda text: text.replace("SuiviGeneration", "Autre"))
    assert tracker.read(CALL).generation is None
    write(tracker, cell(2, "notes", "n"))
    assert values(tracker, "notes") == [("n",)]


def test_a_formula_of_staff_stays_and_does_not_stop_the_other_cells(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", population=3)
    by_staff(tracker, lambda book: book["Candidatures"].__setitem__("H2", "=1+2"))
    changes = cell(2, "population", 9)
    write(tracker, type(changes)((*changes.cells, *cell(2, "notes", "n").cells)))
    page = openpyxl.load_workbook(tracker.path(CALL))["Candidatures"]
    assert (page["H2"].value, values(tracker, "notes")) == ("=1+2", [("n",)])


def test_a_tracker_that_staff_saved_with_macros_is_followed(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    plain = tracker.path(CALL)
    plain.rename(plain.with_suffix(".xlsm"))
    write(tracker, rows_out("V21-002"))
    assert leftovers(tracker) == ["suivi.xlsm"]
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]


def test_of_a_tracker_with_and_without_macros_the_second_is_told_as_a_copy(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_macros = tracker.path(CALL).with_suffix(".xlsm")
    with_macros.write_bytes(tracker.path(CALL).read_bytes())
    assert tracker.path(CALL).name == "suivi.xlsx"
    assert tracker.conflict_copies(CALL) == [with_macros]


def test_notes_that_staff_wrote_under_the_table_are_no_rows(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")

    def note(book):
        book["Candidatures"]["D4"] = "Hazebrouck"  # right under the table: a row typed in LibreOffice
        book["Candidatures"]["D6"] = "Relances faites le 3 mars"
        book["Candidatures"]["D7"] = "À compléter"

    by_staff(tracker, note)
    assert values(tracker, "number", "collectivite") == [
        ("V21-001", None),
        ("V21-002", None),
        (None, "Hazebrouck"),
    ]


def test_the_totals_of_the_table_are_no_row(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")

    def total(book):
        page = book["Candidatures"]
        page["A4"], page["D4"] = "Total", 2
        page.tables["Candidatures"].ref = "A1:AA4"
        page.tables["Candidatures"].totalsRowCount = 1

    by_staff(tracker, total)
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]


def test_a_row_moved_far_below_is_still_that_row(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")
    by_staff(tracker, lambda book: book["Candidatures"].move_range("A3:AA3", rows=5))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]


@pytest.mark.parametrize(
    ("part", "spoil"),
    [
        ("xl/tables/table1.xml", lambda text: text.replace('ref="A1', 'ref="x')),
        ("xl/tables/table1.xml", lambda text: text.replace("<table ", '<table headerRowCount="un" ')),
        (SHEET, lambda text: text.replace('<row r="3"', '<row r="99999999999999999999999"')),
        ("xl/_rels/workbook.xml.rels", lambda text: text.replace("sheet1.xml", "sheet9.xml")),
        ("xl/workbook.xml", lambda text: text.replace("<sheets>", "<sheets><sheet/>")),
    ],
)
def test_a_part_that_no_program_would_write_is_one_clear_line(tmp_path, part, spoil):
    tracker = a_tracker(tmp_path, "V21-001", "V21-002")
    with_part(tracker.path(CALL), part, spoil)
    before = tracker.path(CALL).read_bytes()
    with suppress(Unavailable):
        write(tracker, rows_out("V21-003"))
        assert values(tracker, "number") == [("V21-001",), ("V21-002",), ("V21-003",)]
        return
    assert tracker.path(CALL).read_bytes() == before
