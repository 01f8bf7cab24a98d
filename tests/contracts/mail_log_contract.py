"""What every ledger promises of the mails seen. Taken over like `ledger_contract`."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.core.arrival import Arrival, Copy, LoggedMessage, ReadingState
from pipeline.core.delivery import LetterState, Outcome
from pipeline.ports import Folder, Ledger, NotFetched
from tests.builders import a_letter, a_logged_message

NOW = datetime(2017, 2, 20, 9, tzinfo=UTC)
INBOX = Folder("INBOX", 1487000000, 40)


def arrival(text: str, minutes: int = 0) -> Arrival:
    """A mail whose bytes are `text`, received some minutes after nine."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Arrival(sha256, "INBOX", NOW + timedelta(minutes=minutes), len(text))


def decided(ledger: Ledger, text: str, minutes: int = 0, **changes: object) -> LoggedMessage:
    """A mail recorded and decided."""
    message = a_logged_message(arrival=arrival(text, minutes), message_id=f"{text}@ternois.example", **changes)
    ledger.mail.record(message.arrival, None)
    ledger.mail.decide(message)
    return message


def to_fetch(ledger: Ledger) -> list[int]:
    """What the next cycle would fetch."""
    ledger.mail.release_uids(INBOX)
    return ledger.mail.claim_uids(INBOX, 100)


def test_an_empty_ledger_has_seen_nothing(ledger: Ledger) -> None:
    assert ledger.mail.last_uid(INBOX) == 0
    assert to_fetch(ledger) == []
    assert list(ledger.mail.waiting()) == []
    assert ledger.mail.messages() == list(ledger.mail.each_message()) == []
    assert ledger.mail.to_answer() == []
    assert ledger.mail.get("ab" * 32) is None
    assert ledger.mail.find_content("digest") is None


def test_noted_uids_are_to_fetch_until_their_bytes_are_there(ledger: Ledger) -> None:
    ledger.mail.note_uids(INBOX, [3, 9, 4_294_967_295])
    ledger.mail.note_uids(INBOX, [3, 5])
    ledger.mail.record(arrival("one"), Copy("INBOX", 1487000000, 5))
    assert to_fetch(ledger) == [3, 9, 4_294_967_295]
    assert ledger.mail.last_uid(INBOX) == 4_294_967_295


def test_what_was_claimed_is_not_claimed_again_until_it_is_given_back(ledger: Ledger) -> None:
    ledger.mail.note_uids(INBOX, [3, 5, 9])
    assert [ledger.mail.claim_uids(INBOX, 2) for _ in range(3)] == [[3, 5], [9], []]
    ledger.mail.record(arrival("one"), Copy("INBOX", 1487000000, 5))
    ledger.mail.release_uids(INBOX)
    assert ledger.mail.claim_uids(INBOX, 2) == [3, 9]


def test_uids_that_were_noted_stay_so_whatever_becomes_of_them(ledger: Ledger) -> None:
    ledger.mail.note_uids(INBOX, [3, 5, 9])
    ledger.mail.record(arrival("one"), Copy("INBOX", 1487000000, 5))
    ledger.mail.note_not_fetched(INBOX, NotFetched(9, "moved away", gone=True))
    assert ledger.mail.uids_noted(INBOX, above=0) == {3, 5, 9}
    assert ledger.mail.uids_noted(INBOX, above=3) == {5, 9}
    assert ledger.mail.uids_noted(replace(INBOX, uidvalidity=2), above=0) == set()


def test_uids_are_those_of_one_folder_and_one_uidvalidity(ledger: Ledger) -> None:
    ledger.mail.note_uids(INBOX, [7])
    assert ledger.mail.last_uid(replace(INBOX, uidvalidity=2)) == 0
    assert ledger.mail.claim_uids(replace(INBOX, name="INBOX/AMI"), 100) == []


def test_a_mail_is_given_up_at_the_third_failure_or_when_it_is_gone(ledger: Ledger) -> None:
    ledger.mail.note_uids(INBOX, [1, 2])
    refused, gone = NotFetched(1, "NO [SERVERBUG]"), NotFetched(2, "moved away", gone=True)
    assert [ledger.mail.note_not_fetched(INBOX, refused) for _ in range(2)] == [False, False]
    assert to_fetch(ledger) == [1, 2]
    assert ledger.mail.note_not_fetched(INBOX, refused) is True
    assert ledger.mail.note_not_fetched(INBOX, gone) is True
    assert to_fetch(ledger) == []
    assert ledger.mail.last_uid(INBOX) == 2


def test_the_same_bytes_in_two_folders_are_one_mail_with_two_copies(ledger: Ledger) -> None:
    first = arrival("one")
    assert ledger.mail.record(first, Copy("INBOX", 1, 5)) is True
    again = replace(first, source="INBOX/AMI", received=NOW + timedelta(days=1))
    assert ledger.mail.record(again, Copy("INBOX/AMI", 2, 1)) is False
    assert ledger.mail.record(first, Copy("INBOX", 1, 5)) is False
    assert ledger.mail.record(first, None) is False
    assert list(ledger.mail.waiting()) == [first]
    ledger.mail.decide(a_logged_message(arrival=first))
    assert ledger.mail.copies_to_mark() == [Copy("INBOX", 1, 5), Copy("INBOX/AMI", 2, 1)]


def test_mails_wait_in_the_order_of_reception_and_may_be_decided_on_the_way(ledger: Ledger) -> None:
    every = [arrival(str(number), minutes=-(number % 7)) for number in range(1203)]
    with ledger.transaction():
        for one in every:
            ledger.mail.record(one, None)
    seen = []
    for one in ledger.mail.waiting():
        seen.append(one)
        if len(seen) % 100 == 0:
            ledger.mail.decide(a_logged_message(arrival=one))
    assert seen == sorted(every, key=lambda one: one.received)
    assert len(list(ledger.mail.waiting())) == ledger.mail.count_waiting() == 1203 - 12


@pytest.mark.parametrize(
    "message",
    [
        a_logged_message(
            date=datetime(2017, 2, 20, 10, 5, tzinfo=UTC),
            content_digest="digest",
            sender_name="Élodie « É »",
            subject="Re\u00a0: Visions +21",
            why=("Une raison.", "Une autre."),
            threads=("a@x.example", "b@x.example"),
        ),
        LoggedMessage(a_logged_message().arrival, ReadingState.UNREADABLE, why=("Illisible.",)),
        LoggedMessage(a_logged_message().arrival),
    ],
)
def test_a_mail_comes_back_as_it_was_decided(ledger: Ledger, message: LoggedMessage) -> None:
    ledger.mail.record(message.arrival, None)
    ledger.mail.decide(a_logged_message(threads=("before@x.example",)))
    ledger.mail.decide(message)
    assert ledger.mail.get(message.arrival.sha256) == message


def test_what_no_database_can_hold_is_shown_by_a_replacement_character(ledger: Ledger) -> None:
    message = decided(ledger, "x", subject="a\x00b\ud83dc\ufffe", sender="é\udce9@x", threads=("t\x00@x", "t\ufffd@x"))
    found = ledger.mail.get(message.arrival.sha256)
    assert found is not None
    assert (found.subject, found.sender) == ("a\ufffdb\ufffdc\ufffe", "é\ufffd@x")


@pytest.mark.parametrize("hours", [-14, 14])
@pytest.mark.parametrize("year", [datetime.min, datetime.max])
def test_a_claimed_date_at_the_end_of_the_calendar_is_kept(ledger: Ledger, year: datetime, hours: int) -> None:
    message = decided(ledger, "x", date=year.replace(tzinfo=timezone(timedelta(hours=hours))))
    found = ledger.mail.get(message.arrival.sha256)
    assert found is not None
    assert found.date is not None
    assert found.date.year == year.year


def test_a_mail_nobody_recorded_cannot_be_decided(ledger: Ledger) -> None:
    with pytest.raises(LookupError):
        ledger.mail.decide(a_logged_message())


def test_the_messages_are_those_decided_and_unreadable_in_the_order_of_reception(ledger: Ledger) -> None:
    late = decided(ledger, "late", 9, call=None, number="", nature="unrelated", answer=None)
    unread = decided(ledger, "unread", 5, state=ReadingState.UNREADABLE, call="other", number="")
    early = decided(ledger, "early", 1)
    decided(ledger, "copy", 2, state=ReadingState.DUPLICATE)
    ledger.mail.record(arrival("waiting"), None)
    assert ledger.mail.messages() == list(ledger.mail.each_message()) == [early, unread, late]
    assert ledger.mail.messages("visions21-2017") == [early]
    assert ledger.mail.messages("other") == [unread]


def test_the_mails_that_completed_a_candidature_are_counted_by_its_number(ledger: Ledger) -> None:
    own = {"call": "visions21-2017", "nature": "complement"}
    for rank, number in enumerate(("V21-001", "V21-002", "V21-001")):
        decided(ledger, f"{rank}", **own, number=number)
    decided(ledger, "first", call="visions21-2017", number="V21-003")
    decided(ledger, "other", call="other", nature="complement", number="V21-001")
    decided(ledger, "again", **own, number="V21-002", state=ReadingState.WAITING)
    assert ledger.mail.complements("visions21-2017") == {"V21-001": 2, "V21-002": 1}


def test_the_first_decided_mail_of_a_content_is_found(ledger: Ledger) -> None:
    decided(ledger, "second", 5, content_digest="same")
    first = decided(ledger, "first", 1, content_digest="same")
    decided(ledger, "duplicate", 0, content_digest="same", state=ReadingState.DUPLICATE)
    decided(ledger, "without", 0)
    assert ledger.mail.find_content("same") == first
    assert ledger.mail.find_content("") is None


def test_a_mail_is_to_be_answered_until_its_letter_is_written(ledger: Ledger) -> None:
    second, first = decided(ledger, "second", 2), decided(ledger, "first", 1)
    decided(ledger, "silent", answer=None)
    decided(ledger, "unread", state=ReadingState.UNREADABLE)
    assert ledger.mail.to_answer() == [first, second]
    other = a_letter("accuse_hors_delai")
    ledger.outbox.queue(replace(other, key=replace(other.key, occasion=second.arrival.sha256)))
    assert ledger.mail.to_answer() == [first, second]
    letter = a_letter()
    key = replace(letter.key, occasion=first.arrival.sha256)
    ledger.outbox.queue(replace(letter, key=key))
    assert ledger.mail.to_answer() == [second]
    ledger.outbox.record(key, Outcome(LetterState.CANCELLED))
    assert ledger.mail.to_answer() == [first, second]


def test_a_mail_that_staff_reclassified_waits_again_and_keeps_what_they_chose(ledger: Ledger) -> None:
    message = decided(ledger, "one")
    ledger.mail.decide(replace(message, state=ReadingState.WAITING, staff_nature="question"))
    assert list(ledger.mail.waiting()) == [message.arrival]
    found = ledger.mail.get(message.arrival.sha256)
    assert found is not None
    assert found.staff_nature == "question"
    assert ledger.mail.to_answer() == []


def test_copies_are_to_be_marked_once_their_mail_is_filed(ledger: Ledger) -> None:
    filed, unrelated = Copy("INBOX", 1, 1), Copy("INBOX", 1, 2)
    ledger.mail.record(arrival("filed"), filed)
    ledger.mail.record(arrival("unrelated"), unrelated)
    assert ledger.mail.copies_to_mark() == []
    decided(ledger, "filed")
    decided(ledger, "unrelated", number="", nature="unrelated")
    assert ledger.mail.copies_to_mark() == [filed]
    ledger.mail.note_marked([filed])
    assert ledger.mail.copies_to_mark() == []


def test_a_mail_whose_bytes_were_lost_is_fetched_again_from_every_copy_and_waits_as_before(ledger: Ledger) -> None:
    here, there = Folder("INBOX", 1, 9, 2), Folder("INBOX/AMI", 1, 9, 1)
    for name, copy in (("lost", Copy("INBOX", 1, 1)), ("kept", Copy("INBOX", 1, 2)), ("lost", Copy("INBOX/AMI", 1, 5))):
        ledger.mail.record(arrival(name), copy)
    ledger.mail.fetch_again(arrival("lost").sha256)
    assert (ledger.mail.claim_uids(here, 9), ledger.mail.claim_uids(there, 9)) == ([1], [5])
    assert ledger.mail.record(arrival("lost"), Copy("INBOX", 1, 1)) is False
    ledger.mail.release_uids(there)
    assert (ledger.mail.claim_uids(here, 9), ledger.mail.claim_uids(there, 9)) == ([], [5])
    assert {one.sha256 for one in ledger.mail.waiting()} == {arrival(name).sha256 for name in ("lost", "kept")}
