"""Mail servers that give a letter back, or say that it waits. Which letter is left to `reading`."""

import re

from pipeline.core.triage.case import Case
from pipeline.core.triage.clues import numbers_in
from pipeline.core.triage.folding import fold
from pipeline.core.triage.intent import asked
from pipeline.core.triage.wording.automatic import (
    BLOCKED,
    BOUNCE_SENDER,
    BOUNCE_SUBJECT,
    BOUNCE_WORDS,
    DELAYED,
    GATEWAY,
    YOUR_MESSAGE,
)
from pipeline.core.verdict import Nature, Verdict

_DAEMON = re.compile(r"mailer-?daemon")
_HEADERS = ("x-failed-recipients", "x-ms-exchange-message-is-ndr")


def bounce(case: Case) -> Verdict | None:
    """A letter of ours was not delivered."""
    report = case.message.report
    if report is not None:
        return _bounced(report.recipients, report.reason) if report.failed else None
    if _says_delayed(case) or case.message.calendars:
        return None
    if any(name in _HEADERS for name, _ in case.message.headers):
        return _bounced((case.message.header("x-failed-recipients"),), "")
    return _bounced((), "") if _is_prose_bounce(case) or _is_kept_back(case) else None


def delivery_delayed(case: Case) -> Verdict | None:
    """A letter of ours waits on the way: no failure yet."""
    report = case.message.report
    if (report is not None and not report.failed) or (report is None and _says_delayed(case)):
        why = "Un serveur de messagerie signale un retard ou une étape de remise, pas un échec."
        return Verdict(Nature.AUTO_REPLY, (why,))
    return None


def _bounced(recipients: tuple[str, ...], reason: str) -> Verdict:
    to = ", ".join(one for one in recipients[:3] if one)
    why = f"Un serveur n'a pas pu remettre notre courrier{f' à {to}' if to else ''}."
    return Verdict(Nature.BOUNCE, (why, f"Motif donné\u00a0: {reason}.") if reason else (why,))


def _is_from_a_server(case: Case) -> bool:
    """By the name that a server bears in From, or in the envelope where From has no address."""
    path = (case.message.return_path or "").partition("@")[0]
    sender = f"{fold(case.sender.name)} {case.sender.email.partition('@')[0] or path}"
    return bool(BOUNCE_SENDER.search(sender))


def _is_prose_bounce(case: Case) -> bool:
    """Told in words only: at least two of sender, subject and text, the text being about what we sent."""
    by_subject = bool(BOUNCE_SUBJECT.search(case.subject))
    if case.message.return_path == "" or _is_from_a_server(case):
        return by_subject or _tells_of_ours(case)
    return by_subject and not case.has_documents and _tells_of_ours(case)


def _tells_of_ours(case: Case) -> bool:
    """The text says that something was not delivered, and that it was what we sent."""
    about_ours = _DAEMON.match(case.sender.email) or YOUR_MESSAGE.search(case.whole_text)
    return bool(about_ours and BOUNCE_WORDS.search(case.whole_text))


def _is_kept_back(case: Case) -> bool:
    """A gateway of the recipient's, from an address like any other, says that it threw our letter away."""
    text = case.whole_text
    ours = any(address in text for address in case.house.addresses) or _cites_our_letter(case)
    kept = BLOCKED.search(text) or (YOUR_MESSAGE.search(text) and BOUNCE_WORDS.search(text))
    return ours and not case.has_documents and bool(GATEWAY.search(text) and kept)


def _cites_our_letter(case: Case) -> bool:
    """Whether it cites a number that only our letters bear; a person who answers one, or asks, is no gateway."""
    cited = () if case.is_reply or asked(case) else numbers_in(case.message.text)
    return any(known.number.upper() in cited for known in case.known.candidatures)


def _says_delayed(case: Case) -> bool:
    automatic = case.message.return_path == "" or _is_from_a_server(case)
    return automatic and bool(DELAYED.search(case.words)) and not _says_permanent(case)


def _says_permanent(case: Case) -> bool:
    return "permanent" in case.whole_text or "definitive" in case.whole_text or "failed:" in case.whole_text
