"""The documents of a mail: filed under its candidature in the ledger, then laid out beside the tracker."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.core.arrival import Arrival, LoggedMessage
from pipeline.core.candidature import Candidature, Piece
from pipeline.core.message import Document, Message, read_message
from pipeline.failures import Unavailable
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Filed, Office

NOTED_AT_ONCE = 50  # documents a commit


def file_pieces(office: Office, candidature: Candidature, arrival: Arrival, message: Message) -> None:
    """Note in the ledger the documents of a mail, and where they are to be laid out."""
    taken, pieces = {piece.path for piece in candidature.pieces}, []
    for document in message.documents:
        path = office.archive.place_for(candidature, frozenset(taken), document.name)
        taken.add(path)
        size = len(document.content)
        pieces.append(Piece(document.name, size, document.sha256, path, arrival.sha256, message.message_id))
    office.ledger.candidatures.file_pieces(candidature.call, candidature.number, pieces)


def bytes_of(office: Office, sha256: str, faults: list[Unavailable | OSError]) -> bytes | None:
    """A mail from the archive. One that was lost there (a virus scanner takes files away) is noted among the `faults`,
    and fetched again by the next cycle where the mailbox still holds it: it stops no other mail."""
    try:
        return office.archive.read(sha256)
    except Unavailable as fault:
        office.ledger.mail.fetch_again(sha256)
        faults.append(fault)
        return None


@dataclass
class LayingOut:
    """The documents of one reading on their way beside the tracker: each is written with its mail, and noted with
    others, since a commit waits for the disk. Those a crash leaves without note are found there, and noted."""

    office: Office
    faults: list[Unavailable | OSError] = field(default_factory=list)
    laid: list[Filed] = field(default_factory=list)  # not noted yet

    def at_once(self, logged: LoggedMessage, documents: Sequence[Document]) -> None:
        """Lay out what was just filed of a mail at hand; a fault leaves the rest of it to `finish`."""
        if not (documents and logged.number):
            return
        try:
            self._lay_out(self.office.ledger.candidatures.pieces_to_lay_out(logged.arrival.sha256), documents)
        except (Unavailable, OSError) as fault:
            self.faults.append(fault)
        if len(self.laid) >= NOTED_AT_ONCE:
            self._note()

    def finish(self) -> None:
        """Lay out what is left to be: what a crash or a full disk left undone. Raises the first fault."""
        self._note()
        to_lay_out = self.office.ledger.candidatures.pieces_to_lay_out()
        for sha256, filed in groupby(to_lay_out, lambda one: one[2].message_sha):
            raw = bytes_of(self.office, sha256, self.faults)
            message = read_message(raw) if raw is not None else None
            if isinstance(message, Message):
                self._lay_out(filed, message.documents)
                self._note()
        if self.faults:
            raise self.faults[0]

    def _lay_out(self, filed: Iterable[Filed], documents: Iterable[Document]) -> None:
        contents, there = {one.sha256: one.content for one in documents}, set[str]()
        for call, number, piece in filed:
            home = self.office.call(call)
            if home and call not in there:
                refuse_lost_folder(self.office, home)
                there.add(call)
            if piece.sha256 in contents:
                self._write(call, number, piece, contents[piece.sha256])

    def _write(self, call: str, number: str, piece: Piece, content: bytes) -> None:
        """One that cannot be written (people put something in its way) keeps no other from its place."""
        try:
            self.office.archive.lay_out(call, piece, content)
            self.laid.append((call, number, piece))
        except (Unavailable, OSError) as fault:
            self.faults.append(fault)

    def _note(self) -> None:
        self.office.ledger.candidatures.note_laid_out(self.laid)
        self.laid.clear()
