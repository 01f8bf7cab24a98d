"""One IMAP connection, made when first asked and again after a loss. What is asked is left to its users.

Library errors stop here: a lost connection is ConnectionLost, a NO or BAD is Refused, both Unavailable to the outside.
"""

import imaplib
import logging
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, LoginError

from pipeline.adapters.credentials import Login, LoginRefused, Secret
from pipeline.adapters.mailbox.literals import LiteralReader
from pipeline.adapters.mailbox.server import MailServer
from pipeline.adapters.servers import one_line, trust
from pipeline.failures import Unavailable

# It writes commands, and whole mails, to its debug log.
logging.getLogger("imapclient").setLevel(logging.CRITICAL)

TIMEOUT = SocketTimeout(connect=15, read=60)
HEADROOM = 1_000_000  # bytes: an honest literal is no larger than the largest mail we ask for
NO_TOKENS = "this server takes no tokens (XOAUTH2)"
# What Exchange says of a good token without rights on the mailbox.
NOT_OURS = ": the login has no rights on this mailbox, see Add-MailboxPermission in docs/mailboxes.md"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Bytes and texts as Python shows them: what came where an answer was due, which may be a line of a mail.
_QUOTED = re.compile(r"[:\s(\[]*(?<!\w)b?['\"].*", re.DOTALL)
State = Mapping[bytes, Any]


class ConnectionLost(Unavailable):
    """The connection broke under a command; the next one connects anew."""


class Refused(Unavailable):
    """The server answered NO or BAD, or what cannot be understood; the connection stands."""


class Connection:
    """Logged in when `asking` is entered; `selected` is the folder open for reading, with its UIDVALIDITY."""

    def __init__(self, server: MailServer, credentials: Login) -> None:
        self._server, self._credentials = server, credentials
        self._refusal = ""  # said once: a cycle asks several times
        self._client: IMAPClient | None = None
        self._context: ssl.SSLContext | None = None
        self._selected: tuple[str, int] | None = None

    @contextmanager
    def asking(self, folder: str = "", uidvalidity: int = 0) -> Iterator[IMAPClient]:
        """The client, with `folder` open for reading; UIDs mean nothing unless it has that UIDVALIDITY still."""
        with self._answers():
            client = self._connected()
            if folder and (self._selected is None or self._selected[0] != folder):
                self._examine(client, folder)
            if folder and uidvalidity and self._selected != (folder, uidvalidity):
                raise Unavailable(f"{self._where}: {folder} was renumbered; it will be read anew in the next cycle.")
            yield client

    def examine(self, folder: str) -> State:
        """Open a folder for reading, now; what the server says of it."""
        with self._answers():
            return self._examine(self._connected(), folder)

    @contextmanager
    def writing(self, folder: str) -> Iterator[tuple[IMAPClient, State]]:
        """The client with `folder` open for flags and moves, and what the server says of it."""
        with self._answers():
            client = self._connected()
            self._selected = None
            yield client, client.select_folder(safe(folder))

    def close(self) -> None:
        """Log out; a server that has gone away is not waited for."""
        self._refusal = ""
        if self._client is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                self._client.logout()
        self._drop()

    @property
    def _where(self) -> str:
        return f"{self._server.host}:{self._server.port}"

    def _examine(self, client: IMAPClient, folder: str) -> State:
        self._selected = None
        state: State = client.select_folder(safe(folder), readonly=True)
        if b"UIDVALIDITY" not in state:
            raise Unavailable(f"{self._where}: {folder} has no UIDVALIDITY; this server cannot be read safely.")
        self._selected = (folder, int(state[b"UIDVALIDITY"]))
        return state

    @contextmanager
    def _answers(self) -> Iterator[None]:
        try:
            yield
        except (imaplib.IMAP4.abort, OSError, MemoryError) as fault:
            self._drop()
            raise ConnectionLost(
                f"{self._where}: the mail connection was lost ({_reason(fault)}); it is tried again."
            ) from fault
        except (imaplib.IMAP4.error, ValueError, LookupError, TypeError) as fault:
            if "got more than" in str(fault):  # imaplib leaves the rest of such a line unread
                self._drop()
            hint = NOT_OURS if "authenticated but not connected" in str(fault) else ""
            raise Refused(f"{self._where}: the mail server refused a command ({_reason(fault)}){hint}.") from fault

    def _connected(self) -> IMAPClient:
        if self._client is None:
            if self._refusal:
                raise LoginRefused(self._refusal)
            try:
                self._client = self._credentials.used_by(self._made)
            except LoginRefused as refusal:
                self._refusal = str(refusal)
                raise
        return self._client

    def _made(self, secret: Secret) -> IMAPClient:
        """A new connection, logged in. Raises Unavailable (plain: trying again at once would not help)."""
        try:
            client = self._opened()
            try:
                self._log_in(client, secret)
            except BaseException:
                with suppress(OSError):
                    client.shutdown()
                raise
        except (imaplib.IMAP4.error, OSError) as fault:
            raise self._failure(fault) from None  # the chain could show the secret
        return client

    def _opened(self) -> IMAPClient:
        context, tls = self._trust(), self._server.security == "tls"
        client = IMAPClient(
            self._server.host,
            self._server.port,
            ssl=tls,
            ssl_context=context if tls else None,
            use_uid=True,
            timeout=TIMEOUT,
        )
        imap = client._imap
        imap.debug = 0  # IMAPClient sets 5: imaplib then formats every mail for a log, six times the cost of reading it
        imap.read = LiteralReader(imap, self._server.max_message_bytes + HEADROOM)
        client.normalise_times = False
        return client

    def _log_in(self, client: IMAPClient, secret: Secret) -> None:
        # APPEND waits 40 ms a time on a quick network without this.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._server.security == "starttls":
            client.starttls(self._trust())
        username, password = self._credentials.username, secret.text
        if secret.is_token:
            if not client.has_capability("AUTH=XOAUTH2"):
                raise CapabilityError(NO_TOKENS)
            # A refusal comes as a challenge first, which wants an empty answer.
            client.sasl_login("XOAUTH2", lambda challenge: b"" if challenge else secret.xoauth2(username).encode())
        elif (username + password).isascii():
            client.login(username, password)
        else:  # LOGIN takes ASCII only
            client.sasl_login("PLAIN", lambda _: f"\0{username}\0{password}".encode())

    def _trust(self) -> ssl.SSLContext:
        self._context = self._context or trust("[mailbox]", self._server.ca_file)
        return self._context

    def _drop(self) -> None:
        client, self._client, self._selected = self._client, None, None
        if client is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                client.shutdown()

    def _failure(self, fault: Exception) -> Unavailable:
        if not isinstance(fault, LoginError) or isinstance(fault.__context__, imaplib.IMAP4.abort):
            return Unavailable(self._said(fault))
        if "[UNAVAILABLE]" in str(fault):  # RFC 5530: nothing is wrong with the login
            return Unavailable(f"{self._where}: the mail server cannot check logins now; the next cycle tries again.")
        login = self._credentials
        return LoginRefused(f"{self._where}: IMAP login refused for {login.username}; {login.remedy}.")

    def _said(self, fault: Exception) -> str:
        """Why there is no connection, and what to do."""
        if str(fault) == NO_TOKENS:
            return f"{self._where}: {NO_TOKENS}; check [mailbox] host and auth."
        if isinstance(fault, ssl.SSLCertVerificationError):
            remedy = "check [mailbox] host, or name the authority in ca_file"
            return f"{self._where}: the certificate cannot be trusted ({fault.verify_message}); {remedy}."
        if isinstance(fault, ssl.SSLError | CapabilityError) or "TLS" in str(fault):
            return f"{self._where}: no secure connection ({_reason(fault)}); check [mailbox] port and security."
        return f"{self._where}: the mail server cannot be reached ({_reason(fault)}); check [mailbox] host and port."


def safe(name: str) -> str:
    """A folder's name as it may go on the wire: a control character would begin another command."""
    if not name or _CONTROL.search(name):
        raise ValueError("a folder name with control characters")
    return name


def shown(name: str) -> str:
    """A folder's name as it may stand in a line for people."""
    return " ".join(_CONTROL.sub(" ", name).split())


def _reason(fault: BaseException) -> str:
    """One short line; a server's own words may hold anything."""
    if isinstance(fault, TimeoutError):
        return str(fault) or "no answer in time"
    words = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    if "command error" not in words:  # that one quotes the refusal
        words = _QUOTED.sub("", words)
    return one_line(words or type(fault).__name__)
