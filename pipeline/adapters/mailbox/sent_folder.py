"""The folder where copies of our letters go: found among the server's folders, never made."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from imapclient import IMAPClient

from pipeline.adapters.mailbox.connection import safe
from pipeline.core.folding import folded_name

OUR_MESSAGE_ID = re.compile(r"[0-9a-f]{32}@[A-Za-z0-9.-]{1,200}")
ASKED_AT_ONCE = 50  # ids in one search: some 5 kB, and servers take lines of 8 kB (RFC 7162, section 4)
# What mail programs call it, in English and French, the usual ones first.
USUAL_NAMES = (
    *("Sent", "Sent Items", "Sent Messages", "Sent Mail", "Sent-Mail"),
    *("Éléments envoyés", "Messages envoyés", "Courriers envoyés", "Courrier envoyé", "Objets envoyés", "Envoyés"),
)
Listing = list[tuple[tuple[bytes, ...], Any, Any]]


def sent_folder(client: IMAPClient, configured: str) -> str:
    """The configured name, or for "auto" the one that the server marks \\Sent, else a usual name; "" if none."""
    if configured != "auto":
        return configured
    folders = client.list_folders()
    return _marked(folders) or _usual(folders)


def held(client: IMAPClient, message_ids: Sequence[str]) -> Iterator[str]:
    """Those of our letters that the open folder holds. Only ids we made go on the wire: a mail's own could be commands.

    A server looks through the whole folder for each question: it is asked for many at once, and one by one only where
    it holds some of them. Raises ValueError for an id that is not ours.
    """
    if not all(map(OUR_MESSAGE_ID.fullmatch, message_ids)):
        raise ValueError("not a Message-ID of ours")
    for start in range(0, len(message_ids), ASKED_AT_ONCE):
        asked = message_ids[start : start + ASKED_AT_ONCE]
        if client.search(_any_of(asked)):
            yield from asked if len(asked) == 1 else (one for one in asked if client.search(_any_of([one])))


def _any_of(message_ids: Sequence[str]) -> list[Any]:
    """The question of RFC 3501, section 6.4.4, whose OR joins two: halves of halves, so that it stays shallow."""
    if len(message_ids) == 1:
        return ["HEADER", "Message-ID", f"<{message_ids[0]}>"]
    middle = len(message_ids) // 2
    return ["OR", _any_of(message_ids[:middle]), _any_of(message_ids[middle:])]


def _marked(folders: Listing) -> str:
    return next((str(name) for flags, _, name in folders if _has(flags, b"\\sent") and _selectable(flags, name)), "")


def _usual(folders: Listing) -> str:
    """The last part of the name decides: "INBOX.Sent", "INBOX/Éléments envoyés"."""
    named: dict[str, str] = {}
    for flags, delimiter, name in folders:
        if _selectable(flags, name):
            end = delimiter.decode("ascii", "replace") if isinstance(delimiter, bytes) else "/"
            named.setdefault(folded_name(str(name).rsplit(end or "/", 1)[-1]), str(name))
    return next((named[folded_name(usual)] for usual in USUAL_NAMES if folded_name(usual) in named), "")


def _selectable(flags: tuple[bytes, ...], name: Any) -> bool:
    try:
        return bool(safe(str(name))) and not _has(flags, b"\\noselect") and not _has(flags, b"\\nonexistent")
    except ValueError:
        return False


def _has(flags: tuple[bytes, ...], flag: bytes) -> bool:
    return flag in (one.lower() for one in flags)
