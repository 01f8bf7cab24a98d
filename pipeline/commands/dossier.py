"""One candidature, whole, as a zip file: what was received, what was answered, what was decided and why."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from pathlib import Path

from pipeline.core import french
from pipeline.core.arrival import LoggedMessage
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, Piece, corrected
from pipeline.core.export import candidature_json, iso, letter_json, message_json
from pipeline.core.letters import OutgoingLetter
from pipeline.core.message import Message, read_message
from pipeline.failures import Misconfigured, Unavailable
from pipeline.ports import Event, Office

NOT_FOR_US = ("unrelated", "duplicate")
WHO = {"worker": "l'assistant", "staff": "l'équipe"}
MISSING = (
    "Ce message ne figure pas ici, ni les documents qui y étaient joints\u00a0: la copie conservée n'est plus lisible "
    "ou ne correspond plus à son empreinte.\n"
)
README = """Dossier {number} – {title}
Établi le {day}.

candidature.json   ce qui est enregistré de la candidature, ses messages et ses courriers
messages/          les messages reçus, tels qu'ils sont arrivés
pieces/            les documents reçus
courriers/         les courriers envoyés, tels qu'ils sont partis
journal.txt        ce qui s'est passé, par qui, quand et pourquoi
journal.json       le même, avec l'empreinte de chaque ligne : chacune dépend de la précédente (core/journal.py)
empreintes.txt     l'empreinte SHA-256 de chaque fichier de ce dossier
"""


def dossier_of(office: Office, number: str, troubles: list[str]) -> bytes:
    """The zip file's bytes; a mail that cannot be read any more is one of the `troubles`. Misconfigured for a number
    that is none."""
    found = [
        (call, one) for call in office.calls if (one := office.ledger.candidatures.get(call.code, number)) is not None
    ]
    if not found:
        raise Misconfigured(f"--dossier {number}: there is no such candidature; its number is in the column N°.")
    call, candidature = found[0]
    return zipped(dict(_files(office, call, candidature, troubles)))


def zipped(files: dict[str, bytes]) -> bytes:
    """The files, and the digest of each, as a zip file."""
    prints = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**files, "empreintes.txt": prints.encode()}.items():
            package.writestr(name, data)
    return content.getvalue()


def _files(office: Office, call: Call, candidature: Candidature, troubles: list[str]) -> Iterator[tuple[str, bytes]]:
    day = french.day(office.clock.now().astimezone(call.zone))
    about = README.format(number=candidature.number, title=call.short_title, day=day)
    yield "LISEZ-MOI.txt", french.typography(about).encode()
    yield "candidature.json", as_json(_facts(office, call, candidature))
    yield from mails_and_pieces(office, _mails(office, call, candidature), candidature.pieces, troubles)
    yield from frozen_letters(office, _letters(office, call, candidature))
    yield from told(office.ledger.journal.chain(call.code, candidature.number), call.zone)


def _facts(office: Office, call: Call, candidature: Candidature) -> dict[str, object]:
    messages = _mails(office, call, candidature)
    return {
        "candidature": candidature_json(corrected(candidature), call.zone),
        "corrections": candidature.corrections,
        "staff": candidature.staff,
        "messages": [message_json(one, (), call.zone) for one in messages],
        "letters": [letter_json(one, call.zone) for one in _letters(office, call, candidature)],
    }


def mails_and_pieces(
    office: Office, mails: Iterable[LoggedMessage], pieces: Iterable[Piece], troubles: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The mails, each followed by the documents filed from it; one whose bytes were erased on purpose is left out, and
    one whose bytes were lost or altered has a note in its place."""
    pieces = list(pieces)
    for rank, mail in enumerate(mails, 1):
        if office.archive.is_erased(mail.arrival.sha256) or _is_swept(office, mail):
            continue
        try:
            raw = office.archive.read(mail.arrival.sha256)
        except Unavailable as fault:
            troubles.append(f"{fault} Then export again: its place is taken by a note.")
            yield f"messages/{rank:02d} {mail.nature}.txt", MISSING.encode()
            continue
        yield f"messages/{rank:02d} {mail.nature}.eml", raw
        read = read_message(raw)
        documents = read.documents if isinstance(read, Message) else ()
        contents = {one.sha256: one.content for one in documents}
        for piece in pieces:
            if piece.message_sha == mail.arrival.sha256 and piece.sha256 in contents:
                yield f"pieces/{rank:02d} {Path(piece.path).name}", contents[piece.sha256]


def _is_swept(office: Office, mail: LoggedMessage) -> bool:
    """Whether its raw copy went after its days: it, or what it is a copy of, was not for us."""
    return mail.nature in NOT_FOR_US and not office.archive.holds(mail.arrival.sha256)


def frozen_letters(office: Office, letters: Iterable[OutgoingLetter]) -> Iterator[tuple[str, bytes]]:
    """The letters as they left."""
    for rank, letter in enumerate(letters, 1):
        frozen = office.ledger.outbox.by_message_id(letter.message_id)
        if frozen:
            yield f"courriers/{rank:02d} {letter.key.letter}.eml", frozen.raw


def told(chain: Iterable[tuple[int, Event, str]], zone: tzinfo) -> Iterator[tuple[str, bytes]]:
    """The journal for people, then for programs."""
    chain = list(chain)
    lines = [
        f"{event.at.astimezone(zone):%d/%m/%Y %H:%M:%S}  {WHO.get(event.who, event.who)}  {event.what}"
        + (f"\n    {event.why}" if event.why else "")
        for _, event, _ in chain
    ]
    yield "journal.txt", ("\n".join(lines) + "\n").encode()
    events = [
        {"id": number, "at": iso(event.at, zone), "who": event.who, "what": event.what, "why": event.why,
         "digest": digest}
        for number, event, digest in chain
    ]  # fmt: skip
    yield "journal.json", as_json(events)


def _mails(office: Office, call: Call, candidature: Candidature) -> list[LoggedMessage]:
    return [one for one in office.ledger.mail.messages(call.code) if one.number == candidature.number]


def _letters(office: Office, call: Call, candidature: Candidature) -> list[OutgoingLetter]:
    return [one for one in office.ledger.outbox.letters(call.code) if one.key.number == candidature.number]


def as_json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
