"""One person in what the worker keeps: what is theirs, and what stays of it once they are erased. Pure.

The candidature is their collectivité's and goes on: words take the place of the contact. What staff typed in columns of
their own is staff's: it is told, not touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.core.applicant import Person
from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Candidature, corrected
from pipeline.core.erasure import CONTACT_ERASED, ERASED
from pipeline.core.filing import with_doubts
from pipeline.core.journal import is_erasable
from pipeline.core.rows import SEEN

NEW_CONTACT = "Contact effacé à la demande de la personne\u00a0: indiquez un autre contact."
CONTACT_COLUMNS = ("contact", "role", "email", "phone")
STAFFS_WORDS = {"copy_to": "Copie à", "notes": "Notes", "reason": "Motif", "missing": "Pièces manquantes"}
SHORTEST_NAME = 6  # characters: a shorter one stands in too many texts


@dataclass(frozen=True)
class Individual:
    """An address, folded, and the names under which it is held: full names only, a family name is everybody's."""

    address: str
    names: tuple[str, ...] = ()

    def is_named_in(self, text: str) -> bool:
        folded = text.casefold()
        return any(word in folded for word in (self.address, *(name.casefold() for name in self.names)))

    def is_contact_of(self, candidature: Candidature) -> bool:
        """By what was read, or by what staff made of it."""
        both = (candidature.contact, corrected(candidature).contact)
        addresses = {one.email.strip().casefold() for one in both}
        return self.address in addresses or any(one.name in self.names for one in both if one.name)


def individual(address: str, mails: Iterable[LoggedMessage], candidatures: Iterable[Candidature]) -> Individual:
    """Who has that address: named as their mails sign, and as the candidatures that give the address say."""
    folded = address.strip().casefold()
    names = [one.sender_name for one in mails]
    for one in candidatures:
        names += [
            person.name for person in (one.contact, corrected(one).contact) if person.email.strip().casefold() == folded
        ]
    return Individual(folded, tuple(dict.fromkeys(name for name in names if _is_full(name))))


def without_contact(candidature: Candidature, who: Individual, subjects: frozenset[str]) -> Candidature:
    """The candidature with words in the place of theirs; `subjects` are those of their mails."""
    theirs = who.is_contact_of(candidature)
    contact = Person(CONTACT_ERASED) if theirs else candidature.contact
    gone = CONTACT_COLUMNS if theirs else ()
    corrections = {
        key: _less(value, who) if key == "to_check" else value
        for key, value in candidature.corrections.items()
        if key not in gone
    }
    subject = candidature.subject
    if subject in subjects or who.is_named_in(subject):
        subject = ERASED
    seen = {SEEN: _less(candidature.staff[SEEN], who)} if SEEN in candidature.staff else {}
    blank = replace(
        candidature,
        contact=contact,
        corrections=corrections,
        subject=subject,
        to_check=tuple(one for one in candidature.to_check if not who.is_named_in(one)),
        staff=candidature.staff | seen,
    )
    return with_doubts(blank, NEW_CONTACT) if theirs else blank


def staffs_mentions(candidature: Candidature, who: Individual) -> list[str]:
    """The columns of staff's in which the person is named, by their headings."""
    return [heading for key, heading in STAFFS_WORDS.items() if who.is_named_in(candidature.staff.get(key, ""))]


def tells_of(words: tuple[str, str], who: Individual) -> bool:
    """Whether an event (what, why) names the person; one that was erased, or tells of an erasure, does not."""
    what, why = words
    return is_erasable(what) and who.is_named_in(f"{what}\n{why}")


def _less(lines: str, who: Individual) -> str:
    return "\n".join(one for one in lines.split("\n") if not who.is_named_in(one))


def _is_full(name: str) -> bool:
    return len(name) >= SHORTEST_NAME and " " in name.strip()
