"""Which known candidature a message is about: thread, number, sender, SIREN, domain, likely place, in this order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.call import Call
from pipeline.core.triage.case import Case
from pipeline.core.triage.clues import numbers_in, thread_of, writers_of
from pipeline.core.triage.folding import NBSP
from pipeline.core.triage.intent import applied, applied_in_documents, wished
from pipeline.core.triage.naming import Naming, Strength, call_meant
from pipeline.core.verdict import KnownCandidature

# Providers whose addresses say nothing about where their owner works, under whatever top-level domain.
PUBLIC_PROVIDERS = frozenset(
    "orange wanadoo gmail googlemail hotmail outlook live msn yahoo ymail rocketmail free sfr neuf cegetel bbox laposte"
    " aol icloud me mac gmx numericable noos club-internet aliceadsl libertysurf nordnet voila tiscali 9online dbmail"
    " protonmail proton tutanota mailo netcourrier caramail boite-postale boite-libre infonie dartybox mail ovh".split()
)


@dataclass(frozen=True)
class Found:
    """The candidature and the French reason; or a doubt, in French, when several could be meant."""

    candidature: KnownCandidature | None
    by: str
    why: str

    @property
    def is_sure(self) -> bool:
        """Whether the mail itself names the candidature, not only its sender."""
        return self.by in ("thread", "number")


@lru_cache(maxsize=1)  # many rules ask for the same case
def find(case: Case) -> Found | None:
    """The known candidature that the message is about, None when it is about none."""
    naming = call_meant(case)
    applying = bool(applied(case) or wished(case) or applied_in_documents(case))
    look = _Look(case, naming, applying)
    return next((found for step in _STEPS if (found := step(look))), None)


def is_of_an_applicant(case: Case) -> bool:
    """Whether it stands in the thread of a candidature, bears its number, or comes from one of its people."""
    found = find(case)
    return bool(found and found.candidature and (found.is_sure or found.by == "sender"))


@dataclass(frozen=True)
class _Look:
    case: Case
    naming: Naming
    applying: bool

    @property
    def named(self) -> Call | None:
        return self.naming.call if self.naming.strength is Strength.NAMED else None

    def is_another(self, known: KnownCandidature) -> bool:
        """Whether it applies to another call, or for another collectivité: then it does not complete this one."""
        other_call = self.named is not None and self.named.code != known.call
        other_place = bool(self.case.siren and known.siren and self.case.siren != known.siren)
        return self.applying and (other_call or other_place)

    def continues(self, known: KnownCandidature) -> bool:
        """Whether a mail in its thread is about this candidature: one's own thread may serve to apply elsewhere."""
        other_call = self.named is not None and self.named.code != known.call
        return not self.is_another(known) or (_is_from(self.case, known) and not other_call)


def _by_thread(look: _Look) -> Found | None:
    threads = look.case.known.threads or {}
    for message_id in thread_of(look.case.message):
        place = threads.get(message_id)
        if place:
            known = _known(look.case, *place)
            ours = message_id in look.case.known.our_ids
            said = "Le message répond à notre courrier sur" if ours else "Le message est du même fil que"
            if not ours and _is_of_another(look.case, known):
                return None
            return Found(known, "thread", f"{said} {known.number}.") if look.continues(known) else None
    return None


def _is_of_another(case: Case, known: KnownCandidature) -> bool:
    """Whether who answers a neighbour's mail wrote for another candidature: it is theirs that they go on with."""
    writers = writers_of(case.message)
    own = any(one.addresses & writers for one in case.known.candidatures if one.number != known.number)
    return own and not _is_from(case, known)


def _by_number(look: _Look) -> Found | None:
    case = look.case
    message = case.message
    for where, text in (("L'objet", message.subject), ("Le texte", message.text), ("La citation", message.quoted)):
        numbers = numbers_in(text)
        found = [known for known in case.known.candidatures if known.number.upper() in numbers]
        if len(found) > 1:
            return Found(None, "number", f"{where} porte plusieurs numéros de candidature.")
        if found and not look.is_another(found[0]):
            return Found(found[0], "number", f"{where} porte le numéro [{found[0].number}].")
    return None


def _by_sender(look: _Look) -> Found | None:
    writers = writers_of(look.case.message)
    found = [known for known in look.case.known.candidatures if known.addresses & writers]
    return _the_one(look, found, "sender", "L'expéditeur a écrit pour {0}.")


def _by_siren(look: _Look) -> Found | None:
    found = [known for known in look.case.known.candidatures if look.case.siren and known.siren == look.case.siren]
    return _the_one(look, found, "siren", "La même collectivité a déjà la candidature {0}.")


def _by_domain(look: _Look) -> Found | None:
    domain = look.case.sender.domain
    if not is_own_domain(domain):
        return None
    found = [known for known in look.case.known.candidatures if domain in domains_of(known)]
    # What it may be says something else only where it applies: "Lambert", say, is a colleague's name, and a commune.
    places = look.case.candidates if look.applying else ()
    fitting = [known for known in found if _may_be_same(look.case, known) and (not places or known.siren in places)]
    if len({known.siren for known in found}) > 1:
        return None  # a shared domain: communes on the domain of their EPCI
    nameless = [known.number for known in found if places and not known.siren]
    if nameless and not fitting:
        said = (
            f"{nameless[0]} vient du même domaine (@{domain}), sans que sa collectivité soit sûre{NBSP}: la même{NBSP}?"
        )
        return Found(None, "domain", said)
    return _the_one(look, fitting, "domain", f"{{0}} vient du même domaine (@{domain}).")


def _by_likely_place(look: _Look) -> Found | None:
    """A stranger who applies for what seems to be a collectivité that applied: a second candidature, or one of its
    people? A person knows."""
    places = look.case.candidates
    if look.case.siren or len(places) != 1 or not look.applying:
        return None
    found = [known for known in look.case.known.candidatures if known.siren in places]
    if look.named:
        found = [known for known in found if known.call == look.named.code]
    if not found:
        return None
    number = found[0].number
    if _has_the_name_of(look.case, found[0]):
        return Found(found[0], "likely", f"L'expéditeur porte le nom d'une adresse connue de {number}.")
    said = f"La collectivité est probablement celle de la candidature {number}, écrit d'une adresse inconnue."
    return Found(None, "likely", said)


def _has_the_name_of(case: Case, known: KnownCandidature) -> bool:
    """Whether the address is that of one of its people elsewhere: anne.roux@ville-x, anne.roux@some provider."""
    theirs = {_person(address) for address in known.addresses}
    return len(_person(case.sender.email)) > 1 and _person(case.sender.email) in theirs


def _person(email: str) -> frozenset[str]:
    """The words of the local part that may be a first and a last name; no initials."""
    return frozenset(re.findall(r"[a-z]{2,}", email.partition("@")[0]))


def _may_be_same(case: Case, known: KnownCandidature) -> bool:
    return not (case.siren and known.siren) or case.siren == known.siren


def _the_one(look: _Look, found: list[KnownCandidature], by: str, why: str) -> Found | None:
    """The one of these that the call named in the mail, then its SIREN, leaves over; several left are a doubt."""
    if look.named:
        found = [known for known in found if known.call == look.named.code]
    found = [known for known in found if not look.is_another(known)]
    if len(found) > 1 and look.case.siren:
        found = [known for known in found if known.siren == look.case.siren] or found
    if len(found) > 1:
        numbers = ", ".join(known.number for known in found[:5])
        return Found(None, by, f"Plusieurs candidatures sont possibles{NBSP}: {numbers}.")
    return Found(found[0], by, why.format(found[0].number)) if found else None


def _known(case: Case, call: str, number: str) -> KnownCandidature:
    found = (known for known in case.known.candidatures if (known.call, known.number) == (call, number))
    return next(found, KnownCandidature(call, number, "", "", frozenset()))


def _is_from(case: Case, known: KnownCandidature) -> bool:
    """Whether the sender is one of this candidature's people."""
    domain = case.sender.domain
    return bool(known.addresses & writers_of(case.message)) or (is_own_domain(domain) and domain in domains_of(known))


def may_speak_for(case: Case, found: Found) -> bool:
    """Whether who writes is plausibly the applicant: what a stranger says of a candidature, a person checks."""
    known = found.candidature
    if known is None:
        return False
    if found.by not in ("number", "siren", "likely") or not known.addresses or _is_from(case, known):
        return True
    # Anybody may name the collectivité, or have seen the number; whoever has both has our letter before him.
    return found.by == "number" and bool(known.siren) and known.siren == case.siren


def is_of_a_stranger(case: Case, found: Found) -> bool:
    """Whether only the name of the collectivité, or a number, ties it to the candidature: not its people, no thread."""
    known = found.candidature
    return known is not None and found.by in ("number", "siren") and not _is_from(case, known)


def domains_of(known: KnownCandidature) -> set[str]:
    return {address.rpartition("@")[2] for address in known.addresses}


def is_own_domain(domain: str) -> bool:
    """Whether a domain belongs to one organisation: no provider for everybody."""
    labels = domain.split(".")[:-1]
    while len(labels) > 1 and labels[-1] in ("co", "com", "net"):
        labels.pop()
    return bool(labels) and labels[-1] not in PUBLIC_PROVIDERS


_STEPS: tuple[Callable[[_Look], Found | None], ...] = (
    _by_thread,
    _by_number,
    _by_sender,
    _by_siren,
    _by_domain,
    _by_likely_place,
)
