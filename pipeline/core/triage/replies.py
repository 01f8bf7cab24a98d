"""Mail about a candidature that is known: it withdraws, completes, asks, or says nothing that a rule can read."""

import re
from dataclasses import replace

from pipeline.core.triage.aims import relayed
from pipeline.core.triage.calendars import days_named
from pipeline.core.triage.case import Case
from pipeline.core.triage.dossiers import Found, find, is_of_a_stranger, may_speak_for
from pipeline.core.triage.folding import NBSP, Sentence, quote
from pipeline.core.triage.giving_up import giving_up, perhaps_giving_up
from pipeline.core.triage.intent import (
    applied,
    asked,
    asked_reception,
    drafted,
    first,
    of_others,
    speaks_of_a_call,
    speaks_of_candidature,
    speaks_of_own_file,
)
from pipeline.core.triage.naming import Strength, call_meant
from pipeline.core.triage.third_parties import somebody_else_gives_up, third_party
from pipeline.core.triage.wording.aims import ABOUT_THAT_OF_OTHERS
from pipeline.core.triage.wording.asking import ASKS_RECEIPT, CONTESTS, NOTES
from pipeline.core.triage.wording.attending import ATTENDS, MEETING
from pipeline.core.triage.wording.following_up import (
    ADDS_NOTHING,
    BUT,
    COMPLETES,
    COURTESY_WORDS,
    DENIES,
    INFORMS,
    NEW_CONTACT,
    OF_SUBSTANCE,
    OF_THE_FILE,
    OF_THE_PROJECT,
    OTHER_SUBJECT,
    SUPPORTS,
    TELLS,
    THANKS,
    TIED,
)
from pipeline.core.triage.wording.fragments import CANDIDATURE
from pipeline.core.triage.wording.of_others import OF_OTHERS
from pipeline.core.triage.wording.strangers import TELLS_EVERYBODY
from pipeline.core.verdict import KnownCandidature, Nature, Verdict

BY_WHOM = "Écrit d'une adresse inconnue du dossier\u00a0: par un candidat, ou à son sujet\u00a0? À lire."
PASSED_ON = "C'est l'objet d'un message transféré\u00a0: le retrait de qui\u00a0? À lire."
AFTER_WITHDRAWAL = "La candidature a été retirée. Revient-elle sur son retrait\u00a0? À lire"
COURTESY = 160  # characters: a longer answer says more than thanks


def several_possible(case: Case) -> Verdict | None:
    """It is about a candidature of ours, but nothing says which of several."""
    found = find(case)
    if found is None or found.candidature is not None or not _is_about_the_file(case):
        return None
    said = asked(case) or asked_reception(case)
    if said and not case.has_documents:
        return Verdict(Nature.QUESTION, (f"Un candidat demande{NBSP}: {quote(said.written)}.", found.why))
    return Verdict(Nature.UNSURE, (found.why,), call_meant(case).call_code)


def withdrawal(case: Case) -> Verdict | None:
    """An applicant gives up, in its own words; what it quotes says nothing."""
    told = giving_up(case)
    found = find(case)
    if not told:
        return _perhaps(case, found)
    applicant = found.candidature.collectivite if found and found.candidature else ""
    said = next((one for one in told if not somebody_else_gives_up(one, applicant)), None)
    if said is None:
        return _of_somebody_else(case, found, told[0])
    if said is case.headline and asked(case):
        return None  # "Retrait de dossier", and the text asks where forms are collected
    reason = f"Le texte dit{NBSP}: {quote(said.written)}."
    if found and found.candidature and said is case.headline and case.is_forward:
        return _about(found.candidature, Nature.UNSURE, reason, found.why, PASSED_ON)
    if found and found.candidature and may_speak_for(case, found):
        return _about(found.candidature, Nature.WITHDRAWAL, reason, found.why)
    if found is None and applied(case) and (case.has_documents or not CANDIDATURE.search(said.folded)):
        return None  # it gave something else up, or says not to give up, and applies now
    if found is None and not (CANDIDATURE.search(said.folded) or speaks_of_candidature(case)):
        return None
    doubt = "On ne sait pas de quelle candidature, ou si l'expéditeur peut parler pour elle."
    call = found.candidature.call if found and found.candidature else call_meant(case).call_code
    return Verdict(
        Nature.UNSURE, (reason, doubt), call, found.candidature.number if found and found.candidature else ""
    )


def _perhaps(case: Case, found: Found | None) -> Verdict | None:
    """It speaks of giving up, and does not: "si le conseil refuse, nous devrons renoncer"."""
    said = perhaps_giving_up(case)
    if said is None or not found or not found.candidature or case.has_documents or asked(case):
        return None
    why = f"Un retrait est évoqué, sans être demandé{NBSP}: {quote(said.written)}. À lire."
    return _about(found.candidature, Nature.UNSURE, why, found.why)


def _of_somebody_else(case: Case, found: Found | None, told: Sentence) -> Verdict | None:
    """A partner or a member commune gives up: the candidature goes on, and staff should know."""
    if not found or not found.candidature or case.has_documents or asked(case):
        return None
    why = f"Quelqu'un d'autre que le candidat semble renoncer{NBSP}: {quote(told.written)}. À lire."
    return _about(found.candidature, Nature.UNSURE, why, found.why)


def complement_with_documents(case: Case) -> Verdict | None:
    """It brings documents to a known candidature."""
    found = find(case) if case.has_documents else None
    if not found or not found.candidature or not _brings(case, found):
        return None
    known = found.candidature
    support = first(SUPPORTS, (case.headline, *case.sentences))
    if support and found.by in ("number", "siren", "domain"):
        return _about(known, Nature.UNSURE, found.why, f"Un soutien, de qui{NBSP}? {quote(support.written)}.")
    if is_of_a_stranger(case, found) and not _speaks_as_the_applicant(case, found):
        return _about(known, Nature.UNSURE, found.why, BY_WHOM)
    if found.by == "number" and case.siren and known.siren and case.siren != known.siren:
        why = f"Le message cite {known.number}, mais vient d'une autre collectivité."
        return _about(known, Nature.UNSURE, why)
    if not found.is_sure and applied(case) and not call_meant(case).call and not COMPLETES.search(case.words):
        return _about(
            known, Nature.UNSURE, found.why, "Nouvelle candidature ou complément\u00a0? L'appel n'est pas nommé."
        )
    return _completes(case, known, found.why, "Le message apporte des documents.")


def _speaks_as_the_applicant(case: Case, found: Found) -> bool:
    """Whether a stranger sends what only an applicant does; who writes about an application does not."""
    sentences = (case.headline, *case.sentences)
    if first(ABOUT_THAT_OF_OTHERS, sentences):
        return False
    if of_others(case) or third_party(case) or first(CONTESTS, sentences) or first(TELLS_EVERYBODY, sentences):
        return False
    text = f"{case.words} . {case.document_names}"
    return found.by == "number" or bool(applied(case) or speaks_of_own_file(case) or TIED.search(text))


def _brings(case: Case, found: Found) -> bool:
    """Whether the documents belong to the candidature: surely in its thread, else by what is said of them."""
    text = f"{case.words} . {case.document_names}"
    if not found.is_sure and (relayed(case) or (drafted(case) and asked(case))):
        return False
    if found.is_sure or speaks_of_candidature(case) or speaks_of_a_call(case) or _names_call(case):
        return True
    return bool(TIED.search(text)) and not OTHER_SUBJECT.search(text)


def question_of_applicant(case: Case) -> Verdict | None:
    """An applicant asks; without documents it brings nothing."""
    found = find(case)
    if not found or not found.candidature or case.has_documents or applied(case):
        return None
    said = asked(case) or asked_reception(case)
    if said is None or not (found.is_sure or _is_about_the_file(case)):
        return None
    return _about(found.candidature, Nature.QUESTION, found.why, f"Le candidat demande{NBSP}: {quote(said.written)}.")


def complement_in_words(case: Case) -> Verdict | None:
    """It brings information, or applies once more, without a document."""
    found = find(case) if not case.has_documents else None
    if not found or not found.candidature:
        return None
    informs = next((one for one in case.sentences if _informs(one.folded)), None)
    said = applied(case) or (informs if found.is_sure or _is_about_the_file(case) else None)
    if said and found.candidature.withdrawn:
        return _about(found.candidature, Nature.UNSURE, found.why, f"{AFTER_WITHDRAWAL}{NBSP}: {quote(said.written)}.")
    if said and found.by == "siren" and is_of_a_stranger(case, found):
        return _about(found.candidature, Nature.UNSURE, found.why, BY_WHOM)
    if said and said == informs and _tells_of_a_meeting(case, said):
        return None  # for staff, not for the file
    if said is None or (said == informs and OTHER_SUBJECT.search(case.words) and not found.is_sure):
        return None
    return _completes(case, found.candidature, found.why, f"Le texte précise{NBSP}: {quote(said.written)}.")


def _tells_of_a_meeting(case: Case, said: Sentence) -> bool:
    """Whether what it tells is of a meeting: it names its day, or answers a convocation, and nothing of the file."""
    answers = case.is_reply and MEETING.search(case.subject)
    return bool(answers or days_named(case, case.body)) and not OF_SUBSTANCE.search(said.folded)


def _informs(text: str) -> bool:
    """Whether it adds to the file: by what it says, or by telling something of what the file is made of."""
    told = TELLS.search(text) and (OF_SUBSTANCE.search(text) or OF_THE_PROJECT.search(text))
    return bool(told or INFORMS.search(text)) and not (ADDS_NOTHING.search(text) or _says_nothing_new(text))


def _says_nothing_new(text: str) -> bool:
    return bool(OF_OTHERS.search(text) or (ASKS_RECEIPT.search(text) and not NOTES.search(text)))


def thanks(case: Case) -> Verdict | None:
    """An applicant thanks, or says to have received our letter: nothing to do."""
    found = find(case)
    if not found or not found.candidature or case.has_documents or len(case.body) > COURTESY or not case.is_reply:
        return None
    said = next((one for one in case.sentences if THANKS.search(one.folded)), None)
    if said is None or any(other.search(case.body) for other in (COMPLETES, BUT, DENIES, ATTENDS)):
        return None
    if days_named(case, case.body) or (MEETING.search(case.subject) and not _is_courtesy(case.body)):
        return None  # it may tell who comes
    known = found.candidature
    return _about(
        known, Nature.UNRELATED, f"Simple remerciement du candidat {known.number}{NBSP}: {quote(said.written)}."
    )


def _is_courtesy(body: str) -> bool:
    return not re.search(r"\w", COURTESY_WORDS.compiled.sub(" ", body))


def word_of_applicant(case: Case) -> Verdict | None:
    """An applicant writes, but neither asks, nor completes, nor withdraws."""
    found = find(case)
    if not found or not found.candidature or (found.by in ("siren", "domain") and not _is_about_the_file(case)):
        return None
    other = first(OTHER_SUBJECT, (case.headline, *case.sentences))
    if other and not (found.is_sure or speaks_of_a_call(case) or speaks_of_candidature(case) or _names_call(case)):
        return Verdict(Nature.UNRELATED, (found.why, f"Il parle d'autre chose{NBSP}: {quote(other.written)}."))
    doubt = "Ni document, ni question, ni retrait\u00a0: à lire."
    if case.has_documents:
        doubt = "Le document joint ne semble pas concerner la candidature\u00a0: à ouvrir."
    return _about(found.candidature, Nature.UNSURE, found.why, doubt)


def _is_about_the_file(case: Case) -> bool:
    return (
        bool(OF_THE_FILE.search(case.words))
        or speaks_of_a_call(case)
        or speaks_of_candidature(case)
        or _names_call(case)
    )


def _names_call(case: Case) -> bool:
    naming = call_meant(case)
    return naming.strength in (Strength.NAMED, Strength.DATED)


def _completes(case: Case, known: KnownCandidature, *why: str) -> Verdict:
    """A complement; that somebody else is to be written to is for staff, who keep the addresses."""
    verdict = _about(known, Nature.COMPLEMENT, *why)
    said = first(NEW_CONTACT, case.sentences)
    told = (f"Autre interlocuteur ou autres coordonnées{NBSP}? {quote(said.written)}.",) if said else ()
    return replace(verdict, to_check=(*verdict.to_check, *told))


def _about(known: KnownCandidature, nature: Nature, *why: str) -> Verdict:
    revived = known.withdrawn and nature in (Nature.COMPLEMENT, Nature.QUESTION)
    to_check = ("Un message est arrivé après le retrait de la candidature.",) if revived else ()
    return Verdict(nature, tuple(why), known.call, known.number, to_check=to_check)
