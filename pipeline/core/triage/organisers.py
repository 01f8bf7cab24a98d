"""Calls of others and circulars, tenders, invoices, minutes: mail that speaks of a call and applies to none."""

from pipeline.core.triage.case import Case
from pipeline.core.triage.dossiers import is_of_an_applicant
from pipeline.core.triage.folding import NBSP, Sentence, quote
from pipeline.core.triage.intent import applied, asked, first, speaks_of_own_file
from pipeline.core.triage.naming import call_meant
from pipeline.core.triage.wording.organisers import (
    BY_YOU,
    INVITES,
    INVOICE,
    MINUTES,
    OPENS,
    PAYING,
    RELAY,
    TENDER,
    TO_ALL,
    TO_DEPOSIT,
)
from pipeline.core.verdict import Nature, Verdict


def organiser(case: Case) -> Verdict | None:
    """Somebody opens a call, tells all how to apply, asks to relay it: two of these, and no word of an own file."""
    if speaks_of_own_file(case) or is_of_an_applicant(case) or applied(case):
        return None
    opening = next((one for one in _with_subject(case) if _opens(one)), None)
    circular = [first(sign, _with_subject(case)) for sign in (TO_DEPOSIT, RELAY, TO_ALL)]
    found = [one for one in (opening, *circular) if one]
    if len(found) < 2:
        return None
    return Verdict(Nature.UNRELATED, (f"Le message annonce un appel à tous{NBSP}: {quote(found[0].written)}.",))


def _opens(sentence: Sentence) -> bool:
    return bool(OPENS.search(sentence.folded)) and not BY_YOU.search(sentence.folded)


def _with_subject(case: Case) -> tuple[Sentence, ...]:
    return (case.headline, *case.sentences)


def minutes(case: Case) -> Verdict | None:
    """The minutes of a meeting, sent to everybody who was there."""
    said = first(MINUTES, _with_subject(case)) if TO_ALL.search(case.words) else None
    if said is None or applied(case) or speaks_of_own_file(case) or is_of_an_applicant(case):
        return None
    return Verdict(Nature.UNRELATED, (f"C'est un compte rendu envoyé à plusieurs{NBSP}: {quote(said.written)}.",))


def invitation(case: Case) -> Verdict | None:
    """Somebody invites us, or many of us, to a meeting where the call may come up."""
    said = first(INVITES, _with_subject(case))
    if said is None or asked(case) or applied(case) or speaks_of_own_file(case) or is_of_an_applicant(case):
        return None
    return Verdict(Nature.UNRELATED, (f"C'est une invitation{NBSP}: {quote(said.written)}.",))


def tender(case: Case) -> Verdict | None:
    """A supplier answers a consultation of ours; a person looks when a call is named."""
    text = f"{case.words} . {case.document_names}"
    signs = len(set(TENDER.findall(text))) if TENDER.search(text) else 0
    if signs < 2 or (signs < 3 and is_of_an_applicant(case)):
        return None
    why = "C'est l'offre d'un prestataire à une consultation, pas une candidature à un appel."
    named = call_meant(case)
    return Verdict(Nature.UNSURE if case.siren else Nature.UNRELATED, (why,), named.call_code if case.siren else None)


def invoice(case: Case) -> Verdict | None:
    """A supplier wants to be paid."""
    about = INVOICE.search(case.subject) or INVOICE.search(case.document_names)
    if not about or not PAYING.search(f"{case.words} {case.whole_text}") or applied(case) or is_of_an_applicant(case):
        return None
    return Verdict(Nature.UNRELATED, ("C'est une facture ou un bon de commande.",))
