"""Whether a sentence that seems to apply sends something else than a candidature, or aims at something else."""

import re
from collections.abc import Iterable, Sequence

from pipeline.core.call import Call
from pipeline.core.triage.call_names import calls_in, masked
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import Sentence
from pipeline.core.triage.other_calls import aims_at_another_call
from pipeline.core.triage.wording.aims import (
    ABOUT_A_CANDIDATURE,
    CONTRADICTS,
    FORMER_EDITION,
    NOT_YET_DONE,
    OF_NO_APPLICANT,
    OTHER_AIM,
    OTHERS_STAY_OUT,
    OURS,
    PAPERS_OF_THE_CALL,
    SAYS_THAT,
    SENDS,
    SEVERAL,
    SOMETHING_OF_A_CANDIDATURE,
    TOLD_OF,
    YOUR_OTHER_CALL,
)
from pipeline.core.triage.wording.applying import APPLIES
from pipeline.core.triage.wording.fragments import CANDIDATURE, Phrases

# "Le maire, qui ne pourra assister à la réunion, vous adresse …": what stands between denies nothing.
_PARENTHESIS = re.compile(r", (?:qui|ou|dont|que|qu'|lequel|laquelle|bien qu|au nom d)[^,]{3,120},")
_IN_QUOTES = re.compile(r'"[^"]{12,}"')


def own_words(text: str) -> str:
    """A sentence without what it says in passing, or to come before something else ("avant de vous adresser …"), and
    without what it quotes of somebody who applies ("l'article « La commune candidate à … »")."""
    without_quotes = _IN_QUOTES.sub(lambda said: " " if APPLIES.search(said[0]) else said[0], text)
    return NOT_YET_DONE.compiled.sub(" ", _PARENTHESIS.sub(" ", without_quotes))


def misses(text: str) -> bool:
    """Whether what it sends is only about a candidature, or what it aims at is another thing.

    `text`: a folded sentence in which the names of our calls are masked.
    """
    about = ABOUT_A_CANDIDATURE.search(text) or SOMETHING_OF_A_CANDIDATURE.search(text) or SAYS_THAT.search(text)
    return bool(about or OTHER_AIM.search(text) or aims_at_another_call(text))


def is_of_before(text: str, calls: Iterable[Call]) -> bool:
    """Whether it speaks of the candidature to an edition of a year before any of our calls opened."""
    first_year = min((call.opens.year for call in calls), default=0)
    found = FORMER_EDITION.search(text)
    return bool(found and CANDIDATURE.search(text) and int(found["year"] or found["of"]) < first_year)


def is_of_no_applicant(text: str) -> bool:
    """Whether it sends the papers of the call, as who relays it does, or reviews or tells what applicants do."""
    papers = PAPERS_OF_THE_CALL.search(text) and SENDS.search(text) and not OURS.search(text)
    return bool(papers or OF_NO_APPLICANT.search(text) or TOLD_OF.search(text))


def relayed(case: Case) -> Sentence | None:
    """The sentence that hands out the papers of a call, or reviews candidatures: no applicant's."""
    return next((one for one in case.sentences if is_of_no_applicant(masked(one.folded, case.calls))), None)


def astray(case: Case) -> Sentence | None:
    """A sentence that sends or aims at something else: then a document and a subject alone are no application."""
    told = ((one, own_words(masked(one.folded, case.calls))) for one in case.sentences)
    return next(
        (one for one, text in told if misses(text) or is_of_no_applicant(text) or is_of_before(text, case.calls)), None
    )


def several(case: Case) -> Sentence | None:
    """The sentence that sends several candidatures at once."""
    return next((one for one in (*case.sentences, case.headline) if SEVERAL.search(one.folded)), None)


def taken_back(case: Case, call: Call) -> Sentence | None:
    """The sentence which says that what the mail seems to say of that call does not hold."""
    return said_of_this_call(case, call, case.sentences, (CONTRADICTS,))


def said_of_this_call(case: Case, call: Call, told: Sequence[Sentence], tables: tuple[Phrases, ...]) -> Sentence | None:
    """The first that one of the tables has, of the writer, and not of another call of ours."""
    pairs = zip(("", *(one.folded for one in told)), told, strict=False)
    said = ((last, one) for last, one in pairs if is_said(one, tables))
    return next((one for last, one in said if not _is_of_another_call(case, call, last, one)), None)


def is_said(one: Sentence, tables: tuple[Phrases, ...]) -> bool:
    """Whether one of the tables has it, without what the sentence says of others, who do not apply."""
    found = (table for table in tables if table.search(one.folded))
    return any(table.search(OTHERS_STAY_OUT.compiled.sub(" ", one.folded)) for table in found)


def _is_of_another_call(case: Case, call: Call, last: str, one: Sentence) -> bool:
    """Whether it does not apply to another call of ours: "votre autre appel", or "nous n'y répondrons pas" after it."""
    text = f"{last} {one.folded}" if " n'y " in one.folded else one.folded
    named = calls_in(text, case.calls)
    return bool((named and call not in named) or YOUR_OTHER_CALL.search(text))
