"""What speaks against going on: somebody threw the stop switch, another installation answers this mailbox, the mail
server hides mail. Nothing is done about it here; it is said.
"""

from collections import Counter

from pipeline.core.english import counted
from pipeline.counting import hidden_mail, refused_mail
from pipeline.failures import LedgerBehind, Misconfigured, Unavailable
from pipeline.ports import Office
from pipeline.rivals import look_into_sent, note_in_order

HIDES = (
    "{folder}: the mail server holds {mails} that its search does not show; fetched all the same. "
    "Tell whoever runs that server, its index is damaged."
)
REFUSES = (
    "{folder}: the mail server lists {mails} and does not give them: asked for again. After an hour "
    "each gets a row in the tracker, to be read in the mailbox."
)
RIVAL = (
    "the Sent folder holds {count} about {numbers} that this ledger did not write: another installation "
    "answers this mailbox, or this ledger is new or old. Leave one installation running, and run `recover` there. "
    "Until then nothing is sent."
)
OTHER_CODE = (
    "config/calls: {code} would number its candidatures {prefix}-001 …, as {other} does, which no file describes. "
    'A call keeps its code: write code = "{other}" again. For another call, choose another prefix.'
)
OTHER_PREFIX = (
    "config/calls: {code} has the prefix {prefix}, and its candidatures are numbered otherwise ({number} …): write the "
    "prefix they have; people know their number."
)
MOST_NUMBERS = 3


def heed_stop(office: Office) -> Counter[str]:
    """Raises Stopped while somebody wants nothing to be done."""
    office.stop.heed()
    return Counter()


def refuse_renamed_call(office: Office) -> Counter[str]:
    """Raises Misconfigured for a call whose code or prefix was changed after its candidatures had their numbers: a new
    code would begin with an empty tracker and the same numbers, and answer again who is known."""
    book, codes = office.ledger.candidatures, {call.code for call in office.calls}
    for call in office.calls:
        numbered = set(book.calls_numbered(call.prefix))
        if numbered - codes and not office.ledger.memory.generation(call.code):
            raise Misconfigured(OTHER_CODE.format(code=call.code, prefix=call.prefix, other=min(numbered - codes)))
        if call.code not in numbered and (known := book.all(call.code)):
            raise Misconfigured(OTHER_PREFIX.format(code=call.code, prefix=call.prefix, number=known[0].number))
    return Counter()


def refuse_rival(office: Office) -> Counter[str]:
    """Raises LedgerBehind when others wrote about our candidatures. A new ledger sends nothing before this was asked
    once (see `dispatch`)."""
    findings = look_into_sent(office)
    if findings.strangers:
        numbers = sorted({one.number for one in findings.strangers})
        more = " …" if len(numbers) > MOST_NUMBERS else ""
        named = ", ".join(numbers[:MOST_NUMBERS]) + more
        raise LedgerBehind(RIVAL.format(count=counted(len(findings.strangers), "letter"), numbers=named))
    note_in_order(office, findings)
    return Counter()


def tell_hidden_mail(office: Office) -> Counter[str]:
    """Raises Unavailable, in every cycle, while the server holds mail that its search does not show, or gives no mail
    that it lists."""
    told = [HIDES.format(folder=name, mails=counted(mails, "mail")) for name, mails in hidden_mail(office).items()]
    refusals = [(name, refusal) for name in office.mailbox.folders() if (refusal := refused_mail(office, name))]
    told += [REFUSES.format(folder=name, mails=counted(refusal.mails, "mail")) for name, refusal in refusals]
    if told:
        raise Unavailable("\n".join(told))
    return Counter()
