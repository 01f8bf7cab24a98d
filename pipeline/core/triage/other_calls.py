"""Calls of other organisations, which reach us by mistake or in passing. What follows is left to the rules."""

import re
from functools import lru_cache

from pipeline.core.call import Call
from pipeline.core.triage.call_names import names_of, phrases_of, title_words
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import fold

_ORGANISERS = (
    r"ademe|region|etat|departement|conseil (?:regional|departemental|general)|ministere|dreal|ddtm?|prefecture"
    r"|anru|anct|cget"
    r"|agence de l'eau|ars|caf|caisse des depots|banque des territoires|europe|union europeenne|feder|leader"
    r"|fondation|bpi"
)
_OF_ANOTHER = re.compile(
    rf"(?:ami|appels? a (?:manifestations? d'interets?|projets?|candidatures?))(?: \S+){{0,8}}? "
    rf"(?:de l'|de la |du |des |d'|par l'|par la |par le )(?:\S+ )?(?:{_ORGANISERS})(?!\w)"
)
# "L'appel à projets de la Région", and neither "votre appel, soutenu par la Région" nor one of ours (masked).
_OF_A_BODY = re.compile(
    r"(?<!cet )(?<!votre )(?<!vos )\b(?:ami|appels? a (?:manifestations? d'interets?|projets?|candidatures?))"
    r"(?: (?!cet ami)[^\s,]+){0,4}? (?:de l'|de la |du |des |d'|lance par l[ea'] ?)(?:\S+ )?"
    rf"(?:{_ORGANISERS})(?!\w)"
)
# "Notre dossier de candidature DETR": the money of the State or of Europe, that any collectivité asks for.
# No other word stands between: "notre candidature. Financements : DETR, LEADER" is no candidature to these.
_FOR_A_FUND = re.compile(
    r"candidatures?(?: (?:de |du |des |d')(?:\S+ ){0,3}?\S+)??"
    r"(?: (?:a|au|aux|pour|de|du|des|le|la|les|une?|titre|aide|aides|subvention|subventions|fonds|dotation"
    r"|programme|dispositif|appel))*(?: (?:de )?l'aide)?[ (\"]+(?:de |la |l'|d')*(?:detr|dsil|fsil|fisac|feder|fnadt"
    r"|tepcv|leader)(?!\w)"
)
_YOUR_CALL = re.compile(r"\b(?:votre|vos|cet) (?:ami|appels?)\b")
_CALL_WORD = r"(?:\bA\.?M\.?I\b\.?|[Aa]ppels? à (?:manifestations? d[’']intérêts?|projets?|candidatures?))"
_QUOTED_TITLE = re.compile(_CALL_WORD + r"(?:[ \w’'°]{0,40}?)[ :\xa0]*[«\"“]\s*([^»\"”\n]{3,160})[»\"”]")
_BARE_TITLE = re.compile(
    _CALL_WORD + r"[ \xa0]+((?:[A-ZÀÉÈ][\w’'-]+|\d+)(?:[ \xa0](?:[A-ZÀÉÈ][\w’'-]+|\d+|d[eu]|des|et|la))*)"
)
# "Notre candidature au programme Ville durable": what it applies to bears a name that is none of ours.
_AIMED_AT = re.compile(
    r"(?:[Cc]andidat(?:ure|e|ons|é)|[Dd]ossier|[Rr]éponse)s?(?:[ \xa0](?:de |du |d[’'])[^,.;:«\"]{2,80}?)?[ \xa0]"
    r"(?:(?:à|pour) l[’']|au |(?:à|pour) la |aux |pour le )"
    r"(?:appel(?: à [a-zé’' ]{5,30}?)?|AMI|programme|label|dispositif|plan|contrat|concours|fonds|prix|trophées?)"
    r"[ \xa0]+(?:\w+al[ \xa0])?(?:[«\"“]\s*([^»\"”\n]{3,160})|([A-ZÀÉÈ][\w’+-]*(?:[ \xa0][A-ZÀÉÈ0-9+][\w’+-]*)*))"
)
# "La candidature de Liévin à la Capitale verte"
_STANDS_FOR = re.compile(
    r"[Cc]andidature(?:[ \xa0](?:de |du |d[’'])[\w’' -]{2,30}?)?[ \xa0]"
    r"(?:(?:à|pour) (?:la |l[’'])|au |aux )([A-ZÀÉÈ][a-zé’-]{3,})"
)
GENERAL = title_words(
    "candidature réponse dossier commune ville mairie communauté agglomération métropole département syndicat parc"
    " hauts france cerdd région demande question bonjour"
) | {"cc", "ca", "cu", "pnr", "petr", "petite", "2016", "2017", "2018"}


@lru_cache(maxsize=1)  # many rules ask for the same case
def other_call(case: Case) -> str:
    """The title or the organiser's words of a call that is not ours, when none of ours is named; "" if none."""
    if title := foreign_title(case):
        return title
    organiser = None if _names_ours(case) else _OF_ANOTHER.search(case.words)
    return organiser[0] if organiser and not _names_our_house(case, organiser[0]) else ""


def aims_at_another_call(text: str) -> bool:
    """Whether what it applies to, in one sentence with our calls masked, is a fund or the call of another body."""
    return bool(_FOR_A_FUND.search(text) or _OF_A_BODY.search(text))


@lru_cache(maxsize=1)  # asked for every sentence
def foreign_title(case: Case) -> str:
    """The quoted title of a call that is not ours, or the fund that is applied to, when none of ours is named; ""
    if none."""
    if _names_ours(case):
        return ""
    if (fund := _FOR_A_FUND.search(case.words)) and not _YOUR_CALL.search(case.words):
        return fund[0]
    titles = _QUOTED_TITLE.findall(_as_written(case))
    foreign = (title for title in titles if not any(_resembles(title, call) for call in case.calls))
    return " ".join(next(foreign, "").split())


def _names_ours(case: Case) -> bool:
    everything = " . ".join((case.words, case.document_names, *(one.folded for one in case.passed_on)))
    return any(names_of(call).search(everything) for call in case.calls)


def names_unknown_call(case: Case) -> bool:
    """Whether "AMI" is followed by a name in capitals that is none of our calls' and nothing general."""
    if case.message.subject.isupper():
        return False
    return any(not _is_ours(title, case) for title in _BARE_TITLE.findall(_as_written(case)))


def aims_elsewhere(written: str, case: Case) -> bool:
    """Whether a sentence applies to something named that is none of our calls, whatever else it names."""
    aimed = (quoted or named for quoted, named in _AIMED_AT.findall(written))
    return any(not _is_ours(title, case) for title in (*aimed, *_STANDS_FOR.findall(written)))


def _is_ours(title: str, case: Case) -> bool:
    """A call of ours; or no title, but a word that goes with any call."""
    telling = title_words(title)
    general = telling & _general(case) or not telling
    return bool(general or any(_resembles(title, call) for call in case.calls))


def _general(case: Case) -> frozenset[str]:
    return frozenset(GENERAL | {fold(domain.partition(".")[0]) for domain in case.house.organisation_domains})


def _as_written(case: Case) -> str:
    return f"{case.message.subject[:2000]}\n{case.own_text}"


def _resembles(title: str, call: Call) -> bool:
    own = title_words(" ".join((call.title, call.short_title, *call.keywords)))
    telling = title_words(title)
    folded = fold(title)
    known = names_of(call).search(folded) or phrases_of(call).search(folded)
    return bool(known or (telling and len(telling & own) >= 0.5 * len(telling)))


def _names_our_house(case: Case, words: str) -> bool:
    return any(domain.partition(".")[0] in words for domain in case.house.organisation_domains)
