"""Joins what the other files of this folder read: raw bytes → Message, or Unreadable with the reason."""

import re

from pipeline.core.message.addresses import addresses, bare_email
from pipeline.core.message.body import Body, read_body
from pipeline.core.message.cautions import document_cautions, link_cautions
from pipeline.core.message.headers import header_text, message_id, message_ids, moment, received_moment
from pipeline.core.message.identity import content_digest
from pipeline.core.message.markup import links, pictures
from pipeline.core.message.model import Document, Message, Unreadable
from pipeline.core.message.part import Part
from pipeline.core.message.pieces import Pieces, find_pieces, told_apart
from pipeline.core.message.quotes import split_quoted
from pipeline.core.message.reports import is_report, read_report
from pipeline.core.message.structure import Budget, TooMuch, parse, parse_head

MOST_ENCODED = 20  # messages attached as encoded files
_MARKUP = re.compile(r"<(style|script|title)\b.*?</\1\s*>|<[^>]*>|&#?\w+;", re.DOTALL | re.IGNORECASE)
_ANSWERED = re.compile(r"\s*(?:re|rép|tr|fwd?|ref|aw)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


def read_message(raw: bytes) -> Message | Unreadable:
    """Read a mail. Never raises: what is over a limit or cannot be read at all is Unreadable."""
    if not raw or raw.isspace():
        return Unreadable("Message vide.")
    try:
        part = parse(raw, budget := Budget())
        if part.headers:
            return _Reading(budget).message(part)
        reason = "Message sans aucun en-tête\u00a0: à lire à la main."
    except TooMuch as limit:
        reason = f"Message hors limites ({limit})\u00a0: à lire à la main."
    except Exception as fault:  # whatever a mail does to a parser, it must become a visible row
        reason = f"Message illisible ({type(fault).__name__})\u00a0: à lire à la main."
    return unreadable(raw, reason)


def unreadable(raw: bytes, reason: str) -> Unreadable:
    """A mail that is given up, with what can still be read of its head. Never raises."""
    try:
        head = parse_head(raw)
        senders = addresses(head.values("from")[:1])
        return Unreadable(
            reason,
            message_id(head.values("message-id")),
            senders[0].email if senders else "",
            header_text(head.value("subject")),
            received_moment(head.values("received")),
        )
    except Exception:  # the head is a courtesy here, the reason is the point
        return Unreadable(reason)


class _Reading:
    """The reading of one mail, and of the messages it passes on, within one budget."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._encoded = 0

    def message(self, part: Part) -> Message:
        body = read_body(part)
        replying = bool(part.values("in-reply-to") or _ANSWERED.match(header_text(part.value("subject"))))
        senders = addresses(part.values("from"))
        report = read_report(part, senders, body.text)
        pieces = find_pieces(part, pictures(body.markup), bool(body.text.strip()))
        forwarded = () if report or is_report(part) else self._forwarded(pieces)
        own, quoted = split_quoted(pieces.words, replying) if pieces.words else _words(body, replying)
        documents = (*pieces.documents, *(document for inner in forwarded for document in inner.documents))
        return_paths = part.values("return-path")
        return Message(
            message_id=message_id(part.values("message-id")),
            in_reply_to=message_ids(part.values("in-reply-to")),
            references=message_ids(part.values("references")),
            senders=senders,
            reply_to=addresses(part.values("reply-to")),
            return_path=bare_email(header_text(return_paths[0])) if return_paths else None,
            to=addresses(part.values("to")),
            cc=addresses(part.values("cc")),
            subject=header_text(part.value("subject")),
            date=moment(part.value("date")),
            received=received_moment(part.values("received")),
            headers=tuple((name, header_text(text)) for name, text in part.headers),
            text=own,
            quoted="\n\n".join(filter(None, [quoted, *map(_as_quoted, forwarded)])),
            documents=told_apart(documents),
            calendars=(*pieces.calendars, *(each for inner in forwarded for each in inner.calendars)),
            content_type=part.media_type,
            content_digest=content_digest(part),
            report=report,
            forwarded=forwarded,
            warnings=tuple(dict.fromkeys([*_warnings(part, body, own, pieces), *_inner_warnings(forwarded)])),
        )

    def _forwarded(self, pieces: Pieces) -> tuple[Message, ...]:
        """The messages passed on; one that cannot be read is kept as a document."""
        found: list[Message] = []
        for item in pieces.forwarded:
            inner = self._inner(item)
            if inner is not None:
                found.append(inner)
                continue
            name = item.name if isinstance(item, Document) else "message.eml"
            pieces.warnings.append(f"Message joint à ouvrir à la main\u00a0: {name}")
            if isinstance(item, Document):
                pieces.documents.append(item)
        return tuple(found)

    def _inner(self, item: Part | Document) -> Message | None:
        """A message passed on, as a part or as an encoded file; None when it cannot be read."""
        try:
            if isinstance(item, Part):
                return self.message(item)
            self._encoded += 1
            if self._encoded > MOST_ENCODED:
                return None
            part = parse(item.content, self._budget)
            return self.message(part) if part.values("from") or part.values("subject") else None
        except Exception:  # the outer message must be read whatever was attached to it
            return None


def _words(body: Body, replying: bool) -> tuple[str, str]:
    """(own words, quotation), from the HTML where the plain text leaves no words of the writer's own."""
    own, quoted = split_quoted(body.text, replying)
    if not own.strip() and body.html:
        shown, below = split_quoted(body.html, replying)
        return (shown, below) if shown.strip() else (own, quoted)
    return own, quoted


def _as_quoted(message: Message) -> str:
    """A message passed on as an attachment, as it would stand below the text."""
    senders = ", ".join(f"{each.name} <{each.email}>".strip() for each in message.senders)
    head = f"De\u00a0: {senders}\nObjet\u00a0: {message.subject}"
    return "\n\n".join(filter(None, [head, message.text, message.quoted]))


def _is_hidden(body: Body, pieces: Pieces) -> bool:
    """HTML that shows words or pictures to a person, and none to the machine."""
    if body.text.strip() or not body.markup:
        return False
    words = _MARKUP.sub(" ", body.markup[:20_000]).strip()
    return bool(words) or ("<img" in body.markup and not pieces.documents)


def _warnings(part: Part, body: Body, own: str, pieces: Pieces) -> list[str]:
    found = [*pieces.warnings, *document_cautions(pieces.documents, body.text)]
    if part.media_type == "multipart/encrypted":
        found.append("Contenu chiffré, à ouvrir à la main")
    if part.is_cut_short:
        found.append("Message interrompu avant sa fin\u00a0: des pièces peuvent manquer")
    if _is_hidden(body, pieces):
        found.append("Texte du message illisible par la machine (HTML)\u00a0: à lire à la main")
    found.extend(link_cautions(own, links(body.markup) if body.markup else ()))
    return found


def _inner_warnings(forwarded: tuple[Message, ...]) -> list[str]:
    return [warning for inner in forwarded for warning in inner.warnings]
