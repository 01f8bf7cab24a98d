import pytest

from pipeline.core.sorting import number_in, stray_nature, stray_number

TOLD = "N°\u00a0: aucune candidature ne portait le numéro « V21-009 » quand il a été écrit\u00a0; corrigez-le."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, ""),
        ({"number": None}, ""),
        ({"number": "V21-001"}, ""),
        ({"number": " v21-002 "}, ""),
        ({"number": "V21-009"}, TOLD),
        ({"number": "V21-002", "why": TOLD}, ""),
        ({"number": 9}, TOLD.replace("V21-009", "9")),
    ],
)
def test_a_number_is_stray_when_no_candidature_has_it(row, said):
    assert stray_number(row, "V21-001", "V21", lambda number: number == "V21-002") == said


def test_a_number_that_was_stray_is_not_taken_for_that_of_a_later_candidature():
    assert stray_number({"number": "V21-009", "why": TOLD}, "V21-001", "V21", lambda number: True) == TOLD


def test_only_a_word_that_is_no_nature_is_stray():
    assert [stray_nature({"reclass": word}) for word in (None, "", " question ")] == ["", "", ""]
    said = (
        "Reclasser en\u00a0: « Quoi » n'est pas compris\u00a0; "
        "choisissez « Candidature », « Complément », « Question », « Retrait » ou « Ignorer »."
    )
    assert stray_nature({"reclass": "Quoi"}) == said


@pytest.mark.parametrize("word", ["V21-003", "v21-003", "V21-3", "V21 003", "3", " 003 "])
def test_the_number_of_a_candidature_is_read_as_people_write_it(word):
    assert number_in({"number": word}, "V21") == "V21-003"


@pytest.mark.parametrize(
    ("word", "stays"), [("", ""), ("v22-003", "V22-003"), ("V21-003, V21-004", "V21-003, V21-004")]
)
def test_what_is_no_number_of_the_call_stays_as_typed(word, stays):
    assert number_in({"number": word}, "V21") == stays
