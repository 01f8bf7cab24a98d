from datetime import date, datetime, time

import pytest

from pipeline.core.typed import day, hour, says_no, text


@pytest.mark.parametrize(
    "typed",
    [
        *("7 mars 2017", "mardi 7 mars 2017", "le mardi 7 mars 2017", "Mar. 7 Mars 2017", "7 mars 2017 à 14h"),
        *("07/03/2017", "7/3/17", "07-03-2017", "07.03.2017", "7 / 3 / 2017", "07/03/2017 14:00", "2017-03-07"),
        *("2017-03-07T14:00:00", date(2017, 3, 7), datetime(2017, 3, 7, 14), 42801),
    ],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert day(typed) == date(2017, 3, 7)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1er avril 2017", date(2017, 4, 1)), ("28 févr. 2017", date(2017, 2, 28)), ("4 déc 2017", date(2017, 12, 4))],
)
def test_the_names_of_months_may_be_cut(typed, expected):
    assert day(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "7 mars", "mardi", "lundi 7 mars 2017", "30 février 2017", "7 jui 2017", "07032017", 7, True, "à définir"]
    + [36_525, 73_051, 42_801.5],
)
def test_what_is_no_whole_day_is_not_guessed(typed):
    assert day(typed) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *(("14h", "14:00"), ("14 H 30", "14:30"), ("14.30", "14:30"), ("9 heures", "09:00"), ("à 14h30", "14:30")),
        *(("14:00:00", "14:00"), ("midi", "12:00"), ("9h05 min", "09:05"), (14, "14:00"), (0.5, "12:00")),
        (time(14, 0), "14:00"),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed, expected):
    assert hour(typed) == expected


@pytest.mark.parametrize("typed", ["14h-17h", "25h", "24h", "14h60", "14h75", "après-midi", 14.5, date(1900, 1, 14)])
def test_what_is_no_hour_stays_as_typed(typed):
    assert hour(typed) == text(typed)


def test_the_lines_of_a_cell_end_alike_whatever_program_wrote_it():
    assert text("Vu\r\nRelancé\rClos ") == "Vu\nRelancé\nClos"


def test_only_an_empty_cell_or_a_no_says_no():
    assert [says_no(one) for one in (None, "Non", "n", False, "à revoir", "oui", 1)] == [True] * 4 + [False] * 3


def test_the_serials_of_two_thousand_to_two_thousand_and_ninety_nine_are_days():
    assert (day(36_526), day(73_050)) == (date(2000, 1, 1), date(2099, 12, 31))
