"""Servers that must not be trusted (T75), IMAP and SMTP alike: refused in one line, before the password."""

import base64
import ssl
import warnings
from pathlib import Path
from typing import Any

import pytest

from pipeline.adapters.clock import SystemClock
from pipeline.adapters.credentials import Credentials
from pipeline.adapters.mailbox import ImapMailbox, MailServer
from pipeline.adapters.postman import SmtpPostman, SmtpServer
from pipeline.failures import Unavailable
from tests.builders import PARIS
from tests.servers.certificates import Certificate, make_certificate
from tests.servers.talker import Protocol, Script, Talker

PASSWORD, USER = "corr3ct-horse", "ami@cerdd.example"
BOTH = pytest.mark.parametrize("protocol", ["imap", "smtp"])
SECURED = pytest.mark.parametrize("security", ["tls", "starttls"])
IN_THE_PAST = ("20200101000000Z", "20200103000000Z")
SAID = [PASSWORD.encode(), base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()), base64.b64encode(PASSWORD.encode())]


def visit(protocol: Protocol, port: int, security: str, ca_file: Path | str = "") -> None:
    """Connect and log in, as the product does."""
    credentials = Credentials("[x]", USER, {"PASSWORD": PASSWORD}, "PASSWORD")
    one: ImapMailbox | SmtpPostman
    if protocol == "imap":
        one = ImapMailbox(MailServer("127.0.0.1", port, security, str(ca_file), ("INBOX",)), credentials)
        visited: Any = lambda: one.open("INBOX")  # noqa: E731
    else:
        server = SmtpServer("127.0.0.1", port, security, str(ca_file), USER)
        one = SmtpPostman(server, credentials, SystemClock(PARIS))
        visited = one.open
    try:
        visited()
    finally:
        one.close()


def refusal_of(script: Script, security: str, ca_file: Path | str = "") -> str:
    """The line that a person reads of a server where the password was not said."""
    with Talker(script) as server, pytest.raises(Unavailable) as refusal:
        visit(script.protocol, server.port, security, ca_file)
    said = str(refusal.value)
    assert not [word for word in SAID if word in server.heard], server.heard
    assert "\n" not in said and PASSWORD not in said and said.startswith(f"127.0.0.1:{server.port}: ")
    return said


@BOTH
@SECURED
def test_a_server_that_is_who_it_says_hears_the_password_enciphered(
    certificate: Certificate, protocol: Protocol, security: Any
) -> None:
    """Else none of the tests below would prove anything."""
    with Talker(Script(protocol, certificate.server_context(), security)) as server:
        visit(protocol, server.port, security, certificate.ca_file)
    assert server.is_encrypted
    assert [word for word in SAID if word in server.heard]


@BOTH
@SECURED
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("expired", "certificate has expired"),
        ("of another name", "IP address mismatch"),
        ("of an authority nobody named", "unable to get local issuer certificate"),
        ("self-signed", "self-signed certificate"),
    ],
)
def test_T75_a_certificate_that_proves_nothing_is_refused(
    tmp_path: Path, certificate: Certificate, protocol: Protocol, security: Any, fault: str, words: str
) -> None:
    period = IN_THE_PAST if fault == "expired" else None
    shown = make_certificate(tmp_path, "DNS:other.example" if "name" in fault else "IP:127.0.0.1", period)
    trusted = certificate.ca_file if fault == "of an authority nobody named" else shown.ca_file
    context = shown.server_context()
    if fault == "self-signed":
        context.load_cert_chain(shown.ca_file, tmp_path / "ca-key.pem")
        trusted = certificate.ca_file
    said = refusal_of(Script(protocol, context, security), security, trusted)
    assert "the certificate cannot be trusted (" in said and words in said
    assert said.endswith("or name the authority in ca_file.")


@BOTH
@SECURED
@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_T75_a_server_that_knows_old_tls_only_is_refused(
    certificate: Certificate, protocol: Protocol, security: Any, version: str
) -> None:
    context = certificate.server_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    said = refusal_of(Script(protocol, context, security), security, certificate.ca_file)
    assert "no secure connection" in said and "check [" in said


@BOTH
@pytest.mark.parametrize("quirk", [{"offers_starttls": False}, {"refuses_starttls": True}])
def test_T75_a_server_that_will_not_start_tls_is_refused(protocol: Protocol, quirk: dict[str, bool]) -> None:
    said = refusal_of(Script(protocol, None, "starttls", **quirk), "starttls")
    assert "no secure connection" in said and said.endswith("port and security.")


def test_T75_a_server_that_says_one_is_logged_in_already_is_not_believed_before_tls(certificate: Certificate) -> None:
    script = Script("imap", certificate.server_context(), "starttls", is_preauthenticated=True)
    with Talker(script) as server, pytest.raises(Unavailable, match="no secure connection"):
        visit("imap", server.port, "starttls", certificate.ca_file)
    assert b"EXAMINE" not in server.heard and b"LOGIN" not in server.heard


INJECTED: dict[Protocol, bytes] = {
    "imap": b"* CAPABILITY IMAP4rev1 FORGED\r\n%1 OK done\r\n%2 OK logged in\r\n",
    "smtp": b"250 AUTH PLAIN\r\n235 welcome\r\n235 welcome\r\n",
}


@BOTH
def test_T75_what_was_slipped_in_before_tls_answers_nothing_asked_under_it(
    certificate: Certificate, protocol: Protocol
) -> None:
    """The server itself refuses the log-in under TLS; the forged answers, which came in clear, said yes."""
    script = Script(protocol, certificate.server_context(), "starttls", injected=INJECTED[protocol], refuses_login=True)
    with Talker(script) as server, pytest.raises(Unavailable, match=f"login refused for {USER}"):
        visit(protocol, server.port, "starttls", certificate.ca_file)
    assert server.is_encrypted
