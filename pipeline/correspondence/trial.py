"""A letter to oneself: an acknowledgement with invented values, so that a person sees what applicants will get.

It is in no outbox and answers nobody; its Message-ID is none that `core.rivals` or a bounce would be known by.
"""

from uuid import uuid4

from pipeline.core.envelope import Envelope, compose
from pipeline.core.letters import LetterKey, OutgoingLetter, TemplateFault, sample_values
from pipeline.core.message import Address
from pipeline.failures import Misconfigured
from pipeline.ports import Office

LETTER = "accuse_reception"
SUBJECT = "Essai d’envoi – {subject}"
NOTICE = (
    "Ceci est un essai d’envoi, demandé par la personne qui installe l’assistant\u00a0: les noms et les dates "
    "ci-dessous sont inventés, et personne d’autre n’a reçu ce message."
)


def trial_letter(office: Office, recipient: str) -> OutgoingLetter:
    """The letter, for the first call's templates; Misconfigured when its template is at fault."""
    now, sender = office.clock.now(), office.sender
    call = office.calls[0].code
    try:
        words = office.letterhead.write(LETTER, call, sample_values(LETTER)[0] | {"notice": NOTICE})
    except TemplateFault as fault:
        raise Misconfigured(str(fault)) from fault
    subject = SUBJECT.format(subject=words.subject)
    key = LetterKey(call, "", LETTER, f"trial {uuid4().hex}", recipient)
    message_id = f"essai-{key.message_id(sender.domain)}"
    envelope = Envelope(sender, Address("", recipient), subject, words.text, words.html, message_id, now)
    return OutgoingLetter(key, message_id, subject, compose(envelope), now)
