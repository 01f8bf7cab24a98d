"""The IMAP half of the embedded post office: accounts and boxes in memory, on top of pymap.

Keywords are kept or dropped as asked: Dovecot keeps them, Exchange does not. Serving, SMTP and threads are left to
`post_office`.
"""

import asyncio
import ssl
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime

from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Subsystem
from pymap.exceptions import InvalidAuth
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials import FetchRequirement, ObjectId
from pymap.parsing.specials.flag import Flag, Wildcard
from pymap.user import UserMetadata
from pysasl import SASLAuth
from pysasl.creds.external import ExternalCredentials, ExternalVerificationRequired
from pysasl.creds.server import ServerCredentials
from pysasl.hashing import Cleartext

FOLDERS = ("Sent", "Archive")


class KeywordFolder(MailboxData):
    """A folder where clients may set keywords of their own."""

    @property
    def permanent_flags(self) -> frozenset[Flag]:
        return super().permanent_flags | {Wildcard}


class KeywordFolders(MailboxSet):
    """The folders of one account, all of them with keywords."""

    def __init__(self) -> None:
        super().__init__()
        self._inbox = KeywordFolder(self._content_cache, self._thread_cache)

    async def add_mailbox(self, name: str) -> ObjectId:
        await super().add_mailbox(name)
        folder = self._set[name] = KeywordFolder(self._content_cache, self._thread_cache)
        return folder.mailbox_id


class ServerConfig(Config):
    """pymap's settings, without its name look-up at each greeting, with Microsoft's log-in besides the usual ones."""

    @property
    def greeting(self) -> bytes:
        return b"Embedded post office ready"

    @property
    def tls_auth(self) -> SASLAuth:
        return SASLAuth.named([b"PLAIN", b"LOGIN", b"XOAUTH2"])


class Accounts(Login):
    """Who may log in: each address with the common password, or with the common token (XOAUTH2)."""

    token = ""

    async def authenticate(self, credentials: ServerCredentials) -> Identity:
        if not isinstance(credentials, ExternalCredentials):
            return await super().authenticate(credentials)
        try:
            credentials.verify(None)
        except ExternalVerificationRequired as given:  # the way pysasl hands the token over
            if credentials.authzid in self.users_dict and given.token == self.token:
                return Identity(credentials.authzid, self, None, frozenset())
        raise InvalidAuth


class WholeAnswers(asyncio.StreamWriter):
    """Sends an answer that pymap writes in pieces in one go: a client in IDLE would read half a line and give up."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        protocol = writer.transport.get_protocol()
        super().__init__(writer.transport, protocol, reader, asyncio.get_running_loop())
        self._pieces: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep a piece until the end of the answer."""
        self._pieces.append(bytes(data))

    async def drain(self) -> None:
        """Send the pieces."""
        whole = b"".join(self._pieces)
        self._pieces.clear()
        super().write(whole)
        await super().drain()


class Boxes:
    """The accounts and what they hold. Every method belongs to the event loop of the server."""

    def __init__(self, password: str, tls: ssl.SSLContext | None, keywords: bool) -> None:
        # No demo user, no key derivation at each log-in, no second thread, no pause after a wrong user name.
        self.config = ServerConfig(
            Namespace(passlib_cfg=None, proxy_protocol=None, debug=False),
            host="127.0.0.1",
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=tls is not None,
            # Always given: pymap would else read CERT_FILE and KEY_FILE from the environment.
            ssl_context=tls or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            invalid_user_sleep=0,
        )
        self.config.apply_context()
        self.accounts = Accounts(self.config)
        self.accounts.token = password
        self._password, self._keywords = password, keywords

    async def add(self, address: str, folders: Sequence[str] = FOLDERS) -> None:
        """Open an account with its folders."""
        await self._identity(address).set(UserMetadata(self.config, address, password=self._password))
        if self._keywords:
            self.config.set_cache[address] = (KeywordFolders(), FilterSet())
        async with self._identity(address).new_session() as session:
            for folder in folders:
                await session.create_mailbox(folder)

    def has(self, address: str) -> bool:
        """Whether this address has an account here."""
        return address in self.accounts.users_dict

    async def put(self, address: str, raw: bytes, received: datetime) -> None:
        """Put a message into the INBOX of `address`, with that INTERNALDATE."""
        async with self._identity(address).new_session() as session:
            await session.append_messages("INBOX", [AppendMessage(raw, received)])

    async def messages(self, address: str, folder: str) -> list[bytes]:
        """What a folder of `address` holds, oldest first."""
        async with self._identity(address).new_session() as session:
            box = await session.mailbox_set.get_mailbox(folder)
            return [bytes(await message.load_content(FetchRequirement.CONTENT)) async for message in box.messages()]

    def _identity(self, address: str) -> Identity:
        return Identity(address, self.accounts, None, frozenset())
