"""The folder where copies of our letters go: found among the server's folders, never made."""

import re
from typing import Any

from imapclient import IMAPClient

from pipeline.adapters.mailbox.connection import safe
from pipeline.core.folding import folded_name

OUR_MESSAGE_ID = re.compile(r"[0-9a-f]{32}@[A-Za-z0-9.-]{1,200}")
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


def holds(client: IMAPClient, message_id: str) -> bool:
    """Whether the open folder holds a letter of ours. Only ids we made go on the wire: a mail's own could be commands.

    Raises ValueError for any other id.
    """
    if not OUR_MESSAGE_ID.fullmatch(message_id):
        raise ValueError("not a Message-ID of ours")
    return bool(client.search(["HEADER", "Message-ID", f"<{message_id}>"]))


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
