"""How a letter names who it is written to: the line it begins with, and the line of the addressee."""

import re

from pipeline.core.applicant import Person
from pipeline.core.french import small
from pipeline.core.personal_names import is_personal

NOBODY = "Madame, Monsieur,"
_LONGEST = 60
_NAME = re.compile(r"[^\W\d_]+(?:[ .’'\-]+[^\W\d_]+)*\.?")
_CIVILITIES = {
    "Monsieur": ("monsieur", "m", "mr"),
    "Madame": ("madame", "mademoiselle", "mme", "mlle"),
    "Docteur": ("docteur", "dr"),
    "Maître": ("maître", "me"),
}
_SPELT = {short: civility for civility, shorts in _CIVILITIES.items() for short in shorts}
_CIVIL = re.compile(rf"({'|'.join(_SPELT)})\.?\s+(\S.*)", re.IGNORECASE)
_OFFICE = re.compile(r"(le|la|l[’'])\s*([^\W\d_].*)", re.IGNORECASE)


def greeting(name: str) -> str:
    """ "Bonjour Hélène Carpentier," for what can only be a person, else the polite formula.

    A civility that staff typed is written in full, as one writes to the person: "Bonjour Madame la Maire,".
    """
    name = re.sub(r"[ \u00a0]+", " ", name).strip()
    civil = _CIVIL.fullmatch(name)
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        return NOBODY
    if civil:
        rest = _addressed(civil[2])
        return f"Bonjour {_SPELT[civil[1].casefold()]} {rest}," if rest else NOBODY
    return f"Bonjour {name}," if is_personal(name) else NOBODY


def _addressed(rest: str) -> str:
    """What follows a civility: "le maire" as "le Maire", a name as it is; "" for what is neither."""
    office = _OFFICE.fullmatch(rest)
    if office:
        article, title = office[1].lower(), office[2]
        return f"{article}{'' if article[-1] in '’' + chr(39) else ' '}{title[0].upper()}{title[1:]}"
    first = rest.split()[0]
    is_name = first[0].isupper() and first.casefold() not in _SPELT
    return rest if is_name and (" " not in rest or is_personal(rest)) else ""


def attention(contact: Person) -> str:
    """The contact with their function, where both are known: "Hélène Carpentier, directrice générale des services"."""
    return f"{contact.name}, {small(contact.role)}" if contact.name and contact.role else ""
