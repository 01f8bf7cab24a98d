"""What each answer of a server makes of a letter, and that the table of arrows knows every state."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.core.delivery import (
    ARROWS,
    BACK_OFF_MINUTES,
    GIVE_UP,
    LONGEST_WAIT,
    Answer,
    LetterState,
    Outcome,
    Step,
    general_refusal,
    judge,
)

NOW = datetime(2017, 2, 20, 9, 0, tzinfo=UTC)
BEFORE, AFTER = Step.BEFORE_DATA, Step.AFTER_DATA


def judged(code: int, step: Step, text: str = "text", attempts: int = 1, age: timedelta = timedelta()) -> Outcome:
    return judge(Answer(code, text, step, NOW), attempts, NOW - age)


@pytest.mark.parametrize(
    ("code", "step", "state"),
    [
        (250, AFTER, LetterState.SENT),
        (251, AFTER, LetterState.SENT),
        (421, BEFORE, LetterState.RETRY),
        (450, BEFORE, LetterState.RETRY),
        (452, AFTER, LetterState.RETRY),
        (550, BEFORE, LetterState.REFUSED),
        (554, AFTER, LetterState.REFUSED),
        (0, BEFORE, LetterState.RETRY),
        (354, BEFORE, LetterState.RETRY),
        (0, AFTER, LetterState.UNKNOWN),
        (354, AFTER, LetterState.UNKNOWN),
        (999, BEFORE, LetterState.RETRY),
        (999, AFTER, LetterState.UNKNOWN),
        (199, AFTER, LetterState.UNKNOWN),
        (200, AFTER, LetterState.SENT),
        (299, AFTER, LetterState.SENT),
        (300, AFTER, LetterState.UNKNOWN),
        (399, AFTER, LetterState.UNKNOWN),
        (400, AFTER, LetterState.RETRY),
        (499, AFTER, LetterState.RETRY),
        (500, AFTER, LetterState.REFUSED),
        (599, AFTER, LetterState.REFUSED),
        (600, AFTER, LetterState.UNKNOWN),
    ],
)
def test_each_answer_leads_to_one_state(code: int, step: Step, state: LetterState) -> None:
    assert judged(code, step).state is state


def test_staff_read_the_reason_in_french() -> None:
    assert judged(550, BEFORE, "5.1.1  No such\r\nuser").why == (
        "refusé par le serveur de messagerie (550 5.1.1 No such user)"
    )
    assert judged(0, AFTER, "closed").why == (
        "envoi incertain\u00a0: le serveur n'a pas confirmé la réception (closed)"
    )
    assert judged(0, AFTER, "").why == "envoi incertain\u00a0: le serveur n'a pas confirmé la réception"
    assert judged(451, BEFORE, "later").why == "nouvel essai prévu (451 later)"
    assert judged(0, BEFORE, "").why == "nouvel essai prévu (pas de réponse du serveur de messagerie)"
    assert judged(0, BEFORE, " connection\tlost ").why == "nouvel essai prévu (connection lost)"
    assert judged(250, AFTER).why == ""


@pytest.mark.parametrize(
    ("code", "text", "meaning"),
    [
        (552, "5.2.2 Mailbox full", ", boîte pleine"),
        (552, "5.3.4 Message size exceeds fixed limit", ", courrier trop volumineux"),
        (554, "5.7.1 Rejected as spam", ", non pour l'adresse mais par précaution"),
        (550, "5.1.1 No such user", ""),
        (554, "Transaction failed", ""),
    ],
)
def test_what_the_status_says_of_a_refusal_is_said_to_staff(code: int, text: str, meaning: str) -> None:
    assert judged(code, AFTER, text).why == f"refusé par le serveur de messagerie{meaning} ({code} {text})"


@pytest.mark.parametrize(
    ("code", "step", "text", "words"),
    [
        (554, AFTER, "5.7.1 <a@x.fr>: Daily quota of 300 exceeded [id 4F2A]", "554 5.7.1 daily quota of exceeded [id"),
        (550, BEFORE, "5.4.5 Daily user sending limit exceeded", "550 5.4.5 daily user sending limit exceeded"),
        (550, BEFORE, "5.1.8 Access denied, bad outbound sender", "550 5.1.8 access denied, bad outbound sender"),
        (554, AFTER, "Transaction failed", "554  transaction failed"),
        (554, AFTER, "Host [195.5.7.1] blocked", "554  host blocked"),
        (550, BEFORE, "No such user here", ""),
        (550, BEFORE, "5.1.1 No such user", ""),
        (552, AFTER, "5.2.2 Mailbox full", ""),
        (552, AFTER, "5.3.4 Message too big", ""),
        (451, AFTER, "4.7.1 Try later", ""),
        (250, AFTER, "2.0.0 Ok", ""),
    ],
)
def test_a_refusal_that_is_of_no_recipient_is_known_by_its_words(code: int, step: Step, text: str, words: str) -> None:
    assert general_refusal(Answer(code, text, step, NOW)) == words


def test_what_is_refused_of_all_our_letters_is_tried_again_and_waits_for_a_person_in_the_end() -> None:
    answer = Answer(554, "5.7.1 Blocked", AFTER, NOW)
    assert judge(answer, 1, NOW, refuses_all=True) == Outcome(
        LetterState.RETRY, "nouvel essai prévu (554 5.7.1 Blocked)", NOW, NOW + timedelta(minutes=1)
    )
    assert judge(answer, 6, NOW - GIVE_UP, refuses_all=True).state is LetterState.HELD


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (6, 240)])
def test_each_attempt_waits_longer_than_the_one_before(attempts: int, minutes: int) -> None:
    assert judged(450, BEFORE, attempts=attempts).retry_at == NOW + timedelta(minutes=minutes)


def test_letters_refused_together_come_back_apart_by_a_fifth_at_most() -> None:
    times = {
        judge(Answer(450, "", BEFORE, NOW.replace(microsecond=micro)), 2, NOW).retry_at.timestamp()
        for micro in range(100)
    }
    assert len(times) == 100
    assert min(times) == (NOW + timedelta(minutes=5)).timestamp()
    assert max(times) < (NOW + timedelta(minutes=6)).timestamp() + 1e-3


def test_after_48_hours_and_every_delay_a_person_is_asked() -> None:
    every_delay = len(BACK_OFF_MINUTES) + 1
    assert judged(450, BEFORE, "full", every_delay, GIVE_UP) == Outcome(
        LetterState.HELD, "abandonné après 48\u00a0heures d'essais (450 full)", NOW
    )
    assert judged(0, BEFORE, "", every_delay, GIVE_UP).state is LetterState.HELD
    assert judged(450, BEFORE, "full", 99, GIVE_UP - timedelta(seconds=1)).state is LetterState.RETRY
    # A worker that was off for a week has not tried for a week.
    assert judged(450, BEFORE, "full", every_delay - 1, 3 * GIVE_UP).state is LetterState.RETRY


@pytest.mark.parametrize(
    ("hours", "attempts", "state"),
    [(48, 6, LetterState.HELD), (47.99, 6, LetterState.RETRY), (48, 5, LetterState.RETRY), (400, 5, LetterState.RETRY)],
)
def test_two_days_and_six_attempts_are_what_a_letter_is_given(hours: float, attempts: int, state: LetterState) -> None:
    assert judged(450, BEFORE, attempts=attempts, age=timedelta(hours=hours)).state is state


def test_an_old_letter_may_still_be_sent_refused_or_uncertain() -> None:
    states = [judged(code, AFTER, "", 50, 9 * GIVE_UP).state for code in (250, 550, 0)]
    assert states == [LetterState.SENT, LetterState.REFUSED, LetterState.UNKNOWN]


def test_every_state_has_its_arrows_and_every_outcome_is_one_of_them() -> None:
    assert set(ARROWS) == set(LetterState)
    outcomes = {
        judged(code, step, "", attempts, age).state
        for code in (0, 250, 354, 421, 550)
        for step in Step
        for attempts in (1, 9)
        for age in (timedelta(), GIVE_UP)
        if (code, step) != (250, BEFORE)
    }
    assert outcomes <= ARROWS[LetterState.SENDING]


def test_the_machine_can_send_an_uncertain_or_finished_letter_by_no_path() -> None:
    for start in (LetterState.UNKNOWN, LetterState.SENT, LetterState.REFUSED, LetterState.BOUNCED):
        reached, ahead = set(), {start}
        while ahead:
            reached |= ahead
            ahead = {state for one in ahead for state in ARROWS[one]} - reached
        assert LetterState.SENDING not in reached


def test_only_queued_and_retry_may_begin_to_be_sent() -> None:
    assert {one for one, to in ARROWS.items() if LetterState.SENDING in to} == {LetterState.QUEUED, LetterState.RETRY}


@pytest.mark.parametrize(("micro", "seconds"), [(0, 60), (50, 66), (99, 71.88), (100, 60), (150, 66)])
def test_the_first_new_try_is_within_a_minute_and_a_fifth(micro: int, seconds: float) -> None:
    at = NOW.replace(microsecond=micro)
    assert judge(Answer(450, "", BEFORE, at), 1, NOW).retry_at == at + timedelta(seconds=seconds)


def test_no_wait_between_two_tries_is_longer_than_the_longest() -> None:
    at = NOW.replace(microsecond=99)
    retry_at = judge(Answer(450, "", BEFORE, at), 9, NOW).retry_at
    assert retry_at is not None and at + timedelta(hours=4) < retry_at < at + LONGEST_WAIT
    assert timedelta(hours=4, minutes=48) == LONGEST_WAIT
