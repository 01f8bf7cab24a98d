"""Lists of partners, several communes that apply together, offices held: who of all those named applies."""

from pathlib import Path

import pytest

from pipeline.adapters.gazetteer import Gazetteer
from pipeline.core.territory import Territories
from pipeline.core.territory.reasons import doubt
from pipeline.core.territory.values import Collectivite
from tests.core.test_territory import ask, code_of

ROOT = Path(__file__).parents[2]
DOULLENS, BEAUVAL, LONG, MAMETZ, SOCX = "80253", "80071", "80486", "62543", "59570"


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Gazetteer(ROOT / "config" / "territories").territories()


@pytest.mark.parametrize(
    "text",
    [
        "Avec Beauval, Bernaville et Lucheux, la ville de Doullens candidate à Visions +21.",
        "Avec Beauval et Lucheux, la ville de Doullens vous adresse sa candidature à Visions +21.",
        "Avec la commune de Beauval, la ville de Doullens se porte candidate à Visions +21.",
        "La ville de Doullens, avec les communes de Beauval, de Bernaville et de Lucheux, dépose sa candidature.",
        "La ville de Doullens candidate à Visions +21, avec la ville de Beauval, la commune de Bernaville et Lucheux.",
        "Avec le soutien du Département, de la commune de Beauval et de la ville de Lucheux, la ville de Doullens"
        " candidate à Visions +21.",
        "Grâce à l'appui de la Région, du CAUE et de la ville de Beauval, la ville de Doullens dépose un dossier.",
        "La ville de Doullens candidate à Visions +21 en lien avec le Département, la commune de Beauval et Lucheux.",
        "La ville de Doullens se porte candidate en partenariat avec l'association Les Blongios, la commune de Beauval"
        " et la ville de Lucheux.",
        "Nous candidatons avec nos voisins : la ville de Beauval, la ville de Lucheux. La ville de Doullens porte la"
        " candidature.",
    ],
)
def test_all_the_names_of_a_list_of_partners_are_set_aside_and_the_list_ends(
    territories: Territories, text: str
) -> None:
    assert code_of(ask(territories, text)) == DOULLENS


@pytest.mark.parametrize(
    "text",
    [
        "Avec le soutien du Département, la ville de Doullens candidate à Visions +21.",
        "En lien avec le Département, la ville de Doullens, qui y travaille depuis un an, dépose sa candidature.",
        "Avec nos partenaires, la ville de Doullens souhaite candidater à Visions +21.",
    ],
)
def test_a_partner_without_a_name_sets_nobody_aside(territories: Territories, text: str) -> None:
    assert code_of(ask(territories, text)) == DOULLENS


@pytest.mark.parametrize(
    "subject",
    [
        "Candidature de la ville de Doullens avec la ville de Beauval, la ville de Lucheux",
        "Candidature de la ville de Doullens à Visions +21 avec Beauval et Lucheux",
        "Ville de Doullens, avec Beauval, Bernaville et Lucheux : candidature",
    ],
)
def test_a_list_of_partners_in_the_subject_is_set_aside_as_well(territories: Territories, subject: str) -> None:
    assert code_of(ask(territories, "Bonjour, voici notre candidature à Visions +21.", subject=subject)) == DOULLENS


@pytest.mark.parametrize(
    "text",
    [
        "Les communes de Crochte, Bissezeele et Socx candidatent ensemble. C'est la commune de Socx qui porterait le"
        " dossier.",
        "Les communes de Crochte et Socx candidatent à Visions +21, la commune de Socx portant la candidature.",
        "La commune de Crochte et celle de Socx candidatent. Le dossier est porté par la commune de Socx.",
        "La commune de Crochte candidate avec ses voisins ; la candidature sera portée par la mairie de Socx.",
    ],
)
def test_the_commune_that_carries_it_applies_though_another_of_them_signs(territories: Territories, text: str) -> None:
    signed = f"{text}\n\nAnnie Vandenbussche\nMairie de Crochte"
    assert code_of(ask(territories, signed, subject="Candidature groupée")) == SOCX


@pytest.mark.parametrize(
    "text",
    [
        "La ville de Doullens candidate à Visions +21 ; la CC porte le projet de piscine.",
        "La ville de Doullens candidate à Visions +21 ; Beauval porte le projet de piscine.",
    ],
)
def test_who_carries_something_else_does_not_apply(territories: Territories, text: str) -> None:
    assert code_of(ask(territories, f"{text}\n\nVille de Doullens")) == DOULLENS


@pytest.mark.parametrize(
    "where",
    [
        "petit village de la vallée de la Somme",
        "commune de la plaine picarde",
        "village de la forêt",
        "ville de la côte",
    ],
)
def test_a_landscape_in_small_letters_is_no_commune(territories: Territories, where: str) -> None:
    text = f"Maire de Long, {where}, j'ai l'honneur de présenter la candidature de ma commune.\n\nMaire de Long (80510)"
    assert code_of(ask(territories, text)) == LONG


@pytest.mark.parametrize(
    "text",
    [
        "Je suis conseillère municipale de Mametz (62). Le maire m'a chargée de vous envoyer notre candidature.",
        "Conseiller municipal à Mametz (Pas-de-Calais), je vous adresse notre candidature.",
        "Élue municipale de Mametz (62), je vous transmets le dossier de candidature préparé avec le maire.",
    ],
)
def test_a_councillor_writes_for_her_commune(territories: Territories, text: str) -> None:
    assert code_of(ask(territories, text)) == MAMETZ


def test_a_councillor_who_writes_for_her_epci_does_not_make_the_commune_apply(territories: Territories) -> None:
    text = "La CC du Territoire Nord Picardie candidate à Visions +21.\n\nPaul Petit\nConseiller municipal de Beauval"
    assert code_of(ask(territories, text)) != BEAUVAL


CAMBRESIS, GUISCARD, NOYONNAIS = "200078681", "60291", "246000756"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Le PETR du Pays du Cambrésis, qui regroupe la communauté d'agglomération de Cambrai et la CC du Pays"
            " Solesmois, est candidat à Visions +21.",
            CAMBRESIS,
        ),
        (
            "Le PETR du Pays du Cambrésis, composé de la communauté d'agglomération de Cambrai, de la CA du Caudrésis"
            " et du Catésis et de la CC du Pays Solesmois, vous adresse sa candidature.",
            CAMBRESIS,
        ),
        (
            "Regroupant la communauté d'agglomération de Cambrai et la CC du Pays Solesmois, le PETR du Pays du"
            " Cambrésis se porte candidat à Visions +21.",
            CAMBRESIS,
        ),
        (
            "Au nom de la commune de Guiscard, je vous adresse sa candidature. La communauté de communes du Pays"
            " Noyonnais n'est pas candidate mais l'appuie.\n\nSophie Lamarre\nCC du Pays Noyonnais",
            GUISCARD,
        ),
        (
            "La commune de Guiscard candidate à Visions +21. La communauté de communes du Pays Noyonnais ne se porte"
            " pas candidate.\n\nSophie Lamarre\nCC du Pays Noyonnais",
            GUISCARD,
        ),
    ],
)
def test_members_and_who_says_not_to_apply_are_not_the_applicant(
    territories: Territories, text: str, code: str
) -> None:
    assert code_of(ask(territories, text)) == code


@pytest.mark.parametrize(
    "text",
    [
        "La CC du Pays Noyonnais regroupe 42 communes. La commune de Guiscard candidate à Visions +21.",
        "La commune de Guiscard, qui compte 1 800 habitants, candidate à Visions +21.",
        "La CC du Pays Noyonnais n'est pas opposée à notre démarche : la commune de Guiscard candidate à Visions +21.",
    ],
)
def test_a_word_on_members_ends_with_its_clause(territories: Territories, text: str) -> None:
    assert code_of(ask(territories, text)) == GUISCARD


def test_who_signs_as_a_mayor_is_no_name_of_a_collectivite(territories: Territories) -> None:
    text = "Bonjour, voici la lettre de candidature du village.\n\nMerci,\nA bientôt\nJean Coquelle, maire"
    assert ask(territories, text).organisation_name == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Voici la candidature de Wimereux à Visions +21.\n\nLe maire,\nJean Coquelle", "62893"),
        ("Je vous adresse la candidature de Neuville-Saint-Vaast.\n\nMerci\nJean Coquelle, maire", "62609"),
        ("La candidature de Wimereux est jointe.\n\nCordialement,\nLa secrétaire de mairie", "62893"),
        # Nobody of a town hall signs, namesakes, a town beside which another is signed for.
        ("Voici la candidature de Wimereux à Visions +21.\n\nCordialement,\nJean Coquelle", ""),
        ("Voici la candidature de Saint-Léger à Visions +21.\n\nLe maire,\nJean Coquelle", ""),
        ("Voici la candidature de Wimereux à Visions +21.\n\nLe maire de Bavay,\nJean Coquelle", ""),
    ],
)
def test_a_bare_name_is_the_commune_where_a_mayor_signs(territories: Territories, text: str, code: str) -> None:
    assert code_of(ask(territories, text)) == code


def test_namesakes_to_choose_from_are_listed_as_one_says_them() -> None:
    def namesakes(*departements: str) -> list[Collectivite]:
        return [Collectivite("", "", "Bailleul", "COM", (one,), None) for one in departements]

    said = "Plusieurs collectivités portent ce nom\u00a0: "
    assert doubt(namesakes("59", "80")) == f"{said}Bailleul (59) ou Bailleul (80)."
    assert doubt(namesakes("59", "80", "61")) == f"{said}Bailleul (59), Bailleul (80) ou Bailleul (61)."


def test_partners_in_brackets_are_set_aside(territories: Territories) -> None:
    text = (
        "La Ville de Doullens a l'honneur de se porter candidate. Nos partenaires (CAUE, Agence d'urbanisme, CC du"
        " Ternois) soutiennent notre candidature."
    )
    assert code_of(ask(territories, text)) == DOULLENS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Le PETR du Pays du Cambrésis (CA de Cambrai et CC du Pays Solesmois) vous transmet sa candidature.",
            CAMBRESIS,
        ),
        ("La commune de Guiscard (CC du Pays Noyonnais) se porte candidate à Visions +21.", GUISCARD),
        ("La CC du Pays Noyonnais (CCPN) se porte candidate à Visions +21.", NOYONNAIS),
    ],
)
def test_names_in_brackets_behind_a_name_are_its_members_or_where_it_lies(
    territories: Territories, text: str, code: str
) -> None:
    assert code_of(ask(territories, text)) == code
