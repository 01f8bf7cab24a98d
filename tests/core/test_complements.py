"""What is still missing once a complement came: proposed to staff by the names of the documents, never decided."""

import pytest

from pipeline.core.complements import asked_for, proposal, still_missing
from tests.builders import a_candidature

UPDATE = " Mettez à jour la colonne Pièces manquantes."
NOTHING = "D'après les noms, il ne manque plus rien." + UPDATE


@pytest.mark.parametrize(
    ("missing", "names", "said"),
    [
        (["RIB signé"], ["RIB.pdf"], f"Complément reçu : « RIB.pdf ». {NOTHING}"),
        (["RIB"], ["20170220_rib-mairie.PDF"], f"Complément reçu : « 20170220_rib-mairie.PDF ». {NOTHING}"),
        (
            ["Plan de financement", "Budget"],
            ["PlanFinancement_v2.xlsx"],
            "Complément reçu : « PlanFinancement_v2.xlsx ». D'après les noms, il manque encore : Budget." + UPDATE,
        ),
        (
            ["Délibération", "RIB"],
            ["scan0001.pdf", "photo.jpg"],
            "Complément reçu : « scan0001.pdf », « photo.jpg ». D'après les noms, il manque encore : Délibération, RIB."
            + UPDATE,
        ),
        (["Délibérations"], ["déliberation 2017.docx"], f"Complément reçu : « déliberation 2017.docx ». {NOTHING}"),
        ([], ["a.pdf"], ""),
        (["RIB"], [], ""),
    ],
)
def test_what_came_and_what_is_still_missing_is_one_sentence(missing: list[str], names: list[str], said: str) -> None:
    assert proposal(missing, names).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("line", "name", "speaks_of_it"),
    [
        ("Budget prévisionnel", "budget.pdf", True),
        ("Budget prévisionnel 2017 détaillé", "budget.pdf", False),
        ("Lettre", "lettre.pdf", True),
        ("Lettre d'engagement", "lettre.pdf", False),
        ("Document", "document.pdf", True),
        ("Délibération du conseil municipal", "deliberation_2017.pdf", True),
        ("Délibération du conseil communautaire", "DCC signée - délibération.pdf", True),
        ("Délibération du conseil municipal", "conseil municipal du 7 février.pdf", False),
        ("Statuts", "status.pdf", True),
        ("Statuts", "stade.pdf", False),
        ("RIB", "ribs.pdf", True),
        ("Statuts", "stat.pdf", True),
        ("Statuts", "statistiques.pdf", False),
        ("Émargement de l'AG du CD", "emargement.pdf", True),
        ("…", "a.pdf", False),
    ],
)
def test_a_name_speaks_of_a_line_by_half_of_its_telling_words(line: str, name: str, speaks_of_it: bool) -> None:
    assert still_missing([line], [name]) == (() if speaks_of_it else (line,))


def test_what_staff_typed_is_asked_for_and_else_what_the_call_requires_and_did_not_come() -> None:
    typed = a_candidature(staff={"missing": "- RIB ;\n• Délibération"})
    assert asked_for(typed, ("lettre de candidature",)) == ("RIB", "Délibération")
    assert asked_for(a_candidature(), ("lettre de candidature",)) == ("lettre de candidature",)
    assert asked_for(a_candidature(), ()) == ()
