"""What staff's Retenir and Feu vert do to a letter, and what its row says."""

import pytest

from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.envois import (
    HELD_BY_STAFF,
    HOLD,
    RELEASE,
    TOO_MANY,
    Envoi,
    envoi_key,
    envois,
    key_of,
    leaves,
    moved,
)
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


def test_what_staff_do_not_hold_is_not_let_go() -> None:
    assert moved(a_letter(state=LetterState.QUEUED), HOLD, False, NOW) is None
    assert moved(a_letter(state=LetterState.RETRY, why=HELD_BY_STAFF), HOLD, False, NOW) is None


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


def test_a_row_is_known_again_by_the_same_key_for_ever() -> None:
    assert envoi_key("0123456789abcdef0123456789abcdef@cerdd.org") == "0123456789abcdef"


def test_a_letter_that_is_written_while_its_request_still_waits_is_one_row() -> None:
    asked = a_request("laureat")
    key = LetterKey(asked.call, asked.number, "laureat", asked.occasion, "a@x.example")
    (row,) = shown(a_letter(key=key, message_id=key.message_id("cerdd.org")), requests=(asked,))
    assert (row.state, row.text) == ("en attente", None)


def test_rows_stand_by_the_minute_in_which_they_were_prepared_then_by_number() -> None:
    asked = [
        a_request(id=1, number="V21-003", asked=paris("2017-03-02 10:00").replace(second=1)),
        a_request(id=2, number="V21-001", asked=paris("2017-03-02 10:01")),
        a_request(id=3, number="V21-002", asked=paris("2017-03-02 10:00").replace(second=59, microsecond=7)),
    ]
    assert [row.number for row in shown(requests=tuple(asked))] == ["V21-002", "V21-003", "V21-001"]
    twice = (a_request("laureat", id=4), a_request("convocation", id=5))
    assert [row.key for row in shown(requests=twice)] == sorted(map(key_of, twice))
    assert shown(requests=twice) == shown(requests=twice[::-1])


@pytest.mark.parametrize(
    ("state", "why", "told"),
    [
        (LetterState.HELD, HELD_BY_STAFF, "retenu"),
        (LetterState.HELD, STOPPED, "attend un feu vert"),
        (LetterState.RETRY, HELD_BY_STAFF, "nouvel essai prévu"),
    ],
)
def test_only_what_staff_hold_themselves_is_said_to_be_held(state: LetterState, why: str, told: str) -> None:
    (row,) = shown(a_letter(state=state, why=why))
    assert row.state == told


def test_of_copies_that_left_the_last_is_told_and_nothing_of_those_without_a_word() -> None:
    key = a_letter("laureat").key
    letters = [
        a_letter(key=key, state=LetterState.SENT, sent=paris("2017-03-02 09:00")),
        a_letter(key=key, state=LetterState.SENT, sent=paris("2017-03-02 09:30")),
        a_letter(key=key, state=LetterState.RETRY),
    ]
    (row,) = shown(*letters)
    assert (row.state, row.sent, row.why) == ("nouvel essai prévu", paris("2017-03-02 09:30"), "")
