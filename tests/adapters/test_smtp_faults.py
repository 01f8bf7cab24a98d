"""Every step of SMTP against every fault of a server (T55): the letter's state, at most one copy, and the next letter.

Steps are those of the sink; the letter is larger than the network holds back, so that a body can be cut.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import get_args

import pytest

from pipeline.adapters.clock import SystemClock
from pipeline.adapters.credentials import Credentials
from pipeline.adapters.postman import SmtpPostman, SmtpServer
from pipeline.core.delivery import LetterState, judge
from pipeline.failures import Unavailable
from tests.builders import PARIS, a_letter
from tests.servers.certificates import Certificate
from tests.servers.port import Relay, cut
from tests.servers.smtp_sink import Moment, SmtpSink

QUEUED, RETRY, REFUSED, UNKNOWN = LetterState.QUEUED, LetterState.RETRY, LetterState.REFUSED, LetterState.UNKNOWN
LARGE = b"Subject: Bonjour\r\n\r\n" + b"Monsieur le Maire,\r\n" * 400_000
PATIENCE = 1.0  # seconds that a silent server is waited for here
LOG_IN: tuple[Moment, ...] = ("CONNECT", "EHLO", "STARTTLS", "AUTH")
BEFORE_DATA: tuple[Moment, ...] = ("MAIL", "RCPT", "DATA")
# A yes that is none, at each step: what another step would say.
REWRITTEN: dict[Moment, str] = {
    "CONNECT": "250 hello",
    "EHLO": "220 hello",
    "STARTTLS": "250 fine",
    "AUTH": "250 fine",
    "MAIL": "354 go ahead",
    "RCPT": "334 go on",
    "DATA": "250 fine",
    "BODY": "250 taken",
    "DOT": "354 more",
}
FAULTS = {"4xx": "451 4.3.0 Later", "5xx": "550 5.7.1 Never", "drop": "", "stall": None, "rewritten": "rewritten"}


def expected(moment: Moment, fault: str) -> tuple[LetterState, int]:
    """The state of a letter, and how many copies of it the server has."""
    if moment in LOG_IN or (moment, fault) == ("MAIL", "5xx"):
        return QUEUED, 0  # it is we who are refused, not the letter
    if moment == "BODY":
        # Whatever is said before the final dot, nothing was handed over. A server that says nothing is another matter:
        # the network takes the whole letter, the dot as well.
        return (UNKNOWN if fault == "stall" else RETRY), 0
    if fault in ("4xx", "5xx"):
        return (RETRY if fault == "4xx" else REFUSED), 0
    if moment in BEFORE_DATA:
        return RETRY, 0
    return UNKNOWN, int(fault in ("drop", "stall"))  # the server took it, and could not or would not say so


@pytest.fixture
def sink(certificate: Certificate) -> Iterator[SmtpSink]:
    with SmtpSink(certificate.server_context(), "starttls") as one:
        yield one


def postman(sink: SmtpSink, certificate: Certificate, timeout: float = 30.0) -> SmtpPostman:
    server = SmtpServer(
        "127.0.0.1", sink.port, "starttls", str(certificate.ca_file), "ami@cerdd.example", timeout, timeout
    )
    return SmtpPostman(server, Credentials("[smtp]", "ami", {"PASSWORD": "x"}, "PASSWORD"), SystemClock(PARIS))


def state_after(one: SmtpPostman, recipient: str = "maire@commune.example", raw: bytes = LARGE) -> LetterState:
    """What becomes of one letter."""
    letter = a_letter(raw=raw)
    try:
        answer = one.send(replace(letter, key=replace(letter.key, recipient=recipient)))
    except Unavailable as refusal:
        assert "\n" not in str(refusal)
        return QUEUED
    return judge(answer, 1, answer.at).state


def is_long(moment: Moment, fault: str) -> bool:
    return fault == "stall" and moment not in ("EHLO", "DOT")


@pytest.mark.parametrize(
    ("moment", "fault"),
    [
        pytest.param(moment, fault, marks=[pytest.mark.long] if is_long(moment, fault) else [])
        for moment in get_args(Moment)
        for fault in FAULTS
    ],
)
def test_T55_at_every_step_every_fault_leaves_a_known_state_and_at_most_one_copy(
    sink: SmtpSink, certificate: Certificate, moment: Moment, fault: str
) -> None:
    sink.refuse(moment, REWRITTEN[moment] if fault == "rewritten" else FAULTS[fault])
    one = postman(sink, certificate, PATIENCE if fault == "stall" else 30.0)
    state, copies = expected(moment, fault)
    assert state_after(one) is state
    assert len(sink.taken) == copies

    sink.faults.clear()
    one = one if fault != "stall" else postman(sink, certificate)
    assert state_after(one, "next@commune.example", b"Subject: x\r\n\r\nBonjour\r\n") is LetterState.SENT
    assert [taken.recipients for taken in sink.taken[copies:]] == [("next@commune.example",)]
    one.close()


def test_T55_a_server_that_cannot_be_connected_to_leaves_the_letter_queued(
    certificate: Certificate,
) -> None:
    with SmtpSink(certificate.server_context(), "starttls") as sink:
        one = postman(sink, certificate)
    assert state_after(one) is QUEUED


class Drip(Relay):
    """From the first answer that begins so on, what the server says comes a byte at a time; in clear."""

    def __init__(self, target: int, answer: bytes) -> None:
        super().__init__(target)
        self._answer = answer

    def _join(self, client: socket.socket, server: socket.socket) -> None:
        threading.Thread(target=self._carry, args=(client, server, lambda said: False), daemon=True).start()
        threading.Thread(target=self._carry, args=(server, client, self._is_to_drip), daemon=True).start()

    def _is_to_drip(self, said: bytes) -> bool:
        return said.startswith(self._answer)

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket, is_to_drip: Callable[[bytes], bool]) -> None:
        try:
            while said := source.recv(1 << 16):
                if not is_to_drip(said):
                    target.sendall(said)
                    continue
                for byte in said:
                    time.sleep(PATIENCE / 4)
                    target.sendall(bytes((byte,)))
        except OSError:
            pass
        cut(source)
        cut(target)


@pytest.mark.parametrize(
    ("answer", "state", "copies"), [(b"220 sink", QUEUED, 0), (b"354 Go", RETRY, 0), (b"250 2.0.0 Taken", UNKNOWN, 1)]
)
def test_T24_an_answer_that_comes_a_byte_now_and_then_is_waited_for_no_longer_than_a_silent_one(
    smtp_sink: SmtpSink, answer: bytes, state: LetterState, copies: int
) -> None:
    with Drip(smtp_sink.port, answer) as line:
        server = SmtpServer("127.0.0.1", line.port, "none", "", "ami@cerdd.example", PATIENCE, PATIENCE)
        one = SmtpPostman(server, Credentials("[smtp]", "ami", {"PASSWORD": "x"}, "PASSWORD"), SystemClock(PARIS))
        began = time.monotonic()
        assert state_after(one, raw=b"Subject: x\r\n\r\nBonjour\r\n") is state
        assert time.monotonic() - began < 2 * PATIENCE
        one.close()
    assert len(smtp_sink.taken) == copies


def test_an_answer_without_end_is_read_no_further(smtp_sink: SmtpSink) -> None:
    smtp_sink.features = tuple(f"FEATURE-{rank}" for rank in range(20_000))
    server = SmtpServer("127.0.0.1", smtp_sink.port, "none", "", "ami@cerdd.example")
    one = SmtpPostman(server, Credentials("[smtp]", "ami", {"PASSWORD": "x"}, "PASSWORD"), SystemClock(PARIS))
    assert state_after(one) is QUEUED
