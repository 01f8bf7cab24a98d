"""Every collectivité of the region, named as its own people name it: never taken for another."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipeline.adapters.gazetteer import Gazetteer
from pipeline.core.territory import Clues, Identification, Territories, identify

LISTS = Path(__file__).parents[2] / "config" / "territories"
HAUTS_DE_FRANCE = ("32",)
WITH_OWN_TAX = ("CC", "CA", "CU", "METRO")
APPLIES = "Bonjour,\n\n{who} souhaite répondre à votre appel.\n\nJeanne Petit"
SENDS = "Bonjour,\n\nVeuillez trouver notre dossier.\n\nJeanne Petit\n{who}"
SHORT = {"Communauté de communes": "CC", "Communauté d'agglomération": "CA", "Communauté urbaine": "CU"}


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Gazetteer(LISTS).territories()


def asked(territories: Territories, text: str) -> Identification:
    return identify(Clues("", "Candidature", text, "", ()), territories, HAUTS_DE_FRANCE)


def outcomes(
    territories: Territories, kinds: Iterable[str], written: Callable[[dict[str, str]], str], every: int = 1
) -> Counter[tuple[str, ...]]:
    """How often the one that writes is recognised ("sure",), among those proposed, or what else: (outcome, names)."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in [row for row in territories.regional.rows if row["type"] in kinds][::every]:
        one = asked(territories, written(dict(row)))
        found[outcome(one, row["siren"], row["name"])] += 1
    return found


def outcome(found: Identification, siren: str, name: str) -> tuple[str, ...]:
    if found.collectivite:
        return ("sure",) if found.collectivite.siren == siren else ("wrong", name, found.collectivite.name)
    return ("proposed",) if siren in [one.siren for one in found.candidates] else ("unknown", name)


def of(name: str) -> str:
    """ "d'Arras", "du Quesnoy", "de La Bassée"."""
    for article, said in (("Le ", "du "), ("Les ", "des "), ("L'", "de L'"), ("La ", "de La ")):
        if name.startswith(article):
            return f"{said}{name.removeprefix(article)}"
    return f"d'{name}" if without_accents(name)[0] in "AEIOUYH" else f"de {name}"


def without_accents(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def core(name: str) -> str:
    """ "Porte du Hainaut" of "Communauté d'agglomération de la Porte du Hainaut"."""
    for typed in SHORT:
        name = name.removeprefix(f"{typed} ")
    for article in ("du ", "de la ", "de l'", "des ", "de ", "d'"):
        name = name.removeprefix(article)
    return name


def shortened(name: str) -> str:
    for typed, initials in SHORT.items():
        name = name.replace(typed, initials)
    return name


@pytest.mark.parametrize("as_written", [of, lambda name: without_accents(of(name)).upper()], ids=["plain", "capitals"])
def test_a_town_hall_with_its_postcode_below_is_that_commune(
    territories: Territories, as_written: Callable[[str], str]
) -> None:
    def signed(row: dict[str, str]) -> str:
        postcode = min(territories.postcodes_of(row["insee"]))
        return SENDS.format(who=f"Mairie {as_written(row['name'])}\n1 place de la Mairie\n{postcode} {row['name']}")

    assert outcomes(territories, ["COM"], signed, every=9) == {("sure",): 421}


def test_a_commune_that_only_says_its_name_is_recognised_unless_it_has_namesakes(territories: Territories) -> None:
    def said(row: dict[str, str]) -> str:
        return APPLIES.format(who=f"La commune {of(row['name'])}")

    assert outcomes(territories, ["COM"], said) == {("sure",): 3431, ("proposed",): 351}


@pytest.mark.parametrize("kinds", [WITH_OWN_TAX, ("PETR", "PNR")], ids=["EPCI", "pays and parks"])
@pytest.mark.parametrize(
    "as_written",
    [
        lambda name: SENDS.format(who=name),
        lambda name: SENDS.format(who=without_accents(name).upper()),
        lambda name: APPLIES.format(who=f"La {name}"),
        lambda name: APPLIES.format(who=f"La {shortened(name)}"),
        lambda name: APPLIES.format(who=without_accents(f"la {name}").lower()),
    ],
    ids=["signed", "in capitals", "in a sentence", "with initials", "in small letters"],
)
def test_an_epci_is_recognised_by_its_full_name(
    territories: Territories, kinds: tuple[str, ...], as_written: Callable[[str], str]
) -> None:
    found = outcomes(territories, kinds, lambda row: as_written(row["name"]))
    # The two communautés de communes of the Deux Vallées are namesakes.
    assert {one for one in found if one not in (("sure",), ("proposed",))} == set()
    assert found[("proposed",)] <= 1


@pytest.mark.parametrize("typed", ["com com", "CC", "communauté de communes", "agglo"])
def test_an_epci_that_is_given_another_type_is_at_worst_proposed(territories: Territories, typed: str) -> None:
    found = outcomes(territories, WITH_OWN_TAX, lambda row: APPLIES.format(who=f"La {typed} {of(core(row['name']))}"))
    assert [one for one in found if one[0] == "wrong"] == []
