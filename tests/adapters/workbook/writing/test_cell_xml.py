from datetime import UTC, date, datetime, time

import pytest

from pipeline.adapters.workbook.writing.cell_xml import EPOCH_1904, CellXml, cleaned, number, stored


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", b'<c r="B2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'),
        ("007", b'<c r="B2" t="inlineStr"><is><t xml:space="preserve">007</t></is></c>'),
        ("a & b < c", b'<c r="B2" t="inlineStr"><is><t xml:space="preserve">a &amp; b &lt; c</t></is></c>'),
        (7, b'<c r="B2"><v>7</v></c>'),
        (1.5, b'<c r="B2"><v>1.5</v></c>'),
        (True, b'<c r="B2" t="b"><v>1</v></c>'),
        (date(2017, 2, 20), b'<c r="B2"><v>42786</v></c>'),
        (None, b'<c r="B2"/>'),
        ("", b'<c r="B2"/>'),
    ],
)
def test_a_value_is_written_in_its_shape(value, cell):
    xml = CellXml()
    assert xml.cell(xml.tag(2, 2), value) == cell


def test_a_cell_keeps_its_style_and_loses_the_type_of_what_it_held():
    tag = b'<x:c r="B2" s="3" t="s" cm="1" vm="2">'
    assert CellXml(b"x:").cell(tag, 7) == b'<x:c r="B2" s="3"><x:v>7</x:v></x:c>'


def test_a_cell_that_another_program_closed_with_a_blank_is_written_as_any_other():
    assert CellXml().cell(b'<c r="B2" s="3" />', 7) == b'<c r="B2" s="3"><v>7</v></c>'


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
        (time(18, 54), "0.7875"),
        (time(18, 0, 27), "0.7503125"),
        (datetime(2017, 2, 20, 12, tzinfo=UTC), "42786.5"),
        (False, "0"),
        (37000, "37000"),
    ],
)
def test_dates_are_serials(value, serial):
    assert number(stored(value)) == serial


def test_dates_of_an_old_macintosh_count_from_1904():
    assert number(stored(date(2017, 2, 20), EPOCH_1904)) == "41324"
