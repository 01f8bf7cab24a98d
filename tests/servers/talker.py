"""A mail server that says what a script tells it, in IMAP or SMTP, and writes down every byte that it is told.

It serves to see how far a client goes before it trusts a server; it keeps no mail.
"""

import contextlib
import socket
import ssl
from dataclasses import dataclass
from typing import Literal

from tests.servers.port import Port

Protocol = Literal["imap", "smtp"]


@dataclass(frozen=True)
class Script:
    """How it talks. `context` None: no TLS at all. `injected` goes out with the yes to STARTTLS, in the same packet.
    `refuses_login`: so it says under TLS."""

    protocol: Protocol
    context: ssl.SSLContext | None = None
    security: Literal["none", "starttls", "tls"] = "none"
    offers_starttls: bool = True
    injected: bytes = b""
    is_preauthenticated: bool = False
    refuses_starttls: bool = False
    refuses_login: bool = False


class Talker(Port):
    """The server, on 127.0.0.1:`port`; a context manager. `heard`: all that came, in clear or deciphered."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script, self.heard, self.is_encrypted = script, b"", False

    def _welcome(self, client: socket.socket) -> None:
        client.settimeout(20)
        with contextlib.suppress(OSError):  # the client went away, or would not trust us
            self._talk(client)
        client.close()

    def _talk(self, client: socket.socket) -> None:
        if self.script.security == "tls":
            client = self._secured(client)
        client.sendall(self._greeting())
        while line := self._line(client):
            reply, goes_on = self._smtp(line) if self.script.protocol == "smtp" else self._imap(line)
            client.sendall(reply)
            if b"STARTTLS" in line.upper() and not self.script.refuses_starttls:
                client = self._secured(client)
            if not goes_on:
                return

    def _secured(self, client: socket.socket) -> ssl.SSLSocket:
        assert self.script.context is not None
        secured = self.script.context.wrap_socket(client, server_side=True)
        self._sockets.append(secured)
        self.is_encrypted = True
        return secured

    def _line(self, client: socket.socket) -> bytes:
        """One byte at a time: what follows a STARTTLS belongs to TLS."""
        line = b""
        while not line.endswith(b"\n"):
            byte = client.recv(1)
            if not byte:
                break
            line += byte
            self.heard += byte
        return line

    def _greeting(self) -> bytes:
        if self.script.protocol == "smtp":
            return b"220 talker ESMTP\r\n"
        return b"* PREAUTH welcome\r\n" if self.script.is_preauthenticated else b"* OK welcome\r\n"

    def _imap(self, line: bytes) -> tuple[bytes, bool]:
        tag, verb = (line.upper().split() + [b"", b""])[:2]
        tag = line.split()[0] if line.split() else b"*"
        offer = b" STARTTLS" if self._offers() else b""
        reply = {
            b"CAPABILITY": b"* CAPABILITY IMAP4rev1" + offer + b"\r\n%s OK done\r\n",
            b"STARTTLS": b"%s NO not now\r\n" if self.script.refuses_starttls else b"%s OK begin\r\n",
            b"LOGIN": b"%s NO wrong password\r\n" if self.script.refuses_login else b"%s OK done\r\n",
            b"EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] stable\r\n%s OK [READ-ONLY]\r\n",
        }.get(verb, b"%s OK done\r\n")
        said = reply.replace(b"%s", tag)
        return said + (self._injected(tag) if verb == b"STARTTLS" else b""), verb != b"LOGOUT"

    def _injected(self, tag: bytes) -> bytes:
        """Answers to the commands that will follow: imaplib counts its tags."""
        number = int(tag[4:])
        return self.script.injected.replace(b"%1", tag[:4] + b"%d" % (number + 1)).replace(
            b"%2", tag[:4] + b"%d" % (number + 2)
        )

    def _smtp(self, line: bytes) -> tuple[bytes, bool]:
        verb = line.upper().split()[0] if line.split() else b""
        features = b"250-talker\r\n" + (b"250-STARTTLS\r\n" if self._offers() else b"") + b"250 AUTH PLAIN LOGIN\r\n"
        refused, yes = self.script.refuses_starttls, b"220 go ahead\r\n" + self.script.injected
        return {
            b"EHLO": features,
            b"STARTTLS": b"454 not now\r\n" if refused else yes,
            b"AUTH": b"535 wrong password\r\n" if self.script.refuses_login else b"235 welcome\r\n",
            b"DATA": b"354 go ahead\r\n",
            b"QUIT": b"221 bye\r\n",
        }.get(verb, b"250 fine\r\n"), verb != b"QUIT"

    def _offers(self) -> bool:
        return self.script.offers_starttls and self.script.security == "starttls" and not self.is_encrypted
