"""Lists, newsletters, sellers, students, journalists, phishing: mail that is not for a call, whatever words it uses."""

from pipeline.core.triage.case import Case
from pipeline.core.triage.dossiers import is_of_an_applicant
from pipeline.core.triage.folding import NBSP, quote
from pipeline.core.triage.intent import applied, asked, first, wished
from pipeline.core.triage.naming import Strength, call_meant
from pipeline.core.triage.other_calls import other_call
from pipeline.core.triage.wording.aims import OURS
from pipeline.core.triage.wording.applying import PLACE
from pipeline.core.triage.wording.fragments import CANDIDATURE, Phrases
from pipeline.core.triage.wording.of_others import ANNOUNCES
from pipeline.core.triage.wording.strangers import (
    JOB,
    JOB_SIGNS,
    JOB_SURELY,
    MY_APPLICATION,
    NEWSLETTER,
    PHISHING_SIGNS,
    PRESS_SIGNS,
    SELLER,
    SELLING_SIGNS,
)
from pipeline.core.verdict import Nature, Verdict

_LIST_HEADERS = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "list-help",
    "list-subscribe",
    "list-owner",
    "list-archive",
    "mailing-list",
    # What list managers wrote before RFC 2369, and some still do.
    "x-mailing-list",
    "x-beenthere",
    "x-mlserver",
    "x-ml-name",
)
_CAMPAIGN_HEADERS = (
    "feedback-id",
    "x-campaignid",
    "x-campaign",
    "x-mc-user",
    "x-mailin-campaign",
    "x-mj-campaign",
    "x-csa-complaints",
)


def list_or_newsletter(case: Case) -> Verdict | None:
    """It went to many: an answer would too."""
    said = of_a_list(case)
    if not said:
        return None
    if case.has_documents and applied(case) and call_meant(case).strength is Strength.NAMED:
        why = f"Une candidature semble arriver par une liste de diffusion ({said})."
        return Verdict(Nature.UNSURE, (why,), call_meant(case).call_code)
    return Verdict(
        Nature.UNRELATED, (f"Le message vient d'une liste de diffusion ou d'une lettre d'information ({said}).",)
    )


def of_a_list(case: Case) -> str:
    """The header that says so, "" if none."""
    names = {name for name, value in case.message.headers if value}
    found = next((name for name in (*_LIST_HEADERS, *_CAMPAIGN_HEADERS) if name in names), "")
    precedence = case.message.header("precedence").strip().lower()
    if found:
        return found.title()
    return f"Precedence{NBSP}: {precedence}" if precedence in ("list", "bulk", "junk") else ""


def newsletter_in_words(case: Case) -> Verdict | None:
    """A mass mailing that only its foot betrays."""
    if NEWSLETTER.search(case.whole_text) and not applied(case) and not case.has_documents:
        return Verdict(Nature.UNRELATED, ("Le message propose de se désabonner\u00a0: c'est un envoi en nombre.",))
    return None


def announcement(case: Case) -> Verdict | None:
    """It tells everybody that a call is open: relayed by a partner, or a newsletter without its headers."""
    said = first(ANNOUNCES, (case.headline, *case.sentences))
    if said is None or case.has_documents or applied(case) or wished(case) or asked(case) or is_of_an_applicant(case):
        return None
    return Verdict(Nature.UNRELATED, (f"Le message annonce un appel à tous{NBSP}: {quote(said.written)}.",))


def job_seeker(case: Case) -> Verdict | None:
    """A candidature for a job or an internship."""
    named = call_meant(case)
    text = f"{case.words} . {case.document_names}"
    direct = (
        JOB.search(case.subject)
        or JOB_SURELY.search(text)
        or (JOB.search(case.body) and named.strength is not Strength.NAMED)
    )
    signs = signs_in(JOB_SIGNS, text)
    if direct or signs >= 3 or (signs == 2 and named.strength is not Strength.NAMED and not is_of_an_applicant(case)):
        if named.strength is Strength.NAMED and _applies_for_a_place(case):
            why = "Une collectivité semble candidater, et parle d'emploi ou de stage\u00a0: à lire."
            return Verdict(Nature.UNSURE, (why,), named.call_code)
        return Verdict(Nature.UNRELATED, ("C'est une demande d'emploi ou de stage.",))
    return None


def _applies_for_a_place(case: Case) -> bool:
    """Whether a collectivité may apply in the same mail: "la candidature de la ville", beside a post that it offers."""
    told = (one.folded for one in case.sentences if CANDIDATURE.search(one.folded))
    of_place = any(OURS.search(one) or PLACE.search(one) for one in told)
    return bool(case.siren and case.has_documents and of_place) and not MY_APPLICATION.search(case.words)


def phishing(case: Case) -> Verdict | None:
    """It wants a password or money, or our own server takes it for spam."""
    named = call_meant(case).strength is Strength.NAMED
    signs = signs_in(PHISHING_SIGNS, case.words)
    if not named and not case.has_documents and signs >= 3:
        return Verdict(Nature.UNRELATED, ("Le message a les signes d'un hameçonnage.",))
    if named and signs == len(PHISHING_SIGNS):  # whoever reads a mailbox of ours, or a town's, knows the call's name
        return Verdict(Nature.UNSURE, ("Le message a les signes d'un hameçonnage, et nomme un appel\u00a0: à lire.",))
    if case.message.header("x-spam-flag").strip().lower() == "yes" and not named and not applied(case):
        return Verdict(Nature.UNRELATED, ("Notre serveur le tient pour indésirable.",))
    return None


def journalist(case: Case) -> Verdict | None:
    """The press wants an interview or names."""
    text = f"{case.words} {case.whole_text} {case.sender.domain}"
    if not case.has_documents and signs_in(PRESS_SIGNS, text) >= 3 and not applied(case) and not wished(case):
        return Verdict(Nature.UNRELATED, ("C'est une demande de la presse.",))
    return None


def seller(case: Case) -> Verdict | None:
    """A firm offers what it sells; one that writes as if to apply is for a person to judge."""
    text = f"{case.words} . {case.document_names}"
    seller_ = bool(SELLER.search(f"{text} . {case.whole_text}"))
    signs = signs_in(SELLING_SIGNS, text) + seller_
    firm = bool(seller_ or SELLING_SIGNS[0].search(text))
    surely = firm and signs >= 3  # the places that it names are its references
    if signs < 2 or (case.siren and not surely) or is_of_an_applicant(case):
        return None
    if (applied(case) or wished(case)) and firm and call_meant(case).call:
        why = "Un prestataire semble répondre à l'appel."
        return Verdict(Nature.UNSURE, (why,), call_meant(case).call_code)
    sells = SELLING_SIGNS[1].search(text) or SELLING_SIGNS[2].search(text)
    if sells and not applied(case) and not wished(case) and not _asks_only(case):
        return Verdict(Nature.UNRELATED, ("C'est une offre de services ou de la publicité.",))
    return None


def call_of_others(case: Case) -> Verdict | None:
    """It speaks of a call of another organisation only."""
    title = other_call(case)
    if not title or is_of_an_applicant(case) or call_meant(case).call:
        return None
    return Verdict(
        Nature.UNRELATED, (f"Le message parle d'un autre appel que les nôtres{NBSP}: «{NBSP}{title[:80]}{NBSP}».",)
    )


def signs_in(signs: tuple[Phrases, ...], text: str) -> int:
    """How many of these groups of words the text has."""
    return sum(1 for sign in signs if sign.search(text))


def _asks_only(case: Case) -> bool:
    return case.is_reply and not case.has_documents
