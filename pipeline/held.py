"""All that is held about one person, by their address: what `export --person` hands out and `purge --person` erases.

Read by several steps, none of whose business it is alone. Calls that the configuration no longer describes are looked
at through their mails and letters only.
"""

from dataclasses import dataclass

from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Candidature
from pipeline.core.envelope import text_of
from pipeline.core.erased_person import Individual, individual, staffs_mentions, tells_of
from pipeline.core.letters import OutgoingLetter
from pipeline.failures import Unavailable
from pipeline.ports import Event, Office


@dataclass(frozen=True)
class Held:
    """`mails` they wrote, `mentions` are others' mails whose bytes hold the address; `letters` went to them, `naming`
    to others; `events` are (number, event, digest); `unread`, a line each, are others' mails whose bytes are no longer
    what was recorded: whether they hold the address is not known."""

    who: Individual
    mails: tuple[LoggedMessage, ...]
    mentions: tuple[LoggedMessage, ...]
    candidatures: tuple[Candidature, ...]
    letters: tuple[OutgoingLetter, ...]
    naming: tuple[OutgoingLetter, ...]
    events: tuple[tuple[int, Event, str], ...]
    unread: tuple[str, ...] = ()

    @property
    def is_erasable(self) -> bool:
        """Whether an erasure has something to do: others' mails are left to them."""
        return bool(self.mails or self.candidatures or self.letters or self.naming or self.events)

    @property
    def is_nothing(self) -> bool:
        return not (self.is_erasable or self.mentions)

    @property
    def hashes(self) -> frozenset[str]:
        return frozenset(one.arrival.sha256 for one in self.mails)


def held_about(office: Office, address: str) -> Held:
    """Reads every mail of the archive for the address: minutes on a large one."""
    ledger = office.ledger
    mails = ledger.erasing.mails(sender=address)
    everybody = [one for call in office.calls for one in ledger.candidatures.all(call.code)]
    who = individual(address, mails, everybody)
    places = {(one.call, one.number) for one in mails if one.number}
    candidatures = [one for one in everybody if (one.call, one.number) in places or _concerns(one, who)]
    places |= {(one.call, one.number) for one in candidatures}
    letters, others = [], []
    for one in ledger.outbox.letters():
        if one.key.recipient.strip().casefold() == who.address:
            letters.append(one)
        elif (one.key.call, one.key.number) in places:
            others.append(one)
    hashes = {one.arrival.sha256 for one in mails}
    unread: list[str] = []
    judged = {(one.decided, one.call or "", one.number) for one in mails if one.decided}
    return Held(
        who,
        tuple(mails),
        tuple(_mentions(office, who, hashes, unread)),
        tuple(candidatures),
        tuple(letters),
        tuple(one for one in others if who.is_named_in(words_of(office, one))),
        tuple(
            (number, event, digest)
            for number, event, digest in ledger.journal.whole()
            if tells_of((event.what, event.why), who) or (event.at, event.call, event.number) in judged
        ),
        tuple(unread),
    )


def words_of(office: Office, letter: OutgoingLetter) -> str:
    """Subject and text of a letter, as it was frozen."""
    frozen = office.ledger.outbox.by_message_id(letter.message_id)
    return f"{letter.subject}\n{text_of(frozen.raw)}" if frozen and frozen.raw else letter.subject


def _concerns(candidature: Candidature, who: Individual) -> bool:
    texts = (candidature.subject, *candidature.to_check, *candidature.corrections.values())
    return who.is_contact_of(candidature) or bool(staffs_mentions(candidature, who)) or any(map(who.is_named_in, texts))


def _mentions(office: Office, who: Individual, own: set[str], unread: list[str]) -> list[LoggedMessage]:
    """One that cannot be read keeps no other from being looked at: it is one of the `unread`."""
    address, found = who.address.encode(), list[LoggedMessage | None]()
    for sha256 in (one for one in office.archive.hashes() if one not in own):
        try:
            if address in office.archive.read(sha256).lower():
                found.append(office.ledger.mail.get(sha256))
        except Unavailable as fault:
            unread.append(str(fault))
    return [one for one in found if one is not None]
