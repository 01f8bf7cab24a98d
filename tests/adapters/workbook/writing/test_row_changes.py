"""Two versions of a sheet compared row by row, unpacked in steps."""

import io
import zipfile

import pytest

from pipeline.adapters.workbook.writing.row_changes import STEP, ChangedRow, Pieces, difference

EMPTY = STEP // 16  # rows that close themselves, more than two steps of them


def pieces(rows: bytes) -> Pieces:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("sheet1.xml", b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows)
    return Pieces(zipfile.ZipFile(stream), "sheet1.xml")


def filled(number: int, text: str) -> bytes:
    return b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (number, number, text.encode())


@pytest.mark.parametrize("shift", range(12))
def test_a_changed_row_is_found_wherever_a_step_of_the_unpacking_ends(shift: int) -> None:
    head = b"<worksheet><sheetData>"
    first = filled(1, "a" * (STEP - len(head) - len(filled(1, "")) + shift))
    before, after = (pieces(first + filled(2, word)) for word in ("old", "new"))
    (changed,) = difference(before, after)
    assert changed == ChangedRow(2, *(filled(2, word).removesuffix(b"</row>") for word in ("old", "new")))


def test_rows_that_close_themselves_are_compared_however_many_there_are() -> None:
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(3, EMPTY))
    before, after = pieces(filled(1, "a") + empty), pieces(filled(1, "a") + filled(2, "b") + empty)
    (changed,) = difference(before, after)
    assert changed == ChangedRow(2, b"", filled(2, "b").removesuffix(b"</row>"))
