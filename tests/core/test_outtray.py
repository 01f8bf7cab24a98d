from datetime import date

import pytest

from pipeline.core.candidature import MeetingPlan, Status
from pipeline.core.outtray import copies, is_ripe, obstacle
from pipeline.core.person import Person
from tests.builders import a_candidature, a_request, paris

PLANNED = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7), "14:00", "17:00", "Maison du projet")


def retained(**changes):
    return a_candidature(staff={"decision": "Retenu"}, **changes)


@pytest.mark.parametrize(
    ("letter", "candidature", "meetings", "reason"),
    [
        ("convocation", retained(), [PLANNED], ""),
        ("convocation", a_candidature(), [PLANNED], "la colonne Décision doit indiquer « Retenu » (elle est vide)."),
        (
            "convocation",
            retained(),
            [MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7))],
            "indiquez l'heure de début et le lieu de « Première réunion » dans la feuille Réunions.",
        ),
        ("convocation", retained(), [], "cet appel n'a pas de réunion."),
        (
            "non_retenu",
            retained(),
            [],
            "la colonne Décision doit indiquer « Non retenu » (elle indique « Retenu »).",
        ),
        ("laureat", retained(status=Status.WITHDRAWN), [], "la collectivité a retiré sa candidature."),
        ("laureat", retained(contact=Person()), [], "la colonne Courriel est vide."),
        ("laureat", retained(contact=Person(email="mairie at x")), [], "« mairie at x » n'est pas une adresse valide."),
        ("demande_complements", a_candidature(), [], "la colonne Pièces manquantes est vide."),
        ("demande_complements", a_candidature(staff={"missing": "délibération"}), [], ""),
        ("accuse_reception", a_candidature(), [], ""),
    ],
)
def test_a_letter_leaves_only_when_nothing_stands_in_its_way(letter, candidature, meetings, reason):
    assert obstacle(letter, candidature, meetings, ()) == reason


def test_a_letter_asked_for_leaves_after_the_grace_delay_only():
    request = a_request(asked=paris("2017-03-02 10:00"))
    assert not is_ripe(request, paris("2017-03-02 10:09"), 10)
    assert is_ripe(request, paris("2017-03-02 10:10"), 10)
    assert not is_ripe(a_request(state="written"), paris("2017-03-09 10:00"), 10)


def test_copies_are_the_addresses_of_the_cell_without_the_contact():
    candidature = a_candidature(
        staff={"copy_to": "DGS <dgs@ternois.example>; marc@ternois.example, maire@ternois.example"}
    )
    assert copies(candidature) == ("dgs@ternois.example", "maire@ternois.example")
