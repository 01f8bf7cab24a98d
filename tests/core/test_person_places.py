"""A function is what stands before the employer and the place, however they are joined."""

import pytest

from pipeline.core.person import contact_of
from pipeline.core.person.employers import without_place
from pipeline.core.person.roles import tidied
from tests.core.triage.mails import mail


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("DGS CC Pays de Lumbres", "DGS"),
        ("DGS Ville de Gravelines", "DGS"),
        ("DGS mairie de guise", "DGS"),
        ("DGS de Mouy", "DGS"),
        ("DGS ville de laon", "DGS"),
        ("Directrice générale des services d'Hirson", "Directrice générale des services"),
        ("Responsable environnement – CC2V", "Responsable environnement"),
        ("Directeur / CAHC", "Directeur"),
        ("Chargée de mission développement durable @Faches-Thumesnil", "Chargée de mission développement durable"),
        ("Cheffe de projet Politique de la ville", "Cheffe de projet Politique de la ville"),
        ("Cheffe de projet Petites villes", "Cheffe de projet Petites villes"),
        ("Directeur général adjoint - Aménagement", "Directeur général adjoint - Aménagement"),
    ],
)
def test_an_employer_that_a_word_tells_is_no_part_of_the_function(line: str, role: str) -> None:
    assert tidied(line) == role


@pytest.mark.parametrize(
    "role",
    [
        "Responsable urbanisme - Hondschoote",
        "Responsable urbanisme, Hondschoote",
        "Responsable urbanisme (Hondschoote)",
        "Responsable urbanisme de Hondschoote (59122)",
        "Responsable urbanisme à Hondschoote",
        "Responsable urbanisme Hondschoote",
    ],
)
@pytest.mark.parametrize(
    ("place", "domain"),
    [("Hondschoote", "orange.example"), ("", "mairie-hondschoote.example")],
    ids=["name", "address"],
)
def test_the_place_that_applies_is_no_part_of_the_function(role: str, place: str, domain: str) -> None:
    assert without_place(role, place, domain) == "Responsable urbanisme"


@pytest.mark.parametrize(
    ("role", "place", "domain"),
    [
        ("Chargée de mission Environnement", "Lens", "environnement-lens.example"),
        ("Responsable du Pôle", "Pôle métropolitain de l'Artois", "pm-artois.example"),
        ("Chef de projet Cœur de ville", "Cœur d'Ostrevent", "cc-co.example"),
        ("Directrice adjointe", "Adjointe", "x.example"),
    ],
)
def test_a_field_of_work_is_no_place(role: str, place: str, domain: str) -> None:
    assert without_place(role, place, domain) == role


@pytest.mark.parametrize(
    ("role", "short"),
    [
        ("Adjointe à l'urbanisme de Lens, conseillère régionale", "Adjointe à l'urbanisme"),
        ("Adjoint au maire de Lens, délégué à l'urbanisme", "Adjoint au maire de Lens, délégué à l'urbanisme"),
        ("Vice-présidente du Pays de Lens", "Vice-présidente"),
    ],
)
def test_another_office_behind_the_place_goes_with_it_and_a_delegation_stays(role: str, short: str) -> None:
    assert without_place(role, "Lens", "orange.example") == short


def test_the_contact_has_the_function_without_the_name_of_who_applies() -> None:
    text = "Bonjour,\n\nCi-joint notre dossier.\n\nNadine Roy\nChargée de mission SCoT - Pays du Vimeu\n03 53 01 11 11"
    asked = mail("Candidature", text, name="Nadine Roy", sender="n.roy@orange.example")
    assert contact_of(asked, (), False, "Communauté de communes du Pays du Vimeu").role == "Chargée de mission SCoT"
