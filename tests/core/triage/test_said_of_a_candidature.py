"""Sentences whose subject is a candidature: what is only said of it sends none, what says that it is here does."""

from itertools import product

import pytest

from pipeline.core.triage import Nature, triage
from tests.core.triage.mails import case, mail

WHOSE = [
    "Notre candidature",
    "La candidature de la commune",
    "La candidature de nos voisins",
    "Une candidature de notre part",
    "Le dossier de candidature de la commune",
    "Cette candidature",
]
TO = [" à Visions +21", " à l'appel à manifestation d'intérêt Visions +21", ""]
ONLY_SAID = [
    "nous semble intéressante",
    "a été discutée en conseil",
    "sera présentée au prochain conseil",
    "n'est pas encore finalisée",
    "est en cours de rédaction",
    "dépendra du budget",
    "fait débat entre nos élus",
    "a été abandonnée",
    "n'est plus d'actualité",
    "nous paraît prématurée",
    "est à l'étude",
    "reste à écrire",
    "a été refusée par le conseil",
    "nous a été signalée",
    "serait une bonne idée",
    "attendra l'an prochain",
    "vous parviendra la semaine prochaine",
    "suivra dans quelques jours",
    "n'a pas abouti",
    "demande encore du travail",
    "n'engage que lui",
    "avait été évoquée en réunion",
]
HERE = [
    "est jointe à ce message",
    "est en pièce jointe",
    "se trouve ci-jointe",
    "vous est adressée par ce message",
    "vous est transmise ce jour",
    "figure en pièce jointe",
]


def nature_of(sentence: str, *documents: str) -> Nature:
    text = f"Bonjour,\n\n{sentence}.\n\nCordialement,\n\nNadine Lefebvre"
    return triage(case(mail("AMI Visions +21", text, documents=documents), siren="216204479")).nature


@pytest.mark.parametrize("said", ONLY_SAID)
def test_what_is_only_said_of_a_candidature_is_none_with_or_without_a_document(said: str) -> None:
    sentences = [f"{whose}{to} {said}" for whose, to in product(WHOSE, TO)]
    taken = [
        one for one in sentences for documents in ((), ("dossier.pdf",)) if nature_of(one, *documents) == "candidature"
    ]
    assert taken == []


@pytest.mark.parametrize("said", HERE)
def test_a_candidature_that_is_said_to_be_here_is_one(said: str) -> None:
    own = [one for one in WHOSE if one not in ("La candidature de nos voisins", "Une candidature de notre part")]
    sentences = [f"{whose}{to} {said}" for whose, to in product(own, TO)]
    assert [one for one in sentences if nature_of(one, "dossier.pdf") != "candidature"] == []


@pytest.mark.parametrize("way", ["par courrier postal", "ce jour par la poste", "par voie postale"])
def test_a_candidature_that_is_on_its_way_by_post_is_not_here(way: str) -> None:
    assert nature_of(f"Notre candidature à Visions +21 vous est adressée {way}") != "candidature"
