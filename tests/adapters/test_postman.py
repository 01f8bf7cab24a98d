"""One letter, one recipient, one attempt: what each behaviour of a server is told as, over real sockets."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.adapters.clock import SystemClock
from pipeline.adapters.credentials import Credentials
from pipeline.adapters.postman import SmtpPostman, SmtpServer, dotted
from pipeline.core.delivery import LetterState, Step, judge
from pipeline.core.letters import OutgoingLetter
from pipeline.failures import Misconfigured, Unavailable
from tests.builders import a_letter
from tests.servers.certificates import Certificate
from tests.servers.dovecot import free_port
from tests.servers.slow_line import SlowLine
from tests.servers.smtp_sink import Moment, SmtpSink, Taken

RAW = b"Subject: Bonjour\r\n\r\nMonsieur le Maire,\r\n.\r\n..deux points\r\n\r\n.fin\r\n"
SENDER, TOWN, PASSWORD = "ami@cerdd.example", "maire@commune.example", "s3cret-word"
CLOCK = SystemClock(ZoneInfo("Europe/Paris"))


def to(recipient: str = TOWN, raw: bytes = RAW) -> OutgoingLetter:
    letter = a_letter(raw=raw)
    return replace(letter, key=replace(letter.key, recipient=recipient))


def postman(port: int, password: str = PASSWORD, **changes: Any) -> SmtpPostman:
    server = replace(SmtpServer("127.0.0.1", port, "none", "", SENDER), **changes)
    return SmtpPostman(server, Credentials("[smtp]", "ami", {"PASSWORD": password}, "PASSWORD"), CLOCK)


@pytest.fixture(params=["takes commands together", "one at a time"])
def office(smtp_sink: SmtpSink, request: pytest.FixtureRequest) -> Iterator[SmtpPostman]:
    """At a server that takes sender and recipient together, as most do (RFC 2920), and at one that does not."""
    if request.param == "one at a time":
        smtp_sink.features = tuple(one for one in smtp_sink.features if one != "PIPELINING")
    one = postman(smtp_sink.port)
    yield one
    one.close()


def passwords_heard(sink: SmtpSink) -> list[bytes]:
    return [line for line in sink.heard if line.upper().startswith(b"AUTH")]


def refusal_of(one: SmtpPostman) -> str:
    """The line that a person reads; neither it nor what it came from holds the password."""
    with pytest.raises(Unavailable) as refusal:
        one.send(to())
    one.close()
    said = str(refusal.value)
    assert "\n" not in said and PASSWORD not in said and refusal.value.__suppress_context__
    return said


def test_an_accepted_letter_arrives_once_and_to_the_byte(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    answer = office.send(to())
    assert (answer.code, answer.text, answer.step) == (250, "2.0.0 Taken", Step.AFTER_DATA)
    assert smtp_sink.taken == [Taken(SENDER, (TOWN,), RAW, "ami", encrypted=False)]


def test_sender_and_recipient_are_one_round_trip_where_the_server_takes_them_together() -> None:
    with SmtpSink() as sink, SlowLine(sink.port, 0.0) as line:
        one = postman(line.port)
        one.open()
        before = line.turns
        assert one.send(to()).code == 250
        one.close()
    assert line.turns - before <= 3 + 1  # envelope, DATA, the letter; QUIT


def test_several_letters_leave_on_one_connection_with_one_log_in(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    office.open()
    towns = [f"mairie{rank}@commune.example" for rank in range(5)]
    assert [office.send(to(town)).code for town in towns] == [250] * 5
    assert [taken.recipients for taken in smtp_sink.taken] == [(town,) for town in towns]
    assert (smtp_sink.connections, len(passwords_heard(smtp_sink))) == (1, 1)


@pytest.mark.parametrize(
    ("moment", "code", "state"),
    [
        *((moment, 451, LetterState.RETRY) for moment in ("MAIL", "RCPT", "DATA", "DOT")),
        *((moment, 550, LetterState.REFUSED) for moment in ("RCPT", "DATA", "DOT")),
    ],
)
def test_a_refusal_is_told_with_its_code_and_spoils_no_other_letter(
    office: SmtpPostman, smtp_sink: SmtpSink, moment: Moment, code: int, state: LetterState
) -> None:
    smtp_sink.refuse(moment, f"{code}-5.1.1 No\r\n{code} 5.1.1 really", nth=1)
    answer = office.send(to())
    assert (answer.code, answer.text) == (code, "5.1.1 No 5.1.1 really")
    assert answer.step is (Step.AFTER_DATA if moment == "DOT" else Step.BEFORE_DATA)
    assert judge(answer, 1, answer.at).state is state
    assert smtp_sink.taken == []
    assert office.send(to("next@commune.example")).code == 250
    assert (smtp_sink.connections, len(smtp_sink.taken)) == (1, 1)


def test_a_server_that_refuses_us_as_sender_refuses_no_letter(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("MAIL", "550 5.7.60 May not send as")
    said = (
        "ami@cerdd.example is refused as sender (550 5.7.60 May not send as); check [mailbox] address, and that ami may"
    )
    assert said in refusal_of(office)
    with pytest.raises(Unavailable, match="is refused as sender"):
        office.open()
    smtp_sink.faults.clear()
    assert office.send(to()).code == 250


@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_server_that_closes_for_now_is_left_and_called_again_for_the_next(
    office: SmtpPostman, smtp_sink: SmtpSink, moment: Moment
) -> None:
    smtp_sink.refuse(moment, "421 4.3.2 Shutting down", nth=1)
    assert office.send(to()).code == 421
    assert office.send(to()).code == 250
    assert (smtp_sink.connections, len(smtp_sink.taken)) == (2, 1)


@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "DATA", "BODY"])
def test_cut_before_the_final_dot_nothing_was_accepted(
    office: SmtpPostman, smtp_sink: SmtpSink, moment: Moment
) -> None:
    smtp_sink.refuse(moment, "", nth=1)
    answer = office.send(to(raw=RAW * 200_000))  # more than the network holds back, else the dot leaves before the cut
    assert (answer.code, answer.step) == (0, Step.BEFORE_DATA)
    assert smtp_sink.taken == []
    assert (office.send(to()).code, len(smtp_sink.taken)) == (250, 1)


def test_cut_after_the_final_dot_the_letter_is_uncertain_and_was_handed_over_once(
    office: SmtpPostman, smtp_sink: SmtpSink
) -> None:
    smtp_sink.drop_after_dot(nth=1)
    answer = office.send(to())
    assert (answer.code, answer.step) == (0, Step.AFTER_DATA)
    assert judge(answer, 1, answer.at).state is LetterState.UNKNOWN
    assert [taken.raw for taken in smtp_sink.taken] == [RAW]


def test_an_answer_that_is_none_after_the_dot_is_no_answer(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("DOT", "perhaps")
    answer = office.send(to())
    assert (answer.code, answer.step) == (0, Step.AFTER_DATA)


@pytest.mark.parametrize("reply", ["250 2.0.0 fine", "220 hello", "311 more"])
def test_a_yes_before_the_data_is_never_taken_for_a_letter_sent(
    office: SmtpPostman, smtp_sink: SmtpSink, reply: str
) -> None:
    smtp_sink.refuse("DATA", reply)
    answer = office.send(to())
    assert (answer.code, answer.step) == (0, Step.BEFORE_DATA)
    assert judge(answer, 1, answer.at).state is LetterState.RETRY


def test_a_server_that_will_forward_has_accepted(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("DOT", "251 2.1.5 will forward")
    assert judge(office.send(to()), 1, CLOCK.now()).state is LetterState.SENT


def test_a_connection_dropped_between_two_letters_is_opened_anew(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    assert office.send(to()).code == 250
    smtp_sink.hang_up()
    assert office.send(to("next@commune.example")).code == 250
    assert smtp_sink.connections == 2
    assert [taken.recipients for taken in smtp_sink.taken] == [(TOWN,), ("next@commune.example",)]


def test_after_close_the_next_letter_opens_a_connection_again(office: SmtpPostman, smtp_sink: SmtpSink) -> None:
    office.close()
    office.send(to())
    office.close()
    office.close()
    assert office.send(to()).code == 250
    assert (smtp_sink.connections, smtp_sink.heard.count(b"quit\r\n") + smtp_sink.heard.count(b"QUIT\r\n")) == (2, 1)


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "maire",
        "a@x.fr, b@y.fr",
        "a@x.fr>\r\nRCPT TO:<b@y.fr",
        "<a@x.fr>",
        "A <a@x.fr>",
        "a b@x.fr",
        "a@x.fr\0",
        "@x",
    ],
)
def test_what_is_not_one_address_is_refused_without_a_word_to_the_server(
    office: SmtpPostman, smtp_sink: SmtpSink, recipient: str
) -> None:
    answer = office.send(to(recipient))
    assert (answer.code, answer.step) == (553, Step.BEFORE_DATA)
    assert smtp_sink.heard == []


@pytest.mark.parametrize(
    "recipient", ["o'neil+ami@commune.example", "mairie@xn--mrouville-d4a.example", "élu@méru.example"]
)
def test_odd_but_valid_addresses_are_written_to(office: SmtpPostman, smtp_sink: SmtpSink, recipient: str) -> None:
    assert office.send(to(recipient)).code == 250
    assert smtp_sink.taken[0].recipients == (recipient,)


@pytest.mark.parametrize(
    ("raw", "wire"),
    [
        (b".", b"..\r\n"),
        (b"a\r\n.\r\nb\r\n", b"a\r\n..\r\nb\r\n"),
        (b"a\n.b\n", b"a\r\n..b\r\n"),
        (b"a\r.b", b"a\r\n..b\r\n"),
        (b"..", b"...\r\n"),
        (b"a.b\r\n", b"a.b\r\n"),
        (b"", b"\r\n"),
    ],
)
def test_dots_are_doubled_at_the_beginning_of_lines_only(raw: bytes, wire: bytes) -> None:
    assert dotted(raw) == wire


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_leave_encrypted_once_the_authority_is_named(certificate: Certificate, security: Any) -> None:
    with SmtpSink(certificate.server_context(), security) as sink:
        one = postman(sink.port, security=security, ca_file=str(certificate.ca_file))
        assert one.send(to()).code == 250
        one.close()
        assert sink.taken == [Taken(SENDER, (TOWN,), RAW, "ami", encrypted=True)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_authority_is_refused_before_the_password(certificate: Certificate, security: Any) -> None:
    with SmtpSink(certificate.server_context(), security) as sink:
        said = refusal_of(postman(sink.port, security=security))
        assert said.startswith(f"127.0.0.1:{sink.port}: the certificate cannot be trusted (")
        assert said.endswith("); check [smtp] host, or name the authority in ca_file.")
        assert (passwords_heard(sink), sink.taken) == ([], [])


def test_a_server_that_hides_starttls_hears_no_password(smtp_sink: SmtpSink) -> None:
    said = refusal_of(postman(smtp_sink.port, security="starttls"))
    assert said.startswith(f"127.0.0.1:{smtp_sink.port}: no secure connection or no login there (")
    assert said.endswith("); check [smtp] port and security.")
    assert passwords_heard(smtp_sink) == []


def test_a_wrong_password_is_one_line_that_does_not_hold_it(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("AUTH", f"535 5.7.8 Bad credentials {PASSWORD}")
    assert refusal_of(postman(smtp_sink.port)) == (
        f"127.0.0.1:{smtp_sink.port}: SMTP login refused for ami (535); check [smtp] username and the password."
    )
    assert smtp_sink.messages == 0


def test_a_server_that_is_not_there_is_one_line() -> None:
    port = free_port()
    said = refusal_of(postman(port))
    assert said.startswith(f"127.0.0.1:{port}: the SMTP server cannot be reached (")
    assert said.endswith("Connection refused); check [smtp] host and port.")


@pytest.mark.parametrize("moment", ["CONNECT", "EHLO", "AUTH"])
@pytest.mark.parametrize("reply", ["", "421 4.3.2 Not now"])
def test_a_server_that_fails_before_the_letter_has_taken_nothing(
    smtp_sink: SmtpSink, moment: Moment, reply: str
) -> None:
    smtp_sink.refuse(moment, reply)
    assert refusal_of(postman(smtp_sink.port)).startswith(f"127.0.0.1:{smtp_sink.port}: ")
    assert smtp_sink.messages == 0


def test_a_password_with_accents_logs_in(smtp_sink: SmtpSink) -> None:
    one = postman(smtp_sink.port, "mot de passe é")
    assert one.send(to()).code == 250
    one.close()
    assert smtp_sink.taken[0].user == "ami"


def test_an_authority_that_is_no_certificate_is_the_configurations_fault(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not PEM")
    with pytest.raises(Misconfigured, match=r"^\[smtp\] ca_file: .*ca\.pem cannot be used \("):
        postman(1, security="tls", ca_file=str(tmp_path / "ca.pem")).open()
