"""What the tables are made of, and how a call is spoken of.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
In a sentence the names of our calls are read as "cet ami" (`call_names.masked`), so that one pattern fits every call.
"""

import re


def words(*patterns: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)")


def gap(most: int) -> str:
    """Up to so many words between two that belong together."""
    return rf"(?: \S+){{0,{most}}}? "


CALL_WORD = (
    r"(?:(?<!cher )(?<!mon )ami|a\.m\.i\.?"
    r"|appels? a (?:manifestations? d'interets?|candidatures?|projets?|propositions?))"
)
CALL = words(
    CALL_WORD,
    r"(?:vos|les|ces|des) (?:deux |trois )?appels(?! tel| d'offre)",
    r"(?:votre|vos|cet|cet?te|du|l') ?appel(?! tel| d'offre| de ce| de cet| d'hier| du \d| manque| public)",
)
CANDIDATURE = words(r"candidatures?", r"candidat(?:e|er|s|es|ons|ent|ez)?", r"manifestations? d'interets?")
# Whatever one can apply to: the call, its name (masked), or what it offers.
AIM = rf"(?:{CALL_WORD}|appel(?! tel)|accompagnement|dispositif|demarche|experimentation|programme|operation|kit)"
TO_AIM = (
    r"(?:a|au|aux|pour|dans|sur|de|du) ?(?:l'|d'|le |la |les |votre |cet |cette |ce |son |notre )?"
    rf"(?:\S+ ){{0,2}}?{AIM}"
)
