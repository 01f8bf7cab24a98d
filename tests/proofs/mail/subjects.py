"""The messages of the proof: what each file holds, what it is known to be, the same disguised as a candidature.

labels.json in the folder says of each file what a person knows it to be:
{"path": {"class": "…"}}.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipeline.core.message import Address, Document, Message

LABELS = "labels.json"
US = Address("Cerdd", "agoxe@cerdd.org")
SUBJECT = "Candidature Visions +21"
WORDS = (
    "Madame, Monsieur,\n\nLa communauté de communes du Ternois se porte candidate à l'appel à manifestation d'intérêt "
    "Visions +21. Vous trouverez ci-joint notre dossier de candidature.\n\nBien cordialement,\n\n"
)
DOSSIER = Document("Dossier de candidature.pdf", "application/pdf", b"%PDF-1.4")
_ENVELOPE = re.compile(rb"\A\s*From (\S+)[^\r\n]*(\r\n|\r|\n)")
_NOBODY = {b"MAILER-DAEMON", b"<>"}


class Kind(StrEnum):
    """What a message is known to be. The first six are never answered."""

    BOUNCE = "bounce"
    DELAY = "delay"
    AUTO_REPLY = "auto_reply"
    REPORT = "report"  # of abuse (ARF) or of reading (MDN)
    LIST = "list"
    CALENDAR = "calendar"
    HUMAN = "human"
    OTHER = "other"  # spam, newsletters, software, nobody knows: only read


NEVER_ANSWERED = (Kind.BOUNCE, Kind.DELAY, Kind.AUTO_REPLY, Kind.REPORT, Kind.LIST, Kind.CALENDAR)


@dataclass(frozen=True)
class Subject:
    """One file, as our server would have delivered it."""

    name: str
    kind: Kind
    raw: bytes


def subjects(folder: Path) -> Iterator[Subject]:
    """Every labelled file that is there, in the order of their names."""
    labels = json.loads((folder / LABELS).read_text("utf-8"))
    for name, label in sorted(labels.items()):
        if (folder / name).is_file():
            yield Subject(name, Kind(label["class"]), as_delivered((folder / name).read_bytes()))


def as_delivered(raw: bytes) -> bytes:
    """The envelope's sender, where a mailbox file keeps it in its line "From ", becomes the Return-Path."""
    found = _ENVELOPE.match(raw)
    if not found:
        return raw
    if found[1] == b"-":  # Netscape and its heirs: not known
        return raw[found.end() :]
    rest = raw[found.end() :]
    if re.search(rb"^return-path:", re.split(rb"\r?\n\r?\n", rest, maxsplit=1)[0], re.IGNORECASE | re.MULTILINE):
        return rest
    sender = b"" if found[1].upper() in _NOBODY else found[1].strip(b"<>")
    return b"Return-Path: <" + sender + b">" + found[2] + rest


def to_us(message: Message) -> Message:
    """The same, addressed to us and nobody else."""
    return replace(message, to=(US,), cc=())


def like_a_candidature(message: Message) -> Message:
    """The same under the subject, the words and the document of a candidature: only what marks a machine is left."""
    text = WORDS + message.text
    return replace(to_us(message), subject=SUBJECT, text=text, documents=(DOSSIER, *message.documents))
