"""Forgetting, as every ledger does it: rows go, words go, hashes stay, and nothing is left of them in the files."""

from datetime import timedelta

from pipeline.adapters.ledger import SqlLedger
from pipeline.core.arrival import Arrival, Copy, ReadingState
from pipeline.core.candidature import Piece
from pipeline.core.delivery import LetterState
from pipeline.core.erasure import tombstone
from pipeline.core.journal import ERASURE, SEALED
from pipeline.core.letters import LetterKey
from pipeline.ports import Event, Folder, Span
from tests.builders import a_candidature, a_letter, a_logged_message, a_request, paris

CALL, OTHER = "visions21-2017", "territoires"
AT = paris("2017-02-20 10:00")
INBOX = Folder("INBOX", 1, 1)


def a_mail(ledger: SqlLedger, sha: str, uid: int, **changes):
    arrival = Arrival(sha * 32, "import: jeanne.eml", AT, 1000)
    ledger.mail.record(arrival, Copy("INBOX", 1, uid))
    message = a_logged_message(arrival=arrival, threads=("one@x.example",), decided=AT, **changes)
    ledger.mail.decide(message)
    return message


def a_full_call(ledger: SqlLedger, call: str) -> None:
    opened = ledger.candidatures.open(a_candidature(call=call), "V21")
    ledger.candidatures.file_pieces(call, opened.number, [Piece("l.pdf", 1, "cd" * 32, "pieces/l.pdf", "ab" * 32, "m")])
    ledger.outbox.queue(a_letter(key=LetterKey(call, opened.number, "laureat", "1", "marc@ternois.example")))
    ledger.outbox.ask(a_request(call=call))
    ledger.memory.remember(call, "candidatures", {opened.number: {"contact": "Marc"}}, Span.of_write(1))
    ledger.memory.remember(call, "candidatures", {opened.number: {"contact": "Luc"}}, Span.of_write(2))
    ledger.memory.announce(call, [("candidatures", opened.number, {"contact": "Jean"})], 3)


def held(ledger: SqlLedger, call: str) -> tuple[int, ...]:
    return (
        len(ledger.candidatures.all(call)),
        len(ledger.outbox.letters(call)),
        len(ledger.outbox.requests(call)),
        len(ledger.memory.written(call, "candidatures")),
        len(ledger.memory.stood(call, "candidatures", 1)),
    )


def test_a_call_goes_with_all_its_rows_and_no_other_call_does(ledger: SqlLedger) -> None:
    for call in (CALL, OTHER):
        a_full_call(ledger, call)
    assert held(ledger, CALL) == held(ledger, OTHER) == (1, 1, 1, 1, 1)
    with ledger.transaction():
        assert ledger.erasing.drop_call(CALL) == 10
    assert held(ledger, CALL) == (0, 0, 0, 0, 0)
    assert held(ledger, OTHER) == (1, 1, 1, 1, 1)
    # A number and a stamp are never given twice.
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-002"
    assert ledger.memory.next_generation(CALL) == 4


def test_a_mail_that_is_a_tombstone_is_shown_no_more_and_known_by_both_its_hashes(ledger: SqlLedger) -> None:
    message = a_mail(ledger, "ab", 1, content_digest="cd" * 32)
    ledger.mail.note_uids(INBOX, [1])
    ledger.mail.decide(tombstone(message))
    ledger.erasing.blank_mails(["ab" * 32])
    assert ledger.mail.messages() == ledger.mail.to_answer() == list(ledger.mail.waiting()) == []
    found = ledger.mail.find_content("cd" * 32)
    assert found is not None and (found.state, found.arrival.source) == (ReadingState.ERASED, "")
    assert ledger.mail.record(Arrival("ab" * 32, "INBOX", AT, 1000), Copy("INBOX", 2, 9)) is False
    assert (ledger.mail.claim_uids(INBOX, 9), ledger.mail.last_uid(INBOX)) == ([], 1)


def test_mails_are_found_by_call_by_sender_and_by_being_of_no_call(ledger: SqlLedger) -> None:
    a_mail(ledger, "ab", 1)
    a_mail(ledger, "bc", 2, call=None, number="", sender="Luc@x.example")
    a_mail(ledger, "cd", 3, call=OTHER, state=ReadingState.DUPLICATE)
    assert [one.arrival.sha256[:2] for one in ledger.erasing.mails(call=CALL)] == ["ab"]
    assert [one.arrival.sha256[:2] for one in ledger.erasing.mails()] == ["bc"]
    assert [one.arrival.sha256[:2] for one in ledger.erasing.mails(sender=" luc@X.example")] == ["bc"]
    assert [one.arrival.sha256[:2] for one in ledger.erasing.mails(sender="marc@ternois.example")] == ["ab", "cd"]


def test_mail_that_is_not_for_us_goes_after_its_days_with_its_copies(ledger: SqlLedger) -> None:
    unrelated = {"nature": "unrelated", "call": None, "number": "", "answer": None}
    a_mail(ledger, "ab", 1, content_digest="12" * 32, **unrelated)
    a_mail(
        ledger, "bc", 2, content_digest="12" * 32, **{**unrelated, "nature": "duplicate"}, state=ReadingState.DUPLICATE
    )
    a_mail(ledger, "cd", 3, **{**unrelated, "staff_nature": "unrelated"})
    a_mail(ledger, "de", 4)
    assert ledger.erasing.unrelated(AT) == []
    assert sorted(one[:2] for one in ledger.erasing.unrelated(AT + timedelta(seconds=1))) == ["ab", "bc"]


def test_a_letter_is_emptied_and_what_had_not_left_never_will(ledger: SqlLedger) -> None:
    two = [a_letter(key=LetterKey(CALL, "V21-001", "laureat", "1", f"{name}@x.example")) for name in ("a", "b")]
    for one in two:
        ledger.outbox.queue(one)
    ledger.erasing.blank_letters([one.key for one in two], keep=False)
    left = ledger.outbox.letters()
    assert {(one.subject, one.state, one.in_sent_folder) for one in left} == {("(effacé)", LetterState.CANCELLED, True)}
    assert len({one.key.recipient for one in left}) == 2
    assert all(one.key.recipient.startswith("(effacé)") for one in left)
    frozen = ledger.outbox.by_message_id(two[0].message_id)
    assert frozen is not None and frozen.raw == b""


def test_a_letter_to_somebody_else_is_emptied_only_once_it_left(ledger: SqlLedger) -> None:
    waiting, sent = (a_letter(key=LetterKey(CALL, "V21-001", "laureat", n, "a@x.example")) for n in ("1", "2"))
    ledger.outbox.queue(waiting)
    ledger.outbox.queue(a_letter(key=sent.key, state=LetterState.SENT, message_id=sent.message_id))
    ledger.erasing.blank_letters([waiting.key, sent.key], keep=True)
    left = {one.key.occasion: (one.key.recipient, one.subject) for one in ledger.outbox.letters()}
    assert left == {"1": ("a@x.example", "[V21-001] Accusé"), "2": ("a@x.example", "(effacé)")}


def test_digests_that_left_go_and_those_on_their_way_stay(ledger: SqlLedger) -> None:
    for state in (LetterState.SENT, LetterState.QUEUED):
        key = LetterKey(CALL, "", "digest", state, "staff@cerdd.org")
        ledger.outbox.queue(a_letter("digest", key=key, state=state))
    ledger.outbox.queue(a_letter(state=LetterState.SENT))
    assert ledger.erasing.drop_told() == 1
    assert [one.state for one in ledger.outbox.letters()] == [LetterState.QUEUED, LetterState.SENT]


def test_erased_events_leave_the_chain_whole_when_the_journal_says_so(ledger: SqlLedger) -> None:
    for word in ("un", "deux", "trois"):
        ledger.journal.note(Event(AT, "worker", f"message {word}", CALL, "V21-001", "Quatremarre"))
    first, second, _ = (number for number, _, _ in ledger.journal.whole())
    with ledger.transaction():
        sealed = ledger.erasing.blank_events([first, second])
        assert ledger.journal.broken_at() == first
        why = SEALED.format(numbers=f"{first}-{second}", seal=sealed)
        ledger.journal.note(Event(AT, "staff", ERASURE, why=why))
    assert ledger.journal.broken_at() is None
    said = [(event.what, event.why) for _, event, _ in ledger.journal.chain(CALL, "V21-001")]
    assert said == [("effacé", ""), ("effacé", ""), ("message trois", "Quatremarre")]


def test_milestones_and_the_past_of_rows_go_by_their_names(ledger: SqlLedger) -> None:
    a_full_call(ledger, CALL)
    for name in ("alert: a%b x", "alert: aXb x", "last_cycle"):
        ledger.journal.reach(name, "1")
    with ledger.transaction():
        ledger.erasing.forget_milestones(["alert: a%b "])
        ledger.erasing.drop_past([(CALL, "candidatures", "V21-001"), (CALL, "messages", "none")])
    reached = [ledger.journal.milestone(name) for name in ("alert: a%b x", "alert: aXb x", "last_cycle")]
    assert reached == ["", "1", "1"]
    assert ledger.memory.stood(CALL, "candidatures", 1) == {}
    assert ledger.memory.written(CALL, "candidatures") == {"V21-001": {"contact": "Luc"}}
