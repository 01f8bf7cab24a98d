"""The mail around a letter: headers, text and HTML, invitations, attachments → bytes, the same at every composing.

The words are the letterhead's, the invitations `invitations`'; sending is left to the postman.
"""

import hashlib
import re
from binascii import a2b_qp, b2a_qp
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address as HeaderAddress
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from pipeline.core.message import Address

MAX_REFERENCES = 20
MAX_NAME = 200
_MESSAGE_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}")
_MEDIA_TYPE = re.compile(r"(application|audio|font|image|text|video)/[A-Za-z0-9][A-Za-z0-9.+-]{0,100}")
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f-\U0010ffff]{1,64}")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
# Of a letter's text or HTML; the standard library, which earlier versions left it to, puts a version there too.
_TEXT_HEAD = (
    rb'\r\nContent-Type: text/%s; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    rb"(?:MIME-Version: 1\.0\r\n)?\r\n"
)
_NOT_IN_A_HEADER = re.compile(r"[\x00-\x1f\x7f-\x9f\s\u2028\u2029\ud800-\udfff]+")


# 7bit: no server on the way has a reason to encode again what was frozen.
POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Attachment:
    """A file sent with a letter: its name for people, its content, its media type."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Invitation:
    """A calendar (`invitations.invitation`), the key of its meeting, its method: REQUEST or CANCEL."""

    meeting: str
    calendar: bytes
    method: str = "REQUEST"


@dataclass(frozen=True)
class Envelope:
    """Everything a mail is made of. Message-IDs are bare; those that are none are left out. `date` is aware.

    `answers_mail`: the addressee wrote first (Auto-Submitted: auto-replied), else auto-generated (RFC 3834).
    `references` are the ids of the answered mail's own thread, oldest first, without `in_reply_to`.
    """

    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    answers_mail: bool = False
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def compose(envelope: Envelope) -> bytes:
    """The finished mail, 7-bit with CRLF; equal bytes for equal envelopes.

    Raises ValueError when an address cannot stand in a mail (see `is_writable`) or our Message-ID is malformed.

    The head, the text and the HTML are written here: the standard library would read each header again that it is
    given, and takes three times as long. Calendars and files, which few letters have, are left to it.
    """
    if not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise ValueError(f"malformed Message-ID: {envelope.message_id!r}")
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers(envelope)).encode("ascii")
    inside, beside = _calendars(envelope.invitations)
    beside += [_file(attachment) for attachment in envelope.attachments]
    parts = [_text("plain", envelope.text), _text("html", envelope.html), *inside]
    letter = _multipart("alternative", envelope.message_id, parts)
    return head + (_multipart("mixed", envelope.message_id, [letter, *beside]) if beside else letter)


def text_of(mail: bytes) -> str:
    """The plain text of a mail that `compose` made."""
    return _body_of(mail, "plain").strip()


def html_of(mail: bytes) -> str:
    """Its HTML."""
    return _body_of(mail, "html")


def _body_of(mail: bytes, kind: str) -> str:
    """What stands between its head, as `_text` writes it, and the next boundary; "" in another mail."""
    found = re.search(_TEXT_HEAD % kind.encode(), mail)
    end = mail.find(b"\r\n--=_", found.end()) if found else -1
    return a2b_qp(mail[found.end() : end]).decode().replace("\r\n", "\n") if found and end >= 0 else ""


def is_writable(email: str) -> bool:
    """Whether a letter can be addressed there: one plain address; an international domain is fine."""
    local, at, domain = email.rpartition("@")
    return bool(at and _is_local(local) and _DOMAIN.fullmatch(_ascii_domain(domain)))


def message_ids(*ids: str) -> str:
    """A header value of bare ids, in order, each once; what is not a plain Message-ID is left out.

    One on a line: an id longer than a line, as Microsoft 365 makes them, would be encoded or cut, and the thread lost.
    """
    sound = [one for one in dict.fromkeys(ids) if _MESSAGE_ID.fullmatch(one)]
    # The first of a thread and its last ones: what clients thread by (RFC 5322, 3.6.4, lets the middle go).
    kept = sound if len(sound) <= MAX_REFERENCES else [sound[0], *sound[1 - MAX_REFERENCES :]]
    return "\r\n ".join(f"<{one}>" for one in kept)


def _headers(envelope: Envelope) -> Iterator[tuple[str, str]]:
    """Names and values, these in ASCII and folded."""
    yield "From", _mailbox("From", envelope.sender)
    yield "To", _mailbox("To", envelope.recipient)
    yield "Subject", _words("Subject", _one_line(envelope.subject))
    yield "Date", format_datetime(envelope.date)
    yield "Message-ID", f"<{envelope.message_id}>"
    thread = {
        "In-Reply-To": message_ids(envelope.in_reply_to),
        "References": message_ids(*envelope.references, envelope.in_reply_to),
    }
    yield from ((name, ids) for name, ids in thread.items() if ids)
    yield "Auto-Submitted", "auto-replied" if envelope.answers_mail else "auto-generated"
    # Exchange is asked for no absence notice; not "All", which would also silence its delivery reports.
    yield "X-Auto-Response-Suppress", "OOF, AutoReply"
    yield "Content-Language", "fr"
    yield "MIME-Version", "1.0"


def _calendars(invitations: tuple[Invitation, ...]) -> tuple[list[bytes], list[bytes]]:
    """One invitation as the last alternative; several as attachments, one file each.

    Exchange itself writes an invitation as text, HTML and text/calendar in one multipart/alternative (MS-OXCMAIL
    2.1.3.3.8). Outlook reads only the first component of a calendar, and imports a calendar part with
    Content-Disposition: attachment as an ordinary attachment (MS-STANOICAL on RFC 6047, 4.4). So with several
    meetings, an alternative for one of them would risk hiding the others: the letter stays a letter, and each file is
    opened by itself. Seen in documents, not tried on real accounts of Outlook, Gmail or Thunderbird.
    """
    if len(invitations) == 1:
        return [_calendar(invitations[0])], []
    names = (f"invite-{re.sub(r'[^A-Za-z0-9_-]+', '-', one.meeting)}.ics" for one in invitations)
    return [], [_calendar(one, name) for one, name in zip(invitations, names, strict=True)]


def _calendar(invitation: Invitation, name: str = "") -> bytes:
    """With a name, a file; without, a part of the letter."""
    params = {"method": invitation.method, **({"name": name} if name else {})}
    part = MIMEPart(policy=POLICY)
    part.set_content(
        invitation.calendar.decode(), subtype="calendar", params=params, cte="base64", filename=name or None
    )
    return part.as_bytes()


def _file(attachment: Attachment) -> bytes:
    known = attachment.media_type if _MEDIA_TYPE.fullmatch(attachment.media_type) else "application/octet-stream"
    maintype, _, subtype = known.partition("/")
    name = _one_line(attachment.name).replace("/", "-").replace("\\", "-") or "document"
    part = MIMEPart(policy=POLICY)
    part.set_content(attachment.content, maintype, subtype, disposition="attachment", filename=name)
    return part.as_bytes()


def _text(subtype: str, text: str) -> bytes:
    lines = b"\r\n".join(text.encode("utf-8", "replace").splitlines()) + b"\r\n"
    kind = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return kind.encode("ascii") + b2a_qp(lines)


def _multipart(subtype: str, message_id: str, parts: Iterable[bytes]) -> bytes:
    """Its boundary is made from the Message-ID. "=_" stands in no quoted-printable nor base64 line."""
    mark = b"=_%s" % hashlib.sha256(f"{message_id} {subtype}".encode()).hexdigest()[:24].encode()
    inside = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts)
    return b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n%s--%s--\r\n' % (subtype.encode(), mark, inside, mark)


def _mailbox(name: str, address: Address) -> str:
    """An accented name has a line to itself: the standard library loses spaces of those that are longer."""
    if not is_writable(address.email):
        raise ValueError(f"no letter can be addressed to {address.email!r}")
    local, _, domain = address.email.rpartition("@")
    mailbox = HeaderAddress(_one_line(address.name)[:MAX_NAME], local, _ascii_domain(domain))
    if mailbox.display_name.isascii():
        return str(mailbox)
    return f"{_words(name, mailbox.display_name)}\r\n <{mailbox.addr_spec}>"


@lru_cache(maxsize=8)  # the sender is the same in every letter
def _words(name: str, text: str) -> str:
    """Text as a header holds it: encoded (RFC 2047) where it is not ASCII, or would read as if it were encoded."""
    charset = None if text.isascii() and "=?" not in text else "utf-8"
    return Header(text, charset, header_name=name).encode(linesep="\r\n")


def _is_local(local: str) -> bool:
    return bool(_LOCAL.fullmatch(local)) and ".." not in local and local[0] != "." and local[-1] != "."


def _ascii_domain(domain: str) -> str:
    """The domain as the mail system knows it (IDNA), "" when it has no such form."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _one_line(text: str) -> str:
    return _NOT_IN_A_HEADER.sub(" ", text).strip()
