"""What follows from staff's Reclasser en: their word is the nature; the rest is found as for any mail."""

from dataclasses import replace

from pipeline.core.columns import RECLASSIFICATIONS
from pipeline.core.triage.answering import answered
from pipeline.core.triage.case import Case
from pipeline.core.triage.dossiers import find
from pipeline.core.triage.folding import NBSP
from pipeline.core.triage.naming import call_meant
from pipeline.core.verdict import Nature, Verdict

_LABELS = {nature: label for label, nature in RECLASSIFICATIONS.items()}


def reclassified(case: Case, nature: Nature, verdict: Verdict, row: tuple[str | None, str] = (None, "")) -> Verdict:
    """The verdict that staff's word makes of the machine's; `row`: the call in whose tracker they wrote it, and the
    number in their row ("" for none), which is theirs.

    A person has looked: doubts about the sender hold no answer back, but a machine is never answered. A candidature
    keeps the number of the one it completes, if any; what would complete none is left without number and answer.
    """
    call, number = row
    why = (f"Classé par l'équipe{NBSP}: {_LABELS.get(nature, nature)}.",)
    if nature is Nature.UNRELATED:
        return Verdict(nature, why, call, number) if number else Verdict(nature, why)
    if not number:
        found = find(case)
        known = found.candidature if found else None
        call = known.call if known else verdict.call or call or call_meant(case).call_code
        number = known.number if known and nature is not Nature.CANDIDATURE else ""
    said = replace(Verdict(nature, why, call, number), to_check=verdict.to_check if nature == verdict.nature else ())
    return answered(case, said, looked_at=True)
