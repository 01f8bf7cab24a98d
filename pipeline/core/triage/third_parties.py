"""Whether a mail that applies is written by somebody who is no applicant: then a person reads it."""

import re

from pipeline.core.signature import part
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import Sentence, fold, quote
from pipeline.core.triage.wording.fragments import CANDIDATURE
from pipeline.core.triage.wording.keeping import (
    APPLICANTS,
    ASIDE,
    BODIES,
    DRIVES,
    OF_THE_PLACE,
    SOMEBODY_LEAVES,
    WHO_GIVES_UP,
)
from pipeline.core.triage.wording.third_parties import (
    ASKED_TO_SEND,
    FOR_OTHERS,
    OF_THEMSELVES,
    OFFICE_HOLDER,
    OWN_TOWN,
    SIGNED,
    SIGNED_BY_A_BODY,
    TRAINEE,
)
from pipeline.core.triage.wording.withdrawing import WITHDRAWS

_WORD = re.compile(r"[a-z]{3,}")
_IN_MANY_NAMES = frozenset("les des aux sur sous lez saint sainte notre nos val bois mont ville haut haute".split())
_PLACE = re.compile(r"\b(?:de |du |des |d['’])(?:la |le |les |l['’])?([A-ZÀ-Ý][\w'’-]+)")
LONGEST_LINE = 90  # characters of a line of a signature


def third_party(case: Case) -> str:
    """The words by which they say so, quoted; "" when nothing tells."""
    own_town = not (OFFICE_HOLDER.search(case.whole_text) or _signs_the_letter(case))  # "ma commune" is a mayor's word
    for sentence in (case.headline, *case.sentences):
        is_of_themselves = OF_THEMSELVES.search(sentence.folded) and not _is_sent_by_a_trainee(case, sentence)
        if is_of_themselves or FOR_OTHERS.search(sentence.folded):
            return quote(sentence.written)
        if own_town and OWN_TOWN.search(sentence.folded):
            return quote(sentence.written)
    signature = [line.strip() for line in part(case.message.text).signature]
    short = [line for line in (*signature, case.sender.name) if len(line) < LONGEST_LINE]
    return next((quote(line) for line in short if _is_of_others(fold(line), case)), "")


def _is_sent_by_a_trainee(case: Case, sentence: Sentence) -> bool:
    """ "Je suis stagiaire à la mairie ; ma tutrice m'a demandé de vous envoyer …"."""
    return bool(TRAINEE.search(sentence.folded) and ASKED_TO_SEND.search(case.words))


def _signs_the_letter(case: Case) -> bool:
    """Whether a document names who writes beside an office: "Thierry Lemaire, maire de Nesle"."""
    writer = set(_WORD.findall(fold(f"{case.sender.name} {case.sender.email.partition('@')[0]}")))
    signed = (set(_WORD.findall(one.folded)) for one in case.document_sentences if OFFICE_HOLDER.search(one.folded))
    return any(len(writer & said) >= 2 for said in signed)


def _is_of_others(line: str, case: Case) -> bool:
    passes_on = case.has_documents and (case.siren or case.candidates)
    return bool(SIGNED.search(line) or (SIGNED_BY_A_BODY.search(line) and not passes_on))


def somebody_else_gives_up(sentence: Sentence, applicant: str) -> bool:
    """Whether who gives up in it is neither the applicant nor one of its people: a partner, or another place.

    "Le port se retire", and, where an EPCI applied, "la commune de Wail ne participera pas". `applicant`: its name, ""
    where it is unknown.
    """
    text = _without_asides(sentence.folded)
    named = [(found["who"] or found["which"], found.end()) for found in WHO_GIVES_UP.finditer(text)]
    if not named or WITHDRAWS.search(text[named[-1][1] :]):
        return False
    if SOMEBODY_LEAVES.search(text) and CANDIDATURE.search(text):
        return False  # "M. Veron retire notre candidature" may speak for it
    return all(_is_another(who, sentence.written, applicant) for who, _ in named)


def _without_asides(text: str) -> str:
    asides = (found[0] for found in ASIDE.finditer(text))
    for aside in asides:
        if not WITHDRAWS.search(aside):
            text = text.replace(aside, " ", 1)
    return text


def _is_another(who: str, written: str, applicant: str) -> bool:
    if DRIVES.search(who) or _proper(applicant) & _proper(who):
        return False
    if BODIES.match(who) and not OF_THE_PLACE.search(who):  # "le syndicat des eaux", not "la commission municipale"
        return bool(applicant) and not BODIES.search(fold(applicant))
    if not APPLICANTS.search(who):
        return True
    places = [fold(one) for one in _PLACE.findall(written)]
    return bool(applicant) and any(one in who and not APPLICANTS.search(one) for one in places)


def _proper(text: str) -> set[str]:
    """The words that tell one name from another."""
    return set(_WORD.findall(APPLICANTS.compiled.sub(" ", BODIES.compiled.sub(" ", fold(text))))) - _IN_MANY_NAMES
