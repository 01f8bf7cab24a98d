"""The sign of life is tried twice, within its time, over verified TLS, and its address is no line of the log."""

import logging

import pytest

from pipeline.adapters.heartbeat import UrlHeartbeat
from tests.servers.certificates import Certificate
from tests.servers.dovecot import free_port
from tests.servers.listener import listening


@pytest.mark.parametrize(
    ("codes", "taken", "heard"), [([], True, 1), ([500], True, 2), ([404, 503], False, 2), ([204], True, 1)]
)
def test_it_is_tried_once_more_and_no_oftener(codes: list[int], taken: bool, heard: int) -> None:
    with listening(codes) as listener:
        assert UrlHeartbeat(listener.url).beat() is taken
        assert listener.heard == ["/ping/abc"] * heard


def test_who_never_answers_is_not_waited_for() -> None:
    with listening() as listener:
        listener.silent.set()
        assert UrlHeartbeat(listener.url, seconds=0.2).beat() is False
        assert len(listener.heard) == 2


def test_a_certificate_of_an_unknown_authority_is_refused(certificate: Certificate) -> None:
    with listening(context=certificate.server_context()) as listener:
        assert UrlHeartbeat(listener.url).beat() is False
        assert listener.heard == []


def test_who_is_not_there_is_logged_without_the_path_which_may_be_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert UrlHeartbeat(f"http://127.0.0.1:{free_port()}/ping/abc").beat() is False
    line = "[ledger] heartbeat_url: 127.0.0.1 did not take the sign of life: [Errno 111] Connection refused"
    assert caplog.messages == [line, line]


def test_without_an_address_nothing_is_tried() -> None:
    assert UrlHeartbeat("").beat() is False
