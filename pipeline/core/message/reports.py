"""What a delivery report says. Only a report whose structure makes it sure is one here: prose is left to `triage`."""

import re
from collections.abc import Iterator, Sequence

from pipeline.core.message.addresses import bare_email
from pipeline.core.message.headers import header_text, message_id
from pipeline.core.message.lines import Stretch
from pipeline.core.message.model import Address, DeliveryReport
from pipeline.core.message.part import Part

MOST_RECIPIENTS = 200

_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED_TYPES = {
    *("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"),
}
_ROBOT = re.compile(r"(?:mailer-?daemon|postmaster|mail-?delivery|microsoftexchange[0-9a-f]+)@", re.IGNORECASE)
_RETURNED_ID = re.compile(r"^[> \t]*Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,500}>)", re.IGNORECASE | re.MULTILINE)
_RETURNED_HEAD = re.compile(r"^[> \t]*(?:From|De|Subject|Objet|To):[ \t]*\S", re.IGNORECASE | re.MULTILINE)
_MAILBOX = r"[^\s<>@,;:()\[\]\"]+@[^\s<>@,;:()\[\]\"]+[^\s<>@,;:()\[\]\".]"
_ALONE = re.compile(rf"<?({_MAILBOX})>?\s?:?")
_LATE = re.compile(r"delayed|retard|temporarily|will be retried|sera retent|warning: could not|not yet", re.IGNORECASE)
# Servers that give up quote the passing trouble that they met before.
_FINAL = re.compile(
    r"permanent|unrecoverable|giv(?:en|ing) up|not going to try|delivery failed(?! temporar)|d[ée]finiti[fv]",
    re.IGNORECASE,
)
_ENHANCED_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_KIND = re.compile(r"^[\w.+-]+\s*;\s*")


def read_report(part: Part, senders: Sequence[Address], text: str) -> DeliveryReport | None:
    """The report that this message is, or None. A read receipt is none."""
    parts = list(_own_parts(part))
    status = next((each for each in parts if each.media_type in _STATUS_TYPES), None)
    blocks = _blocks(status) if status is not None else []
    about = [block for block in blocks if _recipient(block) or _field(block, "action")]
    if about:
        return _from_status(part, parts, blocks, about)
    failed = [email for value in part.values("x-failed-recipients") for email in _emails(value)]
    robot = len(senders) == 1 and _ROBOT.match(senders[0].email)
    returned = _returned_id(parts, text)
    if status is not None:  # it tells of nobody; the words beside it do
        return _from_prose(part, failed, returned or message_id(part.values("in-reply-to")), text)
    if failed or (robot and returned is not None):
        return _from_prose(part, failed, returned or "", text)
    return None


def is_report(part: Part) -> bool:
    """True for any multipart/report, read receipts included: what it returns is not passed on to us."""
    return part.media_type == "multipart/report"


def _own_parts(part: Part) -> Iterator[Part]:
    """Every part outside attached messages, which are given but not entered."""
    yield part
    if not part.media_type.startswith("message/"):
        for each in part.children:
            yield from _own_parts(each)


def _from_status(part: Part, parts: Sequence[Part], blocks: Sequence[Part], about: Sequence[Part]) -> DeliveryReport:
    """`about`: those of the blocks that tell of a recipient."""
    failing = [block for block in about if _has_failed(block)]
    recipients = [email for block in failing or about for email in _recipient(block)]
    original = _returned_id(parts, "") or next(
        filter(None, (message_id(block.values("x-original-message-id")) for block in blocks)), ""
    )
    return DeliveryReport(
        bool(failing),
        tuple(dict.fromkeys(recipients))[:MOST_RECIPIENTS],
        original or message_id(part.values("in-reply-to")),
        next(filter(None, map(_reason, failing or about)), ""),
    )


def _blocks(status: Part) -> Sequence[Part]:
    """The groups of fields; the parser leaves an encoded or international report as the body of one block."""
    inside = status.children
    text = b"\n\n".join(block.body for block in inside if not block.children)
    name = "content-transfer-encoding"
    encoded = Part([(name, status.value(name))], Stretch.whole(text))
    decoded = encoded.content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    groups = re.split(r"\n\s*\n", decoded)[:MOST_RECIPIENTS] if text.strip() else []
    return [*inside, *map(_fields, groups)]


def _fields(group: str) -> Part:
    block = Part()
    for line in re.sub(r"\n[ \t]+", " ", group).split("\n"):
        name, colon, text = line.partition(":")
        if colon and re.fullmatch(r"[\w-]+", name):
            block.headers.append((name.lower(), text.strip()))
    return block


def _recipient(block: Part) -> list[str]:
    found = (bare_email(_KIND.sub("", _field(block, name))) for name in ("final-recipient", "original-recipient"))
    return [email for email in dict.fromkeys(found) if email]


def _has_failed(block: Part) -> bool:
    action = _field(block, "action").lower()
    return action.startswith("failed") if action else _field(block, "status").startswith("5")


def _reason(block: Part) -> str:
    return (_KIND.sub("", _field(block, "diagnostic-code")) or _field(block, "status"))[:500]


def _field(block: Part, name: str) -> str:
    return header_text(block.value(name))


def _returned_id(parts: Sequence[Part], text: str) -> str | None:
    """The Message-ID of the message that came back, "" when it has none, None when none came back."""
    for part in parts:
        if part.media_type not in _RETURNED_TYPES:
            continue
        inside = part.children
        if inside:
            return message_id(inside[0].values("message-id"))
        found = _RETURNED_ID.search(part.content.decode("utf-8", "replace"))
        return message_id([found[1]]) if found else ""
    found = _RETURNED_ID.search(text)
    return message_id([found[1]]) if found and _RETURNED_HEAD.search(text) else None


def _from_prose(part: Part, failed: Sequence[str], original: str, text: str) -> DeliveryReport:
    """`text`: what the robot wrote, the returned message at its end."""
    head = _RETURNED_HEAD.search(text)
    told = text[: head.start()] if head else text
    alone = (_ALONE.fullmatch(line.strip()) for line in told.splitlines() if len(line) < 400)
    recipients = failed or [bare_email(found[1]) for found in alone if found]
    late = _LATE.search(header_text(part.value("subject"))) or (
        not failed and _LATE.search(told) and not _FINAL.search(told)
    )
    status = _ENHANCED_STATUS.search(told)
    line = next((line.strip() for line in told.splitlines() if status and status[0] in line), "")
    return DeliveryReport(not late, tuple(dict.fromkeys(recipients))[:MOST_RECIPIENTS], original, line[:500])


def _emails(header: str) -> list[str]:
    return [email for email in map(bare_email, header_text(header).split(",")) if email]
