"""What a mail says and who signs it, where a name is looked for: a sentence that stands right above a signature, or
behind "Veuillez trouver ci-joint :", is no line of it."""

import re
from dataclasses import replace

from pipeline.core.folding import fold
from pipeline.core.signature import Parted, part
from pipeline.core.territory.contexts import PLAIN_ACTS

_SAYS = re.compile(
    rf"\b(?:{PLAIN_ACTS}|candidatures?|voici|ci[ -]joint\w*|trouver|je|j|nous|vous|notre|nos|votre|vos)\b|^\W*-\s"
)


_ENDS = re.compile(r"[.!?]\s*$")


def is_sentence(line: str) -> bool:
    """Whether the line says something, and ends so: no line of a letterhead."""
    return bool(_ENDS.search(line) and _SAYS.search(fold(line)))


def told_and_signed(text: str) -> Parted:
    """The text in two, its first lines that say something left with what it says."""
    parted = part(text)
    said = 0
    while said < len(parted.signature) and _SAYS.search(fold(parted.signature[said])):
        said += 1
    if not said:
        return parted
    return replace(parted, body="\n".join((parted.body, *parted.signature[:said])), signature=parted.signature[said:])
