from datetime import UTC, date, datetime, time

import pytest

from pipeline.core.merge import fitting, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        ("06 12 34 56 78", 612345678),
        ("06 12 34 56 78", "0612345678"),
        ("007", 7),
        ("200069672", 200069672.0),
        (37000, "37\u00a0000"),
        (37000, "37\u202f000"),
        (15.0, 15.000000000000002),
        ("Arras", "\u00a0Arras  "),
        ("une\nligne", "une\r\nligne"),
        ("une\nligne", "une_x000D_\nligne"),
        (True, "oui"),
        (date(2017, 2, 20), datetime(2017, 2, 20)),
        (date(2017, 2, 20), 42786),
        (datetime(2017, 2, 20, 10, 5, 59), 42786.4208217593),
        (time(14, 30), "14:30"),
        (time(14, 30), 0.604166666666667),
        (datetime(2017, 2, 20, 10), "2017-02-20T10:00"),
        (datetime(2017, 2, 20, 10), 42786 + (36_000 + 30) / 86_400),
        (time(14, 30, 15), (52_215 - 30) / 86_400),
        (datetime(9999, 12, 31), 2_958_465),
        ("000", "0"),
        (datetime(2017, 2, 20), "20/02/2017"),
        (datetime(2017, 2, 20, 10), " 20/02/2017 10:00\u00a0"),
        (datetime(2017, 2, 20, 10), " 42786.4166666667 "),
        (datetime(2017, 2, 20, 10, 5, tzinfo=UTC), datetime(2017, 2, 20, 10, 5)),
        (datetime(2017, 2, 20, 10, 5, 0, 400), "2017-02-20T10:05"),
        (datetime(2017, 2, 20, 10), "20/02/2017 10:00"),
        (datetime(2017, 2, 20, 10, 5, 59), "20/02/2017 10:05:59"),
        (datetime(2017, 2, 20, 10), "42786.4166666667"),
        (date(2017, 2, 20), "20/02/2017"),
        ("Hélène", "He\u0301le\u0300ne"),
    ],
)
def test_what_a_spreadsheet_program_changes_by_itself_is_the_same(one, other):
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arras", "arras"),
        ("", 0),
        ("oui", "non"),
        (37000, 37001),
        ("+33321000000", "0321000000"),
        (date(2017, 2, 20), 42787),
        (datetime(2017, 2, 20, 10), "20/02/2017"),
        (datetime(2017, 2, 20, 10), "20/02/2017 11:00"),
        (date(2017, 2, 20), "42787"),
        (time(14, 30), 14.5),
        (True, 1),
        (datetime(2017, 2, 20, 10), 42786 + (36_000 + 31.5) / 86_400),
        (time(14, 30, 15), (52_215 - 31.5) / 86_400),
        (date(2017, 2, 20), 200_069_672),
        (date(2017, 2, 20), -1),
        (date(2017, 2, 20), "hier"),
        (time(0, 0), False),
        (datetime(9999, 12, 31), 2_958_466),
        ("000", ""),
        ("a", None),
    ],
)
def test_what_a_person_changed_is_not_the_same(one, other):
    assert not same(one, other) and not same(other, one)


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("a\x00b\x0bc", "abc"),
        ("\ud800x\ufffe", "x"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("é" * 40_000, "é" * 32_765 + " …"),
        ("😀" * 20_000, "😀" * 16_382 + " …"),
        ("x" * 32_767, "x" * 32_767),
        (date(1900, 2, 28), "1900-02-28"),
        (date(1900, 3, 1), date(1900, 3, 1)),
        (12, 12),
        (None, None),
    ],
)
def test_a_value_is_made_to_fit_into_a_cell(value, fits):
    assert fitting(value) == fits
