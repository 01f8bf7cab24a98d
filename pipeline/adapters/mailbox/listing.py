"""Which mails a folder holds, and the heads of those sent, without a search and in batches, however many there are."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from imapclient import IMAPClient

from pipeline.failures import Unavailable
from pipeline.ports import Folder

BATCHES = (100, 1_000)  # mails asked for at once, the newest first; a longer command is more than some servers read
HEADS_AT_ONCE = 500
HEAD = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID IN-REPLY-TO SUBJECT AUTO-SUBMITTED)]"


def uids_held(client: IMAPClient, folder: Folder, above: int, since: date) -> list[int]:
    """UIDs above one, received since that day, ascending, of the open folder.

    Raises Unavailable when fewer mails are told of than it says it holds.
    """
    found: list[int] = []
    for first, last in _batches(folder.exists):
        facts = _facts(client, first, last)
        if len(facts) < last - first + 1:
            raise Unavailable(
                f"{folder.name}: the mail server says that it holds {folder.exists} mails and does not show all of "
                "them; it is asked again in the next cycle."
            )
        uids = [int(fact[b"UID"]) for fact in facts.values()]
        found += [uid for uid, fact in zip(uids, facts.values(), strict=True) if uid > above and _is_in(fact, since)]
        if min(uids) <= above:
            break
    return sorted(found)


def heads(client: IMAPClient, uids: list[int]) -> Iterator[bytes]:
    """The few headers by which a letter of this program is known."""
    for start in range(0, len(uids), HEADS_AT_ONCE):
        for answer in client.fetch(uids[start : start + HEADS_AT_ONCE], [HEAD]).values():
            yield next((value for key, value in answer.items() if key.startswith(b"BODY[") and value), b"")


def _batches(exists: int) -> Iterator[tuple[int, int]]:
    """Ranges of message numbers, from the newest down."""
    last, rank = exists, 0
    while last > 0:
        first = max(last - BATCHES[min(rank, len(BATCHES) - 1)] + 1, 1)
        yield first, last
        last, rank = first - 1, rank + 1


def _facts(client: IMAPClient, first: int, last: int) -> dict[int, dict[bytes, Any]]:
    with _by_number(client):
        answers = client.fetch(range(first, last + 1), ["UID", "INTERNALDATE"])
    return {number: fact for number, fact in answers.items() if b"UID" in fact}


@contextmanager
def _by_number(client: IMAPClient) -> Iterator[None]:
    """Message numbers leave no holes: a batch has as many mails as it has numbers."""
    client.use_uid = False
    try:
        yield
    finally:
        client.use_uid = True


def _is_in(fact: Mapping[bytes, Any], since: date) -> bool:
    """As SINCE has it: by the day that the server wrote, whatever its zone (RFC 3501, 6.4.4)."""
    received = fact.get(b"INTERNALDATE")
    return not isinstance(received, datetime) or received.date() >= since
