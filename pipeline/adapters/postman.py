"""SMTP: one letter, one recipient, one attempt. The only file that knows yagmail.

yagmail opens the connection and logs in, and nothing else: its send() repeats itself after a lost connection, verifies
no certificate by default and attaches files by name. Which letter leaves when, and what an answer means, is left to
dispatch and `core.delivery`.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass

import yagmail

from pipeline import faults
from pipeline.adapters.credentials import Credentials
from pipeline.core.delivery import Answer, Step
from pipeline.core.letters import OutgoingLetter
from pipeline.failures import Unavailable
from pipeline.ports import Clock

TIMEOUT = 60.0  # seconds for any one answer of the server
LOST = (smtplib.SMTPServerDisconnected, OSError)


@dataclass(frozen=True)
class SmtpServer:
    """Where letters are handed over; `sender` is the envelope's address, where bounces go."""

    host: str
    port: int
    security: str
    ca_file: str
    sender: str


class SmtpPostman:
    """One connection, opened at the first letter and kept until `close`."""

    def __init__(self, server: SmtpServer, credentials: Credentials, clock: Clock) -> None:
        self._server, self._credentials, self._clock = server, credentials, clock
        self._smtp: smtplib.SMTP | None = None
        self._session: yagmail.SMTP | None = None  # kept: it closes the connection when it is collected

    def open(self) -> None:
        """Connect and log in, if that is not done yet; Unavailable when the server or the login refuses."""
        self._connected()

    def send(self, letter: OutgoingLetter) -> Answer:
        """Hand one letter over, once.

        Raises Unavailable, and nothing was handed over, when the server cannot be reached or refuses the login.
        """
        smtp = self._connected()
        faults.point("send")
        answer = self._handed_over(smtp, letter)
        faults.point("sent")
        if answer.code in (0, 421):
            self._drop()
        elif answer.code >= 400:
            self._reset(smtp)
        return answer

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()

    def _handed_over(self, smtp: smtplib.SMTP, letter: OutgoingLetter) -> Answer:
        step = Step.BEFORE_DATA
        try:
            for ask in (
                lambda: smtp.mail(self._server.sender),
                lambda: smtp.rcpt(letter.key.recipient),
                lambda: smtp.docmd("DATA"),
            ):
                code, text = ask()
                if code >= 400:
                    return self._answer(code, text, step)
            smtp.send(dotted(letter.raw))
            # From here on the server may have accepted the letter, whatever we hear of it (RFC 1047).
            step = Step.AFTER_DATA
            smtp.send(b".\r\n")
            return self._answer(*smtp.getreply(), step)
        except UnicodeEncodeError:
            return self._answer(553, b"this address cannot be written to", step)
        except LOST as fault:
            return self._answer(0, str(fault).encode(), step)

    def _answer(self, code: int, text: bytes, step: Step) -> Answer:
        words = re.sub(r"\s+", " ", text.decode("utf-8", "replace")).strip()
        return Answer(code, words[:300], step, self._clock.now())

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and not self._is_alive(self._smtp):
            self._drop()
        if self._smtp is None:
            self._smtp = self._log_in()
        return self._smtp

    def _is_alive(self, smtp: smtplib.SMTP) -> bool:
        try:
            return bool(smtp.noop()[0] == 250)
        except (smtplib.SMTPException, OSError):
            return False

    def _log_in(self) -> smtplib.SMTP:
        server, password = self._server, self._credentials.password()
        context = ssl.create_default_context(cafile=server.ca_file or None)
        tls = server.security == "tls"
        # {} would mean no TLS at all; without `context` yagmail would verify nothing.
        connection = yagmail.SMTP(
            user=self._credentials.username,
            password=password,
            host=server.host,
            port=server.port,
            smtp_ssl=tls,
            smtp_starttls={"context": context} if server.security == "starttls" else False,
            soft_email_validation=False,
            timeout=TIMEOUT,
            **({"context": context} if tls else {}),
        )
        connection.set_logging(None)
        try:
            connection.login()
        except smtplib.SMTPAuthenticationError as fault:
            raise Unavailable(self._said("refuses the login", fault)) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise Unavailable(self._said("cannot be reached", fault)) from fault
        self._session, smtp = connection, connection.smtp
        assert isinstance(smtp, smtplib.SMTP)
        return smtp

    def _said(self, what: str, fault: Exception) -> str:
        where = f"{self._server.host}:{self._server.port}"
        if isinstance(fault, ssl.SSLCertVerificationError):
            return f"{where}: the certificate cannot be trusted ({fault.verify_message}); check host, or set ca_file."
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            return f"{where}: the SMTP server {what} of {self._credentials.username}; check username and password."
        words = re.sub(r"\s+", " ", str(fault))[:200]
        return f"{where}: the SMTP server {what} ({words}); it will be tried again."

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def dotted(raw: bytes) -> bytes:
    """A mail with CRLF line ends, as DATA wants it (RFC 5321, 4.5.2), without the final dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    body = re.sub(rb"(?m)^\.", b"..", lines)
    return body if body.endswith(b"\r\n") else body + b"\r\n"
