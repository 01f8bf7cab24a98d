"""Our own mail coming back, and our colleagues'. They never are applicants; what they pass on, a person judges."""

from pipeline.core.triage.case import Case
from pipeline.core.triage.intent import applied, speaks_of_a_call, speaks_of_candidature
from pipeline.core.verdict import Nature, Verdict

_PASSES_ON = "Un collègue transmet un message qui semble être celui d'un candidat."


def our_own_mail(case: Case) -> Verdict | None:
    """One of our addresses wrote it, or it is a letter of ours."""
    if case.message.message_id and case.message.message_id in case.known.our_ids:
        return Verdict(Nature.UNRELATED, ("C'est l'un de nos propres courriers.",))
    if not any(one.email in case.house.addresses for one in case.message.senders):
        return None
    if passes_on_an_application(case):
        return Verdict(
            Nature.UNSURE, ("Notre propre adresse transmet un message qui semble être celui d'un candidat.",)
        )
    return Verdict(Nature.UNRELATED, ("C'est un message de notre propre adresse.",))


def colleague(case: Case) -> Verdict | None:
    """Somebody of the house writes."""
    if not case.is_colleague(case.sender):
        return None
    if passes_on_an_application(case):
        return Verdict(Nature.UNSURE, (_PASSES_ON,))
    return Verdict(Nature.UNRELATED, (f"C'est un message interne (@{case.sender.domain}).",))


def passes_on_an_application(case: Case) -> bool:
    """Whether a mail of somebody outside is passed on, and may be about a call."""
    outside = case.is_forward and bool(case.passed_on or any(inner.documents for inner in case.message.forwarded))
    return outside and bool(applied(case) or _about_candidature(case))


def _about_candidature(case: Case) -> bool:
    passed = " ".join(one.folded for one in case.passed_on)
    return speaks_of_candidature(case) or (speaks_of_a_call(case) and "candidat" in passed)
