"""Whether a sentence that seems to apply sends something else than a candidature, or aims at something else."""

import re

from pipeline.core.triage.call_names import masked
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import Sentence
from pipeline.core.triage.other_calls import aims_at_another_call
from pipeline.core.triage.wording.aims import (
    ABOUT_A_CANDIDATURE,
    NOT_YET_DONE,
    OF_NO_APPLICANT,
    OTHER_AIM,
    OURS,
    PAPERS_OF_THE_CALL,
    SENDS,
    SEVERAL,
)
from pipeline.core.triage.wording.applying import APPLIES

_IN_QUOTES = re.compile(r'"[^"]{12,}"')


def own_words(text: str) -> str:
    """A sentence without what it says to come before something else ("avant de vous adresser notre candidature"), and
    without what it quotes of somebody who applies ("l'article « La commune candidate à … »")."""
    without_quotes = _IN_QUOTES.sub(lambda said: " " if APPLIES.search(said[0]) else said[0], text)
    return NOT_YET_DONE.compiled.sub(" ", without_quotes)


def misses(text: str) -> bool:
    """Whether what it sends is only about a candidature, or what it aims at is another thing.

    `text`: a folded sentence in which the names of our calls are masked.
    """
    return bool(ABOUT_A_CANDIDATURE.search(text) or OTHER_AIM.search(text) or aims_at_another_call(text))


def is_of_no_applicant(text: str) -> bool:
    """Whether it sends the papers of the call, as who relays it does, or reviews what applicants sent."""
    papers = PAPERS_OF_THE_CALL.search(text) and SENDS.search(text) and not OURS.search(text)
    return bool(papers or OF_NO_APPLICANT.search(text))


def astray(case: Case) -> Sentence | None:
    """A sentence that sends or aims at something else: then a document and a subject alone are no application."""
    told = ((one, masked(one.folded, case.calls)) for one in case.sentences)
    return next((one for one, text in told if misses(text) or is_of_no_applicant(text)), None)


def several(case: Case) -> Sentence | None:
    """The sentence that sends several candidatures at once."""
    return next((one for one in (*case.sentences, case.headline) if SEVERAL.search(one.folded)), None)
