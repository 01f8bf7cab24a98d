"""Which words can be a person's name: nobody is greeted by the name of an office."""

import pytest

from pipeline.core.personal_names import is_personal


@pytest.mark.parametrize(
    "name",
    [
        "Hélène Carpentier",
        "Petit, Anne",
        "J. Dupont",
        "Jean-Pierre de La Tour",
        "Béatrice de Vos",  # what follows a particle is a surname, whatever else it means
        "Anne d' Hôtel",
        "Marie Anne Paul Jean Petit",
    ],
)
def test_two_to_five_words_none_of_an_office_can_be_a_person(name: str) -> None:
    assert is_personal(name)


@pytest.mark.parametrize(
    "words",
    [
        "Marie",
        "Le Petit",
        "De La",
        "Marie Anne Paul Jean Jacques Petit",
        "Marie 2017",
        "Marie Petit 62",
        "Marie Petit Mairie",
        "Anne de mairie",
        "Service-Urbanisme Arras",
        "LE SECRETARIAT DE MAIRIE",
    ],
)
def test_a_word_alone_a_figure_too_many_words_or_one_of_an_office_are_nobody(words: str) -> None:
    assert not is_personal(words)
