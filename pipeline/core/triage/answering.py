"""Which letter answers a verdict, and why none may leave. Caps and outboxes are left to `correspondence`."""

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.core.call import with_code
from pipeline.core.envelope import is_writable
from pipeline.core.triage.authentication import forged, is_authentic
from pipeline.core.triage.automatic import is_report, of_a_responder
from pipeline.core.triage.case import Case
from pipeline.core.triage.clues import addresses_in
from pipeline.core.triage.dossiers import is_own_domain
from pipeline.core.triage.folding import NBSP, fold
from pipeline.core.triage.machines import is_transfer_service
from pipeline.core.triage.strangers import of_a_list
from pipeline.core.triage.wording.fragments import words
from pipeline.core.triage.wording.machines import NO_REPLY
from pipeline.core.verdict import Nature, Verdict

Check = Callable[[Case], str]
MOST_RECIPIENTS = 25
_LIST_ADDRESS = words(
    r"listes?\w*",
    r"lists?",
    r"diffusion\w*",
    r"tous",
    r"toutes",
    r"groupe\w*",
    r"[\w.]+-request",
    r"owner-[\w.]+",
    r"[\w.]+-l",
)
_LIST_HOST = re.compile(r"(?:^|\.)(?:listes?|lists?|ml|sympa|framalistes|googlegroups|groupes)\.")
_MANAGER = re.compile(r"^(?:owner|request)[-+]|[-+](?:request|owner|bounces?)(?:[-+=]|$)")
_BOUNCE_ADDRESS = re.compile(rf"^(?:bounces?|prvs=|mailer-daemon|postmaster)|{_MANAGER.pattern}|(?:no|do-?not)-?reply")


def answered(case: Case, verdict: Verdict, *, looked_at: bool = False) -> Verdict:
    """The verdict with the letter that answers it, or with the reason why none leaves.

    `looked_at`: a person has confirmed the mail, so that only what must never be answered holds the letter back.
    """
    letter = _letter(case, verdict)
    if letter is None:
        return verdict
    reason = _first_reason(NEVER, case) or ("" if looked_at else _first_reason(HOLD, case))
    if not reason:
        return replace(verdict, answer=letter)
    said = f"Accusé non envoyé{NBSP}: {reason}."
    return replace(verdict, why=(*verdict.why, said), to_check=(*verdict.to_check, said))


def _letter(case: Case, verdict: Verdict) -> str | None:
    call = with_code(verdict.call, case.calls)
    if call is None:
        return None
    if verdict.nature is Nature.CANDIDATURE:
        return "accuse_reception" if call.is_in_time(case.received) else "accuse_hors_delai"
    letters = {Nature.COMPLEMENT: "accuse_complement", Nature.WITHDRAWAL: "accuse_retrait"}
    return letters.get(verdict.nature) if verdict.number else None


def _first_reason(checks: tuple[Check, ...], case: Case) -> str:
    return next((reason for check in checks if (reason := check(case))), "")


# --- Never answered -------------------------------------------------------------------------------------------------


def _null_return_path(case: Case) -> str:
    return "l'adresse de retour est vide" if case.message.return_path == "" else ""


def _nobody(case: Case) -> str:
    if not case.message.senders:
        return "le message ne nomme pas d'expéditeur"
    return "" if is_writable(case.sender.email) else "l'adresse de l'expéditeur n'est pas valable"


def _several_authors(case: Case) -> str:
    return "le message nomme plusieurs expéditeurs" if len(case.message.senders) > 1 else ""


def _ourselves(case: Case) -> str:
    sender = case.message.header("sender").lower()
    ours = case.sender.email in case.house.addresses or any(one in addresses_in(sender) for one in case.house.addresses)
    return "l'expéditeur est l'une de nos adresses" if ours else ""


def _no_reply_address(case: Case) -> str:
    local = case.sender.email.partition("@")[0]
    return f"on ne répond pas à {case.sender.email}" if NO_REPLY.search(fold(local)) else ""


def _service(case: Case) -> str:
    return "c'est un service de transfert de fichiers qui écrit" if is_transfer_service(case) else ""


def _list(case: Case) -> str:
    said = of_a_list(case)
    return f"le message vient d'une liste de diffusion ({said})" if said else ""


def _automatic(case: Case) -> str:
    said = of_a_responder(case)
    return f"le message est automatique ({said})" if said else ""


def _report(case: Case) -> str:
    return "c'est le rapport d'un serveur" if is_report(case) else ""


def _list_manager(case: Case) -> str:
    """RFC 2142, and what the managers call themselves: nobody reads there, or everybody does."""
    local = case.sender.email.partition("@")[0]
    return f"{case.sender.email} est l'adresse d'une liste" if _MANAGER.search(local) else ""


def _loop(case: Case) -> str:
    return "le message porte la marque d'un répondeur (X-Loop)" if case.message.header("x-loop") else ""


def _asks_for_none(case: Case) -> str:
    return "l'expéditeur ne veut pas de réponse automatique" if _suppressed(case) & {"all", "autoreply"} else ""


NEVER: tuple[Check, ...] = (
    _null_return_path,
    _nobody,
    _several_authors,
    _ourselves,
    _no_reply_address,
    _service,
    _list,
    _list_manager,
    _report,
    _automatic,
    _loop,
    _asks_for_none,
)

# --- Held for a person ----------------------------------------------------------------------------------------------


def _other_return_path(case: Case) -> str:
    """Providers send with a return path of theirs; then the domain of From must have signed."""
    path = case.message.return_path
    if not path or is_authentic(case) or _same_organisation(path.rpartition("@")[2], case.sender.domain):
        return ""
    relayed = f"={case.sender.domain}=" in path.lower()  # a forwarder that rewrites the sender (SRS)
    return "" if relayed else f"l'adresse de retour ({path}) n'est pas celle de l'expéditeur"


def _bounce_address(case: Case) -> str:
    path = (case.message.return_path or "").partition("@")[0].lower()
    return (
        "l'adresse de retour est celle d'une machine" if _BOUNCE_ADDRESS.search(path) and not is_authentic(case) else ""
    )


def _other_reply_address(case: Case) -> str:
    """Answers asked for elsewhere, by somebody who may not be who he says."""
    away = [one for one in case.message.reply_to if not _same_organisation(one.domain, case.sender.domain)]
    robots = [one for one in case.message.reply_to if NO_REPLY.search(one.email.partition("@")[0])]
    if robots:
        return f"on ne répond pas à {robots[0].email}"
    return (
        f"les réponses sont demandées à une autre adresse ({away[0].email})" if away and not is_authentic(case) else ""
    )


def _name_is_other_address(case: Case) -> str:
    shown = addresses_in(case.sender.name)
    other = [one for one in shown if not _same_organisation(one.rpartition("@")[2], case.sender.domain)]
    return f"l'expéditeur affiche une autre adresse ({other[0]})" if other else ""


def _not_to_us(case: Case) -> str:
    to_us = any(one.email in case.house.addresses for one in (*case.message.to, *case.message.cc))
    return "" if to_us else "notre adresse n'est pas parmi les destinataires"


def _to_many(case: Case) -> str:
    everybody = (*case.message.to, *case.message.cc)
    if len(everybody) > MOST_RECIPIENTS:
        return "le message a trop de destinataires"
    lists = [one.email for one in everybody if _is_list_address(one.email)]
    return f"le message a été envoyé à une liste ({lists[0]})" if lists else ""


def _is_list_address(email: str) -> bool:
    local, _, domain = email.partition("@")
    return bool(_LIST_ADDRESS.fullmatch(local) or _LIST_HOST.search(domain))


def _spam(case: Case) -> str:
    flag = case.message.header("x-spam-flag").strip().lower() == "yes"
    flag = flag or case.message.header("x-spam-status").strip().lower().startswith("yes")
    return "notre serveur tient le message pour indésirable" if flag else ""


def _suppresses_absence(case: Case) -> str:
    return "l'expéditeur ne veut pas de réponse d'absence" if "oof" in _suppressed(case) else ""


def _suppressed(case: Case) -> set[str]:
    """The answers that the sender's program wants none of (MS-OXCMAIL)."""
    return {word.strip().lower() for word in case.message.header("x-auto-response-suppress").split(",")}


HOLD: tuple[Check, ...] = (
    forged,
    _bounce_address,
    _other_return_path,
    _other_reply_address,
    _name_is_other_address,
    _not_to_us,
    _to_many,
    _spam,
    _suppresses_absence,
)


def _same_organisation(one: str, other: str) -> bool:
    """Whether two domains are one, or one below the other, or share their registered name."""
    if not one or not other or one == other:
        return one == other
    below = one.endswith("." + other) or other.endswith("." + one)
    return below or (is_own_domain(one) and _registered(one) == _registered(other))


def _registered(domain: str) -> str:
    """The last two labels: "mail.ville-x.fr" → "ville-x.fr"; three under a shared second level (gouv.fr, co.uk)."""
    labels = domain.split(".")
    shared = len(labels) > 2 and labels[-2] in ("gouv", "asso", "com", "co", "net", "org", "prd", "tm")
    return ".".join(labels[-3:] if shared else labels[-2:])
