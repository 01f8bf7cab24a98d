"""What keeps back a candidature that seems plain: words anywhere in the mail by which it is a try, a draft, a refusal,
somebody else's, or holds under a condition. A person looks at these."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.core.call import Call
from pipeline.core.triage.aims import is_said, said_of_this_call
from pipeline.core.triage.call_names import masked
from pipeline.core.triage.case import MOST_OF_A_DOCUMENT, Case
from pipeline.core.triage.folding import NBSP, Sentence, fold, fold_name, quote, sentences
from pipeline.core.triage.intent import (
    applied,
    applied_in_documents,
    first,
    of_a_part,
    of_others,
    subject_applies,
    wished,
)
from pipeline.core.triage.naming import Strength, call_meant
from pipeline.core.triage.wording.aims import CONTRADICTS, OURS
from pipeline.core.triage.wording.applying import APPLIES, PAPERS
from pipeline.core.triage.wording.fragments import Phrases
from pipeline.core.triage.wording.not_yet import DOES_NOT_APPLY
from pipeline.core.triage.wording.reserves import (
    ANOTHER_TITLE,
    BELOW,
    CONDITIONS,
    DENIES,
    DISCLAIMS,
    DRAFTED,
    GIVES_UP,
    HEAD_OF_A_DRAFT,
    IGNORE_IT,
    NOT_FOR_REAL,
    OF_ANOTHER_HAND,
    ONLY_ABOUT_IT,
    REFUSES,
    SELF_EXCUSED,
    VOTED_FOR,
)

_LIES_WITH = (
    r"\b(?:(?:a|ont|est|etait|sont|avait) (?:\w+ )?(?:deposee?s?|envoyee?s?|transmise?s?|adressee?s?|remise?s?)"
    r"|entre les mains)(?: \S+){{0,3}}? (?:au|du|a|chez le) (?:{ours})\b"
)
HEAD = 8  # sentences of a document: it says there that it is a draft
_DRAFT_NAME = re.compile(
    r"\b(?:brouillon|draft|provisoire|a (?:valider|relire|corriger|completer|signer)|ne pas (?:envoyer|diffuser)|v0"
    r"|version de travail|projet (?:de )?(?:candidature|reponse))\b"
)


def reserve(case: Case, call: Call) -> str:
    """Why a person should read it before it is acknowledged, in French; "" if nothing speaks against it."""
    return next((said for said in _reserves(case, call) if said), "")


def _reserves(case: Case, call: Call) -> Iterator[str]:
    told = (case.headline, *(one for one in case.sentences if not DISCLAIMS.search(one.folded)))
    sender = Sentence(fold(case.sender.name), case.sender.name)
    everywhere = (case.headline, *sentences(case.message.text), sender)
    own = [one for one in everywhere if not (of_a_part(one) or DISCLAIMS.search(one.folded))]
    yield _quoted(_first_said(own, (NOT_FOR_REAL, DRAFTED)))
    yield _quoted(said_of_this_call(case, call, told, (GIVES_UP, CONDITIONS, OF_ANOTHER_HAND)))
    yield _to_be_ignored(told)
    if BELOW.search(case.body):
        yield _quoted(_first_said(sentences(case.message.quoted), (GIVES_UP, CONTRADICTS, DOES_NOT_APPLY, REFUSES)))
    if name := _only_drafts(case):
        yield f"Le nom d'un document dit{NBSP}: «{NBSP}{name}{NBSP}». À lire."
    yield _in_documents(case)
    if call_meant(case).strength is not Strength.NAMED and (other := of_others(case) or _titled_otherwise(case)):
        yield f"Le message parle d'autre chose{NBSP}: {quote(other.written)}. À lire."
    lies_with_us = _lies_with(case.house.organisation_domains)
    if there := next((one for one in told if lies_with_us.search(one.folded)), None):
        yield f"Le message parle de nous à d'autres{NBSP}: {quote(there.written)}. À lire."


def _quoted(said: Sentence | None) -> str:
    return f"Le message dit aussi{NBSP}: {quote(said.written)}. À lire." if said else ""


def _first_said(told: Iterable[Sentence], tables: tuple[Phrases, ...]) -> Sentence | None:
    return next((one for one in told if is_said(one, tables)), None)


def _to_be_ignored(told: Sequence[Sentence]) -> str:
    """ "Merci de ne pas en tenir compte", unless it is said of an earlier mail or version."""
    for last, one in pairwise((told[0], *told)):
        if IGNORE_IT.search(one.folded) and not SELF_EXCUSED.search(f"{last.folded} {one.folded}"):
            return _quoted(one)
    return ""


def _in_documents(case: Case) -> str:
    found = _draft(case) or next((one for one in case.document_sentences if _refuses(one.folded, case.calls)), None)
    if found:
        return f"Un document dit{NBSP}: {quote(found.written)}. À lire."
    return "Ce que décide le document joint n'est pas sûr\u00a0: à lire." if _is_undecided(case) else ""


def _titled_otherwise(case: Case) -> Sentence | None:
    """The head of a document which says that it is for a label, a prize …"""
    return first(ANOTHER_TITLE, case.document_sentences[:HEAD])


@lru_cache(maxsize=8)
def _lies_with(domains: frozenset[str]) -> re.Pattern[str]:
    """ "La candidature que la commune a déposée au Cerdd": nobody says so to the Cerdd."""
    ours = "|".join(re.escape(one.partition(".")[0]) for one in sorted(domains))
    return re.compile(_LIES_WITH.format(ours=ours) if ours else r"(?!)")


def _only_drafts(case: Case) -> str:
    """The words by which the names of all documents say that they are drafts; an annex may be one."""
    found = [_DRAFT_NAME.search(fold_name(one.name)) for one in case.message.documents]
    return found[0][0] if found and found[0] and all(found) else ""


def _draft(case: Case) -> Sentence | None:
    """The words at the head of its document that say that it is a draft, where no other is none."""
    heads = [sentences(text[:MOST_OF_A_DOCUMENT])[:HEAD] for text in case.document_texts if text.strip()]
    drafts = [first(HEAD_OF_A_DRAFT, head) or first(DRAFTED, head) for head in heads]
    return drafts[0] if drafts and all(drafts) else None


def _refuses(text: str, calls: tuple[Call, ...]) -> bool:
    """A document may be long: only a sentence with a word that may deny is looked at closely."""
    if not DENIES.search(text):
        return False
    plain = masked(text, calls)
    return bool(REFUSES.search(plain) or (DOES_NOT_APPLY.search(plain) and not APPLIES.search(plain)))


def _is_undecided(case: Case) -> bool:
    """Whether the mail only says what its document is about ("la délibération relative à la candidature"), and the
    document was read and does not say yes. A deliberation that is a picture mostly does."""
    said = applied(case) or wished(case)
    text = masked(said.folded, case.calls) if said else ""
    if not case.document_texts or OURS.search(case.words):
        return False
    if subject_applies(case) if said is None else not ONLY_ABOUT_IT.search(text):
        return False
    if not case.document_sentences:
        return not PAPERS.search(text)
    votes = any(VOTED_FOR.search(masked(one.folded, case.calls)) for one in case.document_sentences)
    return not (votes or applied_in_documents(case))
