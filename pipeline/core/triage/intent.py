"""What the writer does: applies, wishes to, asks, sends a draft. Each answer is the sentence that shows it, or None."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.core.triage.aims import is_of_before, is_of_no_applicant, misses, own_words
from pipeline.core.triage.call_names import masked
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import LIST_ITEM, Sentence
from pipeline.core.triage.other_calls import aims_elsewhere
from pipeline.core.triage.wording import nominal
from pipeline.core.triage.wording.aims import OURS, SENDS
from pipeline.core.triage.wording.applying import (
    ALREADY_SENT,
    APPLIES,
    ASKS_TO_REGISTER,
    ATTEMPTS,
    BRINGS_IT,
    COMING_WITH,
    COMPLETES_A_FILE,
    DRAFT,
    JOINED_TO_IT,
    OWN_ATTACHED,
    OWN_FILE,
    PAPERS,
    WANTS_OPINION,
    WISHES,
)
from pipeline.core.triage.wording.asking import ASKS, ASKS_RECEIPT, SUBJECT_ASKS
from pipeline.core.triage.wording.following_up import ATTACHED
from pipeline.core.triage.wording.fragments import CALL, CANDIDATURE, OUR_CALL, Phrases, words
from pipeline.core.triage.wording.not_yet import (
    DOES_NOT_APPLY,
    FOR_THE_RECORD,
    HOPES_THAT,
    INTENDS,
    NEGATED,
    NOT_DECIDED,
    WILL_COME,
)
from pipeline.core.triage.wording.of_others import OF_OTHERS, RECEIVED, TO_OTHERS

_SUBJECT_APPLIES = words(
    r"candidature(?! spontanee)",
    r"candidatures (?:de|du|des|d'|conjointes?|communes?)",
    r"candidater?",
    r"(?:reponse|repond\w*)(?: \S+){0,4}? (?:ami|appel)",
    r"manifestation d'interet de",
    r"dossier",
)
# What who opened the call writes, or what somebody answers to us; an event is no application either.
_SUBJECT_OF_THE_CALL = words(
    *(r"votre candidature", r"date limite", r"cloture", r"lancement", r"rappel"),
    *(r"invitations?", r"reunions?", r"soiree", r"conferences?", r"articles?"),
)
_IF = r"si(?! (?:non|oui)\b| possible,? (?:merci|veuillez)\b)"
_NOT = words(r"pas", r"plus", r"ne", r"avant", _IF, r"quand", r"comment")
_CLAUSE_ENDS = re.compile(r"[,;:] | et | mais | donc ")
_TAKEN_IN = re.compile(
    r"\b(?:pris\w* en compte|integre\w*|tenu compte|corrige\w* selon|remplac\w+"
    r"|(?:voici|trouver\w*|ci-joint\w*)(?: \S+){0,3}? version (?:definitive|finale|signee))\b"
)
_OF_A_PART = re.compile(
    r"\b(?:budget|financement|calendrier|planning|chiffrage|annexes?|fiches|plan d'actions?)(?:,? \S+){0,8}?"
    r" (?:d'ebauche|ebauche|provisoire|brouillon|a (?:affiner|preciser|completer|valider|revoir))\b"
)
_BEFORE = re.compile(r"\b(?:apres|(?:a la )?suite (?:a|au|aux)) [^,;:]*,")
_WITH_IT = re.compile(rf"\(((?:voir |cf\.? |en )?(?:{COMING_WITH}|jointe?s?)(?: jointe?s?)?)\)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# "Travailler la question « à quoi ressemblera la ville ? »": a subject, not something we are asked.
_WORKED_ON = re.compile(
    r"\b(?:questions?|sujets?|themes?|intitulee?|titre|autour d[eu]|sur)(?: suivante?s?)? ?:? \"[^\"]*\?[\" )]*$"
)
# "Nous avions répondu en 2014": an application of another time, whatever else the sentence says.
_FORMER = re.compile(
    r"\b(?:avait|avaient|avions|avais)(?: \w+){0,2}? (?:candidate|repondu|depose|postule|participe)\b"
    r"|\b(?:a|ai|avons|ont) (?:\w+ )?(?:candidate|repondu|postule|participe)"
    r" (?:l'an(?:nee)? (?:dernier|passe)|en 20|il y a)"
)
LONG_ENOUGH = 200  # characters: a mail that presents a project says more than "Candidature"


def first(phrases: Phrases, sentences: Iterable[Sentence]) -> Sentence | None:
    return next((one for one in sentences if phrases.search(one.folded)), None)


@lru_cache(maxsize=1)  # many rules ask for the same case
def applied(case: Case) -> Sentence | None:
    """The sentence by which this mail applies: own words, then what it passes on."""
    subject = () if case.body else (case.headline,)
    said = next((one for one in (*case.sentences, *subject, *case.passed_on) if _applies(case, one)), None)
    return said or ((_brings_it(case) or _lists_it(case)) if case.has_documents else None)


def _lists_it(case: Case) -> Sentence | None:
    """ "Vous trouverez ci-joint :", and an item below that is the candidature."""
    lead = next(
        (at for at, one in enumerate(case.sentences) if one.folded.endswith(":") and SENDS.search(one.folded)), -1
    )
    items = [one for one in case.sentences[lead + 1 :] if lead >= 0 and LIST_ITEM.match(one.folded)]
    whole = ((one, f"{case.sentences[lead].folded.rstrip(' :')} {LIST_ITEM.sub('', one.folded)}") for one in items)
    return next((one for one, text in whole if _applies(case, Sentence(text, one.written))), None)


def _clauses(text: str) -> list[str]:
    """A sentence without what stands in brackets, and each of the brackets: none goes on in the other. "(candidate à
    …)" tells of the place that it stands behind, "(ci-joint)" goes on with the sentence."""
    text = _WITH_IT.sub(r"\1", text)
    told = [said for said in _BRACKETS.findall(text) if not said.startswith("candidat")]
    return [" ".join(_BRACKETS.sub(" ", text).split()), *told]


def _brings_it(case: Case) -> Sentence | None:
    """ "Vous la trouverez ci-jointe", where the sentence before speaks of an own candidature."""
    pairs = zip(case.sentences, case.sentences[1:], strict=False)
    brought = (two for one, two in pairs if CANDIDATURE.search(one.folded) and not _not_ours(case, one.folded))
    return next((two for two in brought if BRINGS_IT.search(two.folded) and not is_question(two)), None)


def _not_ours(case: Case, text: str) -> bool:
    plain = own_words(masked(text, case.calls))
    return _not_own(text) or is_of_no_applicant(plain) or not _aims_at_us(case, plain)


def _stated_before(text: str) -> str:
    """What a sentence states before it asks: "Voici notre candidature : serait-il possible … ?"; "" if nothing."""
    asks = ASKS.search(text)
    stated = text[: asks.start()] if asks else text.rpartition(" : ")[0] or text.rpartition(" ; ")[0]
    return stated.rstrip(" ,:;")


def _not_own(text: str) -> bool:
    """Whether it speaks of somebody else's application, or to those who may apply."""
    return bool(OF_OTHERS.search(text) or TO_OTHERS.search(text))


def _applies(case: Case, sentence: Sentence) -> bool:
    text = own_words(masked(sentence.folded, case.calls))
    for aside in (_FORMER, JOINED_TO_IT.compiled):
        text = aside.sub(" ", text)
    if is_of_no_applicant(text) or not (_aims_at_us(case, text) or _applies_all_the_same(case, text)):
        return False
    if aims_elsewhere(sentence.written, case) or FOR_THE_RECORD.search(text):
        return False
    asking = is_question(sentence)
    if asking and case.has_documents:
        stated = _stated_before(text)
        # "Pouvez-vous accepter notre candidature ci-jointe ?" brings it, "que pensez-vous de … ?" does not.
        asking = bool(WANTS_OPINION.search(text)) or not (stated or OWN_ATTACHED.search(text))
        text = stated or text
    if (
        (_not_own(_BEFORE.sub(" ", text)) and not _own_part(text))
        or COMPLETES_A_FILE.search(text)
        or (ATTEMPTS.search(text) and not case.has_documents)
    ):
        return False
    asks = ASKS_TO_REGISTER.search(text)
    if asks and not _NOT.search(_CLAUSE_ENDS.split(text[: asks.end()])[-1]):
        return True
    if (
        not (any(APPLIES.search(clause) for clause in _clauses(text)) or _brings_plainly(case, sentence))
        or asking
        or NEGATED.search(text)
        or INTENDS.search(text)
        or HOPES_THAT.search(text)
    ):
        return False
    return not ALREADY_SENT.search(text) or bool(case.has_documents and ATTACHED.search(text))


def _brings_plainly(case: Case, sentence: Sentence) -> bool:
    return case.has_documents and not is_question(sentence) and bool(nominal.BRINGS.fullmatch(sentence.written))


def _applies_all_the_same(case: Case, text: str) -> bool:
    """Whether one part of the sentence applies to our call: "l'ancienne avait été rejetée, voici la nouvelle à …"."""
    parts = (part for part in _CLAUSE_ENDS.split(text) if APPLIES.search(part) and OUR_CALL.search(part))
    return any(_aims_at_us(case, part) for part in parts)


def _own_part(text: str) -> bool:
    """Whether a part of it sends an own file to our call: "après … au label, nous vous adressons notre candidature"."""
    parts = (part for part in _CLAUSE_ENDS.split(text) if OURS.search(part) and OUR_CALL.search(part))
    return any(APPLIES.search(part) and not _not_own(part) for part in parts)


def _aims_at_us(case: Case, text: str) -> bool:
    return not (misses(text) or DOES_NOT_APPLY.search(text) or is_of_before(text, case.calls))


@lru_cache(maxsize=1)
def wished(case: Case) -> Sentence | None:
    """A sentence that wishes to take part, without asking and without saying when."""
    return next((one for one in (*case.sentences, *case.passed_on) if _wishes(case, one)), None)


def _wishes(case: Case, sentence: Sentence) -> bool:
    text = own_words(masked(sentence.folded, case.calls))
    found = WISHES.search(text) and not (is_question(sentence) or is_of_no_applicant(text))
    if NOT_DECIDED.search(text) and not case.has_documents:
        return False
    return bool(
        found and _aims_at_us(case, text) and not (_not_own(text) or NEGATED.search(text) or INTENDS.search(text))
    )


@lru_cache(maxsize=1)
def applied_in_documents(case: Case) -> Sentence | None:
    """The sentence of a document that applies."""
    return next((one for one in case.document_sentences if _applies(case, one) or _wishes(case, one)), None)


def speaks_of_own_file(case: Case) -> bool:
    """Whether it says "notre candidature", "notre dossier": no machine, no organiser and no colleague does."""
    return bool(OWN_FILE.search(case.words))


def subject_applies(case: Case) -> bool:
    subject = masked(case.subject, case.calls)
    return (
        bool(_SUBJECT_APPLIES.search(subject))
        and not _SUBJECT_OF_THE_CALL.search(subject)
        and not of_others(case)
        and not (subject.endswith("?") or ASKS.search(subject))
    )


@lru_cache(maxsize=1)  # many rules ask for the same case
def of_others(case: Case) -> Sentence | None:
    """Words about somebody else's application, or about applying to something else."""
    elsewhere = (one for one in case.sentences if aims_elsewhere(one.written, case))
    return first(OF_OTHERS, (case.headline, *case.sentences)) or next(elsewhere, None)


def does_not_apply(case: Case) -> Sentence | None:
    """The sentence which says that it does not apply to our call; an application beside it is one to others."""
    return next((one for one in case.sentences if DOES_NOT_APPLY.search(masked(one.folded, case.calls))), None)


def received(case: Case) -> Sentence | None:
    """The sentence that thanks for a candidature, or says that something is sent for information: it sends none."""
    return first(RECEIVED, case.sentences)


def is_question(sentence: Sentence) -> bool:
    asks = sentence.folded.rstrip(' ")').endswith("?") and not _WORKED_ON.search(sentence.folded)
    return asks or bool(ASKS.search(sentence.folded))


def asked(case: Case) -> Sentence | None:
    """The question the mail asks, beyond the courtesy of confirming reception."""
    own = [one for one in case.sentences if is_question(one) and not ASKS_RECEIPT.search(one.folded)]
    return own[0] if own else _asking_subject(case)


def _asking_subject(case: Case) -> Sentence | None:
    """The subject when it asks; that of a reply is not the writer's."""
    asks = SUBJECT_ASKS.search(case.subject) or case.subject.endswith("?")
    return case.headline if asks and not (case.is_reply or case.is_forward) else None


def asked_reception(case: Case) -> Sentence | None:
    return next((one for one in case.sentences if is_question(one)), None)


def of_a_part(sentence: Sentence) -> bool:
    """Whether what it calls a draft was one before ("voici la version définitive"), or is the budget alone."""
    return bool(_TAKEN_IN.search(sentence.folded) or _OF_A_PART.search(sentence.folded))


def drafted(case: Case) -> Sentence | None:
    """Words that make of what is sent a draft, or of the application one to come; "après le projet de dossier, voici
    la version définitive" sends none."""
    told = (one for one in (case.headline, *case.sentences) if not of_a_part(one))
    return next((one for one in told if DRAFT.search(_BEFORE.sub(" ", one.folded))), None)


def intended(case: Case) -> Sentence | None:
    # "La délibération vous parviendra": what follows a candidature that came with documents.
    later = [one for one in case.sentences if not (case.has_documents and PAPERS.search(one.folded))]
    undecided = None if case.has_documents else first(NOT_DECIDED, case.sentences)
    return first(INTENDS, case.sentences) or undecided or first(WILL_COME, later)


def speaks_of_a_call(case: Case) -> bool:
    """Whether "AMI", "votre appel" … stands in its words, in what it passes on, or in its documents."""
    texts = (case.words, case.document_names, *(one.folded for one in (*case.passed_on, *case.document_sentences)))
    return any(CALL.search(text) for text in texts)


def speaks_of_candidature(case: Case) -> bool:
    return bool(CANDIDATURE.search(case.words) or CANDIDATURE.search(case.document_names))


def attaches(case: Case) -> bool:
    """Whether it says that something comes with it."""
    return bool(ATTACHED.search(case.words))
