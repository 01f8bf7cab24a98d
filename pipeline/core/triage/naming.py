"""Which call a message means: by its names, its closing date, or being the only one open. A tie is never a guess."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from pipeline.core.call import Call
from pipeline.core.french import MONTHS
from pipeline.core.triage.call_names import calls_in, masked, masked_with_places, phrases_of, title_words
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import NBSP, fold
from pipeline.core.triage.other_calls import GENERAL, foreign_title, names_unknown_call, other_call
from pipeline.core.triage.wording.applying import APPLIES, WISHES
from pipeline.core.triage.wording.fragments import CALL_WORD

LATE = timedelta(days=60)  # a candidature later than that is for a person
FILE_NAME = "Le nom d'un document"  # many papers bear the common phrases of a call
GIVEN_UP = re.compile(r"\b(?:avions|avait|avons|a) (?:\w+ )?(?:renonce|decline|abandonne)\b")  # says which is not meant
NEAR = 60  # characters after the verb that still belong to it
_JOINS = re.compile(r"cet ami\W{0,3}(?:et(?! non| pas)|ou|ainsi que|comme)(?: \S+){0,4} \W?cet ami")
# "candidate à Visions +21 et à Territoires participatifs": a person has to open two candidatures.
_TOGETHER = re.compile(r"(?<!\w)(?:aux|les|vos|ces) deux (?:ami|appels?)(?!\w)|chacun des (?:deux )?(?:ami|appels?)")
# "Après notre candidature non retenue à Visions +21, voici …", "notre dossier à … n'ayant pas été retenu, …"
_TOLD_BEFORE = re.compile(
    r"\b(?:apres|(?:a la )?suite (?:a|au|aux)) [^,;:]*[,;:]"
    r"|^[^,;:]*\b(?:pas (?:ete )?|non )(?:retenu|selectionn|laureat|choisi)\w*\b[^,;:]*[,;:]"
)
_BEHIND_CALL = re.compile(
    rf"\b(?:{CALL_WORD}|appel)(?: (?:sur|de|du|des|la|le|les|relatif|relative|a|au|aux|en|matiere))*(?: [ld]')?"
    r" ?(\w{4,})"
)
_DONE_BEFORE = re.compile(
    r"\b(?:ai|avons|a|ont) deja (?:\w+ )?(?:depose|adresse|transmis|envoye|candidate|repondu|remis)"
)
_LAUNCHED = re.compile(r"\b(?:lanc|ouver|publi|paru|diffus)\w*(?: \S+){0,2} $")
JUST_CLOSED = timedelta(days=3)  # "your call" may still mean the one that has just closed


class Strength(IntEnum):
    """How surely a call is meant."""

    OPEN = 1  # nothing names it, but no other could be meant
    DATED = 2
    NAMED = 3


@dataclass(frozen=True)
class Naming:
    """The call that is meant and why, in French; no call when none or several could be."""

    call: Call | None
    strength: Strength | None = None
    why: str = ""
    is_tied: bool = False  # several are named

    @property
    def call_code(self) -> str | None:
        return self.call.code if self.call else None


@lru_cache(maxsize=1)  # many rules ask for the same case
def call_meant(case: Case) -> Naming:
    """The call that the message means: what it applies to first, then its subject, its words, its documents."""
    for where, text in _places(case):
        found = calls_in(text, case.calls, by_phrase=not foreign_title(case) and where != FILE_NAME)
        if len(found) == 1:
            return _named(found[0], where)
        left = calls_in(_TOLD_BEFORE.sub(" ", text), case.calls) if found else []
        if len(left) == 1:
            return _named(left[0], where)
        if found:
            nearest = _nearest_to_application(text, found)
            return (
                _named(nearest, where)
                if nearest
                else Naming(None, why="Le message nomme plusieurs appels.", is_tied=True)
            )
    return _by_a_day(case) or _by_phrases(case) or _by_telling_word(case) or _the_only_open(case)


def _places(case: Case) -> Iterator[tuple[str, str]]:
    """Where a call may be named, with its French name: the most telling place first."""
    own = [one.folded for one in case.sentences if not GIVEN_UP.search(one.folded)]
    now = (one for one in own if not _DONE_BEFORE.search(one))
    yield from (("Le texte", sentence) for sentence in now if applies_to(masked(sentence, case.calls)))
    yield "L'objet", case.subject
    yield from (("Le texte", sentence) for sentence in own)
    yield FILE_NAME, case.document_names
    yield from (("Le message transmis", sentence.folded) for sentence in case.passed_on)
    yield from (("Un document", sentence.folded) for sentence in case.document_sentences)


def applies_to(sentence: str) -> bool:
    return bool(APPLIES.search(sentence) or WISHES.search(sentence))


def _named(call: Call, where: str) -> Naming:
    name = call.short_title or call.title
    return Naming(call, Strength.NAMED, f"{where} nomme l'appel «{NBSP}{name}{NBSP}».")


def _nearest_to_application(text: str, calls: list[Call]) -> Call | None:
    """The call that the verb applies to, None when there is no verb or it takes several."""
    if _TOGETHER.search(text):
        return None
    plain, places = masked_with_places(text, calls)
    verbs = [*APPLIES.finditer(plain)] or [*WISHES.finditer(plain)]
    for verb in verbs:
        near = [call for at, call in places if verb.start() <= at <= verb.end() + NEAR]
        if near:
            return near[0] if len(set(near)) == 1 or not _JOINS.search(plain) else None
    return None


def _by_a_day(case: Case) -> Naming | None:
    """The call that closes on a day of which it speaks, or that "was launched on" one."""
    for of, found in (
        ("clôture", [call for call in case.calls if says_day(case.words, call.closes)]),
        ("lancement", [call for call in case.calls if _says_launched(case.words, call.opens)]),
    ):
        if len(found) == 1 and not other_call(case):
            return Naming(found[0], Strength.DATED, f"Le message cite la date de {of} de l'appel.")
    return None


def _says_launched(folded: str, day: date) -> bool:
    return any(_LAUNCHED.search(folded[: said.start()]) for said in _written(day).finditer(folded))


def _by_phrases(case: Case) -> Naming | None:
    """Two of the phrases that go with one call, and none that go with another."""
    found = {call: len(set(phrases_of(call).findall(case.words))) for call in case.calls}
    told = [call for call, count in found.items() if count]
    if len(told) != 1 or found[told[0]] < 2 or other_call(case):
        return None
    return Naming(told[0], Strength.DATED, "Le message emploie les mots de l'appel.")


def _by_telling_word(case: Case) -> Naming | None:
    """Of several open calls, the one with a word of its short title that no other call has ("les visions"), or of its
    keywords, right behind the word for a call ("l'AMI prospective")."""
    current = [call for call in case.calls if _is_current(call, case, LATE)]
    if len(current) < 2 or other_call(case):
        return None
    said = title_words(case.words)
    behind = title_words(" ".join(_BEHIND_CALL.findall(case.words)))
    told = [one for one in current if said & _own_words(one, case.calls, ()) or behind & _own_words(one, case.calls)]
    why = "Le message emploie un mot du nom de l'appel."
    return Naming(told[0], Strength.OPEN, why) if len(told) == 1 else None


def _own_words(call: Call, calls: tuple[Call, ...], keywords: Sequence[str] | None = None) -> set[str]:
    """The words of its short title and of its keywords (or of these) that no other call has and that are no name of a
    region, nor any other that stands in every signature."""
    others = {word for other in calls if other is not call for word in _all_words(other)}
    own = title_words(" ".join((call.short_title, *(call.keywords if keywords is None else keywords))))
    return own - others - GENERAL


def _all_words(call: Call) -> set[str]:
    return title_words(" ".join((call.title, call.short_title, *call.keywords)))


def says_day(folded: str, day: date) -> bool:
    """Whether a folded text names that day: "28 février", "28/02/2017"."""
    return bool(_written(day).search(folded))


@lru_cache(maxsize=256)
def _written(of: date) -> re.Pattern[str]:
    day, month, year = of.day, of.month, of.year
    name = fold(MONTHS[month - 1])
    numbers = rf"0?{day}[/.-]0?{month}(?:[/.-](?:{year}|{year % 100}))?"
    return re.compile(rf"(?<![\w/.-])(?:{day}(?:er)? {name}(?! \d{{4}}(?<!{year}))|{numbers})(?![\w/])")


def _the_only_open(case: Case) -> Naming:
    """The one call that can be meant at reception, if the message says nothing of another one."""
    if other_call(case) or names_unknown_call(case):
        return Naming(None)
    recent = [call for call in case.calls if _is_current(call, case, JUST_CLOSED)]
    late = [call for call in case.calls if _is_current(call, case, LATE)]
    found = recent or late
    if len(found) != 1:
        return Naming(None, why="Plusieurs appels sont possibles." if found else "")
    in_time = found[0].is_in_time(case.received)
    why = "C'est le seul appel ouvert à cette date." if in_time else "C'est le dernier appel clos à cette date."
    return Naming(found[0], Strength.OPEN, why)


def _is_current(call: Call, case: Case, grace: timedelta) -> bool:
    return call.has_opened(case.received) and case.received < call.deadline() + grace
