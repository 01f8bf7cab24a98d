"""Who writes in haste, on one line, in small letters or with initials has a name and a function like any other."""

import pytest

from pipeline.core.person import Person, contact_of
from pipeline.core.person.roles import said_in, tidied
from tests.core.triage.mails import mail

FUNCTION = "Responsable urbanisme"


def contact(text: str, name: str = "Jean-Luc Roy", sender: str = "jl.roy@ville.example") -> Person:
    return contact_of(
        mail("Candidature", f"Bonjour,\n\nCi-joint notre dossier.\n\n{text}", name=name, sender=sender), ()
    )


@pytest.mark.parametrize(
    "signature",
    [
        "Jean-Luc Roy|Responsable urbanisme|Commune de Laon|03 53 01 11 11",
        "Jean-Luc Roy · Responsable urbanisme · Commune de Laon · 03 53 01 11 11",
        "Jean-Luc Roy // Responsable urbanisme // Commune de Laon",
        "Jean-Luc Roy * Responsable urbanisme * Commune de Laon",
        "Jean-Luc Roy- Responsable urbanisme\n03 53 01 11 11",
        "Jean-Luc Roy Responsable urbanisme 03 53 01 11 11",
        "~ Jean-Luc Roy ~\nResponsable urbanisme",
        "Jean-Luc Roy\nCommune de Laon\n03 53 01 11 11\njl.roy@ville.example\nResponsable urbanisme",
        "Contact :\nJean-Luc Roy\nResponsable urbanisme\n03 53 01 11 11\njl.roy@ville.example",
        "Jean-Luc Roy\tResponsable urbanisme\tCommunauté de communes du Vimeu",
        "Jean-Luc Roy\nResponsable urbanisme Communauté de communes du Vimeu",
        "Merci d'avance J.-L. Roy responsable urbanisme",
        "Merci d'avance. JLR, responsable urbanisme",
        "Dites-moi si c'est ok. JR / Responsable urbanisme / 03 53 01 11 11",
        "A+\nJean-Luc\nResponsable urbanisme, mairie de Laon / 0353011111",
        "Jean-Luc, responsable urbanisme de la mairie de Laon",
        "Cordialement\nLe responsable urbanisme Jean-Luc Roy",
        "CORDIALEMENT\nM. LE RESPONSABLE URBANISME\nJEAN-LUC ROY\nTEL 03 53 01 11 11",
        "Bien respectueusement,\n\nJean-Luc Roy\nResponsable urbanisme\n\nPS : la pièce jointe n'est pas trop lourde ?",
        "Jean-Luc Roy, responsable urbanisme, reste à votre disposition.",
        "Responsable urbanisme de la ville de Laon je vous prie de nous tenir au courant.",
        "Je suis le nouveau responsable urbanisme de Laon.",
    ],
)
def test_a_function_is_found_however_hastily_it_is_signed(signature: str) -> None:
    found = contact(signature)
    assert (found.name, found.role) == ("Jean-Luc Roy", FUNCTION)


@pytest.mark.parametrize(
    "signature",
    [
        "cordialement\njean-luc roy\nresponsable urbanisme\n0353011111",
        "Merci d'avance. Jean-Luc Roy, responsable urbanisme",
        "Je suis Jean-Luc Roy, responsable urbanisme à Laon.\nMerci",
    ],
)
def test_who_writes_from_the_address_of_an_office_is_named_in_haste_too(signature: str) -> None:
    found = contact(signature, "", "mairie@orange.example")
    assert (found.name, found.role) == ("Jean-Luc Roy", FUNCTION)


@pytest.mark.parametrize(
    ("signature", "role"),
    [
        ("Cordialement,\nJean-Luc Roy\nPour le Maire, Paul Durand", ""),
        ("Cordialement,\nJean-Luc Roy\nAssistante : Anne Petit 03 53 01 11 11", ""),
        ("Le Maire,          La DGS,\nPaul Durand          Jean-Luc Roy", ""),
        ("Responsable : Paul Durand (DGS)\nJean-Luc Roy", ""),
        ("Président d'un jour, je cite.\n\nJean-Luc Roy", ""),
        ("-- \nJean-Luc Roy\n« Maire de toutes les libertés »", ""),
        ("Le Maire,\nJean-Luc ROY\n\nPour copie conforme, la DGS Anne Petit", "Maire"),
        ("Le Maire,\nChevalier de la Légion d'honneur,\nJean-Luc ROY", "Maire"),
    ],
)
def test_a_function_that_is_anothers_is_not_the_signers(signature: str, role: str) -> None:
    assert contact(signature).role == role


@pytest.mark.parametrize(
    "said",
    [
        "Le maire m'a demandé de vous écrire, je joins donc son dossier.",
        "Le responsable urbanisme est absent, je vous envoie le dossier.",
        "Responsable urbanisme et maire sont d'accord, je vous envoie le dossier.",
        "Élus du territoire, je vous salue.",
        "En tant que maire, M. Durand souhaite s'engager.",
        "En tant que chef-lieu, la ville candidate.",
        "Notre directrice étant absente, je vous écris.",
    ],
)
def test_another_s_function_in_a_sentence_is_not_the_writers(said: str) -> None:
    assert contact(f"{said}\n\nJean-Luc Roy").role == ""


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Au nom de la ville, dont je suis l'adjoint aux finances, je vous écris.", "Adjoint aux finances"),
        ("Je suis conseillère déléguée à la culture.", "Conseillère déléguée à la culture"),
        ("Je suis secrétaire à Desvres.", "Secrétaire"),
        ("2e adjoint au maire de Laon, je vous écris.", "2e adjoint au maire"),
        ("DGS de Caudry, je vous adresse ce dossier.", "DGS"),
        ("adjointe a l'urbanisme de Laon je vous adresse ce dossier.", "Adjointe a l'urbanisme"),
    ],
)
def test_a_function_said_in_a_sentence_is_whole(said: str, role: str) -> None:
    assert said_in(said) == role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Le DGS,", "DGS"),
        ("DIRECTEUR DE CABINET", "Directeur de cabinet"),
        ("· Maire", "Maire"),
        ("dgs", "DGS"),
        ("élu", "Élu"),
    ],
)
def test_short_titles_and_offices_in_capitals_are_kept(line: str, role: str) -> None:
    assert tidied(line) == role


def test_a_project_and_a_place_below_a_title_are_nobodys_name() -> None:
    found = contact("La cheffe de projet PCAET de Saint-Omer,\nFrédérique Leclercq", "", "mairie@orange.example")
    assert found.name == "Frédérique Leclercq"
