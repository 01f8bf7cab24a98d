"""The function of a person, from the lines of a signature."""

import re
from functools import lru_cache

from pipeline.core.folding import fold
from pipeline.core.person.employers import without_employer, without_town
from pipeline.core.person.names import LINES

_ROLE = re.compile(
    r"""^\W*(?:(?:le|la|les|pour\ le|pour\ la)\s+|l'\s*|p/?o\s*)?(?:
    (?:co-?|vice-?\ ?|sous-?|ex-?)?(?:direct(?:eur|rice)|president|secretaire|tresori|responsable|animat|coordinat
    |coordonnat|administrat|gerant)
    |dir\.|d\.?g\.?s|d\.?g\.?a|dgst|d[rsa][htifc]\b|dircab|pdte?\b|adj\b|sg\b|chargee?s?\b|cheff?e?s?\b(?!-lieu)|maires?\b|adjoint|conseill|elue?\b|delegue|assistant|technicien
    |ingenieur|agent|referent
    |urbaniste|resp\.|gestionnaire|attache|redact|collaborat|membre|stagiaire|apprenti|manager|developpeu|consultant
    |chercheu|professeur|architecte
    |paysagiste|juriste|mediat|economiste|premiere?\ |premier\ |\d+\ ?(?:e|eme|er|ere)\ |archiviste|bibliothecaire
    |doctorant|fondat|porte-parole
    |correspondant|facilitat|pilote|mission\ |chercheur|depute|senat|expert|policier|gardes?\b|instructeur
    |instructrice|cadre|cheville\b|alternant|geomatic|conduct(?:eur|rice)|volontaire|hydrolog|ambassad|eco-?\ ?conseill
    |economes?\ |rapporteu|benevole|naturalist|ecologue|sociolog|geograph|cartograph|comptable|webm|community\ manager
    |educat|formateu|formatrice|enseignant|documentaliste|dessinat|projeteu|programmiste|inspect|controleu|intervenant
    |informatic|interlocut
    )""",
    re.VERBOSE,
)
# The part of the house that somebody works in; of other bodies these words begin the name.
_SERVICE = re.compile(
    r"""^\W*(?:(?:le|la)\ )?(?:service|cellule|accueil|secretariat|pole(?!\ (?:emploi|metropolitain|d'equilibre))
    |direction(?!\ (?:departementale|regionale|interdepartementale|inter-?regionale|des\ services\ departementaux
    |academique)))\b(?!\s*:)""",
    re.VERBOSE,
)
# What a service is called, without the word: "urbanisme", "Ingénierie territoriale".
_FIELD_NAME = (
    r"(?:urbanisme|amenagement|environnement|habitat|mobilites?|energie|climat|culture|communication|cadre de vie"
    r"|developpement (?:durable|local|territorial|economique|rural|social)|ingenierie territoriale"
    r"|transitions?(?: (?:ecologiques?|energetiques?|solidaires?))?|affaires generales|ressources humaines"
    r"|vie (?:associative|des quartiers)|politique de la ville|prospective|planification)"
)
_FIELD = re.compile(rf"\W*{_FIELD_NAME}(?:(?:, | et | & | / |/|-){_FIELD_NAME})*\W*")
# A motto, a sentence, an address; "Chargée de mission @Faches-Thumesnil" is none.
_NO_FUNCTION = re.compile(r"^\W*[«“\"]|(?<![\w-])(?:je|j['’]\w+|nous|vous)\b|\w@|@[\w-]+\.\w", re.IGNORECASE)
_CIVILITY = re.compile(r"^\W*(?:M\.|Mr\.?|Mme|Mlle|Monsieur|Madame)\s+(?=(?:l[ea]\s|l['’]))", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:je suis|étant|en tant que?|en (?:ma )?qualité d[e'’])\s*(?:(?:l[ea]|une?) |l['’])?"
    r"(?:nouvelle |nouveau |nouvel )?(?P<role>[^,.;:\n]{3,90})(?!\w|,\s(?:M\.|Mme|Mlle|Monsieur|Madame)\s)",
    re.IGNORECASE,
)
# "Directeur de la communauté de communes, je vous …", in haste without the comma.
_APPOSED = re.compile(
    r"(?:^|[.!?]\s|\n)\s*(?P<role>(?:\d{1,2}\s?[èe]\w*\s)?[^\W\d_][^,.;:\n]{2,110}?)(?:,\s|\s)"
    r"(?:je|j['’])(?! ?(?:crois|pense))"
)
# An apposed title has no article and no verb; several people have it in the plural.
_NO_TITLE = re.compile(
    r"^(?:l[ae]s?\b|l['’]|[mns]on\b|[mnts]a\b|notre\b|votre\b|(?!dgs)\w+s\s)"
    r"|(?<!adjoint )(?<!adjointe )(?<!delegue )(?<!deleguee )\ba\b"
    r"|\b(?:ont|est|sont|m['’]\w+|nous|vous|que?|qu['’]\w+)\b",
    re.IGNORECASE,
)
_TASK = re.compile(r"charge\w* (?:par\b|de (?:vous|te|l[ea]s?|\w+(?:er|ir|re))\b)|.*\b(?:ce|cet|cette|votre|vos)\b")
_SAID_END = re.compile(
    r"\s*\(|\s(?:depuis|et|qui|dont|chez)\s|\sà\s(?=[A-ZÀ-Ý])"
    r"|(?<!adjoint)(?<!adjointe)(?<!délégué)(?<!déléguée)(?<!delegue)(?<!deleguee)\s(?:à|au|aux)\s(?!maire\b|l['’])"
    r"|\s(?:d[eu]|des)\s(?=[A-ZÀ-Ý])|\sd['’](?=[A-ZÀ-Ý])"
)
_TITLE_ONLY = re.compile(r"^\W*(?:p/?o\s+|pour\s+)?(?:(?:le|la)\s+|l'\s*)(?P<title>.{2,140}?)\s*,?$", re.IGNORECASE)
# "Pour le Maire empêché, la première adjointe": who signs is the latter.
_FOR_ANOTHER = re.compile(
    r"^\W*(?:p/?o|pour)\s+(?:le|la|l['’])\s*[^,]{3,40}?,?\s*(?:(?:et )?par délégation)?,\s*(?=(?:le|la|l['’])\s?\w)",
    re.IGNORECASE,
)
# "Pour le Président et par délégation," on a line of its own: the title of who signs stands elsewhere.
_ONLY_FOR_ANOTHER = re.compile(
    r"^\W*(?:(?:p/?o|pour)\s+(?:le|la|l['’])\s*[^,]+?(?:,?\s*(?:et )?par délégation.*)?|par délégation.*)\W*$",
    re.IGNORECASE,
)
# "Assistante : Anne Petit 03 …"
_OF_SOMEBODY = re.compile(r"[^:]{3,40}:\s+(?:(?:M\.|Mme|Mlle|Monsieur|Madame)\s+)?[A-ZÀ-Ý][\w'’-]+\s+[A-ZÀ-Ý]")
_IN_NAME_OF = re.compile(r"^\W*(?:p/?o|pour)\s+(?:le|la|l['’]|M\.|Mme)", re.IGNORECASE)
_KEPT_CAPITALS = frozenset("dga dgas dgsa daf rh drh sig pcaet plui scot epci rse dac amo pnr petr leader".split())


def _in_small_letters(title: str) -> str:
    """A title in capitals as it is written in a sentence: acronyms stay."""
    return re.sub(r"[^\W_]+", lambda word: word[0] if _is_acronym(word[0]) else word[0].lower(), title)


def _is_acronym(word: str) -> bool:
    folded = fold(word)
    bare = len(word) > 1 and not re.search(r"[aeiouy]", folded)
    return folded in _KEPT_CAPITALS or bare or bool(re.search(r"\d", folded))


@lru_cache(maxsize=LINES)
def is_role(line: str) -> bool:
    """Whether a line of a signature says what somebody does."""
    return bool(_ROLE.match(fold(line))) and len(line) < 140 and not _NO_FUNCTION.search(line)


@lru_cache(maxsize=LINES)
def is_for_another(line: str) -> bool:
    """Whether a line above a signature only says on whose behalf it is given."""
    return bool(_ONLY_FOR_ANOTHER.match(line)) and not _FOR_ANOTHER.match(line)


def is_own(line: str) -> bool:
    """Whether a line beside or below a name says what its bearer does: not for whom it is signed."""
    for_another = _IN_NAME_OF.match(line) and not _FOR_ANOTHER.match(line)
    return is_role(line) and not (for_another or _OF_SOMEBODY.match(line))


@lru_cache(maxsize=LINES)
def is_service(line: str) -> bool:
    """Whether a line of a signature says in which service somebody works: their function when no other is given."""
    folded = fold(line)
    named = _SERVICE.match(folded) or _FIELD.fullmatch(folded)
    return bool(named) and len(line) < 90 and not re.search(r"[@\d]", line)


def said_in(text: str) -> str:
    """The function that the writer claims in a sentence ("Je suis conseillère municipale de …"), "" if none."""
    claimed = [match.group("role") for match in _SAID.finditer(text)]
    claimed += [role for match in _APPOSED.finditer(text) if not _NO_TITLE.search(role := match.group("role"))]
    for role in map(said_alone, claimed):
        if is_role(role) and not _TASK.match(fold(role)):
            return tidied(role)
    return ""


def said_alone(role: str) -> str:
    """A function told in a sentence, without what the sentence goes on to say."""
    return _SAID_END.split(role, maxsplit=1)[0].strip()


def without_civility(line: str) -> str:
    """ "Mme le Maire" → "le Maire": what is left is the title."""
    return _CIVILITY.sub("", line)


def tidied(line: str) -> str:
    """The function alone: without the article of a title, without the employer and its place."""
    text = line.strip(" \t,;.*~-–—|/·•●")
    text = _FOR_ANOTHER.sub("", text)
    titled = _TITLE_ONLY.match(text)
    if titled:
        text = titled.group("title")
    text = without_employer(text)
    text = without_town(text) if is_role(text.partition(",")[0]) else text
    if text.isupper() and (len(text) > 5 or fold(text) in ("maire", "elu", "elue")):
        text = _in_small_letters(text)
    if text.islower() and text.isalpha() and _is_acronym(text):
        return text.upper()
    return text[:1].upper() + text[1:]
