"""Mails by UID, in batches bounded by bytes; a mail that the server will not give harms no other.

Keeping what comes, and counting what does not, is left to intake and the ledger.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient

from pipeline.adapters.mailbox.connection import Connection, ConnectionLost, Refused
from pipeline.ports import Fetched, Folder, NotFetched

BATCH_BYTES = 16_000_000
BATCH_MAILS = 100
GONE = "Ce message n'est plus dans le dossier."
REFUSED = "Le serveur n'a pas donné ce message\u00a0: à lire dans la boîte."
LOST = "La lecture de ce message s'interrompt à chaque fois\u00a0: à lire dans la boîte."
Bodies = Mapping[int, bytes | None]


@dataclass(frozen=True)
class Facts:
    """Asked before a mail is fetched: its size in bytes, when the server received it (None: it will not say)."""

    size: int
    received: datetime | None


class Fetcher:
    """Fetches from one folder; `largest` in bytes is the biggest mail taken whole."""

    def __init__(self, connection: Connection, folder: Folder, largest: int) -> None:
        self._connection, self._folder, self._largest = connection, folder, largest

    def fetch(self, uids: list[int]) -> Iterator[Fetched | NotFetched]:
        """One item per UID, ascending."""
        ordered = sorted(set(uids))
        for start in range(0, len(ordered), BATCH_MAILS):
            some = ordered[start : start + BATCH_MAILS]
            facts = self._facts(some)
            for batch in self._batches(some, facts):
                yield from self._items(batch, facts)

    def _facts(self, uids: list[int]) -> dict[int, Facts]:
        """Absent for a mail that is gone."""
        try:
            answers = self._ask(uids, "RFC822.SIZE", "INTERNALDATE")
        except Refused:
            if len(uids) == 1:
                return {uids[0]: Facts(0, None)}
            return {uid: fact for one in uids for uid, fact in self._facts([one]).items()}
        return {uid: _facts(answer) for uid, answer in answers.items()}

    def _batches(self, uids: list[int], facts: Mapping[int, Facts]) -> Iterator[list[int]]:
        """Consecutive UIDs whose mails, those to be fetched, have at most BATCH_BYTES together."""
        batch: list[int] = []
        total = 0
        for uid in uids:
            size = facts[uid].size if self._wanted(facts.get(uid)) else 0
            if batch and total + size > BATCH_BYTES:
                yield batch
                batch, total = [], 0
            batch.append(uid)
            total += size
        yield batch

    def _items(self, batch: list[int], facts: Mapping[int, Facts]) -> Iterator[Fetched | NotFetched]:
        try:
            bodies = self._bodies([uid for uid in batch if self._wanted(facts.get(uid))])
        except (Refused, ConnectionLost):
            # One of them is at fault, and nobody knows which.
            yield from self._one_by_one(batch, facts)
            return
        for uid in batch:
            yield self._item(uid, facts.get(uid), bodies)

    def _one_by_one(self, batch: list[int], facts: Mapping[int, Facts]) -> Iterator[Fetched | NotFetched]:
        """Each alone, twice where the connection breaks; when it breaks at two mails running, it is not the mails."""
        broken = False
        for uid in batch:
            fact = facts.get(uid)
            item = self._alone(uid, fact, tries=1 if broken else 2)
            if isinstance(item, ConnectionLost):
                if broken:
                    raise item
                item, broken = NotFetched(uid, LOST, received=fact.received if fact else None), True
            else:
                broken = False
            yield item

    def _alone(self, uid: int, fact: Facts | None, tries: int) -> Fetched | NotFetched | ConnectionLost:
        for attempt in range(1, tries + 1):
            try:
                return self._item(uid, fact, self._bodies([uid]) if self._wanted(fact) else {})
            except Refused:
                return self._refused(uid, fact)
            except ConnectionLost as lost:
                if attempt == tries:
                    return lost
        raise AssertionError("unreachable")

    def _refused(self, uid: int, fact: Facts | None) -> NotFetched:
        """Gone, when the server owns up to it once it is asked for news.

        Of a mail that was just expunged Dovecot tells a size of 0 and the year 1970, then leaves its body out.
        """
        try:
            with self._asking() as client:
                client.noop()
                gone = uid not in client.search(["UID", str(uid)])
        except (Refused, ConnectionLost):
            gone = False
        return NotFetched(uid, GONE if gone else REFUSED, gone, fact.received if fact else None)

    def _item(self, uid: int, fact: Facts | None, bodies: Bodies) -> Fetched | NotFetched:
        if fact is None:
            return NotFetched(uid, GONE, gone=True)
        if fact.size > self._largest:
            return self._too_big(uid, fact)
        raw = bodies.get(uid)
        # Less than half of what the server announced is no mail: an answer that was not understood, say.
        if raw is None or fact.received is None or 2 * len(raw) < fact.size:
            return self._refused(uid, fact)
        return Fetched(uid, raw, fact.received)

    def _too_big(self, uid: int, fact: Facts) -> NotFetched:
        try:
            answer = self._ask([uid], "BODY.PEEK[HEADER]").get(uid, {})
        except (Refused, ConnectionLost):
            answer = {}
        reason = f"Message trop volumineux ({fact.size // 1_000_000}\u00a0Mo)\u00a0: à lire dans la boîte."
        return NotFetched(uid, reason, received=fact.received, head=answer.get(b"BODY[HEADER]") or b"", lasts=True)

    def _bodies(self, uids: list[int]) -> Bodies:
        if not uids:
            return {}
        return {uid: answer.get(b"BODY[]") for uid, answer in self._ask(uids, "BODY.PEEK[]").items()}

    def _ask(self, uids: list[int], *items: str) -> dict[int, dict[bytes, Any]]:
        with self._asking() as client:
            return dict(client.fetch(uids, items))

    def _asking(self) -> AbstractContextManager[IMAPClient]:
        return self._connection.asking(self._folder.name, self._folder.uidvalidity)

    def _wanted(self, fact: Facts | None) -> bool:
        return fact is not None and fact.received is not None and fact.size <= self._largest


def _facts(answer: Mapping[bytes, Any]) -> Facts:
    size, received = answer.get(b"RFC822.SIZE"), answer.get(b"INTERNALDATE")
    aware = received.astimezone(UTC) if isinstance(received, datetime) and received.tzinfo else None
    return Facts(size if isinstance(size, int) else 0, aware)
