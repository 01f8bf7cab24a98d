from datetime import timedelta

from pipeline.core.candidature import Status
from pipeline.core.delivery import LetterState
from pipeline.core.state_of_play import call_status, mail_status, silence
from tests.builders import a_candidature, a_letter, a_logged_message, a_request, paris


def test_a_call_without_anything():
    assert call_status([], [], []) == {
        "candidatures": 0,
        "in_time": 0,
        "late": 0,
        "withdrawn": 0,
        "rows_deleted_by_staff": [],
        "decisions": {},
        "letters_sent": 0,
        "letters_waiting": 0,
        "letters_held": [],
        "letters_failed": [],
        "requests_waiting": [],
    }


def test_a_call_at_work():
    candidatures = [
        a_candidature(staff={"decision": "Retenu"}),
        a_candidature(number="V21-002", in_time=False, staff={"decision": "Non retenu"}),
        a_candidature(number="V21-003", status=Status.WITHDRAWN, staff={"decision": ""}),
        a_candidature(number="V21-004", status=Status.REMOVED, staff={"decision": "Retenu"}),
        a_candidature(number="V21-005", in_time=None, staff={"decision": "Retenu"}),
    ]
    letters = [a_letter(state=state) for state in LetterState] + [a_letter(state=LetterState.HELD, why="modèle fautif")]
    asked = [
        a_request(blocked="il manque le lieu"),
        a_request("laureat", number="V21-002"),
        a_request("laureat", state="written"),
    ]
    assert call_status(candidatures, letters, asked) == {
        "candidatures": 4,
        "in_time": 2,
        "late": 1,
        "withdrawn": 1,
        "rows_deleted_by_staff": ["V21-004"],
        "decisions": {"Retenu": 2, "Non retenu": 1},
        "letters_sent": 1,
        "letters_waiting": 3,
        "letters_held": ["V21-001 Accusé de réception : held", "V21-001 Accusé de réception : modèle fautif"],
        "letters_failed": [
            "V21-001 Accusé de réception : refused",
            "V21-001 Accusé de réception : unknown",
            "V21-001 Accusé de réception : bounced",
        ],
        "requests_waiting": ["V21-001 Convocation : il manque le lieu", "V21-002 Lauréat"],
    }


def test_the_mails_by_nature_and_those_to_sort():
    messages = [a_logged_message(), a_logged_message(), a_logged_message(nature="unsure")]
    assert mail_status(messages) == {"messages": 3, "by_nature": {"candidature": 2, "unsure": 1}, "to_sort": 1}
    assert mail_status([]) == {"messages": 0, "by_nature": {}, "to_sort": 0}


def test_a_worker_is_silent_after_three_cycles_and_never_before_half_an_hour() -> None:
    last, ended = "2017-03-01T09:00:00+01:00", paris("2017-03-01 09:00")
    assert silence(last, 5, ended + timedelta(minutes=30)) == ""
    assert silence(last, 5, ended + timedelta(minutes=30, seconds=1)) != ""
    assert silence(last, 20, ended + timedelta(minutes=60)) == ""
    assert silence(last, 20, ended + timedelta(minutes=61)) == (
        "The last cycle ended on 01/03/2017 at 09:00: is the worker running?"
    )


def test_a_worker_whose_last_cycle_is_in_a_time_to_come_is_silent() -> None:
    last, ended = "2018-03-01T09:00:00+01:00", paris("2018-03-01 09:00")
    assert silence(last, 5, ended - timedelta(minutes=30)) == ""
    assert silence(last, 5, ended - timedelta(days=365)) == (
        "The last cycle ended on 01/03/2018 at 09:00: is the worker running?"
    )


def test_a_worker_that_never_ran_is_told_how_to_begin() -> None:
    assert silence("", 5, paris("2017-03-01 09:00")) == "No cycle has ended yet: run `once` or `worker`."
