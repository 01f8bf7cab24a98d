"""Whom a text points to, with the telephone and the address beside the name."""

import pytest

from pipeline.core.person.designation import designated


@pytest.mark.parametrize(
    ("text", "name", "phone", "email"),
    [
        (
            "Votre interlocutrice est Mme Anne Roy, cheffe de projet (a.roy@x.example, 03 53 01 20 30).",
            "Anne Roy",
            "+33353012030",
            "a.roy@x.example",
        ),
        ("Le suivi technique est assuré par M. Paul Noir (03 53 01 20 30).", "Paul Noir", "+33353012030", ""),
        ("Merci de prendre contact avec Mme Anne Roy, a.roy@x.example.", "Anne Roy", "", "a.roy@x.example"),
        ("Merci de répondre à Mme Anne Roy, cheffe de projet (a.roy@x.example).", "Anne Roy", "", "a.roy@x.example"),
        ("Comme convenu, et pour répondre à M. Paul Noir, voici notre dossier.", "", "", ""),
        (
            "Ce dossier est suivi par Mme Anne ROY, directrice (03.53.01.20.30 - a.roy@x.example), à laquelle",
            "Anne ROY",
            "+33353012030",
            "a.roy@x.example",
        ),
        (
            "Dossier suivi par : Capucine Hamel - capucine.hamel@x.example - 03 53 01 20 30",
            "Capucine Hamel",
            "+33353012030",
            "capucine.hamel@x.example",
        ),
        ("À compter d'avril, merci de contacter mon successeur, M. Paul Noir (p.noir@x.example).", "", "", ""),
        (
            "Je vous prie de prendre l'attache, pour la suite, de :\n\n   Monsieur Cyril POULAIN\n   03 53 01 20 30",
            "Cyril POULAIN",
            "+33353012030",
            "",
        ),
        ("Sarah Delhaye, en copie, suivra le dossier avec vous.", "Sarah Delhaye", "", ""),
        (
            "Merci d'adresser vos échanges à M. Paul Noir, chargé de mission : p.noir@x.example / 03 53 01 20 30.",
            "Paul Noir",
            "+33353012030",
            "p.noir@x.example",
        ),
        (
            "Responsable du dossier : Paul Noir, directeur, p.noir@x.example, 03 53 01 20 30",
            "Paul Noir",
            "+33353012030",
            "p.noir@x.example",
        ),
        ("Contact presse : Mme Anne Roy, 03 53 01 20 30", "", "", ""),
        ("Nous candidatons avec Mme Anne Roy.", "", "", ""),
    ],
)
def test_a_person_is_pointed_to_with_what_stands_beside_the_name(text: str, name: str, phone: str, email: str) -> None:
    found = designated(text)
    assert (found.name, found.phone, found.email) == (name, phone, email)


def test_who_asked_for_the_sending_does_not_hide_whom_to_call() -> None:
    text = (
        "À la demande de Monsieur le Président de la Communauté de communes, voici notre dossier.\n\n"
        "Pour toute question, merci de prendre l'attache de :\n  M. Thibaut Quesnel, directeur du pôle\n"
        "  t.quesnel@cc-x.example - 03 53 01 44 75\n"
    )
    found = designated(text)
    assert (found.name, found.email) == ("Thibaut Quesnel", "t.quesnel@cc-x.example")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Monsieur Fernand Leleu, 1er adjoint, suivra l'affaire, f.leleu62@gmail.example / 06 39 98 72 60",
            "Fernand Leleu",
        ),
        (
            "Merci de contacter :\n\nM. Lucien Tassart, conseiller\nligne 03 53 01 88 41",
            "Lucien Tassart",
        ),
        ("Personne à contacter : Mme le Maire de Bellinghem, Isabelle Cadart, 03 53 01 61 40", "Isabelle Cadart"),
    ],
)
def test_a_title_before_the_name_is_not_the_name(text: str, name: str) -> None:
    found = designated(text)
    assert found.name == name and found.phone
