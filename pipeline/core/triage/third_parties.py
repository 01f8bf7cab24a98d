"""Whether a mail that applies is written by somebody who is no applicant: then a person reads it."""

from pipeline.core.triage.case import Case
from pipeline.core.triage.folding import fold, quote
from pipeline.core.triage.wording.third_parties import FOR_OTHERS, OF_THEMSELVES, SIGNED

SIGNATURE_LINES = 6


def third_party(case: Case) -> str:
    """The words by which they say so, quoted; "" when nothing tells."""
    for sentence in (case.headline, *case.sentences):
        if OF_THEMSELVES.search(sentence.folded) or FOR_OTHERS.search(sentence.folded):
            return quote(sentence.written)
    lines = [line.strip() for line in case.message.text.splitlines() if line.strip()][-SIGNATURE_LINES:]
    return next((quote(line) for line in lines if len(line) < 90 and SIGNED.search(fold(line))), "")
