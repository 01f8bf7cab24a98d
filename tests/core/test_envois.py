"""What staff's Retenir and Feu vert do to a letter, and what its row says."""

import pytest

from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.envois import HELD_BY_STAFF, HOLD, RELEASE, TOO_MANY, Envoi, envois, key_of, leaves, moved
from pipeline.core.letters import Draft, LetterKey, OutgoingLetter, Request
from tests.builders import a_letter, a_request, paris

NOW = paris("2017-03-02 10:05")
STOPPED = "retenu : plus de 50 accusés dans le même passage"


@pytest.mark.parametrize("state", list(LetterState))
def test_what_waits_to_leave_is_held_when_staff_say_so_and_nothing_else_is(state: LetterState) -> None:
    waits = state in (LetterState.QUEUED, LetterState.RETRY)
    held = Outcome(LetterState.HELD, HELD_BY_STAFF, NOW)
    assert moved(a_letter(state=state), HOLD, True, NOW) == (held if waits else None)
    assert moved(a_letter(state=state), RELEASE, False, NOW) is None


@pytest.mark.parametrize(
    ("why", "column", "yes", "goes_on"),
    [
        (HELD_BY_STAFF, HOLD, False, True),
        (HELD_BY_STAFF, HOLD, True, False),
        (HELD_BY_STAFF, RELEASE, True, False),
        (STOPPED, HOLD, False, False),
        (STOPPED, RELEASE, True, True),
        (STOPPED, RELEASE, False, False),
    ],
)
def test_what_staff_held_goes_on_when_they_let_it_and_what_the_worker_held_with_a_green_light(
    why: str, column: str, yes: bool, goes_on: bool
) -> None:
    letter = a_letter(state=LetterState.HELD, why=why)
    assert moved(letter, column, yes, NOW) == (Outcome(LetterState.QUEUED, at=NOW) if goes_on else None)


@pytest.mark.parametrize("state", [one for one in LetterState if one is not LetterState.HELD])
def test_a_green_light_sends_nothing_that_is_not_held(state: LetterState) -> None:
    assert moved(a_letter(state=state), RELEASE, True, NOW) is None


def shown(*letters: OutgoingLetter, requests: tuple[Request, ...] = (), grace: int = 10) -> list[Envoi]:
    return envois(requests, letters, grace, NOW)


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({"asked": paris("2017-03-02 10:00")}, "part à 10\u00a0h\u00a010", ""),
        ({"asked": paris("2017-03-02 09:55")}, "en attente", ""),
        ({"held": True, "blocked": "x"}, "retenu", HELD_BY_STAFF),
        ({"blocked": "la colonne Courriel est vide.", "gated": True}, "bloqué", "La colonne Courriel est vide."),
        ({"gated": True}, "attend un feu vert", TOO_MANY),
        ({"gated": True, "released": True, "asked": paris("2017-03-02 09:00")}, "en attente", ""),
    ],
)
def test_a_letter_that_was_asked_for_says_where_it_stands(changes: dict, state: str, why: str) -> None:
    (row,) = shown(requests=(a_request(**changes),))
    assert (row.state, row.why, row.sent) == (state, why, None)


def test_a_letter_taken_back_is_shown_only_once_staff_had_read_it() -> None:
    taken_back = a_request(state="cancelled")
    assert shown(requests=(taken_back,)) == []
    read = a_request(state="cancelled", draft=Draft(("marc@ternois.example",), "[V21-001] Convocation", "Bonjour"))
    (row,) = shown(requests=(read,))
    assert (row.state, row.why) == ("annulé", "retiré avant de partir")


def test_of_several_recipients_the_row_tells_the_worst_and_whose_it_is() -> None:
    asked = a_request("laureat", state="written")
    keys = [LetterKey(asked.call, asked.number, "laureat", asked.occasion, to) for to in ("a@x.example", "b@x.example")]
    message_id = keys[0].message_id("cerdd.org")
    arrived = a_letter(key=keys[0], message_id=message_id, state=LetterState.SENT, sent=NOW, why="était en attente")
    refused = a_letter(key=keys[1], message_id=message_id, state=LetterState.REFUSED, why="refusé (550)")
    (row,) = shown(arrived, refused, requests=(asked,))
    assert (row.key, row.prepared, row.recipients) == (key_of(asked), asked.asked, ("a@x.example", "b@x.example"))
    assert (row.state, row.sent, row.why) == ("refusé", NOW, "b@x.example\u00a0: refusé (550)")
    (alone,) = shown(refused)
    assert (alone.why, alone.prepared) == ("refusé (550)", refused.created)


def test_letters_to_staff_are_no_rows() -> None:
    assert shown(a_letter("alerte"), a_letter("digest")) == []


@pytest.mark.parametrize(
    ("at", "words"),
    [("2017-03-02 14:35", "part à 14 h 35"), ("2017-03-03 00:00", "part le 3 mars 2017 à 0 h")],
)
def test_when_a_letter_leaves_is_told_with_its_day_unless_it_is_today(at: str, words: str) -> None:
    assert leaves(paris(at), NOW.date()).replace("\u00a0", " ") == words
