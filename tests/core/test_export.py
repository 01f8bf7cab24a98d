import json
from dataclasses import replace

import pytest

from pipeline.core.candidature import Attendance, Candidature, Piece
from pipeline.core.delivery import LetterState
from pipeline.core.export import exported
from tests.builders import a_candidature, a_letter, a_logged_message, paris

AT = paris("2017-03-01 08:00")
MESSAGE = {
    "message_id": "one@ternois.example",
    "received": "2017-02-20T10:00:00+01:00",
    "from": "marc@ternois.example",
    "subject": "Candidature",
    "nature": "candidature",
    "call": "visions21-2017",
    "candidature": "V21-001",
    "answer": "accuse_reception",
    "why": ["Le texte dit : « nous candidatons »."],
    "source": "INBOX",
    "sha256": "ab" * 32,
}


def test_an_empty_ledger_is_an_empty_export():
    assert exported([], [], [], AT) == {
        "exported_at": "2017-03-01T08:00:00+01:00",
        "version": 1,
        "messages": [],
        "candidatures": [],
        "letters": [],
    }


def test_a_message_says_what_answers_it():
    assert exported([a_logged_message()], [], [a_letter()], AT)["messages"] == [MESSAGE]


def test_a_message_whose_letter_is_held_or_cancelled_has_no_answer():
    for state in (LetterState.HELD, LetterState.CANCELLED):
        whole = exported([a_logged_message()], [], [a_letter(state=state)], AT)
        assert whole["messages"] == [MESSAGE | {"answer": None}]


def test_a_message_that_was_reclassified_is_answered_by_the_letter_that_leaves():
    first = a_letter(state=LetterState.CANCELLED)
    then = a_letter("accuse_complement", state=LetterState.SENT)
    for order in ([first, then], [then, first]):
        whole = exported([a_logged_message(answer="accuse_complement")], [], order, AT)
        assert whole["messages"] == [MESSAGE | {"answer": "accuse_complement"}]
    other_number = replace(first, key=replace(first.key, number="V21-009"))
    assert exported([a_logged_message()], [], [other_number, a_letter()], AT)["messages"] == [MESSAGE]


def test_a_message_without_candidature_says_null():
    whole = exported([a_logged_message(number="", call=None, answer=None, nature="unrelated")], [], [], AT)
    assert whole["messages"] == [MESSAGE | {"candidature": None, "call": None, "answer": None, "nature": "unrelated"}]


def test_a_candidature_is_exported_as_staff_corrected_it():
    piece = Piece("lettre.pdf", 10, "cd" * 32, "pieces/V21-001/lettre.pdf", "ab" * 32, "one@ternois.example")
    candidature = a_candidature(
        pieces=(piece,),
        corrections={"in_region": "non", "phone": "03 21 00 00 00"},
        staff={"decision": "Retenu"},
        meetings={"prep-1": Attendance.TENTATIVE},
        to_check=("À voir.",),
    )
    whole = exported([], [candidature], [], AT)
    assert json.loads(json.dumps(whole))["candidatures"] == [
        {
            "number": "V21-001",
            "call": "visions21-2017",
            "received": "2017-02-20T10:00:00+01:00",
            "in_time": True,
            "collectivite": "Communauté de communes du Ternois",
            "type": "CC",
            "siren": "200069672",
            "insee": None,
            "departements": ["62", "80"],
            "population": 37000,
            "in_region": False,
            "contact": {
                "name": "Marc Delattre",
                "role": "Chargé de mission",
                "email": "marc@ternois.example",
                "phone": "03 21 00 00 00",
            },
            "documents": [
                {
                    "name": "lettre.pdf",
                    "size": 10,
                    "sha256": "cd" * 32,
                    "path": "pieces/V21-001/lettre.pdf",
                    "message_id": "one@ternois.example",
                }
            ],
            "decision": "Retenu",
            "status": "open",
            "to_check": ["À voir."],
            "meetings": {"prep-1": "tentative"},
        }
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" retenue ", "Retenu"),
        ("LISTE D’ATTENTE", "Liste d'attente"),
        ("non retenus", "Non retenu"),
        (" à voir ", "à voir"),
    ],
)
def test_a_decision_is_exported_in_the_words_of_the_list_where_it_is_one_of_them(typed, said):
    (one,) = exported([], [a_candidature(staff={"decision": typed})], [], AT)["candidatures"]
    assert one["decision"] == said


def test_what_staff_cleared_from_to_check_is_not_exported_and_what_they_wrote_there_is():
    candidature = a_candidature(
        to_check=("À voir.", "Délai à vérifier."),
        staff={"to_check_seen": "À voir."},
        corrections={"to_check": "Appelé."},
    )
    (one,) = exported([], [candidature], [], AT)["candidatures"]
    assert one["to_check"] == ["Appelé.", "Délai à vérifier."]


def test_what_is_unknown_of_a_candidature_is_null():
    bare = exported([], [Candidature("visions21-2017", "V21-002", None, None)], [], AT)["candidatures"]
    assert bare == [
        {
            "number": "V21-002",
            "call": "visions21-2017",
            **dict.fromkeys(("received", "in_time", "collectivite", "type", "siren", "insee")),
            "departements": [],
            "population": None,
            "in_region": None,
            "contact": dict.fromkeys(("name", "role", "email", "phone")),
            "documents": [],
            "decision": "",
            "status": "open",
            "to_check": [],
            "meetings": {},
        }
    ]


def test_a_letter_says_where_it_stands():
    letter = a_letter(state=LetterState.SENT, sent=paris("2017-02-20 10:06"), in_reply_to="one@ternois.example")
    whole = exported([], [], [letter], AT)
    assert json.loads(json.dumps(whole))["letters"] == [
        {
            "number": "V21-001",
            "letter": "accuse_reception",
            "to": "marc@ternois.example",
            "subject": "[V21-001] Accusé",
            "message_id": letter.message_id,
            "state": "sent",
            "created": "2017-02-20T10:05:00+01:00",
            "sent": "2017-02-20T10:06:00+01:00",
            "in_reply_to": "one@ternois.example",
        }
    ]


def test_a_letter_that_answers_no_mail_says_null_and_moments_have_no_fractions():
    sent = paris("2017-02-20 10:06").replace(microsecond=7)
    (one,) = exported([], [], [a_letter(state=LetterState.SENT, sent=sent)], AT)["letters"]
    assert (one["in_reply_to"], one["sent"]) == (None, "2017-02-20T10:06:00+01:00")
