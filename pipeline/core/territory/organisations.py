"""Applicants that are no collectivité: associations, firms, public bodies, citizens; and what they are called."""

import re
from functools import lru_cache

from pipeline.core.folding import fold
from pipeline.core.signature import Parted
from pipeline.core.territory.contexts import ORGANISATION
from pipeline.core.territory.wording import type_at, words_of

_WHAT_IT_DOES = (
    r"(?:candidate|candidater|se porte|se declare|souhait\w*|repond\w*|depos\w*|postul\w*|propos\w*|"
    r"adress\w*|transmet|sollicit\w*|desire\w*|presente\w*)"
)
_SELF = re.compile(
    r"\b(?:notre|la|l) (?:jeune |petite )?(?:association|collectif|entreprise|societe|cooperative|"
    r"federation|club|universite|ecole|lycee|fondation"
    rf"|ong|scop|scic|startup|start up|mjc|centre social|compagnie)\b(?: \w+){{0,14}}? {_WHAT_IT_DOES}\b"
    r"|\bnous sommes (?:une?|des) (?:jeune |petite )?(?:association|collectif|entreprise|societe|"
    r"cooperative|federation|scop|groupe d habitants|habitants"
    r"|citoyens)"
    r"|\bje suis (?:une? |simple )*(?:citoyen|habitant|particulier|etudiant)\w*"
    r"|\ben tant que (?:simple )?(?:citoyen|habitant|particulier)\w*|\ba titre (?:personnel|individuel|prive)\b"
    rf"|(?<!de )(?<!par )(?<!avec )\b(?:l|le|la) {ORGANISATION}(?: \w+){{0,8}}? (?:candidate|se porte candidate?|"
    rf"souhaite (?:candidater|repondre|deposer|postuler)|repond a)\b"
)
_MAYBE = re.compile(
    r"\bloi (?:de |du 1er juillet )?1901\b|\bnotre (?:association|collectif|entreprise|societe|"
    r"cooperative|federation)\b"
)
_MANDATED = re.compile(
    r"\b(?:mandate|charge|missionne|delegue|habilite)e?s? par (?:la |le |l )?(?:commune|ville|mairie|maire|communaute"
    r"|agglomeration|conseil|intercommunalite)\b.{0,120}?\b(?:en son nom|au nom|pour son compte|candidature)\b"
)
_BODY = re.compile(rf"^(?:l |le |la |les )?{ORGANISATION}\b")
# "Direction de la vie associative", "Chambre" as part of a role, say nothing of the employer.
_ROLE_LINE = re.compile(
    r"^(?:directeur|directrice|charge|chef|cheffe|responsable|president|presidente|vice|"
    r"co ?president|secretaire|tresori|membre|adjoint"
    r"|coordinat|animat|referent|delegue|conseill|maire$|dg[as]$)"
)
_COORDINATES = re.compile(
    r"@|\b0\d([ .-]?\d\d){4}|\+33|\bwww\.|https?:|\b\d{5}\b|\b(?:rue|avenue|place|boulevard|impasse|chemin|bp|cs)\b"
)
_CALLED = re.compile(
    r"\b[Nn]otre (?:association|collectif|entreprise|société|coopérative|fédération|fondation|agence)\s*,?\s*[«\"]?\s*"
    r"(?P<name>[A-ZÀ-Ý0-9][^,;(.»\"\n]{2,60}?)\s*[,(»\".\n]"
)


@lru_cache(maxsize=8)  # asked again beside the documents of the mail
def speaks_of_itself(text: str) -> bool:
    """Whether the writer says to be an association, a firm, a citizen …"""
    return bool(_SELF.search(" ".join(words_of(text))))


def is_mandated(text: str) -> bool:
    """Whether the writer says that a collectivité charged it to apply in its name."""
    return bool(_MANDATED.search(" ".join(words_of(text))))


def may_speak_of_itself(text: str) -> bool:
    """Weaker than `speaks_of_itself`: enough when no collectivité is claimed."""
    return bool(_MAYBE.search(" ".join(words_of(text))))


def is_body(line: str) -> bool:
    """Whether the line is the name of a body that is no collectivité ("Université de Lille")."""
    words = " ".join(words_of(line))
    return bool(_BODY.match(words))


def name_of(parted: Parted, sender_name: str) -> str:
    """How the applicant calls itself, "" if nothing says it."""
    called = _CALLED.search(parted.body)
    if called:
        return called.group("name").strip()
    lines = [line for line in parted.signature if not _COORDINATES.search(fold(line))]
    # One word alone is a function or a kind of collectivité, and names none: "Maire".
    named = next((line for line in lines if is_body(line) or (words_of(line)[1:] and type_at(words_of(line)))), "")
    if named:
        return _tidy(named)
    if is_body(sender_name) or type_at(words_of(sender_name) or ("",)):
        return sender_name
    later = [line for line in lines[1:] if not _is_of_a_person(line)]
    return _tidy(later[-1]) if later and len(later[-1]) < 70 else ""


def _is_of_a_person(line: str) -> bool:
    """Whether it gives a function, alone or behind a name: "Jean Coquelle, maire"."""
    return any(_ROLE_LINE.match(" ".join(words_of(part))) for part in re.split(r"\s+[-–—|]\s+|,\s*", line))


def _tidy(line: str) -> str:
    return re.split(r"\s+[-–—|]\s+|\s*,\s*(?=\d)", line)[0].strip(" ,;.-–")
