"""The documents of a mail: filed under its candidature in the ledger, then laid out beside the tracker."""

from collections.abc import Iterable
from itertools import groupby

from pipeline.core.arrival import Arrival, LoggedMessage
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, Piece
from pipeline.core.message import Document, Message, read_message
from pipeline.failures import Unavailable
from pipeline.ports import Office


def refuse_lost_folder(office: Office, call: Call) -> None:
    """Unavailable while the folder of a call, in which the worker wrote, is not there.

    What was written where a share is to appear again would be hidden by it.
    """
    if office.ledger.memory.generation(call.code) and not office.tracker.has_folder(call):
        folder = office.tracker.path(call).parent
        raise Unavailable(
            f"{folder}: is not there. Connect the share, or put the folder back; if it is lost, make it again, empty: "
            "the tracker is then made anew in it."
        )


def file_pieces(office: Office, candidature: Candidature, arrival: Arrival, message: Message) -> None:
    """Note in the ledger the documents of a mail, and where they are to be laid out."""
    taken = {piece.path for piece in candidature.pieces}
    for document in message.documents:
        path = office.archive.place_for(candidature, frozenset(taken), document.name)
        taken.add(path)
        size = len(document.content)
        piece = Piece(document.name, size, document.sha256, path, arrival.sha256, message.message_id)
        office.ledger.candidatures.file_piece(candidature.call, candidature.number, piece)


def lay_out_at_once(office: Office, logged: LoggedMessage, message: Message) -> list[Unavailable | OSError]:
    """Lay out what was just filed of a mail at hand; the fault, if any, that leaves the rest to `lay_out_pieces`."""
    call, number = logged.call or "", logged.number
    candidature = office.ledger.candidatures.get(call, number) if message.documents and number else None
    filed = candidature.pieces if candidature else ()
    pieces = [one for one in filed if one.message_sha == logged.arrival.sha256 and not one.laid_out]
    try:
        _lay_out(office, ((call, number, piece) for piece in pieces), message.documents)
    except (Unavailable, OSError) as fault:
        return [fault]
    return []


def lay_out_pieces(office: Office) -> None:
    """Lay out what is left to be: what a crash or a full disk left undone. Raises Unavailable."""
    for sha256, filed in groupby(office.ledger.candidatures.pieces_to_lay_out(), lambda one: one[2].message_sha):
        message = read_message(office.archive.read(sha256))
        if isinstance(message, Message):
            _lay_out(office, filed, message.documents)


def _lay_out(office: Office, filed: Iterable[tuple[str, str, Piece]], documents: Iterable[Document]) -> None:
    contents = {one.sha256: one.content for one in documents}
    for call, number, piece in filed:
        for home in (one for one in office.calls if one.code == call):
            refuse_lost_folder(office, home)
        if piece.sha256 in contents:
            office.archive.lay_out(call, piece, contents[piece.sha256])
            office.ledger.candidatures.note_laid_out(call, number, piece)
