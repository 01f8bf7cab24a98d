"""Whom a text points to: "dossier suivi par …", "votre interlocutrice est …", "merci de prendre contact avec …"."""

import itertools
import re
from dataclasses import replace
from functools import lru_cache

from pipeline.core.person import names, roles
from pipeline.core.person.authors import EMAIL
from pipeline.core.person.signers import SEPARATORS, Signer, first_phone
from pipeline.core.personal_names import is_personal

_CIVIL = r"(?:M\.|MM\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle)"
_WHO = (
    r"(?:interlocut(?:eur|rice)s?|r[ée]f[ée]rente?s?|contacts?|correspondante?s?"
    r"|personne\ (?:[àa]\ contacter|r[ée]f[ée]rente|ressource|en\ charge)|chef(?:fe)?\ de\ projet"
    r"|charg[ée]e?\ de\ mission|rempla[çc]ante?|responsable\ d[eu]\ (?:ce\ )?(?:dossier|projet))"
)
# All begin with a word: where none does, one look behind is enough.
_POINTING = rf"""(?<!\w)(?:
    \b{_WHO}(?:[\ ,][^\n:.;@]{{0,60}}?)?\s*:\s*
    |\bl['’]attache(?:[\ ,][^\n:.;@]{{0,60}}?)?\ de\b\s*:?\s*
    |\badresser\ [^\n:.;@]{{0,30}}?\ [àa]\s+(?=(?-i:{_CIVIL}\s))
    |\b{_WHO}(?:\ [^\n:.;@]{{0,60}}?)?\ (?:est|sera|reste)\ (?=(?-i:{_CIVIL}\s|[A-ZÀ-Ý]))
    |\b(?:dossier|affaire|projet)(?:\ (?:est|sera))?\ (?:suivie?|port[ée]e?|pilot[ée]e?)\ par\s*:?\s*
    |^\s*suivie?(?:\ par)?\s*:\s*
    |\bsuivi\b[^\n:.;@]{{0,30}}\ assur[ée]\ par\s+
    |\b[àa]\ la\ demande\ d[e'’]\s*|\bde\ la\ part\ d[e'’]\s*|\bpour\ le\ compte\ d[e'’]\s*(?={_CIVIL})
    |\b(?:contact\ avec|contacter|joindre|rapprocher\ de|adresser\ [àa])\s+
        (?:[^\n:.;@]{{0,40}}?[,\ ])?(?=(?-i:{_CIVIL}\s))
    |\br[ée]ception\s+(?:aupr[èe]s\ de|[àa])\s+(?=(?-i:{_CIVIL}\s))
    |\b(?:merci\ d[e'’]|veuillez|vouloir)\s*(?:[ln]['’]|nous\ |lui\ |d['’])?(?:r[ée]pondre|[ée]crire)\s+
        (?:directement\s+)?[àa]\s+(?=(?-i:{_CIVIL}\s))
    |\b(?:contacter|joindre|adresser\ [àa]|passer\ par|voir\ avec)[^\n:.;@]{{0,40}}:\s*(?=(?-i:{_CIVIL}\s|[A-ZÀ-Ý]))
    |^\s*pour\ (?:la|le|l['’])\s?[^\n:.;@]{{2,40}}?\s*:\s*(?=(?-i:{_CIVIL}\s))
    )"""
_DESIGNATED = re.compile(
    _POINTING + r"(?P<who>[^\n]{3,200}|(?=\n))(?=(?P<next>(?:\n[^\n]{0,120}){0,3}))",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_CAPITALISED = r"[A-ZÀ-Ý][^\W\d_]*(?:['’-][^\W\d_]+)*"
_FIRST_WORDS = re.compile(
    rf"(?:{_CIVIL}\s+)?"
    rf"(?P<name>{_CAPITALISED}(?:\s+(?:d[eu]|la|le|van|von)\b|\s+{_CAPITALISED}){{0,4}})"
)
_FOLLOWS = (
    r"\s(?:suivra|suit|pilote(?:ra)?|assure(?:ra)? le suivi d[eu]|sera votre|est votre|reste votre|vous accompagnera)\b"
)
_SOMEBODY_FOLLOWS = re.compile(_FOLLOWS)
# "Sarah Delhaye, en copie, suivra le dossier avec vous."
_WILL_FOLLOW = re.compile(
    rf"(?:{_CIVIL}\s+)?(?P<name>{_CAPITALISED}(?:\s+(?:d[eu]|la|le|van|von)\b|\s+{_CAPITALISED}){{1,4}})(?:,[^,\n.]{{2,60}},)?\s*{_FOLLOWS}"
)
# "Mme le Maire de Bellinghem, Isabelle Cadart, 03 …"
_BY_TITLE = re.compile(
    rf"\s*{_CIVIL}\s+(?:le|la|l['’])\s?(?P<title>[^,\n]{{3,60}}),\s*"
    rf"(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED}){{1,3}})"
)
_ASKED = re.compile(
    rf"\b(?:[Mm]a|[Mm]on|[Nn]otre)\s[^,.;:@\n]{{3,40}},?\s+(?P<who>{_CIVIL}\s+{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}}(?:,\s[^,\n.]{{2,60}})?),?\s+"
    r"(?:m['’]a|nous\sa|me|nous)\s(?:demand|charg|pri)\w+\sd[e'’]"
)
_PREFERRED = re.compile(rf"^\W*(?P<who>{_CIVIL}[^\n]{{3,160}}?)\((?:[àa] )?contacter\b", re.MULTILINE)
# "Contact presse" and the like are for others; a successor is not there yet.
_NOT_FOR_US = re.compile(r"\b(?:presse|m[ée]dias?|urgence|successeur|successrice)\b", re.IGNORECASE)
_IS_FUNCTION = re.compile(r"(?:chef|charg)", re.IGNORECASE)  # of the words that point, those that tell what one does
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@lru_cache(maxsize=8)  # a letter is asked for who signs it, and for what it says of the writer
def designated(text: str) -> Signer:
    """The person a text points to, with the telephone and the address beside the name; what is not given is ""."""
    preferred = _PREFERRED.search(text)
    if preferred and (found := _person(preferred.group("who"), "")):
        return found
    following = _SOMEBODY_FOLLOWS.search(text) and _WILL_FOLLOW.search(text)
    if following and names.is_surely_personal(following.group("name")):
        return _person(following.group("name"), text[following.end() :].partition("\n")[0]) or Signer()
    for match in _DESIGNATED.finditer(text):
        if _NOT_FOR_US.search(match.group()[: match.start("who") - match.start()]):
            continue
        who, rest = match.group("who").strip(), match.group("next")
        if not who:
            who, _, rest = rest.lstrip("\n").partition("\n")
            who, rest = who.strip(), f"\n{rest}"
        if found := _person(who, _PARAGRAPH.split(rest, maxsplit=1)[0]):
            title = match.group()[: match.start("who") - match.start()].strip(" :\n")
            return found if found.role or not _IS_FUNCTION.match(title) else replace(found, role=roles.tidied(title))
    return Signer()


def asked_by(text: str) -> Signer:
    """ "Ma tutrice, Mme Nathalie Bosquet, m'a demandé de vous envoyer …": for whom the mail is sent."""
    asked = _ASKED.search(text)
    return _person(asked.group("who"), "") or Signer() if asked else Signer()


def _person(who: str, below: str) -> Signer | None:
    """The person whom a line begins with, and what the line and those below say of it."""
    block = f"{who}{below}"
    by_title = _BY_TITLE.match(who)
    if by_title and names.is_surely_personal(by_title.group("name")):
        who = by_title.group("name") + ", " + by_title.group("title") + who[by_title.end() :]
        block = f"{who}{below}"
    first = _FIRST_WORDS.match(who)
    if not first or not _is_somebody(first.group("name"), who, block):
        return None
    parts = [part.strip(" ().") for part in SEPARATORS.split(block[first.end() :].replace("(", ", "))]
    lines = [line for part in parts for line in _of_the_same(part)]
    role = next((roles.tidied(line) for line in lines if roles.is_role(line)), "")
    role = role or next((line for line in lines if roles.is_service(line)), "")
    email = EMAIL.search(block)
    return Signer(first.group("name"), role, first_phone([block]), email.group().lower() if email else "")


def _of_the_same(part: str) -> list[str]:
    """The lines of a part, up to the one that names somebody else."""
    first, *below = part.split("\n")
    return [first, *itertools.takewhile(lambda line: not names.is_surely_personal(names.bare(line)), below)]


def _is_somebody(name: str, who: str, block: str) -> bool:
    """Whether it is surely a person: an unusual name needs an address made of it beside it."""
    if names.is_surely_personal(name) or _is_titled(who):
        return True
    local = frozenset(word for email in EMAIL.findall(block) for word in names.words_of(email.partition("@")[0]))
    return is_personal(name) and bool(local & names.words_of(name))


def _is_titled(who: str) -> bool:
    """ "M. Lesage": a civility before one capitalised word."""
    return bool(re.match(rf"\s*{_CIVIL}\s+[A-ZÀ-Ý]", who)) and not re.match(
        r"\s*(?:Monsieur|Madame|M\.|Mme) (?:le|la|l['’]|Le|La)\b", who
    )
