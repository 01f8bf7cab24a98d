"""Every letter that would leave now, as staff would read it: those due, those asked for, whatever still stops them."""

from dataclasses import dataclass

from pipeline.core import outtray
from pipeline.core.call import Call
from pipeline.core.delivery import NOT_LEFT
from pipeline.core.envelope import html_of, is_writable, text_of
from pipeline.core.envois import Envoi, envoi_key, envois, key_of
from pipeline.core.letters import LetterKey, Request
from pipeline.correspondence.writing import Writer
from pipeline.ports import Office


@dataclass(frozen=True)
class Preview:
    """A letter to come: its row, its HTML, its mail (None while nothing can be addressed to its recipient)."""

    envoi: Envoi
    text: str
    html: str
    mail: bytes | None
    files: tuple[str, ...]


def previews(office: Office, call: Call) -> list[Preview]:
    """The letters of a call that have not left, the oldest first; those that are due are written before."""
    writer, outbox = Writer(office), office.ledger.outbox
    letters = [one for one in outbox.letters(call.code) if one.state in NOT_LEFT]
    requests = [one for one in outbox.open_requests(call.code) if one.is_waiting]
    rows = envois(requests, letters, office.limits.grace_minutes, office.clock.now().astimezone(call.zone))
    asked, written = {key_of(one): one for one in requests}, {envoi_key(one.message_id): one for one in letters}
    found = []
    for row in rows:
        files = tuple(one.name for one in office.enclosures.listed(call.code, row.letter))
        if row.key in written:
            frozen = outbox.by_message_id(written[row.key].message_id)
            mail = frozen.raw if frozen else b""
            found.append(Preview(row, text_of(mail), html_of(mail), mail, files))
        else:
            found += _asked_for(writer, call, asked[row.key], row, files)
    return found


def _asked_for(writer: Writer, call: Call, request: Request, row: Envoi, files: tuple[str, ...]) -> list[Preview]:
    candidature = writer.office.ledger.candidatures.get(call.code, request.number)
    if candidature is None:
        return []
    dossier = writer.dossier(call, candidature, request)
    words = writer.words(request.letter, dossier)
    if words is None:
        return [Preview(row, "", "", None, files)]
    to = outtray.recipients(dossier.candidature)[0]
    key = LetterKey(call.code, request.number, request.letter, request.occasion, to)
    sendable = is_writable(to) and not writer.objection(call, request.letter)
    letter = writer.written(key, dossier) if sendable else None
    return [Preview(row, words.text, words.html, letter.raw if letter else None, files)]
