"""What people are when their signature does not say it in the usual way: a service, a line that goes on, a sentence."""

import pytest

from pipeline.core.person import Person, contact_of
from pipeline.core.person.roles import tidied
from tests.core.triage.mails import mail


def contact(text: str, name: str = "Nadine Roy", sender: str = "n.roy@ville.example") -> Person:
    return contact_of(
        mail("Candidature", f"Bonjour,\n\nCi-joint notre dossier.\n\n{text}", name=name, sender=sender), ()
    )


@pytest.mark.parametrize(
    ("signature", "role"),
    [
        ("Nadine Roy\nService urbanisme\nVille de Laon", "Service urbanisme"),
        ("Nadine Roy\nVille de Laon\nDirection de l'aménagement\n03 53 01 11 11", "Direction de l'aménagement"),
        ("Nadine Roy, Service Vie des quartiers", "Service Vie des quartiers"),
        ("N. Roy\nMairie de Laon | Service Prospective | 03 53 01 30 31", "Service Prospective"),
        ("Nadine Roy\nPôle Territoires\nChargée de mission", "Chargée de mission"),
        ("Nadine Roy\nChargée de mission\nPôle Territoires", "Chargée de mission"),
        ("Nadine Roy - CC Somme Sud-Ouest - chargée de mission - 03 53 01 22 90", "Chargée de mission"),
        ("Nadine Roy\nMairie de Laon - Directrice - 03 53 01 30 31", "Directrice"),
        ("Nadine Roy\nAccueil : 03 53 01 30 31", ""),
        ("Nadine Roy\nDirection départementale des territoires", ""),
        ("Nadine Roy\nPôle emploi", ""),
        ("Nadine Roy\nurbanisme\n0353011111", "urbanisme"),
        ("Nadine Roy\nIngénierie territoriale\nCC du Ternois", "Ingénierie territoriale"),
        ("Nadine Roy\nEnvironnement et cadre de vie", "Environnement et cadre de vie"),
        ("Nadine Roy\nEnvironnement Nord Picardie", ""),
    ],
)
def test_the_service_is_the_function_of_who_gives_no_other(signature: str, role: str) -> None:
    assert contact(f"Cordialement,\n{signature}").role == role


def test_an_unusual_first_name_above_a_service_is_a_name() -> None:
    found = contact("Cordialement,\nMagalie Brunet\nPôle Territoires\nVille de Laon", "Pôle", "territoires@x.example")
    assert (found.name, found.role) == ("Magalie Brunet", "Pôle Territoires")


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Je suis conseillère municipale de Mametz (62).", "Conseillère municipale"),
        ("Étant secrétaire de mairie à Desvres et à Courset, je vous écris de Desvres.", "Secrétaire de mairie"),
        ("Directeur de la Communauté de communes du Pays de Bray, je vous fais parvenir le dossier.", "Directeur"),
        ("En tant que chargée de mission Climat, je suivrai le dossier.", "Chargée de mission Climat"),
        ("En ma qualité de première adjointe, je vous transmets le dossier.", "Première adjointe"),
        ("Je suis chargée par le maire de vous envoyer le dossier.", ""),
        ("Je suis chargée de vous envoyer le dossier.", ""),
        ("Je suis responsable de ce dossier.", ""),
        ("Le directeur de la régie, je crois, vous a appelé.", ""),
        ("Je suis en congé jusqu'au 3.", ""),
    ],
)
def test_a_function_said_in_a_sentence_is_the_writers(said: str, role: str) -> None:
    assert contact(f"{said}\n\nNadine Roy\n03 53 01 11 83").role == role


def test_a_function_of_the_signature_wins_over_one_that_is_said() -> None:
    assert contact("Je suis conseillère municipale.\n\nNadine Roy\nDirectrice").role == "Directrice"


@pytest.mark.parametrize(
    "said",
    [
        "Merci d'accuser réception auprès de Mme Anne Defaux (a.defaux@cc.example), chargée de mission.",
        "Merci de confirmer la réception auprès de Madame Anne Defaux, chargée de mission, a.defaux@cc.example.",
        "Merci de prendre l'attache de Mme Anne Defaux (a.defaux@cc.example), chargée de mission.",
        "Merci d'adresser l'accusé de réception à Mme Anne Defaux (a.defaux@cc.example), chargée de mission.",
        "Pour la suite, merci d'écrire à Mme Anne Defaux (a.defaux@cc.example), chargée de mission.",
    ],
)
def test_whom_an_adviser_points_to_for_the_receipt_is_the_contact(said: str) -> None:
    found = contact(f"{said}\n\nMickaël Hiraux\nIngénieur conseil\n06 39 98 88 80", "Mickaël Hiraux", "m.h@amo.example")
    assert found == Person("Anne Defaux", "Chargée de mission", "a.defaux@cc.example", "")


def test_the_service_of_whom_a_letter_points_to_is_their_function() -> None:
    found = contact("Affaire suivie par : Claire Vasset, direction de la stratégie, 03 53 01 90 44, c.vasset@x.example")
    assert found == Person("Claire Vasset", "direction de la stratégie", "c.vasset@x.example", "+33353019044")


def test_who_was_only_consulted_is_not_the_contact() -> None:
    said = "Nous nous sommes renseignés auprès de Mme Anne Defaux (a.defaux@cc.example)."
    assert contact(f"{said}\n\nNadine Roy\nDirectrice").name == "Nadine Roy"


@pytest.mark.parametrize(("line", "role"), [("LE MAIRE", "Maire"), ("MAIRE", "Maire"), ("DGST", "DGST")])
def test_a_title_in_capitals_is_no_acronym(line: str, role: str) -> None:
    assert tidied(line) == role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("CHARGÉE DE MISSION PCAET", "Chargée de mission PCAET"),
        ("DIRECTRICE DU PÔLE SIG", "Directrice du pôle SIG"),
        ("DGS CC2SO", "DGS CC2SO"),
        ("DGS ADJOINT", "DGS adjoint"),
        ("Pour le Maire empêché, la première adjointe", "Première adjointe"),
        ("P/o le Président, le directeur général des services", "Directeur général des services"),
        ("Pour le Maire et par délégation, l'adjoint à l'urbanisme", "Adjoint à l'urbanisme"),
        ("Pour le Maire", "Maire"),
    ],
)
def test_who_signs_for_another_has_the_own_title_and_acronyms_stay(line: str, role: str) -> None:
    assert tidied(line) == role


@pytest.mark.parametrize(
    ("said", "name", "role"),
    [
        (
            "Je soussigné Pierre-Michel Bernard-Lot, Maire d'Anzin, ai l'honneur de …",
            "Pierre-Michel Bernard-Lot",
            "Maire",
        ),
        ("Je soussignée, Mme Anne Defaux, présidente, porte à votre connaissance …", "Anne Defaux", "Présidente"),
        ("Nous soussignés, maires des trois communes, déclarons …", "", ""),
    ],
)
def test_the_undersigned_of_a_mail_from_an_office_is_its_contact(said: str, name: str, role: str) -> None:
    found = contact(f"{said}\n\nFait à Anzin", "Ville d'Anzin", "mairie@ville-anzin.example")
    assert (found.name, found.role) == (name, role)
