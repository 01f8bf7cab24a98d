"""The SMTP half of the embedded post office: log-in, recipients, data, on top of aiosmtpd.

Where accepted messages go is left to the post office it is given.
"""

import asyncio
import ssl
from base64 import b64decode
from collections.abc import Sequence
from typing import Protocol

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SIZE_LIMIT = 50_000_000


class Destination(Protocol):
    """What the SMTP half asks of the post office."""

    def admits(self, address: str, secret: str) -> bool:
        """Whether this log-in is right."""

    async def has_box(self, address: str) -> bool:
        """Whether this recipient can be served."""

    async def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Take a finished message."""


class Counter:
    """Answers one client: a handler in aiosmtpd's sense, whose hook names are given."""

    def __init__(self, office: Destination, loop: asyncio.AbstractEventLoop) -> None:
        self._office, self._loop = office, loop

    def protocol(self, tls: ssl.SSLContext | None) -> SMTP:
        """The connection; log-in is required in handle_MAIL, as aiosmtpd warns about requiring it without TLS."""
        return SMTP(
            self,
            loop=self._loop,
            hostname="localhost",
            enable_SMTPUTF8=True,
            data_size_limit=SIZE_LIMIT,
            tls_context=tls,
            require_starttls=tls is not None,
            auth_require_tls=tls is not None,
            authenticator=self._password,
        )

    def _password(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        good = self._office.admits(data.login.decode(errors="replace"), data.password.decode(errors="replace"))
        return AuthResult(success=good, handled=False, auth_data=data.login)

    async def auth_XOAUTH2(self, server: SMTP, args: Sequence[str]) -> AuthResult:
        """Microsoft's and Google's log-in: the token is the common password."""
        try:
            user, bearer = b64decode(args[1]).decode().split("\1")[:2]
        except (IndexError, ValueError):
            user, bearer = "", ""
        good = self._office.admits(user.removeprefix("user="), bearer.removeprefix("auth=Bearer "))
        if not good:
            await server.challenge_auth('{"status":"401"}')  # the client answers an empty line, then gets its 535
        return AuthResult(success=good, handled=False, auth_data=user)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Open an envelope, for those who have logged in."""
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient who has a box."""
        if not await self._office.has_box(address):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the message."""
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        await self._office.accept(envelope.mail_from or "", envelope.rcpt_tos, raw)
        return "250 2.0.0 Delivered"
