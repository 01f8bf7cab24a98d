"""What every ledger promises of transactions, candidatures, tracker memory and journal.

A test module takes it over by `from tests.contracts.ledger_contract import *` and offers a fixture `ledger`, open and
empty. The mails and the outbox have contracts of their own beside this one.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from pipeline.core.candidature import Attendance, Candidature, MeetingPlan, Piece, Status
from pipeline.core.person import Person
from pipeline.failures import Unavailable
from pipeline.ports import Event, Ledger, Span
from tests.builders import a_candidature, a_letter, a_logged_message, paris

CALL = "visions21-2017"
FIRST = Span.of_write(1)
NOW = datetime(2017, 2, 20, 9, 30, 15, 123456, tzinfo=UTC)
PIECE = Piece(
    "Délibération.pdf", 1234, "cd" * 32, "pieces/V21-001 Ternois/Délibération.pdf", "ab" * 32, "one@t.example"
)
EVERY_TYPE = {
    "text": "=1+1 « Été »\r\n\x00\ud83d\ufffe",
    "empty": "",
    "number": 2**60,
    "yes": True,
    "one": 1,
    "one_as_float": 1.0,
    "third": 1 / 3,
    "tiny": -5e-324,
    "date": date(2017, 2, 28),
    "moment": datetime(2017, 2, 28, 23, 59, 59, 999999),
    "aware": datetime(2017, 2, 28, 23, 59, tzinfo=timezone(timedelta(hours=1))),
    "hour": time(14, 30),
    "nothing": None,
}


def test_what_is_written_in_a_transaction_that_fails_is_not_there(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError):
        with ledger.transaction():
            ledger.candidatures.open(a_candidature(), "V21")
            ledger.journal.reach("first_cycle", "now")
            ledger.memory.remember(CALL, "candidatures", {"V21-001": {"number": "V21-001"}}, FIRST)
            raise RuntimeError
    assert ledger.candidatures.all(CALL) == []
    assert ledger.journal.milestone("first_cycle") == ""
    assert ledger.memory.written(CALL, "candidatures") == {}


def test_a_transaction_inside_another_is_committed_with_it_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError):
        with ledger.transaction():
            with ledger.transaction():
                ledger.journal.reach("inner", "done")
            assert ledger.journal.milestone("inner") == "done"
            raise RuntimeError
    assert ledger.journal.milestone("inner") == ""


def test_an_inner_transaction_that_fails_takes_only_its_own_part_back(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.journal.reach("before", "done")
        with pytest.raises(Unavailable), ledger.transaction():
            ledger.journal.reach("inner", "done")
            raise Unavailable("the mailbox does not answer")
        ledger.journal.reach("after", "done")
    assert [ledger.journal.milestone(name) for name in ("before", "inner", "after")] == ["done", "", "done"]


def test_calls_are_found_by_the_prefix_of_their_numbers(ledger: Ledger) -> None:
    for call, prefix in (("b", "V21"), ("a", "V21"), ("b", "V21"), ("c", "V2")):
        ledger.candidatures.open(a_candidature(call=call), prefix)
    assert [ledger.candidatures.calls_numbered(one) for one in ("V21", "V2", "V")] == [["a", "b"], ["c"], []]


def test_the_first_candidature_of_a_call_is_001_and_the_numbers_of_calls_are_their_own(ledger: Ledger) -> None:
    opened = [ledger.candidatures.open(a_candidature(number="ignored"), "V21").number for _ in range(3)]
    other = ledger.candidatures.open(a_candidature(call="transitions-2018"), "T18")
    assert opened == ["V21-001", "V21-002", "V21-003"]
    assert other.number == "T18-001"


def test_a_number_given_in_a_transaction_that_failed_is_given_to_the_next(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError):
        with ledger.transaction():
            ledger.candidatures.open(a_candidature(), "V21")
            raise RuntimeError
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-001"


def test_the_number_of_a_removed_candidature_is_never_given_again(ledger: Ledger) -> None:
    opened = ledger.candidatures.open(a_candidature(), "V21")
    ledger.candidatures.save(opened.moved(Status.REMOVED))
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-002"
    assert [one.status for one in ledger.candidatures.all(CALL)] == [Status.REMOVED, Status.OPEN]


@pytest.mark.parametrize(
    "candidature",
    [
        a_candidature(received=NOW),
        Candidature(CALL, "V21-001", None, None),
        a_candidature(
            received=paris("2017-02-28 23:59"),
            status=Status.WITHDRAWN,
            by_hand=True,
            in_region=None,
            population=0,
            to_check=("À vérifier\u00a0: la commune.", "Deux\nlignes."),
            meetings={"prep-1": Attendance.ACCEPTED, "prep-2": Attendance.TENTATIVE},
            corrections={"email": "Maire@Ternois.example", "departements": ""},
            staff={"decision": "Retenu", "notes": "L'œuvre « d'art »"},
        ),
    ],
)
def test_a_candidature_comes_back_as_it_was_stored(ledger: Ledger, candidature: Candidature) -> None:
    ledger.candidatures.open(Candidature(CALL, "", None, None), "V21")
    ledger.candidatures.save(candidature)
    assert ledger.candidatures.get(CALL, "V21-001") == candidature
    assert ledger.candidatures.all(CALL) == [candidature]
    opened = ledger.candidatures.open(candidature, "V21")
    assert ledger.candidatures.get(CALL, "V21-002") == opened == replace(candidature, number="V21-002")


def test_a_moment_comes_back_aware_and_in_utc(ledger: Ledger) -> None:
    ledger.candidatures.open(a_candidature(received=paris("2017-07-01 00:30")), "V21")
    (found,) = ledger.candidatures.all(CALL)
    assert found.received is not None
    assert found.received.isoformat() == "2017-06-30T22:30:00+00:00"


def test_a_candidature_nobody_opened_is_none_and_cannot_be_saved(ledger: Ledger) -> None:
    assert ledger.candidatures.get(CALL, "V21-001") is None
    with pytest.raises(LookupError):
        ledger.candidatures.save(a_candidature())
    with pytest.raises(LookupError):
        ledger.candidatures.file_pieces(CALL, "V21-001", [PIECE])


def test_a_document_filed_twice_is_one_and_saving_the_candidature_leaves_it_alone(ledger: Ledger) -> None:
    opened = ledger.candidatures.open(a_candidature(), "V21")
    ledger.candidatures.file_pieces(CALL, "V21-001", [PIECE])
    ledger.candidatures.file_pieces(CALL, "V21-001", [replace(PIECE, path="pieces/elsewhere.pdf")])
    ledger.candidatures.file_pieces(CALL, "V21-001", [replace(PIECE, message_sha="ef" * 32)])
    ledger.candidatures.save(replace(opened, contact=Person(name="Élodie")))
    expected = (PIECE, replace(PIECE, message_sha="ef" * 32))
    (found,) = ledger.candidatures.all(CALL)
    assert found.pieces == expected
    assert found.contact == Person(name="Élodie")


def test_a_document_is_to_be_laid_out_until_it_was(ledger: Ledger) -> None:
    ledger.candidatures.open(a_candidature(), "V21")
    ledger.candidatures.file_pieces(CALL, "V21-001", [PIECE])
    assert ledger.candidatures.pieces_to_lay_out() == [(CALL, "V21-001", PIECE)]
    ledger.candidatures.note_laid_out([])
    assert len(ledger.candidatures.pieces_to_lay_out()) == 1
    ledger.candidatures.note_laid_out([(CALL, "V21-001", PIECE)])
    assert ledger.candidatures.pieces_to_lay_out() == []
    (found,) = ledger.candidatures.all(CALL)
    assert found.pieces == (replace(PIECE, laid_out=True),)
    ledger.candidatures.lay_out_again("other")
    assert ledger.candidatures.pieces_to_lay_out() == []
    ledger.candidatures.lay_out_again(CALL)
    assert ledger.candidatures.pieces_to_lay_out() == [(CALL, "V21-001", PIECE)]


def test_the_documents_of_one_mail_are_told_apart_from_those_that_wait_as_well(ledger: Ledger) -> None:
    ledger.candidatures.open(a_candidature(), "V21")
    other = replace(PIECE, message_sha="ef" * 32)
    ledger.candidatures.file_pieces(CALL, "V21-001", [PIECE, other])
    assert ledger.candidatures.pieces_to_lay_out(other.message_sha) == [(CALL, "V21-001", other)]
    assert ledger.candidatures.pieces_to_lay_out("12" * 32) == []
    ledger.candidatures.note_laid_out([(CALL, "V21-001", other)])
    assert ledger.candidatures.pieces_to_lay_out(other.message_sha) == []


def test_meetings_keep_their_order_and_are_replaced_by_key(ledger: Ledger) -> None:
    first = MeetingPlan("prep-2", "Deuxième réunion", date(2017, 4, 6), "14:00", "17:00", "Lille", "1 rue X\nLille", 2)
    second = MeetingPlan("prep-1", "Première réunion", None)
    for meeting in (first, second, replace(second, place="Loos-en-Gohelle", sequence=1)):
        ledger.candidatures.save_meeting(CALL, meeting)
    ledger.candidatures.save_meeting("other", second)
    assert ledger.candidatures.meetings(CALL) == [first, replace(second, place="Loos-en-Gohelle", sequence=1)]


def test_a_cell_remembered_comes_back_with_its_very_type(ledger: Ledger) -> None:
    ledger.memory.remember(CALL, "candidatures", {"V21-001": EVERY_TYPE}, FIRST)
    found = ledger.memory.written(CALL, "candidatures")["V21-001"]
    assert found == EVERY_TYPE
    assert {key: type(value) for key, value in found.items()} == {key: type(value) for key, value in EVERY_TYPE.items()}


def test_cells_not_named_keep_what_they_held(ledger: Ledger) -> None:
    ledger.memory.remember(
        CALL, "candidatures", {"V21-001": {"a": 1, "b": date(2017, 1, 1)}, "V21-002": {"a": 2}}, FIRST
    )
    ledger.memory.remember(CALL, "candidatures", {"V21-001": {"a": None}, "V21-003": {"c": "x"}}, FIRST)
    ledger.memory.remember(CALL, "reunions", {"prep-1": {"title": "Autre feuille"}}, FIRST)
    assert ledger.memory.written(CALL, "candidatures") == {
        "V21-001": {"a": None, "b": date(2017, 1, 1)},
        "V21-002": {"a": 2},
        "V21-003": {"c": "x"},
    }


def test_thousands_of_rows_are_remembered_like_one(ledger: Ledger) -> None:
    cells = {f"V21-{number:03d}": {"number": number, "received": NOW.date()} for number in range(2000)}
    ledger.memory.remember(CALL, "candidatures", cells, FIRST)
    ledger.memory.remember(CALL, "candidatures", {key: {"number": -1} for key in cells}, Span.of_write(2))
    assert ledger.memory.written(CALL, "candidatures") == {key: {**row, "number": -1} for key, row in cells.items()}


def test_rows_taken_out_are_gone_until_they_are_remembered_again(ledger: Ledger) -> None:
    ledger.memory.remember(CALL, "candidatures", {"V21-001": {"a": 1}, "V21-002": {"a": 2}}, FIRST)
    ledger.memory.take_out(CALL, "candidatures", ["V21-001", "unknown"], Span.of_staff(1))
    assert ledger.memory.written(CALL, "candidatures") == {"V21-002": {"a": 2}}
    assert ledger.memory.gone(CALL, "candidatures") == {"V21-001": {"a": 1}}
    ledger.memory.remember(CALL, "candidatures", {"V21-001": {"b": 3}}, Span.of_write(2))
    assert ledger.memory.written(CALL, "candidatures")["V21-001"] == {"a": 1, "b": 3}
    assert ledger.memory.gone(CALL, "candidatures") == {}


def test_what_stood_under_each_stamp_is_known(ledger: Ledger) -> None:
    memory = ledger.memory
    memory.remember(CALL, "candidatures", {"V21-001": {"a": 1}}, Span.of_write(1))
    memory.remember(CALL, "candidatures", {"V21-001": {"a": 2}}, Span.of_staff(1))
    memory.remember(CALL, "candidatures", {"V21-001": {"a": 3}, "V21-002": {"a": 4}}, Span.of_write(2))
    memory.take_out(CALL, "candidatures", ["V21-002"], Span.of_staff(3))
    assert [memory.stood(CALL, "candidatures", stamp) for stamp in range(5)] == [
        {},
        {"V21-001": [{"a": 1}, {"a": 2}]},
        {"V21-001": [{"a": 3}], "V21-002": [{"a": 4}]},
        {"V21-001": [{"a": 3}], "V21-002": [{"a": 4}]},
        {"V21-001": [{"a": 3}]},
    ]
    assert memory.stood(CALL, "messages", 2) == memory.stood("other", "candidatures", 2) == {}


def test_an_announced_write_is_remembered_once_it_is_confirmed_and_not_before(ledger: Ledger) -> None:
    memory = ledger.memory
    memory.announce(CALL, [("candidatures", "V21-001", {"a": 1}), ("messages", "m", {"b": EVERY_TYPE["date"]})], 1)
    assert (memory.written(CALL, "candidatures"), memory.generation(CALL)) == ({}, 0)
    assert memory.confirm(CALL, 1)
    assert memory.written(CALL, "candidatures") == {"V21-001": {"a": 1}}
    assert memory.written(CALL, "messages") == {"m": {"b": date(2017, 2, 28)}}
    assert (memory.generation(CALL), memory.generation("other")) == (1, 0)


def test_only_the_last_announcement_counts_and_only_once(ledger: Ledger) -> None:
    memory = ledger.memory
    memory.announce(CALL, [("candidatures", f"V21-00{number}", {"a": 1}) for number in (1, 2)], 1)
    memory.announce(CALL, [("candidatures", "V21-001", {"a": 2})], 1)
    assert not memory.confirm(CALL, 2)
    assert memory.confirm(CALL, 1)
    assert not memory.confirm(CALL, 1)
    assert memory.written(CALL, "candidatures") == {"V21-001": {"a": 2}}
    assert memory.generation(CALL) == 1


def test_a_write_that_was_announced_and_never_recorded_may_stand_in_a_file_of_its_number(ledger: Ledger) -> None:
    memory = ledger.memory
    memory.announce(CALL, [("candidatures", "V21-001", {"a": 1})], memory.next_generation(CALL))
    assert memory.next_generation(CALL) == 2
    memory.announce(CALL, [("candidatures", "V21-001", {"a": 2})], 2)
    assert memory.confirm(CALL, 2)
    assert memory.stood(CALL, "candidatures", 1) == {"V21-001": [{"a": 1}]}
    assert memory.stood(CALL, "candidatures", 2) == {"V21-001": [{"a": 2}]}
    assert (memory.generation(CALL), memory.next_generation(CALL), memory.next_generation("other")) == (2, 3, 1)


def test_the_journal_keeps_every_event_in_the_order_it_was_noted(ledger: Ledger) -> None:
    later = Event(NOW + timedelta(hours=1), "worker", "message classé\u00a0: candidature", CALL, "V21-001", "Le texte.")
    earlier = Event(NOW, "staff", "ligne ajoutée à la main", CALL, "V21-001")
    for event in (later, earlier, replace(earlier, number="V21-002"), replace(earlier, number="")):
        ledger.journal.note(event)
    assert [event for _, event, _ in ledger.journal.chain(CALL, "V21-001")] == [later, earlier]
    assert [event for _, event, _ in ledger.journal.chain(CALL, "")] == [replace(earlier, number="")]


def test_each_event_is_chained_to_the_one_before_whatever_it_holds(ledger: Ledger) -> None:
    for why in ("Le texte.", "", "\x00\ud800 é «\u00a0»", "a" * 10_000):
        ledger.journal.note(Event(NOW, "worker", "message classé", CALL, "V21-001", why))
    assert ledger.journal.broken_at() is None
    digests = [digest for _, _, digest in ledger.journal.chain(CALL, "V21-001")]
    assert len(set(digests)) == 4 and all(len(one) == 64 for one in digests)


def test_a_milestone_is_empty_until_it_is_reached_and_may_be_reached_again(ledger: Ledger) -> None:
    assert ledger.journal.milestone("last_cycle") == ""
    ledger.journal.reach("last_cycle", "yesterday")
    ledger.journal.reach("last_cycle", "today")
    assert ledger.journal.milestone("last_cycle") == "today"


def test_the_mark_changes_with_whatever_is_stored_but_milestones(ledger: Ledger) -> None:
    marks = [ledger.mark()]

    def follow(*changes: Callable[[], object]) -> None:
        for change in changes:
            change()
            marks.append(ledger.mark())

    opened = ledger.candidatures.open(a_candidature(), "V21")
    follow(
        lambda: ledger.candidatures.save(replace(opened, collectivite="Ruitz")),
        lambda: ledger.outbox.queue(a_letter()),
        lambda: ledger.outbox.note_copied(a_letter().key),
        lambda: ledger.mail.record(a_logged_message().arrival, None),
        lambda: ledger.memory.remember(CALL, "candidatures", {"V21-001": {"notes": "vu"}}, Span.of_staff(1)),
        lambda: ledger.journal.note(Event(NOW, "staff", "vu", CALL, "V21-001")),
    )
    assert len(set(marks)) == len(marks)
    last = marks[-1]
    ledger.journal.reach("last_cycle", "today")
    ledger.memory.remember(CALL, "candidatures", {"V21-001": {"notes": "vu"}}, Span.of_staff(1))
    with ledger.transaction():
        ledger.candidatures.all(CALL)
    assert ledger.mark() == last


def test_a_transaction_that_failed_leaves_the_mark_as_it_was(ledger: Ledger) -> None:
    ledger.candidatures.open(a_candidature(), "V21")
    mark = ledger.mark()
    with pytest.raises(ZeroDivisionError), ledger.transaction():
        ledger.candidatures.open(a_candidature(), "V21")
        raise ZeroDivisionError
    ledger.journal.reach("last_cycle", "today")
    assert ledger.mark() == mark
