"""A mail server with one mailbox and the adapter that reads it, whichever server it is."""

import imaplib
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.adapters.credentials import Credentials
from pipeline.adapters.mailbox import ImapMailbox, MailServer
from tests.servers.dovecot import Dovecot

ME, PASSWORD = "ami@cerdd.example", "secret"


def raw_connection(port: int) -> imaplib.IMAP4:
    box = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    box.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    box.login(ME, PASSWORD)
    return box


@dataclass
class World:
    """A mail server with one mailbox, and the adapter that reads it."""

    deliver: Callable[[bytes, datetime], None]
    server: MailServer
    plain_port: int
    opened: list[ImapMailbox]

    def mailbox(self, password: str = PASSWORD, **changes: Any) -> ImapMailbox:
        credentials = Credentials("[mailbox]", ME, {"PASSWORD": password}, "PASSWORD")
        self.opened.append(ImapMailbox(replace(self.server, **changes), credentials))
        return self.opened[-1]

    def holds(self, folder: str = "INBOX") -> list[tuple[bytes, str]]:
        """(bytes, flags) of each mail of a folder, nothing being marked by looking."""
        with raw_connection(self.plain_port) as box:
            if box.select(f'"{folder}"', readonly=True)[1] == [b"0"]:
                return []
            answers = [one for one in box.fetch("1:*", "(FLAGS BODY.PEEK[])")[1] if isinstance(one, tuple | bytes)]
        found = []
        for rank, one in enumerate(answers):
            if isinstance(one, tuple):
                after = answers[rank + 1] if rank + 1 < len(answers) else b""
                flags = imaplib.ParseFlags(one[0]) or imaplib.ParseFlags(after if isinstance(after, bytes) else b"")
                kept = sorted(flag.decode() for flag in flags if flag.lower() != b"\\recent")
                found.append((one[1], " ".join(kept)))
        return found

    def do(self, *commands: tuple[str, ...]) -> None:
        with raw_connection(self.plain_port) as box:
            for name, *words in commands:
                status, answer = getattr(box, name)(*words)
                assert status == "OK", (name, answer)

    def expunge(self, uid: int) -> None:
        self.do(("select",), ("uid", "STORE", str(uid), "+FLAGS", "(\\Deleted)"), ("expunge",))


def of_dovecot(dovecot: Dovecot) -> World:
    server = MailServer("127.0.0.1", dovecot.tls_port, "tls", str(dovecot.ca_file), ("INBOX",))
    return World(dovecot.deliver, server, dovecot.port, [])
