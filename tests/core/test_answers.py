import pytest

from pipeline.core.answers import chosen, is_no, is_yes

DECISIONS = ("Retenu", "Liste d'attente", "Non retenu")
ATTENDANCE = ("invité", "accepté", "décliné", "peut-être")


@pytest.mark.parametrize("word", ["oui", "OUI ", "Oui.", "x", "✓", "\u00a0ok", "vrai", "1"])
def test_a_yes_is_known_however_it_is_written(word):
    assert (is_yes(word), is_no(word)) == (True, False)


@pytest.mark.parametrize("word", ["", "à revoir", "oui mais", "peut-être", "✗"])
def test_what_is_no_sure_yes_is_none(word):
    assert not is_yes(word)


@pytest.mark.parametrize(
    ("choices", "word", "meant"),
    [
        (DECISIONS, "RETENUE\u00a0", "Retenu"),
        (DECISIONS, "retenus", "Retenu"),
        (DECISIONS, "Non  retenue", "Non retenu"),
        (DECISIONS, "Liste d’attente", "Liste d'attente"),
        (DECISIONS, "refusé", None),
        (DECISIONS, "#N/A", None),
        (DECISIONS, "", None),
        (DECISIONS, "oui", None),
        (DECISIONS, "non", None),
        (ATTENDANCE, "Acceptée", "accepté"),
        (ATTENDANCE, "declinee", "décliné"),
        (ATTENDANCE, "absent", None),
        (("oui", "non"), "✓", "oui"),
        (("oui", "non"), "NON !", "non"),
        (("oui", "non"), "", None),
        (("oui", "non"), "☐", "non"),
        (("non", "oui"), "x", "oui"),
        (("oui",), "non", None),
    ],
)
def test_a_word_is_the_choice_that_it_means_or_none(choices, word, meant):
    assert chosen(choices, word) == meant
