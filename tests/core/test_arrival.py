"""When a mail that no mailbox shows came, and the row of one that no rule could judge."""

from pipeline.core.arrival import ReadingState, reception_of, unread
from pipeline.core.message import Unreadable, read_message
from tests.builders import a_logged_message, paris

NOW = paris("2017-03-10 09:00")
HEAD = b"From: Marc <marc@ternois.example>\r\nSubject: AMI\r\nMessage-ID: <one@ternois.example>\r\n"
DATE = b"Date: Mon, 20 Feb 2017 10:00:00 +0100\r\n"
RECEIVED = b"Received: from a by b; Tue, 21 Feb 2017 11:00:00 +0100\r\n"


def test_an_imported_mail_came_when_the_last_server_took_it_whatever_its_author_says() -> None:
    assert reception_of(read_message(RECEIVED + HEAD + DATE + b"\r\nBonjour"), NOW) == paris("2017-02-21 11:00")


def test_an_imported_mail_that_no_server_took_came_now_whatever_its_author_says() -> None:
    assert reception_of(read_message(HEAD + DATE + b"\r\nBonjour"), NOW) == NOW


def test_a_mail_that_cannot_be_read_came_when_a_server_took_it_else_now() -> None:
    assert reception_of(Unreadable("trop gros", received=paris("2017-02-21 11:00")), NOW) == paris("2017-02-21 11:00")
    assert reception_of(Unreadable("trop gros"), NOW) == NOW


def test_a_mail_that_no_rule_could_judge_is_shown_with_its_sender_its_subject_and_the_reason() -> None:
    arrival = a_logged_message().arrival
    row = unread(arrival, read_message(HEAD + b"\r\nBonjour"), "Règle en panne.")
    assert (row.state, row.sender, row.subject) == (ReadingState.UNREADABLE, "marc@ternois.example", "AMI")
    assert (row.message_id, row.nature, row.why) == ("one@ternois.example", "unsure", ("Règle en panne.",))


def test_a_mail_without_a_sender_that_no_rule_could_judge_is_shown_without_one() -> None:
    row = unread(a_logged_message().arrival, read_message(b"Subject: AMI\r\n\r\nBonjour"), "Règle en panne.")
    assert (row.sender, row.subject) == ("", "AMI")
