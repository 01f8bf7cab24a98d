"""ImapMailbox: the port's questions, put to one connection."""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from imapclient import SEEN, IMAPClient

from pipeline.adapters.credentials import Login
from pipeline.adapters.mailbox.connection import Connection, ConnectionLost, Refused, State, safe, shown
from pipeline.adapters.mailbox.fetching import Fetcher
from pipeline.adapters.mailbox.idling import idle
from pipeline.adapters.mailbox.listing import heads, uids_held
from pipeline.adapters.mailbox.sent_folder import held, sent_folder
from pipeline.adapters.mailbox.server import MailServer
from pipeline.core.arrival import Copy
from pipeline.failures import CannotWait
from pipeline.ports import Fetched, Folder, NotFetched, SentMails

log = logging.getLogger(__name__)
KEYWORD = b"$AmiTraite"
SEARCHED_AT_ONCE = 100_000  # mails: imaplib reads no answer line over a million bytes, an UID takes up to 11
NO_FOLDER = "-"
FOR_NOW = ("[INUSE]", "[UNAVAILABLE]", "[SERVERBUG]", "[LIMIT]")  # RFC 5530: nothing is wrong with the folder
TAKES_NONE = ("[OVERQUOTA]", "[INUSE]", "[UNAVAILABLE]")
MARKED_AT_ONCE = 500  # UIDs in one command
NO_MOVE = "this server cannot MOVE: handled mail stays where it is"
NO_KEYWORDS = "this server keeps no keywords: handled mail stays as it is"
NO_SENT = "no folder for sent mail was found: name it in [mailbox] sent_folder; no copies are kept"


class ImapMailbox:
    """Connects when first asked; after a lost connection the next question connects anew."""

    def __init__(self, server: MailServer, credentials: Login) -> None:
        self._server = server
        self._connection = Connection(server, credentials)
        self._uidnext: dict[str, int] = {}
        self._sent: str | None = None
        self._is_lost = False  # the connection, at the last copy

    def folders(self) -> tuple[str, ...]:
        return self._server.folders

    def open(self, folder: str) -> Folder:
        try:
            state = self._connection.examine(folder)
        except Refused as refusal:
            if _is_for_now(refusal):
                raise
            raise _not_there(folder, "folder or folders", refusal) from refusal
        self._uidnext[folder] = int(state.get(b"UIDNEXT", 0))
        return Folder(folder, int(state[b"UIDVALIDITY"]), self._uidnext[folder], int(state.get(b"EXISTS", 0)))

    def uids(self, folder: Folder, above: int) -> list[int]:
        if folder.uidnext and folder.uidnext <= above + 1:
            return []
        found: set[int] = set()
        for span in self._spans(folder, above):
            with self._connection.asking(folder.name, folder.uidvalidity) as client:
                found.update(client.search(["UID", span, "SINCE", self._server.since]))
        # "n:*" names the newest mail even when its UID is smaller.
        return sorted(uid for uid in found if uid > above)

    def listed(self, folder: Folder, above: int) -> list[int]:
        with self._connection.asking(folder.name, folder.uidvalidity) as client:
            return uids_held(client, folder, above, self._server.since)

    def fetch(self, folder: Folder, uids: list[int]) -> Iterator[Fetched | NotFetched]:
        return Fetcher(self._connection, folder, self._server.max_message_bytes).fetch(uids)

    def keep_copy(self, raw: bytes, sent: datetime) -> str:
        name = self._sent_folder()
        if not name:
            return ""
        try:
            with self._connection.asking(name) as client:
                client.append(name, raw, flags=(SEEN,), msg_time=sent)
        except (Refused, ConnectionLost) as fault:
            is_lost = isinstance(fault, ConnectionLost)
            if self._is_lost or any(code in str(fault) for code in TAKES_NONE):
                raise
            self._is_lost = is_lost  # some servers hang up on what is too large for them: the next one will tell
            return str(fault)
        self._is_lost = False
        return ""

    def sent_among(self, message_ids: Collection[str]) -> frozenset[str]:
        name = self._sent_folder()
        if not name or not message_ids:
            return frozenset()
        with self._asking_sent(name) as client:
            return frozenset(held(client, sorted(message_ids)))

    def sent_since(self, mark: str) -> SentMails:
        name = self._sent_folder()
        if not name:
            return SentMails((), NO_FOLDER)
        with self._asking_sent(name, is_open=False) as client:
            state = client.folder_status(safe(name), ["UIDVALIDITY", "UIDNEXT", "MESSAGES"])
            uidvalidity, uidnext, mails = (int(state[key]) for key in (b"UIDVALIDITY", b"UIDNEXT", b"MESSAGES"))
        now = f"{uidvalidity} {uidnext}"
        if now == mark:
            return SentMails((), now)
        known, _, below = mark.partition(" ")
        folder = Folder(name, uidvalidity, uidnext, mails)
        uids = self.uids(folder, above=int(below) - 1 if known == str(uidvalidity) else 0)
        with self._connection.asking(name, uidvalidity) as client:
            return SentMails(tuple(heads(client, uids)), now)

    def mark_handled(self, copies: list[Copy]) -> None:
        if self._server.after == "leave":
            return
        lies_there = self._server.after.removeprefix("move:")  # moved once more it would be another mail, for ever
        for name in dict.fromkeys(copy.folder for copy in copies if not _same(copy.folder, lies_there)):
            try:
                with self._connection.writing(name) as (client, state):
                    here = (name, int(state[b"UIDVALIDITY"]))
                    uids = sorted(copy.uid for copy in copies if (copy.folder, copy.uidvalidity) == here)
                    self._mark(client, state, uids)
            except Refused as refusal:
                # A courtesy, and nothing depends on it: a folder that is gone must not make every cycle fail.
                log.warning("%s: handled mail stays as it is: %s", name, refusal)

    def await_news(self, is_over: Callable[[], bool]) -> None:
        """As the port says; what came since the folder was last opened is news at once."""
        main = self._server.folders[0]
        with self._connection.asking() as client:
            if not client.has_capability("IDLE"):
                raise CannotWait
        if int(self._connection.examine(main).get(b"UIDNEXT", 0)) > self._uidnext.get(main, 0):
            return
        with self._connection.asking(main) as client:
            idle(client, is_over)

    def shortcomings(self) -> list[str]:
        after, found = self._server.after, []
        if after != "leave":
            # Opened for reading only, a folder has no flags that could be set.
            with self._connection.writing(self._server.folders[0]) as (client, state):
                if after == "keyword" and not _takes_keywords(state):
                    found.append(f'{NO_KEYWORDS}, [mailbox] after = "{after}" cannot be done')
                if after != "keyword" and not client.has_capability("MOVE"):
                    found.append(f'{NO_MOVE}, [mailbox] after = "{after}" cannot be done')
        if self._server.sent_folder and not self._sent_folder():
            found.append(NO_SENT)
        return found

    def close(self) -> None:
        self._sent = None
        self._connection.close()

    def _mark(self, client: IMAPClient, state: State, uids: list[int]) -> None:
        target = self._server.after.removeprefix("move:")
        if self._server.after == "keyword":
            if not _takes_keywords(state):
                return log.warning(NO_KEYWORDS)
        elif not client.has_capability("MOVE"):
            # Without MOVE it would take a deletion: not ours to do.
            return log.warning(NO_MOVE)
        elif not client.folder_exists(safe(target)):
            client.create_folder(target)
        for start in range(0, len(uids), MARKED_AT_ONCE):
            some = uids[start : start + MARKED_AT_ONCE]
            if self._server.after == "keyword":
                client.add_flags(some, [KEYWORD], silent=True)
            else:
                client.move(some, target)

    def _spans(self, folder: Folder, above: int) -> Iterator[str]:
        """UID ranges above a UID, none of which a server answers with too long a line."""
        if not folder.uidnext or folder.exists <= SEARCHED_AT_ONCE:
            yield f"{above + 1}:*"
            return
        step = max(SEARCHED_AT_ONCE, (folder.uidnext - above) // 100)
        for start in range(above + 1, folder.uidnext, step):
            yield f"{start}:{min(start + step, folder.uidnext) - 1}"

    @contextmanager
    def _asking_sent(self, name: str, is_open: bool = True) -> Iterator[IMAPClient]:
        """The client, with the folder of sent mail open for reading."""
        try:
            with self._connection.asking(name if is_open else "") as client:
                yield client
        except Refused as refusal:
            if self._server.sent_folder != name or _is_for_now(refusal):
                raise
            raise _not_there(name, "sent_folder", refusal) from refusal

    def _sent_folder(self) -> str:
        if self._sent is None:
            with self._connection.asking() as client:
                self._sent = sent_folder(client, self._server.sent_folder)
            if not self._sent and self._server.sent_folder:
                log.warning(NO_SENT)
        return self._sent


def _is_for_now(refusal: Refused) -> bool:
    return any(code in str(refusal) for code in FOR_NOW)


def _not_there(folder: str, keys: str, refusal: Refused) -> Refused:
    remedy = f"make it in the mailbox, or correct [mailbox] {keys}"
    return Refused(f"{shown(folder)} cannot be opened: {remedy}. {refusal}")


def _same(folder: str, other: str) -> bool:
    """INBOX is the one name of which case does not matter (RFC 3501, 5.1)."""
    return folder == other or folder.upper() == other.upper() == "INBOX"


def _takes_keywords(state: State) -> bool:
    allowed = {flag.lower() for flag in state.get(b"PERMANENTFLAGS", ())}
    return bool(allowed & {b"\\*", KEYWORD.lower()})
