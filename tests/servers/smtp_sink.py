"""A raw SMTP server in a thread that keeps what it takes and misbehaves when told to.

Plain, STARTTLS or TLS from the start; any user name and password is taken unless a fault says otherwise, any token
unless `takes` does.
"""

import asyncio
import ssl
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

HOST = "127.0.0.1"
LARGEST = 64 << 20
NO_TOKEN = b'{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}'
Moment = Literal["CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BODY", "DOT"]
FEATURES = ("sink", "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES", "SIZE 104857600")


@dataclass(frozen=True)
class Taken:
    """One message, as the server has it."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    user: str  # who had logged in, "" for nobody
    encrypted: bool


@dataclass(frozen=True)
class Fault:
    """At this moment of the nth message (of every one: None), answer `reply`; cut the connection where it is "", say
    nothing any more where it is None."""

    moment: Moment
    reply: str | None = ""
    nth: int | None = None
    recipient: str = ""  # only for this recipient


class SmtpSink:
    """The server; a context manager. `taken` is what it answers for, whether or not the client was told."""

    def __init__(
        self, context: ssl.SSLContext | None = None, security: Literal["none", "starttls", "tls"] = "none"
    ) -> None:
        self.context, self.security, self.port = context, security, 0
        self.taken: list[Taken] = []
        self.faults: list[Fault] = []
        self.connections = self.messages = 0
        self.takes: Callable[[str, str], bool] = lambda user, token: True
        self.mechanisms, self.features = "PLAIN LOGIN XOAUTH2", FEATURES
        self.heard: list[bytes] = []  # every command line, as it came
        self._patience, self._going_on = 1 << 30, threading.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._main, name="smtp-sink", daemon=True)

    def __enter__(self) -> "SmtpSink":
        self._thread.start()
        assert self._ready.wait(10), "the SMTP sink did not start"
        return self

    def __exit__(self, *fault: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def refuse(self, moment: Moment, reply: str | None, nth: int | None = None, recipient: str = "") -> None:
        """Answer `reply` ("550 5.1.1 No such user") at `moment`: of the nth message, or of every one."""
        self.faults.append(Fault(moment, reply, nth, recipient))

    def drop_before_dot(self, nth: int | None = None) -> None:
        """Cut the connection while the data is coming: the message is not taken."""
        self.faults.append(Fault("BODY", nth=nth))

    def drop_after_dot(self, nth: int | None = None) -> None:
        """Take the message, then cut the connection without a word: the client cannot know."""
        self.faults.append(Fault("DOT", nth=nth))

    def wait_after(self, letters: int) -> None:
        """Answer no client any more, once so many letters were taken, until `go_on`."""
        self._patience, self._going_on = letters, threading.Event()

    def go_on(self) -> None:
        self._going_on.set()

    async def pause(self) -> None:
        """Where `wait_after` asks for it."""
        while len(self.taken) >= self._patience and not self._going_on.is_set():
            await asyncio.sleep(0.01)

    def hang_up(self) -> None:
        """Close every connection, as a server does with one that was idle too long."""
        done = threading.Event()

        def close() -> None:
            for writer in self._writers:
                writer.close()
            self._loop.call_soon(done.set)

        self._loop.call_soon_threadsafe(close)
        assert done.wait(10), "the SMTP sink did not hang up"

    def fault_at(self, moment: Moment, recipient: str = "") -> Fault | None:
        """The fault foreseen for this moment of the message at hand."""
        for fault in self.faults:
            if fault.moment == moment and fault.nth in (None, self.messages) and fault.recipient in ("", recipient):
                return fault
        return None

    def _main(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop, at_once = asyncio.Event(), self.context if self.security == "tls" else None
        server = await asyncio.start_server(self._talk, HOST, 0, limit=LARGEST, ssl=at_once)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()  # not waited for: from Python 3.12 on that lasts until the last client leaves
        clients = asyncio.all_tasks() - {asyncio.current_task()}
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        conversation = Conversation(self, reader, writer)
        try:
            await conversation.run()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or a fault cut the line, or the test is over
        finally:
            self._writers.discard(writer)
            writer.transport.abort()


class Conversation:
    """One client."""

    def __init__(self, sink: SmtpSink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sink, self.reader, self.writer = sink, reader, writer
        self.user, self.sender, self.recipients = "", "", list[str]()
        self.has_sender = False
        self.encrypted = sink.security == "tls"

    async def run(self) -> None:
        await self.answer("CONNECT", "220 sink ESMTP")
        while line := await self.reader.readline():
            self.sink.heard.append(line)
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            command = getattr(self, f"on_{verb.lower()}", None)
            if verb.upper() == "QUIT":
                return await self.say("221 2.0.0 Bye")
            await (command(rest) if command else self.say("502 5.5.1 Unknown"))

    async def on_ehlo(self, rest: str) -> None:
        starttls = self.sink.security == "starttls" and not self.encrypted
        features = (*self.sink.features, *(("STARTTLS",) if starttls else (f"AUTH {self.sink.mechanisms}",)))
        await self.answer("EHLO", "\r\n".join(f"250-{feature}" for feature in features) + "\r\n250 HELP")

    on_helo = on_ehlo

    async def on_starttls(self, rest: str) -> None:
        if await self.answer("STARTTLS", "220 2.0.0 Go ahead"):
            await self.writer.start_tls(self.sink.context)
            self.encrypted = True

    async def on_auth(self, rest: str) -> None:
        mechanism, _, initial = rest.partition(" ")
        if mechanism.upper() == "LOGIN":
            initial = initial or await self.ask("334 VXNlcm5hbWU6")
            await self.ask("334 UGFzc3dvcmQ6")
            user = b64decode(initial).decode()
        else:
            words = b64decode(initial or await self.ask("334 ")).decode().replace("\1", "\0").split("\0")
            user = words[0].removeprefix("user=") or words[1]
            if mechanism.upper() == "XOAUTH2" and not self.sink.takes(user, words[1].removeprefix("auth=Bearer ")):
                # The reason is a challenge; only an empty answer to it brings the refusal.
                empty = await self.ask(f"334 {b64encode(NO_TOKEN).decode()}") == ""
                return await self.say("535 5.7.3 Authentication unsuccessful" if empty else "501 5.5.4 Syntax error")
        if await self.answer("AUTH", "235 2.7.0 Welcome"):
            self.user = user

    async def on_mail(self, rest: str) -> None:
        self.sink.messages += 1
        self.has_sender = await self.answer("MAIL", "250 2.1.0 OK")
        if self.has_sender:
            self.sender, self.recipients = address(rest), []

    async def on_rcpt(self, rest: str) -> None:
        if not self.has_sender:
            return await self.say("503 5.5.1 MAIL first")
        if await self.answer("RCPT", "250 2.1.5 OK", address(rest)):
            self.recipients.append(address(rest))

    async def on_data(self, rest: str) -> None:
        if not await self.answer("DATA", "354 Go ahead"):
            return
        if self.sink.fault_at("BODY"):
            await self.reader.readline()
            await self.answer("BODY", "")
            raise ConnectionAbortedError
        raw = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3]
        fault = self.sink.fault_at("DOT")
        if fault is None or not fault.reply:
            raw = (b"\r\n" + raw).replace(b"\r\n..", b"\r\n.")[2:]
            self.sink.taken.append(Taken(self.sender, tuple(self.recipients), raw, self.user, self.encrypted))
        await self.sink.pause()
        await self.answer("DOT", "250 2.0.0 Taken")

    async def on_rset(self, rest: str) -> None:
        self.sender, self.recipients, self.has_sender = "", [], False
        await self.say("250 2.0.0 OK")

    async def on_noop(self, rest: str) -> None:
        await self.say("250 2.0.0 OK")

    async def answer(self, moment: Moment, reply: str, recipient: str = "") -> bool:
        """Say the usual reply, or the foreseen one, or nothing ever again; whether it was the usual one."""
        fault = self.sink.fault_at(moment, recipient)
        if fault is None:
            await self.say(reply)
            return True
        if fault.reply is None:
            await asyncio.Event().wait()
        if not fault.reply:
            raise ConnectionAbortedError
        await self.say(fault.reply)
        return False

    async def ask(self, question: str) -> str:
        await self.say(question)
        self.sink.heard.append(await self.reader.readline())
        return self.sink.heard[-1].decode().strip()

    async def say(self, line: str) -> None:
        self.writer.write(line.encode() + b"\r\n")
        await self.writer.drain()


def address(rest: str) -> str:
    """The address of `FROM:<a@b> SIZE=…` or `TO:<a@b>`."""
    return rest.partition("<")[2].partition(">")[0]
