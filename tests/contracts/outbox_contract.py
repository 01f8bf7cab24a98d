"""What every ledger promises of letters and requests. Taken over like `ledger_contract`."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from pipeline.core.delivery import LONGEST_WAIT, LetterState, Outcome
from pipeline.core.letters import OutgoingLetter, Request
from pipeline.ports import Ledger
from tests.builders import a_letter, a_request

CALL = "visions21-2017"
NOW = datetime(2017, 2, 20, 9, tzinfo=UTC)
SENT = Outcome(LetterState.SENT, "250 2.0.0 Ok", NOW)


def letter(occasion: str, minutes: int = 0, **changes: object) -> OutgoingLetter:
    """An acknowledgement of the mail `occasion`."""
    written = a_letter(created=NOW + timedelta(minutes=minutes), **changes)
    key = replace(written.key, occasion=occasion)
    return replace(written, key=key, message_id=key.message_id("cerdd.org"))


def drained(ledger: Ledger, now: datetime = NOW) -> list[OutgoingLetter]:
    """Every letter that is due, claimed one after the other."""
    return list(iter(lambda: ledger.outbox.claim_next(now), None))


def states(ledger: Ledger) -> list[LetterState]:
    return [one.state for one in ledger.outbox.letters()]


def test_a_letter_comes_back_byte_for_byte(ledger: Ledger) -> None:
    written = letter(
        "one", raw=bytes(range(256)) * 40, in_reply_to="one@t.example", why="Été", retry_at=NOW, attempts=2
    )
    assert ledger.outbox.queue(written) is True
    assert drained(ledger) == [written]
    claimed = replace(written, state=LetterState.SENDING, attempts=3)
    assert ledger.outbox.by_message_id(written.message_id) == claimed


def test_a_key_is_written_once_whatever_its_bytes(ledger: Ledger) -> None:
    first = letter("one", raw=b"first")
    assert ledger.outbox.has(first.key) is False
    assert ledger.outbox.queue(first) is True
    assert ledger.outbox.queue(replace(first, raw=b"second", subject="Autre")) is False
    assert ledger.outbox.has(first.key) is True
    assert drained(ledger) == [first]


def test_same_person_same_subject_and_another_occasion_is_another_letter(ledger: Ledger) -> None:
    one, two = letter("one", subject="Accusé"), letter("two", subject="Accusé")
    copy = replace(one, key=replace(one.key, recipient="dgs@ternois.example"))
    assert [ledger.outbox.queue(each) for each in (one, two, copy)] == [True, True, True]
    assert one.message_id != two.message_id
    assert ledger.outbox.by_message_id(one.message_id) == one


def test_the_copies_of_one_message_are_found_by_its_id_the_first_written_first(ledger: Ledger) -> None:
    one, other = letter("one"), letter("two")
    copy = replace(one, key=replace(one.key, recipient="dgs@ternois.example"))
    for each in (one, other, copy):
        ledger.outbox.queue(each)
    assert ledger.outbox.copies(one.message_id) == [replace(one, raw=b""), replace(copy, raw=b"")]
    assert ledger.outbox.copies("x@cerdd.org") == []
    assert ledger.outbox.copies("") == []


def test_letters_are_due_oldest_first_and_retries_when_their_time_has_come(ledger: Ledger) -> None:
    every = [letter("young", 5), letter("old", 1), letter("soon"), letter("later")]
    for one in every:
        ledger.outbox.queue(one)
    for occasion, minutes in (("soon", 15), ("later", 16)):
        retry = Outcome(LetterState.RETRY, "451", NOW, NOW + timedelta(minutes=minutes))
        ledger.outbox.record(letter(occasion).key, retry)
    due = drained(ledger, NOW + timedelta(minutes=15))
    assert [one.key.occasion for one in due] == ["soon", "old", "young"]


@pytest.mark.parametrize("state", list(LetterState))
def test_only_a_letter_queued_or_to_be_tried_again_can_be_claimed(ledger: Ledger, state: LetterState) -> None:
    written = letter("one", state=state, retry_at=NOW if state is LetterState.RETRY else None)
    ledger.outbox.queue(written)
    free = state in (LetterState.QUEUED, LetterState.RETRY)
    assert drained(ledger) == ([written] if free else [])
    (found,) = ledger.outbox.letters()
    assert (found.state, found.attempts) == ((LetterState.SENDING, 1) if free else (state, 0))


def test_letters_to_staff_can_be_claimed_alone(ledger: Ledger) -> None:
    applicant, staff = letter("one"), letter("two", 1)
    staff = replace(staff, key=replace(staff.key, number="", letter="alerte"))
    for one in (applicant, staff):
        ledger.outbox.queue(one)
    assert ledger.outbox.claim_next(NOW, to_staff=True) == staff
    assert ledger.outbox.claim_next(NOW, to_staff=True) is None
    assert ledger.outbox.claim_next(NOW) == applicant


def test_two_threads_never_claim_the_same_letter(ledger: Ledger) -> None:
    with ledger.transaction():
        for number in range(200):
            ledger.outbox.queue(letter(str(number)))
    barrier = Barrier(2)

    def claimed() -> set[str]:
        barrier.wait()
        return {one.key.occasion for one in drained(ledger)}

    with ThreadPoolExecutor(2) as threads:
        first, second = (each.result() for each in [threads.submit(claimed) for _ in range(2)])
    assert first & second == set()
    assert len(first | second) == 200
    assert {one.attempts for one in ledger.outbox.letters()} == {1}


def test_a_transaction_of_one_thread_is_not_joined_by_another(ledger: Ledger) -> None:
    ledger.outbox.queue(letter("one"))
    with ThreadPoolExecutor(1) as other:
        with pytest.raises(RuntimeError):
            with ledger.transaction():
                ledger.outbox.claim_next(NOW)
                assert other.submit(states, ledger).result() == [LetterState.QUEUED]
                raise RuntimeError
    assert states(ledger) == [LetterState.QUEUED]


def test_an_outcome_is_stored_and_the_moment_of_sending_survives_a_bounce(ledger: Ledger) -> None:
    key = letter("one").key
    ledger.outbox.queue(letter("one"))
    ledger.outbox.record(key, Outcome(LetterState.RETRY, "plus tard", NOW, NOW + timedelta(minutes=1)))
    ledger.outbox.record(key, SENT)
    ledger.outbox.record(key, Outcome(LetterState.BOUNCED, "non remis", NOW + timedelta(hours=1)))
    (found,) = ledger.outbox.letters()
    assert (found.state, found.why, found.sent, found.retry_at) == (LetterState.BOUNCED, "non remis", NOW, None)


def test_what_is_recorded_of_a_state_that_has_passed_changes_nothing(ledger: Ledger) -> None:
    key = letter("one").key
    ledger.outbox.queue(letter("one"))
    ledger.outbox.claim_next(NOW)
    ledger.outbox.record(key, Outcome(LetterState.HELD, "retenu"), seen=LetterState.QUEUED)
    assert states(ledger) == [LetterState.SENDING]
    ledger.outbox.record(key, Outcome(LetterState.UNKNOWN, "perdu"), seen=LetterState.SENDING)
    assert states(ledger) == [LetterState.UNKNOWN]


def test_letters_that_left_since_a_moment_and_those_that_are_leaving_are_counted(ledger: Ledger) -> None:
    for minutes, occasion in enumerate(("sending", "old", "new", "queued")):
        ledger.outbox.queue(letter(occasion, minutes))
    ledger.outbox.claim_next(NOW)
    ledger.outbox.record(letter("old").key, Outcome(LetterState.SENT, at=NOW - timedelta(seconds=60)))
    ledger.outbox.record(letter("new").key, Outcome(LetterState.SENT, at=NOW - timedelta(seconds=59)))
    assert ledger.outbox.left_between(NOW - timedelta(minutes=1), NOW) == 2


def test_letters_that_left_in_a_time_to_come_are_not_counted(ledger: Ledger) -> None:
    ledger.outbox.queue(letter("one"))
    ledger.outbox.record(letter("one").key, Outcome(LetterState.SENT, at=NOW + timedelta(days=365)))
    assert ledger.outbox.left_between(NOW - timedelta(minutes=1), NOW) == 0


def test_a_letter_put_off_by_a_clock_that_was_set_back_is_due(ledger: Ledger) -> None:
    for occasion, later in (("of the clock", timedelta(days=365)), ("of its turn", LONGEST_WAIT)):
        ledger.outbox.queue(letter(occasion))
        ledger.outbox.record(letter(occasion).key, Outcome(LetterState.RETRY, "451", NOW, NOW + later))
    assert [one.key.occasion for one in drained(ledger)] == ["of the clock"]


def test_an_outcome_of_a_letter_never_queued_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(LookupError):
        ledger.outbox.record(letter("one").key, SENT)


def test_what_was_left_sending_or_unknown_is_found_with_its_bytes_until_settled(ledger: Ledger) -> None:
    for occasion in ("sending", "unknown", "queued"):
        ledger.outbox.queue(letter(occasion))
    ledger.outbox.claim_next(NOW)
    ledger.outbox.record(letter("unknown").key, Outcome(LetterState.UNKNOWN, "connexion perdue", NOW))
    left = ledger.outbox.left_sending()
    assert [(one.key.occasion, one.raw) for one in left] == [("sending", b"raw"), ("unknown", b"raw")]
    for one in left:
        ledger.outbox.record(one.key, SENT)
    assert ledger.outbox.left_sending() == []


def test_sent_letters_are_without_copy_until_it_is_made(ledger: Ledger) -> None:
    for occasion in ("queued", "sent", "bounced"):
        ledger.outbox.queue(letter(occasion))
    ledger.outbox.record(letter("sent").key, SENT)
    ledger.outbox.record(letter("bounced").key, SENT)
    ledger.outbox.record(letter("bounced").key, Outcome(LetterState.BOUNCED, "non remis", NOW))
    assert [one.key.occasion for one in ledger.outbox.without_copy(9)] == ["sent", "bounced"]
    assert [(one.key.occasion, one.raw) for one in ledger.outbox.without_copy(1)] == [("sent", b"raw")]
    ledger.outbox.note_copied(letter("sent").key)
    ledger.outbox.note_copied(letter("bounced").key)
    assert ledger.outbox.without_copy(9) == []
    assert [one.in_sent_folder for one in ledger.outbox.letters()] == [False, True, True]


def test_the_list_of_letters_is_without_their_bytes(ledger: Ledger) -> None:
    other = letter("other", 1)
    other = replace(other, key=replace(other.key, call="other"))
    for one in (letter("late", 2), other, letter("early")):
        ledger.outbox.queue(one)
    assert ledger.outbox.letters() == [
        replace(letter("early"), raw=b""),
        replace(other, raw=b""),
        replace(letter("late", 2), raw=b""),
    ]
    assert [one.key.occasion for one in ledger.outbox.letters(CALL)] == ["early", "late"]


def test_a_message_id_nobody_wrote_is_none(ledger: Ledger) -> None:
    ledger.outbox.queue(replace(letter("one"), message_id=""))
    assert ledger.outbox.by_message_id("x@cerdd.org") is None
    assert ledger.outbox.by_message_id("") is None


def test_only_automatic_letters_that_leave_count_against_an_address(ledger: Ledger) -> None:
    convocation = letter("staff")
    every = [
        *(letter("before", -1), letter("now"), letter("held", state=LetterState.HELD)),
        *(letter("cancelled", state=LetterState.CANCELLED), letter("sent", state=LetterState.SENT)),
        replace(convocation, key=replace(convocation.key, letter="convocation")),
        replace(convocation, key=replace(convocation.key, recipient="other@ternois.example")),
    ]
    for one in every:
        ledger.outbox.queue(one)
    assert ledger.outbox.written_to("Marc@Ternois.example", NOW, NOW + timedelta(hours=1)) == 2
    ledger.outbox.queue(letter("to come", 61))
    assert ledger.outbox.written_to("Marc@Ternois.example", NOW, NOW + timedelta(hours=1)) == 2


def test_a_request_gets_its_id_and_stays_open_until_done_or_cancelled(ledger: Ledger) -> None:
    asked = [ledger.outbox.ask(a_request(id=0, asked=NOW + timedelta(minutes=minutes))) for minutes in (9, 1, 5)]
    ledger.outbox.ask(a_request(call="other"))
    assert len({one.id for one in asked}) == 3
    late, early, middle = asked
    assert ledger.outbox.open_requests(CALL) == [early, middle, late]
    blocked = replace(early, blocked="la colonne Courriel est vide.", state="written")
    for changed in (blocked, replace(middle, state="done"), replace(late, state="cancelled")):
        ledger.outbox.update_request(changed)
    assert ledger.outbox.open_requests(CALL) == [blocked]


def test_a_request_nobody_asked_cannot_be_changed(ledger: Ledger) -> None:
    with pytest.raises(LookupError):
        ledger.outbox.update_request(Request(77, CALL, "V21-001", "laureat", NOW))


def test_letters_are_listed_by_call_by_state_and_by_kind(ledger: Ledger) -> None:
    waits = a_letter()
    left = replace(waits, key=replace(waits.key, letter="convocation", occasion="left"), message_id="left@cerdd.org")
    for one in (waits, left):
        ledger.outbox.queue(one)
    ledger.outbox.record(left.key, SENT)

    def occasions(*asked: object) -> list[str]:
        return [one.key.occasion for one in ledger.outbox.letters(*asked)]  # type: ignore[arg-type]

    assert occasions(CALL, (LetterState.SENT,)) == ["left"]
    assert occasions(CALL, (LetterState.QUEUED, LetterState.RETRY)) == [waits.key.occasion]
    assert occasions(None, (), "convocation") == ["left"]
    assert occasions("another", (LetterState.SENT,)) == occasions(CALL, (LetterState.HELD,)) == []
