"""Dates, hours, counts and typography as a careful French writer sets them."""

from datetime import date, datetime

import pytest

from pipeline.core import french

N = french.NO_BREAK


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2017, 2, 28), "mardi 28 février 2017"),
        (date(2017, 3, 1), "mercredi 1er mars 2017"),
        (date(2016, 8, 31), "mercredi 31 août 2016"),
        (date(2016, 12, 11), "dimanche 11 décembre 2016"),
    ],
)
def test_a_date_is_told_with_its_weekday(day: date, words: str) -> None:
    assert french.long_date(day) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2017, 2, 28, 23, 58), "le 28 février 2017 à 23 h 58"),
        (datetime(2017, 3, 1, 0, 0), "le 1er mars 2017 à 0 h"),
        (datetime(2017, 3, 1, 9, 5), "le 1er mars 2017 à 9 h 05"),
    ],
)
def test_a_moment_is_told_to_the_minute(at: datetime, words: str) -> None:
    assert french.moment(at) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [("14:00", "14 h"), ("14:30", "14 h 30"), ("09:05", "9 h 05"), ("14h", "14 h"), ("14 h 30", "14 h 30")],
)
def test_an_hour_is_written_with_h(typed: str, words: str) -> None:
    assert french.hour(typed) == words


@pytest.mark.parametrize("typed", ["", "l’après-midi", "99:00", "14h75", "24:00", "14:00 ou 15:00"])
def test_what_is_no_hour_stays_as_typed(typed: str) -> None:
    assert french.hour(typed) == typed


def test_words_of_somebody_are_quoted_whole_up_to_sixty_characters() -> None:
    assert french.quoted("m" * 60) == f"« {'m' * 60} »"
    assert french.quoted("m" * 61) == f"« {'m' * 60}… »"


def test_a_count_agrees_with_its_noun() -> None:
    words = [french.count(number, "candidature") for number in (0, 1, 2)]
    assert words == ["0 candidature", "1 candidature", "2 candidatures"]
    assert french.count(3, "travail", "travaux") == "3 travaux"


def test_a_listing_ends_with_et() -> None:
    assert [french.listing(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        *("", "a", "a et b", "a, b et c")
    ]


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Bonjour !", f"Bonjour{N}!"),
        ("Bonjour!", f"Bonjour{N}!"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
        ("« oui »", f"«{N}oui{N}»"),
        ("«oui» ?", f"«{N}oui{N}»{N}?"),
        ("Référence : X ; suite", f"Référence{N}: X{N}; suite"),
        ("Référence:\nX", f"Référence{N}:\nX"),
    ],
)
def test_high_punctuation_gets_a_space_that_does_not_break(typed: str, set_: str) -> None:
    assert french.typography(typed) == set_
    assert french.typography(set_) == set_


@pytest.mark.parametrize(
    "typed",
    [
        "à 14:00",
        "https://agence.example/appel?id=1;2&x=:",
        "appels@agence.example",
        "[texte](https://agence.example/a ? b)",
        "`{{ champ }} : x`",
        "l'appel et l’appel",
        "Image ![a](b)",
    ],
)
def test_addresses_hours_and_markup_are_left_alone(typed: str) -> None:
    assert french.typography(typed).replace(f"Image{N}", "Image ") == typed
