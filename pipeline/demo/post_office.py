"""A whole mail world in one thread, in memory, on 127.0.0.1: IMAP (pymap) and SMTP (aiosmtpd).

What SMTP accepts is put into the INBOX of each recipient; nothing leaves the machine. Who writes what is left to the
demo and to the tests. A client that wants fast APPENDs sets TCP_NODELAY on its own socket (else 40 ms each).
"""

import asyncio
import logging
import ssl
import threading
from collections.abc import Coroutine, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar
from uuid import uuid4

from aiosmtpd.smtp import SMTP
from proxyprotocol.sock import SocketInfo
from pymap.imap import IMAPServer

from pipeline.demo.embedded_imap import Boxes, WholeAnswers
from pipeline.demo.embedded_smtp import Counter

HOST = "127.0.0.1"
START_SECONDS = 10
CALL_SECONDS = 60
Result = TypeVar("Result")


@dataclass(frozen=True)
class Posted:
    """One message that SMTP accepted, for one recipient."""

    sender: str  # of the envelope; "" for a null sender
    recipient: str
    raw: bytes


class PostOffice:
    """The embedded mail server; everything public may be called from any thread between enter and exit.

    Each address of `users` logs in with `password`, on IMAP and on SMTP (also as an XOAUTH2 token). Recipients without
    a box get 550; with `accept_all`, a box is opened for them instead. With `tls`, the plain ports ask for STARTTLS and
    `imaps_port` speaks TLS at once. `keywords` off = custom IMAP flags are dropped, as Exchange does.
    """

    def __init__(
        self,
        users: Sequence[str],
        password: str,
        *,
        accept_all: bool = False,
        tls: ssl.SSLContext | None = None,
        keywords: bool = True,
    ) -> None:
        self.users, self.password, self.accept_all, self.tls = tuple(map(str.lower, users)), password, accept_all, tls
        self.imap_port = self.imaps_port = self.smtp_port = 0
        self.posted: list[Posted] = []  # what SMTP accepted, in order
        self._keywords = keywords
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._main, name="post-office", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(START_SECONDS)
        if self._failure:
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(START_SECONDS)

    def deliver(self, recipient: str, raw: bytes, received: datetime, sender: str | None = None) -> None:
        """Put `raw` into the INBOX of `recipient`, byte for byte, with INTERNALDATE `received` (aware).

        With a `sender` (of the envelope), a `Return-Path` line is put on top, as a real server does. Raises KeyError
        when the recipient has no box here and none may be opened.
        """
        self._call(self._deliver(recipient, raw, received, sender))

    def messages(self, recipient: str, folder: str = "INBOX") -> list[bytes]:
        """What a folder of `recipient` holds, oldest first; nothing for somebody without a box."""
        box = recipient.lower()
        return self._call(self._boxes.messages(box, folder)) if self._boxes.has(box) else []

    def admits(self, address: str, secret: str) -> bool:
        """Whether this log-in is right: every box has the common password. For the SMTP half."""
        return self._boxes.has(address.lower()) and secret == self.password

    async def has_box(self, address: str) -> bool:
        """Whether `address` can receive here; opens a box where all are accepted. For the SMTP half."""
        if self.accept_all and not self._boxes.has(address.lower()):
            await self._boxes.add(address.lower())
        return self._boxes.has(address.lower())

    async def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Take a message that came by SMTP. For the SMTP half."""
        for recipient in dict.fromkeys(map(str.lower, recipients)):
            await self._deliver(recipient, raw, datetime.now(UTC), sender)
            self.posted.append(Posted(sender, recipient, raw))

    async def _deliver(self, recipient: str, raw: bytes, received: datetime, sender: str | None) -> None:
        if not await self.has_box(recipient):
            raise KeyError(recipient)
        top = b"" if sender is None else f"Return-Path: <{sender}>\r\n".encode()
        await self._boxes.put(recipient.lower(), top + raw, received)

    def _call(self, work: Coroutine[object, object, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(CALL_SECONDS)

    def _main(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as failure:  # raised again in the thread that waits for the start
            self._failure = failure
            self._ready.set()

    async def _serve(self) -> None:
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd logs each command and every odd client
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._boxes = Boxes(self.password, self.tls, self._keywords)
        for user in self.users:
            await self._boxes.add(user)
        # Closed but not waited for: from Python 3.12 on that would last until the last client leaves.
        with ExitStack() as servers:
            self.imap_port = await self._listen(servers, asyncio.start_server(self._imap, HOST, 0))
            if self.tls:
                self.imaps_port = await self._listen(servers, asyncio.start_server(self._imap, HOST, 0, ssl=self.tls))
            self.smtp_port = await self._listen(servers, self._loop.create_server(self._smtp, HOST, 0))
            self._ready.set()
            await self._stop.wait()

    async def _listen(self, servers: ExitStack, start: Coroutine[object, object, asyncio.Server]) -> int:
        server = servers.enter_context(closing(await start))
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _imap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Called straight: pymap's ProxyProtocolReader keeps no reference to its task, and sessions get collected.
        server = IMAPServer(self._boxes.accounts, self._boxes.config)
        await server(reader, WholeAnswers(reader, writer), SocketInfo.get(writer, None, unique_id=uuid4().bytes))

    def _smtp(self) -> SMTP:
        return Counter(self, self._loop).protocol(self.tls)
