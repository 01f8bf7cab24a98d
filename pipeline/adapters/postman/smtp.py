"""One letter over SMTP.

yagmail opens the connection, and nothing else: its send() repeats itself after a lost connection, verifies no
certificate by default and attaches files by name; its log-in adds "@gmail.com" to a plain user name.
"""

import base64
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

import yagmail

from pipeline import faults
from pipeline.adapters.credentials import Login, LoginRefused, Secret
from pipeline.adapters.postman.answers import PatientSmtp, PatientSmtpTls
from pipeline.adapters.servers import one_line, trust
from pipeline.core.delivery import Answer, Step
from pipeline.core.letters import OutgoingLetter
from pipeline.failures import Unavailable
from pipeline.ports import Clock

TIMEOUT = 30.0  # seconds for any one answer of the server, whole
DOT_TIMEOUT = 120.0  # after the final dot the server may look for viruses; giving up early makes letters uncertain
# One bare address: smtplib would take "a@x.fr, b@y.fr" apart, and make "<>" of an empty text.
_ONE_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,255}")
STARTTLS_REFUSED = smtplib.SMTPResponseException
_NOT_AN_ADDRESS = b"this is not one e-mail address"
_NOT_ASCII = b"this server does not carry addresses with accents"


@dataclass(frozen=True)
class SmtpServer:
    """Where letters are handed over; `security` is "tls", "starttls" or "none" (loopback), `ca_file` an extra
    authority ("" for none), `sender` the envelope's address, where bounces go. Seconds are waited for an answer."""

    host: str
    port: int
    security: str
    ca_file: str
    sender: str
    timeout: float = TIMEOUT
    dot_timeout: float = DOT_TIMEOUT


class _Session(yagmail.SMTP):  # type: ignore[misc]  # yagmail says no types
    """yagmail over a connection of ours."""

    @property
    def connection(self) -> type[PatientSmtp]:
        return PatientSmtpTls if self.ssl else PatientSmtp


class SmtpPostman:
    """One connection, opened at the first letter and kept until `close`."""

    def __init__(self, server: SmtpServer, credentials: Login, clock: Clock) -> None:
        self._server, self._credentials, self._clock = server, credentials, clock
        self._smtp: smtplib.SMTP | None = None
        self._context: ssl.SSLContext | None = None

    def open(self) -> None:
        """Connect, log in and begin a letter that is not sent; Unavailable when the server refuses login or sender."""
        smtp = self._connected()
        try:
            code, text = _command(smtp, f"MAIL FROM:<{self._server.sender}>")
        except (smtplib.SMTPException, OSError) as fault:
            self._drop()
            raise Unavailable(self._said(fault)) from None
        if 500 <= code < 600:
            self._refuse(code, text)
        self._reset(smtp)

    def send(self, letter: OutgoingLetter) -> Answer:
        """Hand one letter over, once.

        Raises Unavailable, and nothing was handed over, when the server cannot be reached or refuses login or sender.
        """
        recipient = letter.key.recipient
        if not _ONE_ADDRESS.fullmatch(recipient):
            return self._answer(553, _NOT_AN_ADDRESS, Step.BEFORE_DATA)
        smtp = self._addressed(recipient)
        if isinstance(smtp, Answer):
            return smtp
        answer = self._handed_over(smtp, letter.raw)
        faults.point("sent")
        if answer.code <= 0 or answer.code == 421:
            self._drop()
        elif not 200 <= answer.code < 300:
            self._reset(smtp)
        return answer

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _addressed(self, recipient: str) -> smtplib.SMTP | Answer:
        """The connection once it has taken sender and recipient, else its refusal.

        A server closes a connection that was idle between two letters: nothing was accepted, so one more is opened.
        """
        while True:
            reused = self._smtp is not None
            smtp = self._connected()
            try:
                faults.point("send")
                code, text = self._envelope(smtp, recipient)
            except (smtplib.SMTPException, OSError) as fault:
                code, text = 0, str(fault).encode()
            if 200 <= code < 300:
                return smtp
            if code <= 0 or code == 421:
                self._drop()
                if reused:
                    continue
            else:
                self._reset(smtp)
            return self._answer(code, text, Step.BEFORE_DATA)

    def _envelope(self, smtp: smtplib.SMTP, recipient: str) -> tuple[int, bytes]:
        """The first refusal, else the last answer; one round trip where the server takes both at once (RFC 2920)."""
        accents = not recipient.isascii()
        if accents and not smtp.has_extn("smtputf8"):
            return 553, _NOT_ASCII
        lines = (
            f"MAIL FROM:<{self._server.sender}>" + (" SMTPUTF8" if accents else ""),
            f"RCPT TO:<{recipient}>",
        )
        together = smtp.has_extn("pipelining")
        code, text = _command(smtp, "\r\n".join(lines) if together else lines[0])
        if 500 <= code < 600 and not accents:
            self._refuse(code, text)  # it is we who are refused: so would be the next letter
        if not together:
            return _command(smtp, lines[1]) if 200 <= code < 300 else (code, text)
        if code <= 0 or code == 421:
            return code, text
        of_recipient = smtp.getreply()
        return of_recipient if 200 <= code < 300 else (code, text)

    def _refuse(self, code: int, text: bytes) -> NoReturn:
        """The server takes no letter of ours: nothing was handed over."""
        self._drop()
        raise Unavailable(self._said(smtplib.SMTPSenderRefused(code, text, self._server.sender))) from None

    def _handed_over(self, smtp: smtplib.SMTP, raw: bytes) -> Answer:
        step = Step.BEFORE_DATA
        try:
            code, text = _command(smtp, "DATA")
            if code != 354:
                # "250" here would be no promise: nothing was handed over yet.
                return self._answer(code if code >= 400 else 0, text, step)
            smtp.send(dotted(raw))
            # From here on the server may have accepted the letter, whatever we hear of it (RFC 1047).
            step = Step.AFTER_DATA
            _wait_up_to(smtp, self._server.dot_timeout)
            smtp.send(b".\r\n")
            code, text = smtp.getreply()
            _wait_up_to(smtp, self._server.timeout)
            return self._answer(code, text, step)
        except (smtplib.SMTPException, OSError) as fault:
            return self._answer(0, str(fault).encode("utf-8", "replace"), step)

    def _answer(self, code: int, text: bytes, step: Step) -> Answer:
        return Answer(max(code, 0), one_line(text.decode("utf-8", "replace"), 300), step, self._clock.now())

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._credentials.used_by(self._made)
        return self._smtp

    def _made(self, secret: Secret) -> smtplib.SMTP:
        """A new connection, logged in."""
        session = self._session()
        try:
            session.login()
            smtp: smtplib.SMTP = session.smtp
            # The final dot is a small packet of its own; without this it waits 40 ms for the answer to the last.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._log_in(smtp, secret)
        except (smtplib.SMTPException, OSError) as fault:
            if session.smtp is not None:
                session.smtp.close()
            refused = isinstance(fault, smtplib.SMTPAuthenticationError) and fault.smtp_code >= 500
            raise (LoginRefused if refused else Unavailable)(self._said(fault)) from None  # the chain could show it
        finally:
            session.is_closed = True  # else yagmail closes the connection when it is collected
        return smtp

    def _session(self) -> _Session:
        context, tls = self._trust(), self._server.security == "tls"
        # {} would mean no TLS at all; without `context` yagmail would verify nothing.
        session = _Session(
            user=self._server.sender,
            host=self._server.host,
            port=self._server.port,
            smtp_ssl=tls,
            smtp_starttls={"context": context} if self._server.security == "starttls" else False,
            smtp_skip_login=True,
            soft_email_validation=False,
            timeout=self._server.timeout,
            local_hostname=self._server.sender.rpartition("@")[2],  # else smtplib asks the network for our name
            **({"context": context} if tls else {}),
        )
        session.set_logging(None)
        return session

    def _log_in(self, smtp: smtplib.SMTP, secret: Secret) -> None:
        username, password = self._credentials.username, secret.text
        smtp.ehlo_or_helo_if_needed()
        if secret.is_token:
            if not username.isascii():
                raise smtplib.SMTPNotSupportedError("a user name with accents cannot log in by token")
            if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
                raise smtplib.SMTPNotSupportedError("it takes no tokens: no XOAUTH2")
            # A refusal comes as a challenge first, which wants an empty answer.
            smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else secret.xoauth2(username))
            return
        if (username + password).isascii():
            smtp.login(username, password)
            return
        # smtplib knows ASCII only; RFC 4616 says UTF-8.
        proof = base64.b64encode(f"\0{username}\0{password}".encode()).decode()
        code, text = smtp.docmd("AUTH", f"PLAIN {proof}")
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, text)

    def _trust(self) -> ssl.SSLContext:
        self._context = self._context or trust("[smtp]", self._server.ca_file)
        return self._context

    def _said(self, fault: Exception) -> str:
        """Why there is no connection, and what to do."""
        where = f"{self._server.host}:{self._server.port}"
        words = _words(fault)
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            login = self._credentials
            return f"{where}: SMTP login refused for {login.username} ({fault.smtp_code}); {login.remedy}."
        if isinstance(fault, smtplib.SMTPSenderRefused):
            may = f"that {self._credentials.username} may send as it"
            return f"{where}: {self._server.sender} is refused as sender ({words}); check [mailbox] address, and {may}."
        if isinstance(fault, ssl.SSLCertVerificationError):
            remedy = "check [smtp] host, or name the authority in ca_file"
            return f"{where}: the certificate cannot be trusted ({fault.verify_message}); {remedy}."
        # That very class comes of a refused STARTTLS only.
        if isinstance(fault, ssl.SSLError | smtplib.SMTPNotSupportedError) or type(fault) is STARTTLS_REFUSED:
            return f"{where}: no secure connection or no login there ({words}); check [smtp] port and security."
        return f"{where}: the SMTP server cannot be reached ({words}); check [smtp] host and port."

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            if smtp.rset()[0] == 250:
                return
        except (smtplib.SMTPException, OSError):
            pass
        self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _words(fault: Exception) -> str:
    """What a server or the system said, on one short line."""
    said = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    if isinstance(fault, smtplib.SMTPResponseException):
        error = fault.smtp_error
        said = f"{fault.smtp_code} {error.decode('utf-8', 'replace') if isinstance(error, bytes) else error}"
    return one_line(said)


def _command(smtp: smtplib.SMTP, line: str) -> tuple[int, bytes]:
    """One command, as bytes, and the next answer: smtplib writes ASCII only."""
    smtp.send(f"{line}\r\n".encode())
    return smtp.getreply()


def _wait_up_to(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def dotted(raw: bytes) -> bytes:
    """A mail with CRLF line ends, as DATA wants it (RFC 5321, 4.5.2), without the final dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    body = re.sub(rb"(?m)^\.", b"..", lines)
    return body if body.endswith(b"\r\n") else body + b"\r\n"
