"""Whether an applicant gives up, surely or perhaps. Which candidature it speaks of is left to `replies`."""

import re
from collections.abc import Iterator

from pipeline.core.triage.call_names import masked
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import Sentence
from pipeline.core.triage.intent import first, is_question
from pipeline.core.triage.wording.attending import MEETING
from pipeline.core.triage.wording.doubting import AFFIRMS, DENIED, DENIED_AT_ONCE, HANGS_ON, JESTS, PERHAPS_GIVES_UP
from pipeline.core.triage.wording.fragments import CANDIDATURE
from pipeline.core.triage.wording.keeping import GIVES_UP_ANOTHER_THING, SOMEBODY_LEAVES, TAKES_OVER
from pipeline.core.triage.wording.withdrawing import (
    ASKS_TO_WITHDRAW,
    GIVES_UP_SOMETHING,
    KEEPS,
    MAINTAINS,
    OF_THE_CANDIDACY,
    OF_THE_FILE,
    WITHDRAWS,
)

_OWN_CLAUSE = re.compile(r"(?:;| et) (?=(?:nous|on|je|(?:la|notre) (?:commune|ville|communaute|cc|collectivite))\b)")
_CLAUSE = re.compile(r"[,;:] | et | mais | car ")
FEW_WORDS = 3  # before it: "Bonjour, abandon du projet" stands alone


def gives_up(case: Case) -> Sentence | None:
    """The own words by which an applicant withdraws."""
    return next(iter(giving_up(case)), None)


def giving_up(case: Case) -> tuple[Sentence, ...]:
    """All the sentences by which it withdraws, or tells that somebody does."""
    if first(MAINTAINS, case.sentences):
        return ()
    if first(JESTS, case.sentences):
        return ()
    succeeded = bool(first(TAKES_OVER, _own(case)))
    said = (one for one in _told(case) if not _is_perhaps(masked(one.folded, case.calls)))
    return tuple(one for one in said if not (succeeded and _a_person_leaves(one)))


def perhaps_giving_up(case: Case) -> Sentence | None:
    """A sentence that speaks of giving up under a condition, as somebody's wish, or in jest: a person reads it."""
    in_jest = first(JESTS, case.sentences)
    told = ((one, masked(one.folded, case.calls)) for one in _told(case))
    return next((one for one, text in told if in_jest or _is_perhaps(text)), None)


def _is_perhaps(text: str) -> bool:
    """Whether it is said under a condition, or hangs on nothing that affirms it: "l'idée de renoncer"."""
    found = [(text[: one.start()], one[0]) for one in WITHDRAWS.finditer(text)]
    return bool(PERHAPS_GIVES_UP.search(text)) or all(_hangs_loose(before, said) for before, said in found)


def _hangs_loose(before: str, said: str) -> bool:
    """Whether a verb in the infinitive, or a noun, stands behind no word that affirms it, or behind one denied."""
    if not HANGS_ON.match(said):
        return False
    governor = next(reversed(list(AFFIRMS.finditer(before))), None)
    near = _CLAUSE.split(before[: governor.end()] if governor else before)[-1]
    if DENIED_AT_ONCE.search(before) or DENIED.search(near):
        return True
    return governor is None and len(before.split()) >= FEW_WORDS


def _own(case: Case) -> tuple[Sentence, ...]:
    return (*case.sentences, *(() if case.is_reply else (case.headline,)))


def _told(case: Case) -> Iterator[Sentence]:
    about_meeting = bool(MEETING.search(case.subject))
    return (one for one in _own(case) if _withdraws(case, one, about_meeting))


def _a_person_leaves(sentence: Sentence) -> bool:
    """ "M. Veron se retire du projet": where another takes over, the candidature goes on."""
    return bool(SOMEBODY_LEAVES.search(sentence.folded)) and not CANDIDATURE.search(sentence.folded)


def _withdraws(case: Case, sentence: Sentence, about_meeting: bool) -> bool:
    """Of the candidature, and not of a meeting: whoever declines an invitation stays a candidate."""
    text = sentence.folded
    if not WITHDRAWS.search(text) or (is_question(sentence) and not ASKS_TO_WITHDRAW.search(text)):
        return False
    if not any(_gives_up_the_candidature(clause, case) for clause in (text, *_OWN_CLAUSE.split(text)[1:])):
        return False
    return bool(CANDIDATURE.search(text)) or not (about_meeting or MEETING.search(text))


def _gives_up_the_candidature(text: str, case: Case) -> bool:
    """Of a sentence, or of what it goes on with: "le port se retire du tour de table et nous renonçons aussi"."""
    if not WITHDRAWS.search(text) or KEEPS.search(text) or GIVES_UP_ANOTHER_THING.search(text):
        return False
    return not _of_something_else(masked(text, case.calls))


def _of_something_else(text: str) -> bool:
    """Whether what is given up is named, and is not the candidature: "le retrait de l'agrafe du dossier"."""
    found = GIVES_UP_SOMETHING.search(text)
    return bool(found and not OF_THE_CANDIDACY.search(text) and not OF_THE_FILE.match(text[found.end() :].lstrip()))
