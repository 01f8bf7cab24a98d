"""What a message carries: the documents a person would keep, the calendars, the messages passed on.

Reading those messages is left to `reader`. Logos, visiting cards, signatures and what programs add are no documents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.core.message.body import disposition, is_body
from pipeline.core.message.model import Document
from pipeline.core.message.names import declared_type, extension, name_for, numbered, tidy_name
from pipeline.core.message.part import Part
from pipeline.core.message.tnef import TnefFault, TnefFile, open_tnef, words_in
from pipeline.core.message.uuencoded import files_in
from pipeline.core.message.wording import clean, decode

SMALL_PICTURE = 50_000  # bytes: below, an inline picture may be a logo
LARGE_PICTURE = 300_000  # bytes: above, a picture shown in the text is a scan or a photograph

_CALENDARS = {"text/calendar", "application/ics", "text/x-vcalendar", "application/calendar+xml"}
_NO_DOCUMENT_TYPES = {
    *("text/vcard", "text/x-vcard", "text/directory", "application/vcard"),
    *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"),
    *("application/pgp-keys", "application/pgp-encrypted", "application/applefile", "text/x-moz-deleted"),
    *("message/delivery-status", "message/disposition-notification", "message/feedback-report"),
    *("message/tracking-status", "message/global-delivery-status", "message/global-disposition-notification"),
    *("message/partial", "message/external-body", "text/rfc822-headers", "message/rfc822-headers"),
    *("text/x-amp-html", "text/watch-html"),
}
_NO_DOCUMENT_NAME = re.compile(
    r".*\.(?:vcf|p7s|sig)|smime\.p7s|signature\.asc|ATT\d{3,}\.(?:txt|html?|dat|bin)|oledata\.mso|\._.*|thumbs\.db"
    r"|\.?ds_store|(?:0x|openpgp_0x)[0-9a-f]+\.asc",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:e-?mail[ _-]?)?(?:disclaimer|avertissement|confidentiality|(?:clause[ _-]de[ _-])?confidentialit[ée])"
    r"(?:[ _-]?(?:notice|mail|e-?mail|\d+))?\.(?:txt|html?)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r".*\.(?:png|gif|jpe?g|bmp|webp|svg|emz|wmz|emf|wmf|tiff?|heic)", re.IGNORECASE)
_AUTOMATIC_NAME = re.compile(r"(?:image|img|picture|logo|outlook|graycol|ecblank|pic)[-_ ]?\w*\.\w{3,4}", re.IGNORECASE)
_CAMERA_NAME = re.compile(
    r"(?:IMG|DSC[NF]?|PHOTO|P|SCAN\w*|NUM[EÉ]RIS\w*|WP|PXL|CAM|MVIMG|Capture.*)[-_ ]?\d{2,}.*\.\w{3,4}", re.IGNORECASE
)
_HEADER_LINE = re.compile(rb"[\s\x1c-\x1f]*[\w-]+:")
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_MESSAGES = {"message/rfc822", "message/global"}


@dataclass
class Pieces:
    """What was found; `forwarded` holds parsed messages, or the bytes of one that came encoded, `words` the text of a
    mail that has none but in its winmail.dat."""

    documents: list[Document] = field(default_factory=list)
    calendars: dict[bytes, None] = field(default_factory=dict)
    forwarded: list[Part | Document] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    words: str = ""


@dataclass(frozen=True)
class _Leaf:
    part: Part
    related: bool = False
    in_alternative: bool = False
    alone: bool = False


def find_pieces(part: Part, shown: frozenset[str], has_text: bool) -> Pieces:
    """`shown`: Content-IDs and names of the pictures in the text; `has_text`: there are words outside winmail.dat."""
    pieces = Pieces()
    for leaf in _leaves(part):
        _sort_out(leaf, pieces, shown, has_text)
    return pieces


def told_apart(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, those of one name and other contents numbered: a scanner calls all that it makes "scan.pdf"."""
    given: dict[str, Document] = {}
    wanted = {one.name for one in documents}
    found = []
    for document in documents:
        for name in numbered(document.name):
            known = given.get(name)
            if known is None and (name == document.name or name not in wanted):
                break
            if known is not None and known.content == document.content:
                break
        found.append(given.setdefault(name, replace(document, name=name)))
    return tuple(found)


def _leaves(part: Part) -> Iterator[_Leaf]:
    if not part.children:
        yield _Leaf(part, alone=True)
        return
    pending = [_Leaf(part)]
    while pending:
        leaf = pending.pop()
        inside = leaf.part.children
        media = leaf.part.media_type
        if inside and not media.startswith("message/"):
            related = leaf.related or media == "multipart/related"
            alternative = media == "multipart/alternative"
            pending.extend(_Leaf(each, related, alternative) for each in reversed(inside))
        else:
            yield leaf


def _sort_out(leaf: _Leaf, pieces: Pieces, shown: frozenset[str], has_text: bool) -> None:
    part, name = leaf.part, leaf.part.name
    media = declared_type(part.media_type, name)
    if is_body(part, leaf.in_alternative, leaf.alone):
        for inner, data in files_in(part.content) if part.media_type == "text/plain" else ():
            _keep(tidy_name(decode(inner)), "application/octet-stream", data, pieces)
        return
    if media in _CALENDARS or extension(name) in (".ics", ".vcs"):
        pieces.calendars.setdefault(part.content)
    elif media in _MESSAGES:
        _pass_on(part, name, pieces)
    elif extension(name) == ".eml":
        pieces.forwarded.append(Document(name, media, part.content))
    elif media in _TNEF or name.lower() == "winmail.dat":
        _open_tnef(part, pieces, has_text)
    elif not _is_ignored(leaf, media, name) and not _is_decoration(leaf, media, name, shown):
        _keep(name, media, part.content, pieces)


def _pass_on(part: Part, name: str, pieces: Pieces) -> None:
    """A message attached as such; one that came encoded is given as the bytes of a file."""
    inside = part.children
    if inside:
        pieces.forwarded.append(inside[0])
        return
    # Base64 has no colons: this is not encoded, whatever is declared.
    is_plain = _HEADER_LINE.match(part.body) and "base64" in part.value("content-transfer-encoding").lower()
    data = part.body if is_plain else part.content
    pieces.forwarded.append(Document(name or "message.eml", "message/rfc822", data))


def _open_tnef(part: Part, pieces: Pieces, has_text: bool) -> None:
    data = part.content
    try:
        files, words = open_tnef(data), "" if has_text else clean(words_in(data))
    except TnefFault:
        pieces.warnings.append("Pièce winmail.dat à ouvrir à la main")
        pieces.documents.append(Document("winmail.dat", "application/ms-tnef", data))
        return
    pieces.words = pieces.words or words
    if not files and not has_text and not pieces.words:
        pieces.warnings.append("Texte du message dans winmail.dat, à ouvrir à la main")
        pieces.documents.append(Document("winmail.dat", "application/ms-tnef", data))
    for file in files:
        if not _is_inner_decoration(file):
            _keep(tidy_name(file.name), file.media_type or "application/octet-stream", file.content, pieces)


def _is_inner_decoration(file: TnefFile) -> bool:
    name = tidy_name(file.name)
    if _NO_DOCUMENT_NAME.fullmatch(name):
        return True
    small_picture = bool(_PICTURE.fullmatch(name)) and len(file.content) < SMALL_PICTURE
    return small_picture and bool(file.content_id) and not _CAMERA_NAME.fullmatch(name)


def _keep(name: str, media: str, data: bytes, pieces: Pieces) -> None:
    name = name or name_for(media, data, len(pieces.documents) + 1)
    pieces.documents.append(Document(name, media, data))
    if media in _ENCRYPTED:
        pieces.warnings.append(f"Contenu chiffré ou signé (S/MIME), à ouvrir à la main\u00a0: {name}")


def _is_ignored(leaf: _Leaf, media: str, name: str) -> bool:
    if media in _NO_DOCUMENT_TYPES or _NO_DOCUMENT_NAME.fullmatch(name) or _DISCLAIMER.fullmatch(name):
        return True
    # A variant of the text that programs choose from, not a file.
    return leaf.in_alternative and media.startswith("text/") and not name and disposition(leaf.part) != "attachment"


def _is_decoration(leaf: _Leaf, media: str, name: str, shown: frozenset[str]) -> bool:
    """A picture that belongs to the text: a logo, a pixel. A photograph or a scan is kept wherever it stands."""
    if not media.startswith("image/") and not _PICTURE.fullmatch(name):
        return False
    size = len(leaf.part.content)
    content_id = leaf.part.value("content-id").strip(" <>\r\n\t").lower()
    referred = content_id in shown or name.lower() in shown
    if size >= LARGE_PICTURE or _CAMERA_NAME.fullmatch(name):
        return False
    if referred:
        return True
    attached = disposition(leaf.part) == "attachment"
    if not name and not attached and size < 1000:
        return True
    if size >= SMALL_PICTURE or attached and not (content_id and _AUTOMATIC_NAME.fullmatch(name)):
        return False
    return bool(content_id and (leaf.related or _AUTOMATIC_NAME.fullmatch(name)) or _is_numbered(name))


def _is_numbered(name: str) -> bool:
    return bool(re.fullmatch(r"image\d{3}\.\w{3,4}", name, re.IGNORECASE))
