"""Mail about a call and no known candidature: it applies, asks, or leaves a doubt."""

from pipeline.core.call import Call
from pipeline.core.triage.aims import astray, several, taken_back
from pipeline.core.triage.call_names import calls_in, masked
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import NBSP, Sentence, fold, quote
from pipeline.core.triage.intent import (
    LONG_ENOUGH,
    applied,
    applied_in_documents,
    asked,
    asked_reception,
    attaches,
    does_not_apply,
    drafted,
    first,
    intended,
    of_others,
    received,
    speaks_of_a_call,
    speaks_of_candidature,
    speaks_of_own_file,
    subject_applies,
    wished,
)
from pipeline.core.triage.naming import LATE, Naming, Strength, call_meant
from pipeline.core.triage.other_calls import other_call
from pipeline.core.triage.reserves import reserve
from pipeline.core.triage.third_parties import third_party
from pipeline.core.triage.wording.aims import OURS
from pipeline.core.triage.wording.applying import (
    ALREADY_SENT,
    APPLIES,
    COMPLETES_A_FILE,
    INTERESTED,
    LETTER,
    LETTER_SENT,
    PAPERS,
    PLACE,
)
from pipeline.core.triage.wording.asking import CONTESTS, DEPOSIT, TO_MEET
from pipeline.core.triage.wording.following_up import OTHER_SUBJECT
from pipeline.core.triage.wording.fragments import CALL, CANDIDATURE, OUR_CALL
from pipeline.core.triage.wording.machines import NO_REPLY, SHARES
from pipeline.core.triage.wording.not_yet import HOPES_THAT
from pipeline.core.triage.wording.of_others import TO_APPLICANTS
from pipeline.core.triage.wording.organisers import TO_PEERS
from pipeline.core.triage.wording.strangers import FOR_THE_PRESS, SAID_TO_US, TELLS_EVERYBODY
from pipeline.core.verdict import NOTHING_SAID, Nature, Verdict


def draft_to_discuss(case: Case) -> Verdict | None:
    """A draft, or an application that is said to come: with a question it is a question, without one a doubt."""
    draft, naming = drafted(case), call_meant(case)
    if draft is None or not _is_about_a_call(case, naming):
        return None
    reason = f"Le texte dit{NBSP}: {quote(draft.written)}."
    if asked(case):
        return Verdict(Nature.QUESTION, (reason, "C'est une question avant de candidater."), naming.call_code)
    doubt = "Projet ou candidature\u00a0? À lire."
    return Verdict(Nature.UNSURE, (reason, doubt), naming.call_code)


def new_candidature(case: Case) -> Verdict | None:
    """It applies to one of our calls."""
    evidence, naming = _evidence(case), call_meant(case)
    if evidence is None or not _may_apply(case, naming):
        return None
    if naming.call is None:
        return Verdict(Nature.UNSURE, (evidence, naming.why or "On ne sait pas à quel appel."))
    if said := _why_not_surely(case, naming.call):
        return Verdict(Nature.UNSURE, (evidence, naming.why, said), naming.call.code)
    return Verdict(Nature.CANDIDATURE, (evidence, naming.why), naming.call.code)


def _why_not_surely(case: Case, call: Call) -> str:
    """Why a person should look before it is taken for an application, in French; "" if nothing speaks against it."""
    if case.received >= call.deadline() + LATE:
        return "L'appel est clos depuis plus de deux mois."
    if said := _speaks_of_others(case, call) or reserve(case, call):
        return said
    if not case.has_documents and NO_REPLY.search(fold(case.sender.email.partition("@")[0])):
        return "Une machine l'écrit, sans document\u00a0: à lire."
    if case.known.awaiting and _brings_only_papers(case):
        return "Un message précédent de cet expéditeur est encore à trier."
    if not (case.has_documents or case.siren or case.candidates):
        # Words alone, from nobody we can place: a person loses a minute, a wrong acknowledgement costs trust.
        return "Ni document, ni collectivité reconnue."
    return ""


def _brings_only_papers(case: Case) -> bool:
    """Whether what it says to come with it is a deliberation and no dossier: it may complete what is still to sort."""
    said = applied(case) or wished(case)
    return bool(said and PAPERS.search(said.folded)) and not speaks_of_own_file(case)


def _speaks_of_others(case: Case, call: Call) -> str:
    """What tells, in French, that it applies for several, for others, to others, or to another call; "" if nothing."""
    if other := other_call(case):  # a common phrase of ours was found beside it
        return f"Le message parle d'un autre appel que les nôtres{NBSP}: «{NBSP}{other[:80]}{NBSP}». À lire."
    if back := taken_back(case, call):
        return f"Le message dit le contraire{NBSP}: {quote(back.written)}. À lire."
    if parted := several(case):
        return f"Le message apporte plusieurs candidatures{NBSP}: {quote(parted.written)}. À séparer."
    peers = first(TO_PEERS, case.sentences) or first(TO_APPLICANTS, case.sentences)
    if peers and not OURS.search(case.words):
        return f"Le message s'adresse à d'autres que nous{NBSP}: {quote(peers.written)}. À lire."
    if said := third_party(case):
        return f"L'auteur semble parler pour d'autres, ou pour une entreprise{NBSP}: {said}. À lire."
    if news := _news(case):
        return f"Le message semble informer tout le monde{NBSP}: {quote(news.written)}. À lire."
    return ""


def _news(case: Case) -> Sentence | None:
    """News for everybody that tell of the application; a press release sent along with it, named after it, is none."""
    if not (case.is_reply or case.is_forward) and TELLS_EVERYBODY.search(case.subject):
        return case.headline  # the subject of an answer may be the one of our newsletter
    if FOR_THE_PRESS.search(case.whole_text) and not SAID_TO_US.search(case.body):
        return applied(case) or wished(case)
    told = (one for one in (applied(case), wished(case)) if one)
    return next((one for one in told if TELLS_EVERYBODY.search(one.folded.partition("candidat")[0])), None)


def _evidence(case: Case) -> str | None:
    """Why it is an application, in French; None when it is none."""
    if (said := applied(case)) and not (astray(case) and not _says_what_for(case, said)):
        return f"Le texte dit{NBSP}: {quote(said.written)}."
    question = asked(case)
    if (said := wished(case)) and not (question or (first(TO_MEET, case.sentences) and not case.has_documents)):
        return f"Le texte dit{NBSP}: {quote(said.written)}."
    if first(COMPLETES_A_FILE, case.sentences) or first(HOPES_THAT, case.sentences):
        return None
    if does_not_apply(case) or received(case) or astray(case):
        return None
    if subject_applies(case) and not question and not intended(case) and _has_substance(case) and _is_borne_out(case):
        return f"L'objet annonce une candidature{NBSP}: {quote(case.message.subject)}."
    if _sends_letter(case):
        return "Une collectivité envoie un courrier sur l'appel."
    silent = not (question or intended(case) or of_others(case))
    in_document = applied_in_documents(case) if case.has_documents and silent else None
    if in_document and (attaches(case) or case.is_short):
        return f"Le document joint dit{NBSP}: {quote(in_document.written)}."
    return None


def _says_what_for(case: Case, said: Sentence) -> bool:
    """Whether it names a candidature or our call: "notre dossier est joint" is for what was spoken of before."""
    return bool(CANDIDATURE.search(said.folded) or OUR_CALL.search(masked(said.folded, case.calls)))


def _is_shared(case: Case) -> bool:
    """Whether a program only tells that a file of that name was shared."""
    return bool(SHARES.search(case.subject) or SHARES.search(case.body))


def _sends_letter(case: Case) -> bool:
    """A place sends its letter about a call that it names, and nothing tells that it is about something else."""
    if not case.has_documents or call_meant(case).strength is not Strength.NAMED:
        return False
    if not (attaches(case) or len(case.body) < LONG_ENOUGH):
        return False
    if (
        asked(case)
        or intended(case)
        or of_others(case)
        or OTHER_SUBJECT.search(f"{case.words} . {case.document_names}")
    ):
        return False
    if not (case.siren or PLACE.search(case.words)):
        return False
    if not case.document_words:  # nothing to read in it: its words must say what it is
        return bool(LETTER_SENT.search(case.body))
    return bool(LETTER.search(case.body)) and _documents_fit(case)


def _documents_fit(case: Case) -> bool:
    text = case.document_words
    return bool(CANDIDATURE.search(text) or CALL.search(text) or calls_in(text, case.calls))


def _has_substance(case: Case) -> bool:
    """Documents, or enough text to be the application itself."""
    if case.has_documents:
        return True
    if first(ALREADY_SENT, case.sentences) or _is_shared(case):
        return False
    return len(case.body) >= LONG_ENOUGH


def _is_borne_out(case: Case) -> bool:
    """Whether the body is too short to say anything else than the subject, or speaks of what is sent."""
    if len(case.body) < LONG_ENOUGH or not case.has_documents:
        return True
    return bool(OURS.search(case.body) or LETTER_SENT.search(case.body) or first(APPLIES, case.sentences))


def _may_apply(case: Case, naming: Naming) -> bool:
    """Whether it is an application to a call, and not the sending of something else."""
    if naming.strength is Strength.NAMED:
        return True
    said = CANDIDATURE.search(case.words) or CANDIDATURE.search(case.document_names) or speaks_of_own_file(case)
    return speaks_of_a_call(case) or bool(said and case.siren and case.has_documents)


def question(case: Case) -> Verdict | None:
    """It asks about a call."""
    naming, said = call_meant(case), asked(case)
    about = _is_about_a_call(case, naming) or (speaks_of_candidature(case) and not other_call(case))
    about = about or (naming.strength is Strength.DATED and bool(DEPOSIT.search(case.words)))
    if said is None and not case.has_documents and about:
        said = asked_reception(case)
    if said is None or not about:
        return None
    why = (f"Le texte demande{NBSP}: {quote(said.written)}.", *([naming.why] if naming.why else []))
    return Verdict(Nature.QUESTION, why, naming.call_code)


def doubt(case: Case) -> Verdict | None:
    """Some sign of a call or of a candidature, but none that is sure."""
    naming, told = call_meant(case), (case.headline, *case.sentences)
    signs = [
        (first(COMPLETES_A_FILE, case.sentences), "Le message complète une candidature que nous ne connaissons pas."),
        (_interest(case), "Le message montre de l'intérêt sans candidater ni rien demander."),
        (intended(case) if _is_about_a_call(case, naming) else None, "La candidature semble encore à venir."),
        (case.has_documents and speaks_of_a_call(case), "Un document sur un appel, sans dire ce que c'est."),
        (does_not_apply(case), "Le message dit ne pas candidater à l'appel."),
        (speaks_of_candidature(case) and case.has_documents, _of_which(naming)),
        (first(CONTESTS, told) and speaks_of_candidature(case), "Le message conteste une décision."),
        (speaks_of_own_file(case), "Le message parle d'une candidature que nous ne connaissons pas."),
        (
            _of_a_known_place(case),
            "Le message parle d'une candidature, d'une adresse inconnue\u00a0: à rattacher\u00a0?",
        ),
        (applied(case), "Le message envoie un dossier, sans dire pour quoi."),
        (_is_about_a_call(case, naming), "Le message parle d'un appel, sans candidater ni rien demander."),
        (
            case.has_documents and case.is_short and not case.subject,
            "Un document est envoyé sans un mot\u00a0: à ouvrir.",
        ),
        (case.has_documents and case.is_short and case.siren, "Une collectivité envoie un document sans un mot."),
        (case.known.awaiting, "Un message précédent de cet expéditeur est encore à trier."),
    ]
    said = next((reason for sign, reason in signs if sign), None)
    return Verdict(Nature.UNSURE, (said,), _sure_code(naming)) if said else None


def _of_a_known_place(case: Case) -> bool:
    """Whether it speaks of a candidature, and may be of a collectivité that applied."""
    applicants = {known.siren for known in case.known.candidatures if known.siren}
    return speaks_of_candidature(case) and not applicants.isdisjoint((case.siren, *case.candidates))


def _of_which(naming: Naming) -> str:
    if naming.strength is Strength.NAMED:
        return "Le message parle de candidature, sans qu'on sache s'il candidate."
    return "Le message parle de candidature, sans dire pour quoi."


def _interest(case: Case) -> Sentence | None:
    return first(INTERESTED, case.sentences) if _is_about_a_call(case, call_meant(case)) else None


def _sure_code(naming: Naming) -> str | None:
    return naming.call_code if naming.strength is not Strength.OPEN else None


def _is_about_a_call(case: Case, naming: Naming) -> bool:
    return naming.strength is Strength.NAMED or naming.is_tied or speaks_of_a_call(case)


def nothing_for_us(case: Case) -> Verdict:
    """No rule found a sign."""
    return Verdict(Nature.UNRELATED, (NOTHING_SAID,))
