"""Who wrote what the mail brings: its sender, the colleague whose mail it passes on, the user of a file transfer."""

import re
from dataclasses import dataclass

from pipeline.core.folding import fold
from pipeline.core.message import Address, Message
from pipeline.core.person import names
from pipeline.core.personal_names import is_personal
from pipeline.core.signature import part, without_marks

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_MACHINE = re.compile(
    r"(?:no|ne)[._-]?(?:pas[._-])?(?:reply|repondre|answer)|donotreply|do-not-reply|mailer|"
    r"notification|transfert?s?\b|upload"
)
_OFFICE = re.compile(
    r"(?:secr[ée]?t|mairie|accueil|contact|info|dgs|dga|courrier|cabinet|administration|direction|"
    r"standard|commune|ville|scan|copieur|copier"
    r"|ne-?pas|no-?reply|bureau|service|hotel|webmaster|communication|urbanisme|environnement|"
    r"developpement|service|elus|maire|president|cc\b"
    r"|communaute|agglo|asso|association|collectif|prefecture|\bpref\b)"
)
_PASSED_ON = re.compile(r"\s*(?:tr|fw|fwd|transf|transfert|i|wg)\s*:", re.IGNORECASE)
_ANSWERING = re.compile(r"\s*(?:re|rep|r[ée]p|r[ée]ponse)\s?:", re.IGNORECASE)
_PASSING_ON = re.compile(
    r"\b(?:recue?s? (?:par erreur|chez nous)|arrivee?s? (?:par erreur|chez nous|sur ma boite)|vous laisse le soin"
    r"|transm\w+|fai[st]? suivre|faire suivre|fais suivre|retransm\w+|relay\w+|transf\w+|"
    r"ci dessous|ci-dessous|a la demande|de la part|pour le compte"
    r"|le (?:message|mail|courriel) de (?:notre|m|mme|mr|monsieur|madame)"
    r"|message ci joint|mail ci joint|au nom de)\b"
)
# Who hands in the candidature of the own house speaks for it, whoever of the colleagues prepared it.
_HANDS_IN = re.compile(
    r"\b(?:transm\w+|envoi\w*|adress\w+|fai\w* (?:suivre|parvenir)|depos\w+)\b[^.;:]{0,40}?"
    r"\b(?P<whose>notre|nos|la|le) (?:dossier de )?(?:candidature|dossier|reponse|projet|proposition)\b"
    r"(?P<ours> de notre)?"
)
_OF_ANOTHER = re.compile(
    r"\b(?:ci.dessous|a la demande|de la part|pour le compte|au nom de|par erreur|(?:message|mail|courriel)s?)\b"
)
# "Envoyé de mon iPhone", "Bonjour", "pour info": a forwarder who adds no more has said nothing.
_NO_WORDS = re.compile(
    r"\benvoye (?:de|depuis|a partir de) \S+(?: \S+){0,2}|\b(?:bonjour|bonsoir|madame|monsieur|cordialement|bien a vous"
    r"|merci|pour info(?:rmation)?|pour suite a donner|fyi)\b|[^\w\s]+"
)
_ASSISTANT = re.compile(r"\b(?:secretariat|secretaire|assistante?|accueil|standard)\b")
_NOT_ASSISTANT = re.compile(r"\bsecretaire (?:general|de mairie)")
_FROM = re.compile(r"^\W*(?:de|from|expediteur|von)\s*:\s*(?P<who>\S.*)$")
_HEAD_FIELD = re.compile(
    r"^\W*(?:envoye|date|sent|a|to|pour|objet|subject|sujet|cc|copie a?|repondre a|reply-to|importance)\s*:"
)
_HEAD_LINES = 7
_FEW_WORDS = 25


@dataclass(frozen=True)
class Author:
    """Who wrote: the name as given, the address to write to, their own words. `passed_on` when another sent it,
    `by_machine` when a service wrote for them."""

    name: str
    email: str
    text: str
    passed_on: bool = False
    by_machine: bool = False


def author_of(message: Message) -> Author:
    """The one person behind the mail; without a sender everything is ""."""
    sender = message.writer
    return (
        _through_service(message, sender)
        or _passed_on(message, sender)
        or Author(sender.name, sender.email, message.text)
    )


def is_office(address: Address) -> bool:
    """Whether an address is that of an office, and its display name names nobody."""
    local = fold(address.email.partition("@")[0])
    personal = is_personal(names.bare(address.name))
    return not personal and (
        bool(_OFFICE.search(local)) or bool(_OFFICE.search(fold(address.name))) or not address.name
    )


def is_assistant(lines: tuple[str, ...]) -> bool:
    """Whether a signature is a secretary's or an assistant's."""
    said = fold("\n".join(lines[:3]))
    return bool(_ASSISTANT.search(said)) and not _NOT_ASSISTANT.search(said)


def _through_service(message: Message, sender: Address) -> Author | None:
    """A file transfer writes from an address nobody reads, in the name of somebody whose address it gives."""
    if not _MACHINE.search(sender.email.partition("@")[0]):
        return None
    ours = {one.email for one in message.to}
    given = [one.email for one in message.reply_to] + EMAIL.findall(f"{sender.name}\n{message.subject}\n{message.text}")
    theirs = [email.lower() for email in given if email.lower() not in ours and not _is_machine(email, sender)]
    if not theirs:
        return None
    name = names.bare(sender.name)
    return Author(name if is_personal(name) else "", theirs[0], message.text, by_machine=True)


def _is_machine(email: str, sender: Address) -> bool:
    """Whether it is an address of the service: what an organisation's own program sends names its people."""
    local, _, domain = email.lower().rpartition("@")
    return domain == sender.domain and (bool(_MACHINE.search(local)) or local == sender.email.partition("@")[0])


def _passed_on(message: Message, sender: Address) -> Author | None:
    """The writer of a forwarded mail, when the one who sends it only passes it on."""
    inner = _attached(message, sender) or _quoted(message, sender)
    if inner is None or not names.words_of(inner.name or inner.email):
        return None
    if inner.email == sender.email and not is_personal(names.bare(inner.name)):
        return None  # "De : Maire": a title without an address tells nobody
    signature = part(message.text).signature
    if inner.email == sender.email and len(signature) > 1:
        return None  # one's own first mail, sent again: the signature stands above it
    if _answers_a_neighbour(message, sender, inner) and len(signature) > 1 and not is_assistant(signature):
        return None
    said = fold(message.text)
    if len(signature) > 1 and not (is_office(sender) or is_assistant(signature)) and _hands_in(said, inner, sender):
        return None
    silent = _is_silent(message.text, inner.email.rpartition("@")[2] == sender.domain)
    forwards = bool(_PASSED_ON.match(message.subject)) or bool(message.forwarded)
    only_passes = is_office(sender) or is_assistant(signature) or bool(_PASSING_ON.search(said)) or silent
    return inner if only_passes and (forwards or _PASSING_ON.search(said)) else None


def _hands_in(said: str, inner: Author, sender: Address) -> bool:
    """Whether a forwarder applies in the own voice: "je te transmets la candidature de notre commune"."""
    handed = _HANDS_IN.search(said)
    of_colleague = inner.email.rpartition("@")[2] == sender.domain
    ours = handed and (of_colleague or handed["whose"] in ("notre", "nos") or handed["ours"])
    return bool(ours) and not _OF_ANOTHER.search(said)


def _is_silent(text: str, of_a_colleague: bool) -> bool:
    """Whether who passes a mail on adds no word; beside a colleague's, the own signature is none either."""
    said = _NO_WORDS.sub(" ", fold(part(text).body if of_a_colleague else text))
    return len(said.split()) < 4


def _answers_a_neighbour(message: Message, sender: Address, inner: Author) -> bool:
    """Whether a person answers somebody of another house, whose mail stands below: a talk between two applicants."""
    elsewhere = inner.email.rpartition("@")[2] != sender.domain
    return elsewhere and bool(_ANSWERING.match(message.subject)) and not (message.forwarded or is_office(sender))


def _attached(message: Message, sender: Address) -> Author | None:
    for inner in message.forwarded:
        if inner.senders and _is_theirs(inner.senders[0].email, message, sender):
            deeper = _passed_on(inner, inner.senders[0])
            return deeper or Author(inner.senders[0].name, inner.senders[0].email, inner.text, passed_on=True)
    return None


def _quoted(message: Message, sender: Address) -> Author | None:
    """The writer of the first quoted mail that has a head ("De : … Envoyé : … Objet : …"), and does not itself only
    pass on what stands below it."""
    lines = without_marks(message.quoted or message.text).splitlines()
    found = [one for place in range(len(lines)) if (one := _headed(lines, place, message, sender))]
    return next((one for one in found if not _only_passes(one)), found[0] if found else None)


def _only_passes(author: Author) -> bool:
    words = author.text.split()
    return len(words) < _FEW_WORDS and bool(_PASSING_ON.search(fold(author.text)))


def _headed(lines: list[str], place: int, message: Message, sender: Address) -> Author | None:
    """Who wrote the quoted mail whose head begins on that line; None where none does, or one of ours."""
    if not _FROM.match(fold(lines[place])):
        return None
    around = (*lines[max(0, place - 4) : place], *lines[place + 1 : place + _HEAD_LINES])
    if not any(_HEAD_FIELD.match(fold(one)) for one in around):
        return None
    written = lines[place].partition(":")[2].strip()
    body = _below_head(lines[place + 1 :])
    email = _address_of(written, body, sender)
    if not _is_theirs(email, message, sender):
        return None
    name = EMAIL.sub("", written).replace("mailto:", "").strip(" <>[]()\"'")
    return Author(name, email, body, passed_on=True)


def _below_head(lines: list[str]) -> str:
    """The text of a quoted mail: after its head, before the head of the next."""
    start = 0
    while start < min(len(lines), _HEAD_LINES) and (not lines[start].strip() or _HEAD_FIELD.match(fold(lines[start]))):
        start += 1
    end = next(
        (at for at in range(start, len(lines)) if _FROM.match(fold(lines[at])) and _has_field(lines[at + 1 :])),
        len(lines),
    )
    return "\n".join(lines[start:end])


def _has_field(lines: list[str]) -> bool:
    return any(_HEAD_FIELD.match(fold(line)) for line in lines[:4])


def _address_of(written: str, body: str, sender: Address) -> str:
    """The address of the head, else one of the text that looks like the name, else the one that sent."""
    given = EMAIL.search(written)
    if given:
        return given.group().lower()
    wanted = names.words_of(written)
    for email in EMAIL.findall(body):
        if names.words_of(email.partition("@")[0]) & wanted:
            return str(email).lower()
    return sender.email


def _is_theirs(email: str, message: Message, sender: Address) -> bool:
    """Whether an address is on the applicant's side: not of the house that the mail is written to."""
    ours = {one.domain for one in message.to} - {sender.domain}
    return email.rpartition("@")[2] not in ours
