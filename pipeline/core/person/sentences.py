"""What a text says of its writer in a sentence: "Samia Ouali, chargée de la participation, 03 …", "LC, maire"."""

import re

from pipeline.core.folding import fold
from pipeline.core.person import names, roles
from pipeline.core.person.signers import Signer, first_phone
from pipeline.core.personal_names import is_personal

_IN_A_SENTENCE = re.compile(
    r"(?:^|[.!?:)»]\s+)(?P<name>[A-ZÀ-Ý][^\W\d_]+(?:[ '’-][^\W\d_]+){1,3}),\s*(?P<role>[^,\n]{2,90}?),?\s*"
    r"(?P<rest>(?:t[ée]l\w*\W*)?[+0(][\d .()-]{8,}|$)",
    re.MULTILINE,
)
_UNDERSIGNED = re.compile(
    r"\b[Jj]e(?:,? soussignée?,?| suis| m['’]appelle)\s+(?:(?:M\.|Mme|Mlle|Monsieur|Madame)\s+)?"
    r"(?P<name>[A-ZÀ-Ý][\w'’-]+(?:\s+(?:d[eu]\s+|l[ae]\s+)?[A-ZÀ-Ý][\w'’-]+){1,3}),\s*(?P<role>[^,.\n]{3,80})"
)
_ROLE = r"(?P<role>(?:\d{1,2}\s?(?:e|er|ere|eme)\s)?[^\d.,;:/|()\n]{2,90})"
_MOST_WORDS = 6  # of a function that no mark parts from the name


def named_in_sentence(text: str, known: frozenset[str]) -> Signer:
    """ "… Samia Ouali, chargée de la participation, 03 53 01 66 12": a signature within the text."""
    for match in _IN_A_SENTENCE.finditer(text):
        if names.is_surely_personal(match.group("name"), known) and roles.is_role(match.group("role")):
            return Signer(match.group("name"), roles.tidied(match.group("role")), first_phone([match.group("rest")]))
    return Signer()


def undersigned(text: str) -> Signer:
    """ "Je soussigné Pierre Roux, Maire de …", "Je suis Pierre Roux, maire de …": a signature within what is said."""
    match = _UNDERSIGNED.search(text)
    if not match or not is_personal(match.group("name")):
        return Signer()
    role = match.group("role").strip()
    return Signer(match.group("name"), roles.tidied(roles.said_alone(role)) if roles.is_role(role) else "")


def role_beside(name: str, text: str) -> str:
    """The function behind the writer's name wherever it stands in the text: in full, with an initial ("D. Manesse
    maire") or as initials ("NW / DST"); "" if none."""
    words = fold(name).split()
    if len(words) < 2:
        return ""
    folded = fold(text)
    source = text if len(text) == len(folded) else folded
    for match in (*_whole(words).finditer(folded), *_initials(words, source)):
        role = source[slice(*match.span("role"))]
        mark = source[match.end("mark") - 1 : match.end("mark")] if match.end("mark") else ""
        role = roles.said_alone(re.split(r"\s[-–—|•·]\s", role.strip(), maxsplit=1)[0])
        is_label = source[match.end("role") :].startswith(":")  # "Assistante : Anne Petit", below the name
        if not is_label and roles.is_own(role) and (mark or len(role.split()) <= _MOST_WORDS):
            return roles.tidied(role)
    return ""


def _whole(words: list[str]) -> re.Pattern[str]:
    first, surname = re.escape(words[0]), r"\s+".join(map(re.escape, words[1:]))
    initials = "".join(rf"(?:\.?\s?-?{part[0]})?" if at else part[0] for at, part in enumerate(words[0].split("-")))
    return re.compile(
        rf"(?<!\w)(?:{first}\s+{surname}|{surname}\s+{first}|{initials}\.?\s*{surname})(?!\w)[ \t]*"
        rf"(?:(?P<mark>[,/|(:\n–—-])\s*)?{_ROLE}"
    )


def _initials(words: list[str], text: str) -> list[re.Match[str]]:
    """Where the initials of a name stand as a signature: at the end of what is said, a mark behind them."""
    parts = [part for word in words for part in word.split("-") if part]
    written = {"".join(part[0] for part in parts), "".join(word[0] for word in words), words[0][0] + words[1][0]}
    signed = "|".join(r"\.?".join(letters.upper()) for letters in written)
    return list(re.finditer(rf"(?:^|[.!?\n]\s*)(?:{signed})\.?\s*(?P<mark>[,/|–—-])\s*{_ROLE}", text))
