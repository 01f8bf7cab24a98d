"""Whether a mail that applies is written by somebody who is no applicant: then a person reads it."""

from pipeline.core.signature import part
from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import fold, quote
from pipeline.core.triage.wording.third_parties import (
    FOR_OTHERS,
    OF_THEMSELVES,
    OFFICE_HOLDER,
    OWN_TOWN,
    SIGNED,
    SIGNED_BY_A_BODY,
)

LONGEST_LINE = 90  # characters of a line of a signature


def third_party(case: Case) -> str:
    """The words by which they say so, quoted; "" when nothing tells."""
    own_town = not OFFICE_HOLDER.search(case.whole_text)  # "ma commune" is a mayor's word too
    for sentence in (case.headline, *case.sentences):
        if OF_THEMSELVES.search(sentence.folded) or FOR_OTHERS.search(sentence.folded):
            return quote(sentence.written)
        if own_town and OWN_TOWN.search(sentence.folded):
            return quote(sentence.written)
    signature = [line.strip() for line in part(case.message.text).signature]
    short = [line for line in signature if len(line) < LONGEST_LINE]
    return next((quote(line) for line in short if _is_of_others(fold(line), case)), "")


def _is_of_others(line: str, case: Case) -> bool:
    return bool(SIGNED.search(line) or (not case.has_documents and SIGNED_BY_A_BODY.search(line)))
