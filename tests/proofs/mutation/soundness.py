"""Whether everything read from a mail can be stored and shown, whatever the mail was."""

from pipeline.core.message import Message, Unreadable

LONGEST_NAME = 120


def unsound(read: Message | Unreadable) -> str:
    """What is wrong with the values read, "" when nothing is."""
    if isinstance(read, Unreadable):
        texts = (read.reason, read.subject, read.sender, read.message_id)
        return "" if all(map(_can_be_stored, texts)) else "unstorable: what is said of an unreadable mail"
    lines = {"subject": read.subject, "message_id": read.message_id}
    lines |= {f"header {name}": value for name, value in read.headers}
    faults = [f"not one line: {where}" for where, value in lines.items() if not _is_one_line(value)]
    texts = (*lines.values(), read.text, read.quoted, *(sender.name + sender.email for sender in read.senders))
    faults += ["unstorable text"] * (not all(map(_can_be_stored, texts)))
    faults += [f"unsafe name: {each.name!r}" for each in read.documents if not _is_safe_name(each.name)]
    return "; ".join(faults)


def _can_be_stored(value: str) -> bool:
    """Neither NUL bytes nor lone surrogates, which databases and workbooks refuse."""
    return "\x00" not in value and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_one_line(value: str) -> bool:
    return value.isprintable() or "\xad" in value or not value.isascii()


def _is_safe_name(name: str) -> bool:
    return _can_be_stored(name) and 0 < len(name) <= LONGEST_NAME and "/" not in name and "\\" not in name
