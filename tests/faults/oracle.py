"""Looks at what is there after a run, without a line of `pipeline`: the mailbox, the workbook, what the server took.

Nothing may be lost, sent twice, shown twice or changed in the mailbox; the next run finds nothing to do.
"""

import email
import email.policy
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl

Held = list[tuple[bytes, str]]  # (message, flags) of a mailbox, in order


@dataclass(frozen=True)
class Seen:
    """What the outside shows: rows of the tracker by heading, and the mails that left."""

    candidatures: list[dict[str, object]]
    messages: list[dict[str, object]]
    sent: list[tuple[str, str, str]]  # Message-ID, recipient, subject


def look(workbook: Path, taken: list[tuple[tuple[str, ...], bytes]]) -> Seen:
    """`taken`: (recipients, message) as the SMTP server has them."""
    book = openpyxl.load_workbook(workbook)
    sent = []
    for recipients, raw in taken:
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        sent += [(str(mail["Message-ID"]), recipient, str(mail["Subject"])) for recipient in recipients]
    return Seen(_rows(book["Candidatures"]), _rows(book["Messages"]), sent)


def violations(seen: Seen, senders: list[str]) -> list[str]:
    """What is wrong; `senders` are the addresses of the mails that were delivered, each as often as it should show."""
    shown = Counter(str(row["De"]).rpartition("<")[2].rstrip(">") for row in seen.messages)
    wrong = [f"lost: {one}" for one in Counter(senders) - shown]
    wrong += [f"shown too often: {one}" for one in shown - Counter(senders)]
    numbers = Counter(str(row["N°"]) for row in seen.candidatures)
    wrong += [f"row twice: {number}" for number, count in numbers.items() if count > 1]
    copies = Counter((message_id, recipient) for message_id, recipient, _ in seen.sent)
    wrong += [f"sent twice: {letter}" for letter, count in copies.items() if count > 1]
    reasons = Counter((recipient, subject) for _, recipient, subject in seen.sent)
    wrong += [f"written to twice: {reason}" for reason, count in reasons.items() if count > 1]
    return wrong


def _rows(sheet: "openpyxl.worksheet.worksheet.Worksheet") -> list[dict[str, object]]:
    head, *rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, head), row, strict=True)) for row in rows if any(row)]


def holding(folder: Path, marker: str) -> list[str]:
    """The files below a folder, or parts of zipped ones, whose name or bytes hold the marker, whatever its case."""
    wanted, found = marker.lower().encode(), []
    for path in sorted(one for one in folder.rglob("*") if one.is_file() or one.is_symlink()):
        name = str(path.relative_to(folder))
        parts = {name: path.read_bytes()}
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                parts |= {f"{name}!{one}": package.read(one) for one in package.namelist()}
        found += [one for one, content in parts.items() if wanted in one.lower().encode() or wanted in content.lower()]
    return found
