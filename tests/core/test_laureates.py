from datetime import datetime

import pytest

from pipeline.core.candidature import Attendance, Status
from pipeline.core.laureates import is_laureate, laureate_rows
from tests.builders import PARIS, a_candidature


@pytest.mark.parametrize(
    ("decision", "status", "expected"),
    [
        ("Retenu", Status.OPEN, True),
        (" retenu ", Status.OPEN, True),
        ("Non retenu", Status.OPEN, False),
        ("Liste d'attente", Status.OPEN, False),
        ("", Status.OPEN, False),
        ("Retenu", Status.WITHDRAWN, False),
        ("Retenu", Status.REMOVED, False),
    ],
)
def test_a_laureate_is_retained_and_still_there(decision, status, expected):
    assert is_laureate(a_candidature(staff={"decision": decision}, status=status)) is expected


def test_nobody_without_a_decision_is_a_laureate():
    assert laureate_rows([a_candidature()], PARIS) == []


def test_a_row_shows_the_laureate_as_staff_corrected_it():
    laureate = a_candidature(
        staff={"decision": "Retenu"},
        corrections={"contact": "Léa Petit", "email": "lea@ternois.example", "population": "38 000"},
        meetings={"prep-1": Attendance.ACCEPTED, "prep-2": Attendance.INVITED},
    )
    assert laureate_rows([a_candidature(number="V21-000"), laureate], PARIS) == [
        {
            "number": "V21-001",
            "collectivite": "Communauté de communes du Ternois",
            "kind": "Communauté de communes",
            "siren": "200069672",
            "departements": "62, 80",
            "population": 38000,
            "contact": "Léa Petit",
            "role": "Chargé de mission",
            "email": "lea@ternois.example",
            "phone": "03 53 01 63 09",
            "received": datetime(2017, 2, 20, 10, 0),
            "decision": "Retenu",
            "meeting:prep-1": "accepté",
            "meeting:prep-2": "invité",
        }
    ]
