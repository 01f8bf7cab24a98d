"""What the tables are made of, and how a call is spoken of.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
In a sentence the names of our calls are read as "cet ami" (`call_names.masked`), so that one pattern fits every call.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

REMEMBERED = 32  # texts, by each pattern: the sentences of a mail, mostly


class Phrases:
    """Ways to say something, as one pattern, compiled when first asked for: many mails are judged by a few.

    It remembers what it found in the last texts: several rules look for the same, and a mail is judged by itself, then
    once more beside its documents.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        return lru_cache(maxsize=REMEMBERED)(self.compiled.search)

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        return self.compiled.findall(text)


def words(*patterns: str) -> Phrases:
    """Any of these, as whole words."""
    return Phrases(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)")


def gap(most: int) -> str:
    """Up to so many words between two that belong together, or a comma: "en pièce jointe, la réponse"."""
    return rf"[,:]?(?: \S+){{0,{most}}}? "


# A call for candidates, and neither a telephone call nor one for tenders.
_APPEL = r"appel(?! tel| d'offre| de ce| de cet| d'hier| du \d| manque| public)"
CALL_WORD = (
    r"(?:(?<!cher )(?<!mon )ami|a\.m\.i\.?"
    r"|appels? a (?:manifestations? d'interets?|candidatures?|projets?|propositions?))"
)
CALL = words(
    CALL_WORD,
    r"(?:vos|les|ces|des) (?:deux |trois )?appels(?! tel| d'offre)",
    rf"(?:votre|vos|cet|cet?te|du|l') ?{_APPEL}",
)
OUR_CALL = words(r"cet ami", rf"(?:votre|vos) (?:{CALL_WORD}|{_APPEL})")  # where its names are masked
CANDIDATURE = words(r"candidatures?", r"candidat(?:e|er|s|es|ons|ent|ez)?", r"manifestations? d'interets?")
# Whatever one can apply to: the call, its name (masked), or what it offers.
AIM = rf"(?:{CALL_WORD}|{_APPEL}|accompagnement|dispositif|demarche|experimentation|programme|operation|kit)"
TO_AIM = (
    r"(?:a|au|aux|pour|dans|sur|de|du) ?(?:l'|d'|le |la |les |votre |cet |cette |ce |son |notre )?"
    rf"(?:\S+ ){{0,2}}?{AIM}"
)
# What one does in a call, once chosen.
OF_THE_CALL = (
    r"(?:participer|beneficier|integrer|rejoindre|etre|construire|elaborer|definir|travailler|suivre|mener|faire|penser"
    r"|repenser|imaginer|preparer|ecrire|vivre|experimenter|s'\S+|conduire|batir|inventer|reinventer|tenter|engager"
    r"|poursuivre|approfondir|developper|reorienter|figurer|entrer|prendre)"
)
