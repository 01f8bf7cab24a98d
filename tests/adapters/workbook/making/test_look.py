"""Readable by everybody: contrast as WCAG 2.2 measures it (1.4.3: 4.5:1 for text)."""

import openpyxl
import pytest

from pipeline.adapters.workbook.making import look
from pipeline.adapters.workbook.making.creation import HIGHLIGHTS, create_tracker
from pipeline.core.columns import Owner, sheets_of
from tests.adapters.workbook.books import CALL

ENOUGH = 4.5
WHITE = "FFFFFF"


def luminance(colour):
    """Relative luminance of RRGGBB (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("000000", WHITE) == pytest.approx(21)
    assert contrast("777777", WHITE) == pytest.approx(4.48, abs=0.01)


def test_every_cell_of_a_new_tracker_can_be_read(tmp_path):
    path = tmp_path / "suivi.xlsx"
    create_tracker(CALL, path)
    book = openpyxl.load_workbook(path)
    cells = [one for page in book for row in page.iter_rows() for one in row if one.has_style and one.font.color]
    written = [one for one in cells if isinstance(one.font.color.rgb, str)]
    pairs = {(one.font.color.rgb[2:], one.fill.fgColor.rgb[2:] if one.fill.fill_type else WHITE) for one in written}
    assert len(pairs) >= 8
    assert [pair for pair in pairs if contrast(*pair) < ENOUGH] == []


def test_what_is_highlighted_can_be_read():
    assert [fill for fill in (look.ATTENTION, look.ON_ITS_WAY) if contrast(look.DARK, fill) < ENOUGH] == []


def test_a_colour_is_never_alone_for_it_depends_on_the_words_of_its_own_cell():
    for sheet in sheets_of(CALL):
        for key, column, test, _ in HIGHLIGHTS:
            if key == sheet.key:
                assert column in {one.key for one in sheet.columns}
                assert "{cell}" in test


def test_the_columns_that_stay_in_sight_leave_room_on_a_small_screen():
    """At 1366 pixels, seven a digit and five for the borders of a column in Calibri 11 (ECMA-376 part 1, 18.3.1.13)."""
    frozen = sum(7 * look.width(key) + 5 for key in ("number", "received", "in_time", "collectivite"))
    assert frozen < 0.4 * 1366


def test_what_staff_decide_is_printed_on_one_page(tmp_path):
    """A4 across: 297 mm less the margins, at the scale of the sheet, with the 4 % that LibreOffice adds."""
    path = tmp_path / "suivi.xlsx"
    create_tracker(CALL, path)
    page = openpyxl.load_workbook(path)["Candidatures"]
    breaks = [one.id for one in page.col_breaks.brk]
    widths = [
        7 * page.column_dimensions[openpyxl.utils.get_column_letter(c)].width + 5 for c in range(1, page.max_column + 1)
    ]
    room = (297 / 25.4 - 0.6) * 96 / (page.page_setup.scale / 100) * 0.96
    starts, ends = [0, *breaks], [*breaks, len(widths)]
    repeated = sum(widths[:4])
    pages = [sum(widths[a:b]) + (repeated if a else 0) for a, b in zip(starts, ends, strict=True)]
    assert [wide for wide in pages if wide > room] == []
    assert len(pages) == 3


def test_a_row_is_as_high_as_its_longest_text_and_no_higher_than_half_a_screen():
    assert look.height({"notes": "court"}) == 15
    assert look.height({"notes": "x " * 40}) == pytest.approx(15 * look.lines_of("x " * 40, look.width("notes")) + 3)
    assert look.height({"notes": "mot " * 2000}) <= 15 * 15 + 3


def test_the_owners_have_colours_of_their_own():
    colours = {look.HEADER_FILLS[owner].fgColor.rgb for owner in Owner}
    assert len(colours) == 2
