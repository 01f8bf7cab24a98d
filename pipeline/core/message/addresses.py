"""Address headers → mailboxes. A value that is no mailbox gives none: nobody is guessed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.core.message.headers import decode_words
from pipeline.core.message.model import Address
from pipeline.core.message.wording import one_line, raw_header

MOST_ADDRESSES = 200
_LONGEST_VALUE = 64_000
# An encoded word is one token, whatever punctuation its program left inside.
_TOKEN = re.compile(
    r"""=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=|"(?:[^"\\]|\\.)*"|[()<>,;:]|\\.|(?:[^"()<>,;:\\=]|=(?!\?))+|.""", re.DOTALL
)
_LOCAL = r"[^\s@<>()\[\]\",;:\\]+"
_DOMAIN = r"[^\s@<>()\[\]\",;:\\.]+(?:\.[^\s@<>()\[\]\",;:\\.]+)*"
_MAILBOX = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_QUOTED_LOCAL = re.compile(rf'"({_LOCAL})"(@{_DOMAIN})')


@dataclass
class _Entry:
    """One mailbox being read."""

    words: list[str] = field(default_factory=list)
    angled: list[str] | None = None
    comments: list[str] = field(default_factory=list)
    in_angle: bool = False


def addresses(values: Sequence[str]) -> tuple[Address, ...]:
    """Every mailbox of these header values, in order, each address once; a group gives its members.

    A phrase without an address is joined to the next mailbox: « Mairie, Service technique <st@x.fr> » is one.
    """
    found: dict[str, Address] = {}
    for value in values:
        text = raw_header(value)[:_LONGEST_VALUE]
        for address in _mailboxes(text) or _mailboxes(decode_words(text)):
            found.setdefault(address.email, address)
            if len(found) >= MOST_ADDRESSES:
                return tuple(found.values())
    return tuple(found.values())


def bare_email(text: str) -> str:
    """The one address in `text`, in lower case, "" if it is none."""
    compact = one_line(text).strip(" <>")
    quoted = _QUOTED_LOCAL.fullmatch(compact)
    compact = quoted[1] + quoted[2] if quoted else compact
    return compact.lower() if len(compact) <= 320 and _MAILBOX.fullmatch(compact) else ""


def _mailboxes(text: str) -> list[Address]:
    found: list[Address] = []
    phrase = ""
    for entry in _entries(text):
        plain = "".join(entry.words)
        email = bare_email("".join(entry.angled) if entry.angled is not None else plain)
        name = plain if entry.angled is not None else " ".join(entry.comments)
        if email:
            name = name if name.strip() or entry.angled is None else " ".join(entry.comments)
            found.append(Address(_name(f"{phrase}, {name}" if phrase else name, email), email))
            phrase = ""
        elif entry.angled is None and "@" not in plain:
            phrase = ", ".join(filter(None, [phrase, plain.strip()]))
    return found


def _entries(text: str) -> Iterator[_Entry]:
    """The entries between commas; comments are kept apart, group names and their punctuation are dropped."""
    entry, depth = _Entry(), 0
    for token in _TOKEN.findall(text):
        if depth or token == "(":
            depth += (token == "(") - (token == ")")
            if token not in "()":
                entry.comments.append(token)
        elif token in ",;" and not entry.in_angle:
            yield entry
            entry = _Entry()
        elif token == ":" and not entry.in_angle and entry.angled is None and "@" not in "".join(entry.words[-1:]):
            entry = _Entry()
        else:
            _take(entry, token)
    yield entry


def _take(entry: _Entry, token: str) -> None:
    if token == "<" and entry.angled is None:
        entry.angled, entry.in_angle = [], True
    elif token == ">":
        entry.in_angle = False
    elif entry.in_angle and entry.angled is not None:
        entry.angled.append(token)
    else:
        entry.words.append(token)


def _name(raw: str, email: str) -> str:
    """The display name without its quotation marks; nothing when it only repeats the address."""
    unquoted = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), raw)
    name = one_line(decode_words(unquoted)).strip("'\" ")
    return "" if name.lower() == email else name[:500]
