"""File transfer services and copiers: a machine writes, a person stands behind it. Nothing is answered to a machine."""

from pipeline.core.triage.case import Case
from pipeline.core.triage.dossiers import find
from pipeline.core.triage.folding import fold
from pipeline.core.triage.intent import applied, speaks_of_a_call, speaks_of_candidature, wished
from pipeline.core.triage.naming import Strength, call_meant
from pipeline.core.triage.wording.machines import MACHINE_NAME, NO_REPLY, SCAN_SUBJECT, TO_US, TRANSFER, TRANSFER_SENDER
from pipeline.core.verdict import NOTHING_SAID, Nature, Verdict

_TO_FETCH = "Des fichiers sont à télécharger à la main avant leur expiration."
_BY_SERVICE = "Un service de transfert de fichiers écrit à la place de l'expéditeur."


def is_transfer_service(case: Case) -> bool:
    """Whether a file transfer service writes in somebody's name."""
    local, _, domain = case.sender.email.partition("@")
    service = TRANSFER_SENDER.search(fold(f"{domain} {case.sender.name}".replace(".", " ")))
    no_reply = NO_REPLY.search(local)
    text = f"{case.subject} . {case.whole_text}"
    return bool(service and TRANSFER.search(text)) or bool(no_reply and TO_US.search(text))


def file_transfer(case: Case) -> Verdict | None:
    """Files wait for us somewhere: for a known candidature, for a new one, or for nobody knows what."""
    if not is_transfer_service(case):
        return None
    found = find(case)
    if found and found.candidature:
        known = found.candidature
        return Verdict(Nature.COMPLEMENT, (_BY_SERVICE, found.why), known.call, known.number, to_check=(_TO_FETCH,))
    naming = call_meant(case)
    if (
        naming.call
        and naming.strength is Strength.NAMED
        and (applied(case) or wished(case) or speaks_of_candidature(case))
    ):
        return Verdict(Nature.CANDIDATURE, (_BY_SERVICE, naming.why), naming.call_code, to_check=(_TO_FETCH,))
    if naming.call or speaks_of_a_call(case) or speaks_of_candidature(case) or case.siren:
        return Verdict(Nature.UNSURE, (_BY_SERVICE, "On ne sait pas ce que sont les fichiers."), naming.call_code)
    return Verdict(Nature.UNRELATED, (_BY_SERVICE, NOTHING_SAID))


def scan_of_a_copier(case: Case) -> Verdict | None:
    """A copier sends a picture without a word: only a person can see what it is."""
    if not case.has_documents or not _is_copier(case) or applied(case) or not _says_nothing(case):
        return None
    return Verdict(Nature.UNSURE, ("Un copieur envoie une numérisation sans un mot\u00a0: à ouvrir à la main.",))


def _is_copier(case: Case) -> bool:
    local = case.sender.email.partition("@")[0]
    program = fold(case.message.header("x-mailer"))
    named = MACHINE_NAME.search(fold(f"{case.sender.name} {local}".replace("_", " "))) or MACHINE_NAME.search(program)
    return bool(named or (SCAN_SUBJECT.fullmatch(case.subject) and case.is_short))


def _says_nothing(case: Case) -> bool:
    return case.is_short or SCAN_SUBJECT.fullmatch(case.subject) is not None or len(case.body) < 300
