"""The cell Copie à of a row: the addresses in it, and the words that are none. Pure.

Whether a letter waits for a word that is no address is decided in `outtray`.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.core import french
from pipeline.core.candidature import Candidature
from pipeline.core.envelope import is_writable
from pipeline.core.folding import visible
from pipeline.core.letters import Request

REMARK = "Copie à\u00a0: {what}"
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')  # a name, commas and all
_ENTRY = re.compile(r"[,;\r\n]")
_WORD = re.compile(r"<[^<>]*>?|\([^()]*\)?|[^\s<>()/]+")
_AROUND = " \t\u00a0<>()[]{}'’\"«».:!"
_BETWEEN = ("et", "ou")


def copies(candidature: Candidature) -> tuple[str, ...]:
    """The addresses, without the contact's own."""
    contact = candidature.contact.email.strip().lower()
    found = (word.lower() for word in _read(candidature) if is_writable(word))
    return tuple(address for address in dict.fromkeys(found) if address != contact)


def not_addresses(candidature: Candidature) -> tuple[str, ...]:
    """The words that are neither an address nor the name of somebody whose address follows."""
    return tuple(dict.fromkeys(word for word in _read(candidature) if not is_writable(word)))


def fault(candidature: Candidature) -> str:
    """ "« mairie » n'est pas une adresse valide.", "" when all of them are."""
    found = [french.quoted(word) for word in not_addresses(candidature)]
    verb = "n'est pas une adresse valide" if len(found) == 1 else "ne sont pas des adresses valides"
    return f"{french.listing(found)} {verb}." if found else ""


def remark(candidature: Candidature, requests: Iterable[Request]) -> str:
    """What À vérifier says of the cell, "" when a letter that waits for it says so already."""
    what = fault(candidature)
    if not what or any(one.is_waiting and what in one.blocked for one in requests):
        return ""
    return REMARK.format(what=what)


def _read(candidature: Candidature) -> Iterator[str]:
    """Each address, and each word that should have been one."""
    cell = visible(candidature.staff.get("copy_to", ""))
    for entry in _ENTRY.split(_QUOTED.sub(" ", cell)):
        yield from tuple(_read_entry(entry)) or _said([entry])


def _read_entry(entry: str) -> Iterator[str]:
    """Of one entry: "Anne Petit <anne@t.fr>", "anne@t.fr (DGS)", or several addresses with blanks between."""
    before: list[str] = []
    for found in _WORD.findall(entry):
        word, bracketed = found.strip(_AROUND).removeprefix("mailto:"), found[0] == "<"
        if bracketed or "@" in word.strip("@"):
            yield from () if bracketed else _not_a_name(before)
            yield word
            before = []
        elif found[0] != "(":
            before.append(found)
    yield from _said(word for word in before if word.lower() not in _BETWEEN)


def _not_a_name(words: list[str]) -> Iterator[str]:
    """Of the words before a bare address: those that an "et" parts from it, and those that look like an address."""
    last = max((place for place, word in enumerate(words, 1) if word.lower() in _BETWEEN), default=0)
    yield from _said(word for word in words[:last] if word.lower() not in _BETWEEN)
    yield from (word for word in words[last:] if re.search(r"\w\.\w\w", word))


def _said(words: Iterable[str]) -> Iterator[str]:
    """The words as one, unless they are mere punctuation."""
    said = " ".join(words).strip()
    if any(map(str.isalnum, said)):
        yield said
