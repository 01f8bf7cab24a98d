"""What is still missing of a file once a complement came: a proposal, for staff to confirm. Pure."""

import re
from collections.abc import Iterable

from pipeline.core.candidature import Candidature
from pipeline.core.folding import fold
from pipeline.core.letters import lines_of

_EMPTY_WORDS = frozenset(
    "a au aux avec ce cette communautaire conseil d de des document dossier du en et exemplaire fichier joindre l "
    "la le les lettre manquant manquante manque municipal municipale nous original par piece pour qui sa scan "
    "signe signee son sur syndical un une vos votre".split()
)
STEM = 5  # letters
RECEIVED = "Complément reçu\u00a0: {received}. {left} Mettez à jour la colonne Pièces manquantes."
LEFT = "D'après les noms, il manque encore\u00a0: {missing}."
NOTHING_LEFT = "D'après les noms, il ne manque plus rien."


def still_missing(missing: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Of the lines of Pièces manquantes, those that no document's name speaks of."""
    heard = [_words(name) for name in names]
    return tuple(line for line in missing if not any(_speaks_of(line, words) for words in heard))


def asked_for(candidature: Candidature, required: Iterable[str]) -> tuple[str, ...]:
    """What a request for complements lists: Pièces manquantes, else the required documents that did not come."""
    typed = lines_of(candidature.staff.get("missing", ""))
    return typed or still_missing(required, [piece.name for piece in candidature.pieces])


def proposal(missing: Iterable[str], names: Iterable[str]) -> str:
    """The sentence for À vérifier; "" when nothing was missing or nothing came."""
    lines, received = tuple(missing), tuple(names)
    if not lines or not received:
        return ""
    left = still_missing(lines, received)
    said = LEFT.format(missing=", ".join(left)) if left else NOTHING_LEFT
    return RECEIVED.format(received=", ".join(f"« {name} »" for name in received), left=said)


def _speaks_of(line: str, words: frozenset[str]) -> bool:
    """Whether the telling words of a line, or most of them, stand in a document's name."""
    wanted = _words(line)
    found = {one for one in wanted if any(_begin_alike(one, word) for word in words)}
    return bool(wanted) and 2 * len(found) >= len(wanted)


def _begin_alike(one: str, other: str) -> bool:
    """Whether they are one word but for its ending, as far as its first letters tell."""
    length = min(STEM, len(one), len(other))
    return one[:length] == other[:length]


def _words(text: str) -> frozenset[str]:
    stem = re.sub(r"\.\w{2,5}$", "", text)
    words = re.findall(r"[a-z]{2,}", fold(re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", stem)))
    telling = frozenset(word for word in words if word not in _EMPTY_WORDS and len(word) > 2)
    return telling or frozenset(words)
