"""The mail around a letter: headers, text and HTML, invitations, attachments → bytes, the same at every composing.

The words are the letterhead's, the invitations `invitations`'; sending is left to the postman.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import Header
from email.headerregistry import Address as HeaderAddress
from email.headerregistry import BaseHeader, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime

from pipeline.core.message import Address

MAX_REFERENCES = 20
MAX_NAME = 200
_MESSAGE_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}")
_MEDIA_TYPE = re.compile(r"(application|audio|font|image|text|video)/[A-Za-z0-9][A-Za-z0-9.+-]{0,100}")
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f-\U0010ffff]{1,64}")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_NOT_IN_A_HEADER = re.compile(r"[\x00-\x1f\x7f-\x9f\s\u2028\u2029\ud800-\udfff]+")


class MessageIds(UnstructuredHeader, BaseHeader):
    """In-Reply-To, References: the standard library encodes an id longer than a line (RFC 2047), as Microsoft 365
    makes them, and the thread is lost; here one id stands on a line, whatever its length."""

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {(policy.linesep + ' ').join(str(self).split())}{policy.linesep}"


class OneMailbox(UniqueAddressHeader, BaseHeader):  # type: ignore[misc] # typeshed forgets that one is the other
    """From, To: the standard library loses spaces of accented names longer than a line."""

    def fold(self, *, policy: Policy) -> str:
        address = self.addresses[0]
        if address.display_name.isascii():
            return f"{self.name}: {address}{policy.linesep}"
        name = Header(address.display_name, "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {name}{policy.linesep} <{address.addr_spec}>{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    for name in ("from", "to"):
        registry.map_to_type(name, OneMailbox)
    for name in ("in-reply-to", "references"):
        registry.map_to_type(name, MessageIds)
    # 7bit: no server on the way has a reason to encode again what was frozen.
    return SMTP.clone(header_factory=registry, cte_type="7bit")


POLICY = _policy()


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
    """
    if not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise ValueError(f"malformed Message-ID: {envelope.message_id!r}")
    mail = EmailMessage(policy=POLICY)
    for name, value in _headers(envelope):
        mail[name] = value
    mail.set_content(envelope.text, cte="quoted-printable")
    mail.add_alternative(envelope.html, subtype="html", cte="quoted-printable")
    _add_invitations(mail, envelope.invitations)
    for attachment in envelope.attachments:
        _attach(mail, attachment)
    mail["Content-Language"] = "fr"  # last: a part that is added takes the Content headers down with the text
    _set_boundaries(mail, envelope.message_id)
    return mail.as_bytes()


def text_of(mail: bytes) -> str:
    """The plain text of a mail that `compose` made."""
    return _body_of(mail, "plain").strip()


def html_of(mail: bytes) -> str:
    """Its HTML."""
    return _body_of(mail, "html")


def _body_of(mail: bytes, kind: str) -> str:
    # The oldest policy looks at no header that it is not asked for: a tenth of the time of the one it was made with.
    for part in message_from_bytes(mail).walk():
        if part.get_content_type() == f"text/{kind}" and not part.get_filename():
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)  # of a text, which has no parts
            return payload.decode(part.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")
    return ""


def is_writable(email: str) -> bool:
    """Whether a letter can be addressed there: one plain address; an international domain is fine."""
    local, at, domain = email.rpartition("@")
    return bool(at and _is_local(local) and _DOMAIN.fullmatch(_ascii_domain(domain)))


def message_ids(*ids: str) -> str:
    """A header value of bare ids, in order, each once; what is not a plain Message-ID is left out."""
    sound = [one for one in dict.fromkeys(ids) if _MESSAGE_ID.fullmatch(one)]
    # The first of a thread and its last ones: what clients thread by (RFC 5322, 3.6.4, lets the middle go).
    kept = sound if len(sound) <= MAX_REFERENCES else [sound[0], *sound[1 - MAX_REFERENCES :]]
    return " ".join(f"<{one}>" for one in kept)


def _headers(envelope: Envelope) -> Iterable[tuple[str, object]]:
    yield "From", _mailbox(envelope.sender)
    yield "To", _mailbox(envelope.recipient)
    yield "Subject", _one_line(envelope.subject)
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


def _add_invitations(mail: EmailMessage, invitations: tuple[Invitation, ...]) -> None:
    """One invitation as the last alternative; several as attachments, one file each.

    Exchange itself writes an invitation as text, HTML and text/calendar in one multipart/alternative (MS-OXCMAIL
    2.1.3.3.8). Outlook reads only the first component of a calendar, and imports a calendar part with
    Content-Disposition: attachment as an ordinary attachment (MS-STANOICAL on RFC 6047, 4.4). So with several
    meetings, an alternative for one of them would risk hiding the others: the letter stays a letter, and each file is
    opened by itself. Seen in documents, not tried on real accounts of Outlook, Gmail or Thunderbird.
    """
    if len(invitations) == 1:
        calendar = invitations[0].calendar.decode()
        params = {"method": invitations[0].method}
        mail.add_alternative(calendar, subtype="calendar", params=params, cte="base64")
        return
    for invitation in invitations:
        name = f"invite-{re.sub(r'[^A-Za-z0-9_-]+', '-', invitation.meeting)}.ics"
        mail.add_attachment(
            invitation.calendar.decode(),
            subtype="calendar",
            params={"method": invitation.method, "name": name},
            filename=name,
            cte="base64",
        )


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    known = attachment.media_type if _MEDIA_TYPE.fullmatch(attachment.media_type) else "application/octet-stream"
    maintype, _, subtype = known.partition("/")
    name = _one_line(attachment.name).replace("/", "-").replace("\\", "-") or "document"
    mail.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=name)


def _set_boundaries(mail: EmailMessage, message_id: str) -> None:
    """Boundaries from the Message-ID. "=_" stands in no quoted-printable nor base64 line."""
    parts = [part for part in mail.walk() if part.is_multipart()]
    for rank, part in enumerate(parts):
        part.set_boundary(f"=_{hashlib.sha256(f'{message_id} {rank}'.encode()).hexdigest()[:24]}")


def _mailbox(address: Address) -> HeaderAddress:
    if not is_writable(address.email):
        raise ValueError(f"no letter can be addressed to {address.email!r}")
    local, _, domain = address.email.rpartition("@")
    return HeaderAddress(_one_line(address.name)[:MAX_NAME], local, _ascii_domain(domain))


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
